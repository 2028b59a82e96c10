"""A linear-chain conditional random field over characters: feature numbers in, probabilities of labels out.

Lafferty, McCallum and Pereira 2001. Clauses of like length are worked on together, so that the cost of a step is that
of a matrix product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from kg.language.reading import Span

BATCH = 65_536  # characters, with padding, that are worked on together
RESCALED = 2  # characters after which sums are brought back to one
Scores = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Weights by feature number: `rows[index[feature]]`; row 0 is all zeros, for what was not learnt."""

    index: NDArray[np.int32]
    rows: Scores

    @classmethod
    def of(cls, features: NDArray[np.int32], rows: Scores, bits: int) -> Table:
        """The table of the features that were learnt."""
        index = np.zeros(1 << bits, np.int32)
        index[features] = np.arange(1, len(features) + 1)
        return cls(index, np.concatenate([np.zeros((1, rows.shape[1]), np.float32), rows]))

    def totals(self, features: Ids) -> Scores:
        """The sum of the weights of each column's features; one row of `features` a kind of feature."""
        index = self.index[features].T
        known = index > 0
        bounds = np.concatenate([[0], np.cumsum(known.sum(1))])
        values = index[known]
        ones = np.ones(len(values), np.float32)
        total: Scores = csr_matrix((ones, values, bounds), shape=(len(index), len(self.rows))) @ self.rows
        return total

    def probabilities(self, features: Ids, own: Scores) -> Scores:
        """How likely each label is by itself, `own` being the weights that each label has whatever is seen."""
        scores = self.totals(features) + own
        return normal(np.exp(scores - scores.max(1, keepdims=True)))


@dataclass(frozen=True)
class Chain:
    """How likely labels follow each other: logarithms, very low where they cannot."""

    steps: Scores
    first: Scores
    last: Scores


def batches(clauses: Sequence[Span]) -> Iterator[list[Span]]:
    """The clauses, those of like length together."""
    batch: list[Span] = []
    for clause in sorted(clauses, key=lambda s: (s.end - s.start, s.start)):
        if batch and (len(batch) + 1) * (clause.end - clause.start) > BATCH:
            yield batch
            batch = []
        if clause.end > clause.start:
            batch.append(clause)
    if batch:
        yield batch


def padded(scores: NDArray[Any], batch: Sequence[Span]) -> tuple[NDArray[Any], Ids]:
    """(length, clauses, labels) of scores, and the clauses' lengths; what lies behind a clause's end is 0."""
    sizes = np.array([s.end - s.start for s in batch])
    starts = np.array([s.start for s in batch])
    steps = np.arange(int(sizes.max()))[:, None]
    inside = steps < sizes
    total = scores[np.where(inside, starts + steps, 0)]
    total[~inside] = 0
    return total, sizes


def marginals(chain: Chain, scores: Scores, clauses: Sequence[Span]) -> Scores:
    """Probabilities of the labels at each character (forward and backward sums); 0 outside the clauses."""
    total: Scores = np.zeros_like(scores)
    step, first, last = (np.exp(each) for each in (chain.steps, chain.first, chain.last))
    seen_of_all = np.exp(scores - scores.max(1, keepdims=True))
    for batch in batches(clauses):
        seen, sizes = padded(seen_of_all, batch)
        longer = np.searchsorted(sizes, np.arange(len(seen)), side="right").tolist()  # clauses are in order of length
        ahead = np.zeros_like(seen)
        ahead[0] = first * seen[0]
        for t in range(1, len(seen)):
            np.matmul(ahead[t - 1, longer[t] :], step, out=ahead[t, longer[t] :])
            ahead[t, longer[t] :] *= seen[t, longer[t] :]
            if t % RESCALED == 0:
                ahead[t] = normal(ahead[t])
        back = np.broadcast_to(last, ahead[0].shape).copy()
        for t in range(len(seen) - 1, 0, -1):
            live = longer[t]
            ahead[t, live:] *= back[live:]
            back[live:] = (seen[t, live:] * back[live:]) @ step.T
            if t % RESCALED == 0:
                back = normal(back)
        ahead[0] *= back
        inside = np.arange(len(seen))[:, None] < sizes
        places = np.array([s.start for s in batch]) + np.arange(len(seen))[:, None]
        total[places[inside]] = normal(ahead[inside])
    return total


def normal(values: Scores) -> Scores:
    """Rows that add up to one."""
    total: Scores = values / np.maximum(values.sum(-1, keepdims=True), 1e-30)
    return total
