"""The objective of a linear-chain conditional random field: minus the log likelihood of what is marked, and its slope.

What is marked `?` may carry any label: the likelihood is that of all labellings that agree with the rest (partially
labelled data, Tsuboi et al. 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.language.crf import Chain, batches, padded
from kg.language.labels import LABELS, legal_end, legal_start, legal_step
from kg.language.reading import Span

UNKNOWN = -1
L2, ROUNDS, SELDOM = 4.0, 60, 5
CURVED = 0.05  # of the curvature that a feature's count allows
NEVER = np.float32(-1e4)
N = len(LABELS)
STEP = np.array([[legal_step(a, b) for b in range(N)] for a in range(N)])
FIRST, LAST = (np.array([legal(a) for a in range(N)]) for legal in (legal_start, legal_end))
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A text: a column of feature numbers a character, its labels, its clauses."""

    features: NDArray[np.int64]
    labels: NDArray[np.int64]
    clauses: Sequence[Span]


@dataclass(frozen=True)
class Sums:
    """Logarithms of the sums over paths, a clause each; expected labels, steps, first and last labels."""

    logs: Numbers
    labels: Numbers
    steps: Numbers
    first: Numbers
    last: Numbers


def encoded(columns: Sequence[NDArray[np.int64]], bits: int, seldom: int) -> tuple[NDArray[np.int64], csr_matrix]:
    """The features that are seen often enough, and which of them each character (or candidate) has."""
    every = np.concatenate(columns, axis=1).T
    values, counts = np.unique(every, return_counts=True)
    kept = values[counts >= seldom]
    table = np.full(1 << bits, -1, np.int64)
    table[kept] = np.arange(len(kept))
    index = table[every]
    known = index >= 0
    bounds = np.concatenate([[0], np.cumsum(known.sum(1))])
    ones = np.ones(int(bounds[-1]), np.float32)
    return kept, csr_matrix((ones, index[known], bounds), shape=(len(every), len(kept)))


