"""A linear-chain conditional random field over words: scores of labels in, probabilities of labels out.

Lafferty, McCallum and Pereira 2001. Clauses of like length are worked on together, so that the cost of a step is that
of a matrix product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Span

BATCH = 65_536  # words, with padding, that are worked on together
RESCALED = 2  # words after which sums are brought back to one
Scores = NDArray[np.float32]
Ids = NDArray[np.int64]


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
    """Probabilities of the labels of each word (forward and backward sums); 0 outside the clauses."""
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
