"""A linear-chain conditional random field over words: scores of labels in, probabilities of labels out.

Lafferty, McCallum and Pereira 2001. All clauses are worked on together, so that the cost of a step is that of a matrix
product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Span

RESCALED = 2  # words after which sums are brought back to one
Scores = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Chain:
    """How likely labels follow each other: logarithms, very low where they cannot."""

    steps: Scores
    first: Scores
    last: Scores


@dataclass(frozen=True)
class Packed:
    """Clauses side by side, the longest first: `places` are the first words of all, then the second words, and so on.

    The words at place t of their clauses are ``places[bounds[t] : bounds[t + 1]]``: nothing is padded.
    """

    places: Ids
    bounds: Sequence[int]

    @classmethod
    def of(cls, clauses: Sequence[Span]) -> Packed:
        """The clauses that are not empty."""
        starts, ends = np.array([(c.start, c.end) for c in clauses], np.int64).reshape(-1, 2).T
        order = np.argsort(starts - ends, kind="stable")
        starts, sizes = starts[order], (ends - starts)[order]
        steps = np.arange(sizes.max(initial=0))
        going = np.searchsorted(-sizes, -steps, side="left")  # how many clauses are longer
        behind = np.cumsum(going)
        rank = np.arange(going.sum()) - np.repeat(behind - going, going)
        return cls(starts[rank] + np.repeat(steps, going), [0, *behind.tolist()])


def marginals(chain: Chain, scores: Scores, clauses: Sequence[Span]) -> Scores:
    """Probabilities of the labels of each word (forward and backward sums); 0 outside the clauses."""
    total: Scores = np.zeros_like(scores)
    packed = Packed.of(clauses)
    if not len(packed.places):
        return total
    seen = scores[packed.places]
    seen -= seen.max(1, keepdims=True)
    np.exp(seen, out=seen)
    ahead = forward(chain, seen, packed.bounds)
    backward(chain, seen, ahead, packed.bounds)
    total[packed.places] = normal(ahead)
    return total


def forward(chain: Chain, seen: Scores, bounds: Sequence[int]) -> Scores:
    """Of each word and label how likely the words up to it are, but for a factor of all labels of a word."""
    step, ahead = np.exp(chain.steps), seen.copy()
    ahead[: bounds[1]] *= np.exp(chain.first)
    for t, (before, start, end) in enumerate(zip(bounds, bounds[1:], bounds[2:], strict=False), 1):
        here = ahead[start:end]
        here *= ahead[before : before + end - start] @ step
        if t % RESCALED == 0:
            normal(here)
    return ahead


def backward(chain: Chain, seen: Scores, ahead: Scores, bounds: Sequence[int]) -> None:
    """Multiply by how likely the words behind are."""
    step, last = np.exp(chain.steps).T, np.exp(chain.last)
    back = np.empty((bounds[1], len(last)), np.float32)
    live = 0
    for t in range(len(bounds) - 2, -1, -1):
        start, end = bounds[t], bounds[t + 1]
        back[live : end - start] = last  # of the clauses that end here
        live = end - start
        ahead[start:end] *= back[:live]
        if t:
            back[:live] = (seen[start:end] * back[:live]) @ step
            if t % RESCALED == 0:
                normal(back[:live])


def normal(values: Scores) -> Scores:
    """The same rows, that they add up to one."""
    values /= np.maximum(values.sum(-1, keepdims=True), 1e-30)
    return values
