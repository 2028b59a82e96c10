"""Train a `kg.language.network.Network`: its vectors, its hidden layer, and what an objective asks of its scores.

Minibatches with Adam (Kingma and Ba 2015), of a feature's vector only where it is seen; features and hidden units are
left out by chance (Srivastava et al. 2014). Same input, same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from kg.language.network import Network, Table

SEED = 20261122
FIRST, SECOND, TINY = (
    0.9,
    0.999,
    1e-8,
)  # of Adam: what mean and mean square remember; no division by nothing
WARM, COLD = 200, 0.05  # steps until the rate is full; what is left of it at the end
Floats = NDArray[np.float32]
Ids = NDArray[np.int64]
Objective = Callable[[Ids, Floats, float], Floats]  # rows, their scores, the rate → the slope of each score


@dataclass(frozen=True)
class Plan:
    """How to train: hidden units, rounds, rate, chances of leaving out features and units; how often seen to count."""

    hidden: int
    rounds: int
    rate: float
    features_out: float
    units_out: float
    seldom: int


class Adam:
    """Steps of one array of weights."""

    def __init__(self, weights: Floats) -> None:
        self.weights, self.mean, self.square = weights, np.zeros_like(weights), np.zeros_like(weights)
        self.steps = 0

    def step(self, slope: Floats, rate: float, rows: Ids | slice = slice(None)) -> None:
        """One step against the slope, of all the weights or of some rows."""
        self.steps += 1
        mean = FIRST * self.mean[rows] + (1 - FIRST) * slope
        square = SECOND * self.square[rows] + (1 - SECOND) * slope * slope
        self.mean[rows], self.square[rows] = mean, square
        whole = rate / (1 - FIRST**self.steps)
        self.weights[rows] -= whole * mean / (np.sqrt(square / (1 - SECOND**self.steps)) + TINY)


def encoded(columns: Sequence[Ids], bits: int, seldom: int) -> tuple[Ids, csr_matrix]:
    """The features that are seen often enough, and which of them each column has."""
    every = np.concatenate(columns, axis=1).T
    values, counts = np.unique(every, return_counts=True)
    kept = values[counts >= seldom]
    table = np.full(1 << bits, -1, np.int32)
    table[kept] = np.arange(len(kept))
    index = table[every]
    known = index >= 0
    bounds = np.concatenate([[0], np.cumsum(known.sum(1))])
    ones = np.ones(int(bounds[-1]), np.float32)
    return kept, csr_matrix((ones, index[known], bounds), shape=(len(every), len(kept)))


@dataclass(frozen=True)
class Pace:
    """How many columns a step sees, and how many of their slopes count as one step's."""

    together: int
    counted: int


def classifier(
    columns: Sequence[Ids], wanted: Sequence[Ids], bits: int, classes: int, plan: Plan, pace: Pace
) -> Network:
    """What tells the classes of columns (cross entropy); columns of class -1 are left out."""
    known = [each >= 0 for each in wanted]
    right = np.concatenate([each[k] for each, k in zip(wanted, known, strict=True)])

    def slope(places: Ids, scores: Floats, rate: float) -> Floats:
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        likely[np.arange(len(places)), right[places]] -= 1
        return likely / np.float32(pace.together / pace.counted)

    trainer = Trainer([each[:, k] for each, k in zip(columns, known, strict=True)], bits, classes, plan)
    order = np.random.default_rng(SEED).permutation(len(right))
    return trainer.fitted(np.array_split(order, len(order) // pace.together + 1), slope)


class Trainer:
    """A network that is being trained on columns of features."""

    def __init__(self, columns: Sequence[Ids], bits: int, classes: int, plan: Plan) -> None:
        self.plan, self.bits = plan, bits
        self.chance = np.random.default_rng(SEED)
        self.features, self.seen = encoded(columns, bits, plan.seldom)
        shape = (len(self.features), plan.hidden)
        self.rows = Adam(self.chance.normal(scale=0.05, size=shape).astype(np.float32))
        unit = 1 / np.sqrt(plan.hidden)
        self.weights = Adam(self.chance.normal(scale=unit, size=(plan.hidden, classes)).astype(np.float32))
        self.bias, self.own = Adam(np.zeros(plan.hidden, np.float32)), Adam(np.zeros(classes, np.float32))

    def fitted(self, batches: Sequence[Ids], objective: Objective) -> Network:
        """The network after all rounds; `batches` are the columns that are worked on together."""
        step, steps = 0, len(batches) * self.plan.rounds
        for _ in range(self.plan.rounds):
            for index in self.chance.permutation(len(batches)):
                step += 1
                rate = self.plan.rate * min(1.0, step / WARM) * (1 - (1 - COLD) * step / steps)
                self.step(batches[index], objective, rate)
        return self.network()

    def network(self) -> Network:
        """As it is now."""
        table = Table.of(self.features.astype(np.int32), self.rows.weights, self.bits)
        return Network(table, self.bias.weights, self.weights.weights, self.own.weights)

    def step(self, columns: Ids, objective: Objective, rate: float) -> None:
        """One step by some columns."""
        some = self.seen[columns]
        used, places = np.unique(some.indices, return_inverse=True)
        left = self.kept((some.nnz,), self.plan.features_out)
        some = csr_matrix((left, places.astype(np.int32), some.indptr), shape=(len(columns), len(used)))
        total = some @ self.rows.weights[used] + self.bias.weights
        units = self.kept(total.shape, self.plan.units_out)
        hidden = np.maximum(total, 0) * units
        slope = objective(columns, hidden @ self.weights.weights + self.own.weights, rate)
        inner = (slope @ self.weights.weights.T) * units * (total > 0)
        self.weights.step(hidden.T @ slope, rate)
        self.own.step(slope.sum(0), rate)
        self.bias.step(inner.sum(0), rate)
        self.rows.step(np.asarray(some.T @ inner), rate, used)

    def kept(self, shape: tuple[int, ...], out: float) -> Floats:
        """Ones and zeros by chance, the ones raised so that sums stay."""
        return (self.chance.random(shape) >= out).astype(np.float32) / np.float32(1 - out)
