"""Names as labels of characters (BIOES, Ratinov and Roth 2009)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KINDS = ("ORG", "LOC", "DOC", "PRG", "MEC")
OUTSIDE = 0
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
BEGIN, INSIDE, END, SINGLE = (1 + i + 4 * np.arange(len(KINDS)) for i in range(4))  # the labels of each kind


def write(labels: NDArray[np.int64], start: int, end: int, kind: str) -> None:
    """Put a name of a kind at ``start:end``.

    >>> labels = np.zeros(4, np.int64); write(labels, 1, 4, "LOC"); [LABELS[i] for i in labels]
    ['O', 'B-LOC', 'I-LOC', 'E-LOC']
    """
    of = KINDS.index(kind)
    if end - start == 1:
        labels[start] = SINGLE[of]
        return
    labels[start:end] = INSIDE[of]
    labels[start], labels[end - 1] = BEGIN[of], END[of]


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
