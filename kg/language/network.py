"""Scores from sums of learnt vectors: every feature seen adds its own, what is positive of the sum is weighed.

One hidden layer over a bag of features (as in Joulin et al. 2017): features count together, not only one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import ThreadpoolController

Scores = NDArray[np.float32]
Ids = NDArray[np.int64]
ONE = np.float32(1)
BLOCK = 2_048  # columns whose sums are made together


@contextmanager
def alone() -> Iterator[None]:
    """One BLAS thread: on matrices so small more of them only wait for each other."""
    with threads().limit(limits=1, user_api="blas"):
        yield


@cache
def threads() -> ThreadpoolController:
    """The libraries that have threads; looking for them takes a while."""
    return ThreadpoolController()


@dataclass(frozen=True)
class Table:
    """Vectors by feature number: `rows[index[feature]] * unit`; row 0 is all zeros, for what was not learnt.

    Rows as they are kept are whole numbers, in sixteen bits: a sum of 250 of eight bits fits in, and half of the memory
    to go through is what half of the time is.
    """

    index: NDArray[np.int32]
    rows: NDArray[Any]
    unit: np.float32 = ONE

    @classmethod
    def of(cls, features: NDArray[np.int32], rows: NDArray[Any], bits: int, unit: np.float32 = ONE) -> Table:
        """The table of the features that were learnt."""
        index = np.zeros(1 << bits, np.int32)
        index[features] = np.arange(1, len(features) + 1)
        return cls(index, np.concatenate([np.zeros((1, rows.shape[1]), rows.dtype), rows]), unit)

    def totals(self, features: Ids) -> Scores:
        """The sum of the vectors of each column's features; one row of `features` a kind of feature."""
        index = self.index.take(features).T
        ones, bounds = np.ones(index.size, self.rows.dtype), np.arange(0, index.size + 1, len(features), dtype=np.int32)
        total: Scores = (
            csr_matrix((ones, index.ravel(), bounds), shape=(len(index), len(self.rows))) @ self.rows
        ) * self.unit
        return total


@dataclass(frozen=True)
class Network:
    """The vectors and what is added to every sum of them, the weights behind, and what every score begins with."""

    table: Table
    bias: Scores
    weights: Scores
    own: Scores

    def scores(self, features: Ids) -> Scores:
        """(columns of `features`, classes); block by block, so that all of one stays in the processor's cache."""
        size = features.shape[1]
        total = np.empty((size, len(self.own)), np.float32)
        for start in range(0, size, BLOCK):
            hidden = self.table.totals(features[:, start : start + BLOCK])
            hidden += self.bias
            np.maximum(hidden, 0, out=hidden)
            np.matmul(hidden, self.weights, out=total[start : start + BLOCK])
        total += self.own
        return total

    def probabilities(self, features: Ids) -> Scores:
        """How likely each class is by itself."""
        scores = self.scores(features)
        likely = np.exp(scores - scores.max(1, keepdims=True))
        total: Scores = likely / likely.sum(1, keepdims=True)
        return total

    @classmethod
    def load(cls, kept: Mapping[str, NDArray[Any]], name: str, bits: int) -> Network:
        """The network that `kept` holds under a name, its vectors as eight-bit integers and their unit."""
        rows, unit = kept[f"{name}_rows"].astype(np.int16), np.float32(kept[f"{name}_unit"])
        table = Table.of(kept[f"{name}_features"], rows, bits, unit)
        return cls(table, *(kept[f"{name}_{part}"] for part in ("bias", "weights", "own")))

    def kept(self, name: str, least: float) -> dict[str, NDArray[Any]]:
        """What `load` reads; vectors that are next to nothing are left out."""
        features = np.flatnonzero(self.table.index)
        rows = self.table.rows[self.table.index[features]] * self.table.unit
        telling = np.abs(rows).max(1) > least
        unit = np.float32(np.abs(rows).max() / 127)
        return {
            f"{name}_features": features[telling].astype(np.int32),
            f"{name}_rows": np.round(rows[telling] / unit).astype(np.int8),
            f"{name}_unit": np.array(unit),
            f"{name}_bias": self.bias,
            f"{name}_weights": self.weights,
            f"{name}_own": self.own,
        }
