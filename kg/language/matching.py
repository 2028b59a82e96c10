"""Word lists as one automaton: every longest occurrence in one pass. The one door to ahocorasick_rs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

from kg.language.reading import Span

FEW = 1_000  # words whose automaton may take the memory that makes it find them in half of the time


class Words:
    """A set of words to find; `find` gives the leftmost longest, `find_all` overlapping occurrences too.

    `once`: they are looked for in so little text that the automaton which is made soonest is the best.
    """

    def __init__(self, words: Iterable[str], once: bool = False) -> None:
        self.words = tuple(sorted(set(words)))
        few = Implementation.DFA if len(self.words) <= FEW else None
        self.kind = Implementation.NoncontiguousNFA if once else few

    @cached_property
    def _longest(self) -> AhoCorasick:
        return AhoCorasick(list(self.words), matchkind=MatchKind.LeftmostLongest, implementation=self.kind)

    @cached_property
    def _every(self) -> AhoCorasick:
        return AhoCorasick(list(self.words), implementation=self.kind)

    def find(self, text: str) -> list[Span]:
        """Occurrences that do not overlap, the leftmost and longest first."""
        return [Span(start, end) for _, start, end in self._longest.find_matches_as_indexes(text)]

    def indexes(self, text: str, overlapping: bool = False) -> NDArray[np.int64]:
        """Of the occurrences that `find` or, overlapping, `find_all` gives a row each: place in `words`, start, end."""
        found = self._every if overlapping else self._longest
        return np.array(found.find_matches_as_indexes(text, overlapping=overlapping), np.int64).reshape(-1, 3)

    def find_all(self, text: str) -> list[Span]:
        """All occurrences, overlapping ones too, by end."""
        return [Span(start, end) for _, start, end in self._every.find_matches_as_indexes(text, overlapping=True)]
