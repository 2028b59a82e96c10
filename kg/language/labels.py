"""Names as labels of characters (BIOES, Ratinov and Roth 2009), and back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

KINDS = ("ORG", "LOC", "DOC", "PRG", "MEC")
OUTSIDE = 0
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))


def write(labels: NDArray[np.int64], start: int, end: int, kind: str) -> None:
    """Put a name of a kind at ``start:end``.

    >>> labels = np.zeros(4, np.int64); write(labels, 1, 4, "LOC"); [LABELS[i] for i in labels]
    ['O', 'B-LOC', 'I-LOC', 'E-LOC']
    """
    first = 1 + 4 * KINDS.index(kind)
    if end - start == 1:
        labels[start] = first + 3
        return
    labels[start:end] = first + 1
    labels[start], labels[end - 1] = first, first + 2


def spans(labels: NDArray[np.int64]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of every name."""
    edges = np.flatnonzero(labels)
    start = -1
    for index in edges:
        kind, place = divmod(int(labels[index]) - 1, 4)
        if place in (0, 3):
            start = int(index)
        if place in (2, 3) and start >= 0:
            yield start, int(index) + 1, KINDS[kind]
            start = -1


def opens(label: int) -> bool:
    """Whether a name is open after this label."""
    return label != OUTSIDE and (label - 1) % 4 in (0, 1)


def legal_start(label: int) -> bool:
    """Whether a clause may begin with it."""
    return label == OUTSIDE or (label - 1) % 4 in (0, 3)


def legal_end(label: int) -> bool:
    """Whether a clause may end with it."""
    return not opens(label)


def legal_step(before: int, label: int) -> bool:
    """Whether one label may follow another."""
    if not opens(before):
        return legal_start(label)
    return label != OUTSIDE and (label - 1) // 4 == (before - 1) // 4 and (label - 1) % 4 in (1, 2)
