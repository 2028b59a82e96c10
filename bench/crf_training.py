"""What a linear-chain conditional random field asks of the scores of labels: that what is marked be likely.

What is marked `?` may carry any label: the likelihood is that of all labellings that agree with the rest (partially
labelled data, Tsuboi et al. 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from network_training import Adam, Floats, Ids
from numpy.typing import NDArray

from kg.language.crf import Chain
from kg.language.labels import LABELS, legal_end, legal_start, legal_step
from kg.language.reading import Span

UNKNOWN = -1
TOGETHER = 2_000  # words of a batch
WORDS = 20  # words whose slopes together count as one step's
NEVER = np.float32(-1e4)
N = len(LABELS)
STEP = np.array([[legal_step(a, b) for b in range(N)] for a in range(N)])
FIRST, LAST = (np.array([legal(a) for a in range(N)]) for legal in (legal_start, legal_end))
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A text: a column of feature numbers a word, its labels, its clauses in words."""

    features: Ids
    labels: Ids
    clauses: Sequence[Span]


def padded(scores: NDArray[np.float64], batch: Sequence[Span]) -> tuple[NDArray[np.float64], Ids]:
    """(length, clauses, labels) of scores, and the clauses' lengths; what lies behind a clause's end is 0."""
    sizes = np.array([s.end - s.start for s in batch])
    starts = np.array([s.start for s in batch])
    steps = np.arange(int(sizes.max()))[:, None]
    inside = steps < sizes
    total = scores[np.where(inside, starts + steps, 0)]
    total[~inside] = 0
    return total, sizes


@dataclass(frozen=True)
class Sums:
    """Logarithms of the sums over paths, a clause each; expected labels, steps, first and last labels."""

    logs: Numbers
    labels: Numbers
    steps: Numbers
    first: Numbers
    last: Numbers


class Labelling:
    """The objective: given scores of some clauses' words their slope, and a step of the chain."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.labels = np.concatenate([e.labels for e in examples])
        offsets = np.cumsum([0, *(len(e.labels) for e in examples)]).tolist()
        clauses = [
            Span(c.start + at, c.end + at) for e, at in zip(examples, offsets[:-1], strict=True) for c in e.clauses
        ]
        legal = sorted((c for c in clauses if self.legal(c)), key=lambda c: (c.end - c.start, c.start))
        self.chain = [Adam(np.zeros(shape, np.float32)) for shape in ((N, N), N, N)]
        self.batches, self.groups = [], {}
        group: list[Span] = []
        for clause in legal:
            group.append(clause)
            if sum(c.end - c.start for c in group) >= TOGETHER or clause is legal[-1]:
                columns = np.concatenate([np.arange(c.start, c.end) for c in group])
                self.batches.append(columns)
                self.groups[int(columns[0])] = group
                group = []

    def legal(self, clause: Span) -> bool:
        """Whether any labelling agrees with the marks: not if a name goes on across the clause's end."""
        open_to = np.ones(N, bool)
        for place in range(clause.start, clause.end):
            follow = FIRST if place == clause.start else (open_to @ STEP) > 0
            open_to = follow & (np.arange(N) == self.labels[place] if self.labels[place] >= 0 else True)
        return clause.end > clause.start and bool((open_to & LAST).any())

    def __call__(self, columns: Ids, scores: Floats, rate: float) -> Floats:
        """The slope of the scores; the chain goes one step."""
        _, slope, chain = self.value(columns, scores)
        for weights, each in zip(self.chain, chain, strict=True):
            weights.step((each / (len(columns) / WORDS)).astype(np.float32), rate)
        return (slope / (len(columns) / WORDS)).astype(np.float32)

    def value(self, columns: Ids, scores: Floats) -> tuple[float, Numbers, tuple[Numbers, Numbers, Numbers]]:
        """Minus the logarithm of how likely the marks are, its slope by scores, and by steps, first and last labels."""
        group = self.groups[int(columns[0])]
        ends = np.cumsum([c.end - c.start for c in group]).tolist()
        batch = [Span(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
        padding, sizes = padded(scores, batch)
        masks = zip(self.chain, (STEP, FIRST, LAST), strict=True)
        chain = tuple((np.exp(np.clip(each.weights, -30, 30)) * mask).astype(np.float32) for each, mask in masks)
        model = paths(padding, sizes, chain, None)
        marked = paths(padding, sizes, chain, self.allowed(padding.shape, columns, batch))
        difference, slope = model.labels - marked.labels, np.zeros(scores.shape)
        for column, span in enumerate(batch):
            slope[span.start : span.end] = difference[: sizes[column], column]
        of_chain = (model.steps - marked.steps, model.first - marked.first, model.last - marked.last)
        return float((model.logs - marked.logs).sum()), slope, of_chain

    def allowed(self, shape: tuple[int, ...], columns: Ids, batch: Sequence[Span]) -> NDArray[np.bool_]:
        """Which labels each word of the batch may carry."""
        found = np.zeros(shape, bool)
        for column, span in enumerate(batch):
            labels = self.labels[columns[span.start : span.end]]
            at = np.arange(len(labels))
            found[at[labels >= 0], column, labels[labels >= 0]] = True
            found[at[labels < 0], column] = True
        return found

    def fitted(self) -> Chain:
        """The chain as it is now."""
        masks = zip(self.chain, (STEP, FIRST, LAST), strict=True)
        return Chain(*(np.where(mask, each.weights, NEVER).astype(np.float32) for each, mask in masks))


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
