"""A linear-chain conditional random field over characters: feature numbers in, labels with their probabilities out.

Lafferty, McCallum and Pereira 2001. Clauses of like length are worked on together, so that the cost of a step is that
of a matrix product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Span

BATCH = 16_384  # characters, with padding, that are worked on together
Scores = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """What was learnt: `rows[table[feature]]` are a feature's weights of the labels; row 0 is all zeros."""

    labels: tuple[str, ...]
    table: NDArray[np.int32]
    rows: Scores
    steps: Scores  # from label to label; -inf where they cannot follow
    first: Scores
    last: Scores

    @classmethod
    def load(cls, path: Path, bits: int) -> Weights:
        """Read the weights that ``bench/train_names.py`` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            table = np.zeros(1 << bits, np.int32)
            table[kept["features"]] = np.arange(1, len(kept["features"]) + 1)
            rows = np.zeros((len(kept["features"]) + 1, len(kept["labels"])), np.float32)
            rows[1:] = kept["rows"].astype(np.float32) * kept["scale"]
            return cls(
                tuple(str(label) for label in kept["labels"]), table, rows, kept["steps"], kept["first"], kept["last"]
            )

    def emissions(self, features: Ids) -> Scores:
        """Scores of the labels at each character."""
        index = self.table[features]
        total: Scores = np.zeros((len(features), len(self.labels)), np.float32)
        for column in range(features.shape[1]):
            total += self.rows[index[:, column]]
        return total


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


def padded(scores: Scores, batch: Sequence[Span]) -> tuple[Scores, Ids]:
    """(length, clauses, labels) of scores, and the clauses' lengths; what lies behind a clause's end is 0."""
    sizes = np.array([s.end - s.start for s in batch])
    found = np.zeros((int(sizes.max()), len(batch), scores.shape[1]), np.float32)
    for column, span in enumerate(batch):
        found[: sizes[column], column] = scores[span.start : span.end]
    return found, sizes


def best(weights: Weights, scores: Scores, clauses: Sequence[Span]) -> Ids:
    """The likeliest labels of all characters (Viterbi); 0 for those in no clause."""
    labels = np.zeros(len(scores), np.int64)
    for batch in batches(clauses):
        steps, sizes = padded(scores, batch)
        length, count, _ = steps.shape
        come = np.zeros(steps.shape, np.int8)
        now = weights.first + steps[0]
        for t in range(1, length):
            ways = now[:, :, None] + weights.steps
            come[t] = ways.argmax(1)
            following = np.take_along_axis(ways, come[t][:, None].astype(np.int64), 1)[:, 0] + steps[t]
            now = np.where((t < sizes)[:, None], following, now)
        label = (now + weights.last).argmax(1)
        rows = np.arange(count)
        starts = np.array([s.start for s in batch])
        for t in range(length - 1, -1, -1):
            inside = t < sizes
            labels[starts[inside] + t] = label[inside]
            back = come[t][rows, label].astype(np.int64)
            label = np.where(inside & (t > 0), back, label)
    return labels


def marginals(weights: Weights, scores: Scores, clauses: Sequence[Span]) -> Scores:
    """Probabilities of the labels at each character (forward and backward sums); 0 outside the clauses."""
    found: Scores = np.zeros_like(scores)
    step, first, last = np.exp(weights.steps), np.exp(weights.first), np.exp(weights.last)
    for batch in batches(clauses):
        steps, sizes = padded(scores, batch)
        length = len(steps)
        seen = np.exp(steps - steps.max(2, keepdims=True))
        inside = np.arange(length)[:, None] < sizes
        ahead = np.zeros_like(seen)
        ahead[0] = normal(first * seen[0])
        for t in range(1, length):
            ahead[t] = np.where(inside[t][:, None], normal((ahead[t - 1] @ step) * seen[t]), ahead[t - 1])
        back = np.broadcast_to(last, ahead[0].shape)
        for t in range(length - 1, -1, -1):
            ahead[t] = normal(ahead[t] * back)
            if t:
                back = np.where(inside[t][:, None], normal((seen[t] * back) @ step.T), back)
        for column, span in enumerate(batch):
            found[span.start : span.end] = ahead[: sizes[column], column]
    return found


def normal(values: Scores) -> Scores:
    """Rows that add up to one."""
    total: Scores = values / np.maximum(values.sum(-1, keepdims=True), 1e-30)
    return total
