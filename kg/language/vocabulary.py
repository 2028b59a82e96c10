"""Numbers of words, which are worked out once however often a word comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kg.language.hashing import Numbers

KEPT = 1 << 16  # words; with more than that, all are forgotten, so that a process does not grow


class Vocabulary(dict[str, int]):
    """Words and where they stand in a table, which has a column for each number that `described` gives of a word."""

    def __init__(self, described: Callable[[str], Sequence[int]], columns: int) -> None:
        super().__init__()
        self.described, self.table = described, np.zeros((columns, KEPT), np.uint64)

    def __missing__(self, word: str) -> int:
        """The place of a word that comes for the first time."""
        place = self[word] = len(self)
        if place == self.table.shape[1]:
            self.table = np.pad(self.table, ((0, 0), (0, place)))
        self.table[:, place] = self.described(word)
        return place

    def of(self, words: Sequence[str]) -> Numbers:
        """The columns for the words of a text."""
        if len(self) > KEPT:
            self.clear()
        places = np.fromiter(map(self.__getitem__, words), np.int64, len(words))
        return self.table.take(places, 1)