class Objective:
    """A function of all weights in one array: rows of the features, steps, first, last."""

    def __init__(self, examples: Sequence[Example], bits: int) -> None:
        self.features, self.seen = encoded([e.features for e in examples], bits, SELDOM)
        self.seen_by_feature = self.seen.T.tocsr()
        self.labels = np.concatenate([e.labels for e in examples])
        offsets = np.cumsum([0, *(e.features.shape[1] for e in examples)])
        clauses = [
            Span(c.start + at, c.end + at)
            for e, at in zip(examples, offsets[:-1].tolist(), strict=True)
            for c in e.clauses
        ]
        sure = [bool((self.labels[c.start : c.end] != UNKNOWN).all()) for c in clauses]
        self.batches = [
            (batch, known)
            for known in (True, False)
            for batch in batches([c for c, each in zip(clauses, sure, strict=True) if each is known])
        ]

    def unpacked(self, weights: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Rows, steps, first, last."""
        rows = len(self.features) * N
        steps = weights[rows : rows + N * N].reshape(N, N)
        return weights[:rows].reshape(-1, N), steps, weights[-2 * N : -N], weights[-N:]

    def __call__(self, weights: Numbers) -> tuple[float, Numbers]:
        """The value at these weights, and its slope."""
        rows, steps, first, last = self.unpacked(weights)
        scores = np.asarray(self.seen @ rows.astype(np.float32))
        slope = np.zeros_like(scores)
        masked = ((steps, STEP), (first, FIRST), (last, LAST))
        chain = tuple((np.exp(np.clip(each, -30, 30)) * mask).astype(np.float32) for each, mask in masked)
        value, of_steps, of_first, of_last = 0.0, np.zeros((N, N)), np.zeros(N), np.zeros(N)
        for batch, known in self.batches:
            padding, sizes = padded(scores, batch)
            allowed = self.allowed(padding.shape, batch)
            model = paths(padding, sizes, chain, None)
            marked = (
                path(padding, sizes, allowed, (steps, first, last)) if known else paths(padding, sizes, chain, allowed)
            )
            value += float((model.logs - marked.logs).sum())
            of_steps += model.steps - marked.steps
            of_first += model.first - marked.first
            of_last += model.last - marked.last
            difference = model.labels - marked.labels
            for column, span in enumerate(batch):
                slope[span.start : span.end] = difference[: sizes[column], column]
        of_rows = np.asarray(self.seen_by_feature @ slope)
        total = np.concatenate([of_rows.ravel(), of_steps.ravel(), of_first, of_last]).astype(np.float64)
        return value + L2 / 2 * float(weights @ weights), total + L2 * weights

    def allowed(self, shape: tuple[int, ...], batch: Sequence[Span]) -> NDArray[np.bool_]:
        """Which labels each character of the batch may carry."""
        found = np.zeros(shape, bool)
        for column, span in enumerate(batch):
            labels = self.labels[span.start : span.end]
            at = np.arange(len(labels))
            found[at[labels >= 0], column, labels[labels >= 0]] = True
            found[at[labels < 0], column] = True
        return found

    def fitted(self) -> tuple[NDArray[np.int64], NDArray[np.float32], Chain]:
        """The features, their weights and the chain that the examples teach."""
        often = np.asarray(self.seen.sum(0)).ravel()
        chain = np.full(N * N + 2 * N, float(often.max()))
        # as if the value were as curved as it may be at most: without it frequent features hold all others up
        unit = 1 / np.sqrt(CURVED * np.concatenate([np.repeat(often, N), chain]) + L2)

        def scaled(weights: Numbers) -> tuple[float, Numbers]:
            value, slope = self(weights * unit)
            return value, slope * unit

        result = minimize(
            scaled, np.zeros(len(unit)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 8}
        )
        rows, steps, first, last = self.unpacked(result.x * unit)
        lows = (
            np.where(mask, each, NEVER).astype(np.float32)
            for mask, each in ((STEP, steps), (FIRST, first), (LAST, last))
        )
        return self.features, rows.astype(np.float32), Chain(*lows)


def path(
    scores: Numbers, sizes: NDArray[np.int64], allowed: NDArray[np.bool_], chain: tuple[Numbers, Numbers, Numbers]
) -> Sums:
    """The sums where one labelling is allowed."""
    steps, first, last = chain
    labels = allowed.argmax(2)
    logs = (scores * allowed).sum((0, 2)).astype(np.float64)
    pairs = np.arange(1, len(scores))[:, None] < sizes
    before, after = labels[:-1][pairs], labels[1:][pairs]
    expected = np.zeros((N, N))
    np.add.at(expected, (before, after), 1)
    logs += np.bincount(np.nonzero(pairs)[1], steps[before, after], len(sizes))
    opening, closing = labels[0], labels[sizes - 1, np.arange(len(sizes))]
    logs += first[opening] + last[closing]
    counts = (np.bincount(each, minlength=N).astype(np.float64) for each in (opening, closing))
    return Sums(logs, allowed.astype(np.float64), expected, *counts)


def paths(
    scores: Numbers,
    sizes: NDArray[np.int64],
    chain: tuple[Numbers, Numbers, Numbers],
    allowed: NDArray[np.bool_] | None,
) -> Sums:
    """The sums over all labellings, or over those that are allowed; forward and backward passes, scaled."""
    steps, first, last = chain
    peak = scores.max(2, keepdims=True)
    seen = np.exp(scores - peak)
    if allowed is not None:
        seen = seen * allowed
    inside = np.arange(len(scores))[:, None] < sizes
    ahead, back = np.zeros_like(seen), np.zeros_like(seen)
    scale = np.ones(inside.shape, np.float32)
    ahead[0] = first * seen[0]
    scale[0] = ahead[0].sum(1)
    ahead[0] /= scale[0][:, None]
    for t in range(1, len(scores)):
        now = (ahead[t - 1] @ steps) * seen[t]
        scale[t] = np.where(inside[t], np.maximum(now.sum(1), 1e-30), 1.0)
        ahead[t] = np.where(inside[t][:, None], now / scale[t][:, None], ahead[t - 1])
    total = (ahead[-1] * last).sum(1)
    logs = np.log(total, dtype=np.float64) + np.log(scale, dtype=np.float64).sum(0)
    logs += (peak[..., 0] * inside).sum(0, dtype=np.float64)
    back[-1] = last / total[:, None]
    expected = np.zeros((N, N))
    for t in range(len(scores) - 1, 0, -1):
        now = seen[t] * back[t] / scale[t][:, None]
        live = inside[t]
        expected += (ahead[t - 1][live].T @ now[live]) * steps
        back[t - 1] = np.where(live[:, None], now @ steps.T, back[t])
    labels = ahead * back * inside[..., None]
    return Sums(logs, labels, expected, labels[0].sum(0), labels[sizes - 1, np.arange(len(sizes))].sum(0))
