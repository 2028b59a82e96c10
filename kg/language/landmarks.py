"""Words to look for in a text, and how far the nearest of them is from each place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.language.hashing import Ids, Numbers, codes
from kg.language.matching import Words

FAR = 40  # characters in which a landmark is looked for
STEPS = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, FAR))
STEPS_OF = np.searchsorted(STEPS, np.arange(FAR + 1), side="right").astype(np.uint64)


class Landmarks:
    """Words to look for, with their numbers."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = Words(words)
        self.numbers = codes(self.words.words)

    def starts(self, text: str) -> tuple[Ids, Numbers]:
        """The first characters of those in a text, and which they are."""
        word, start, _ = self.words.indexes(text).T
        return start, self.numbers[word]

    def ends(self, text: str) -> tuple[Ids, Numbers]:
        """Their last characters, and which they are."""
        word, _, end = self.words.indexes(text).T
        return end - 1, self.numbers[word]


def nearest(edges: Ids, numbers: Numbers, places: Ids, forward: bool) -> tuple[Numbers, Numbers]:
    """Number of the nearest landmark before or behind each place, and in how many steps; 0 if none is near."""
    number, step = np.zeros(len(places), np.uint64), np.zeros(len(places), np.uint64)
    if len(edges):
        index = np.searchsorted(edges, places, side="left" if forward else "right") - (not forward)
        far = np.abs(edges.take(index, mode="clip") - places)
        near = np.flatnonzero((far < FAR) & (index >= 0) & (index < len(edges)))
        number[near], step[near] = numbers[index[near]], STEPS_OF[far[near]]
    return number, step
