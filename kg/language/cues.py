"""Patterns that begin with anything and so are tried at every character: only the lines that can hold a match are read.

A pattern that begins with one of a few characters `re` finds by looking for these; one that begins with an option, a
look behind or any word at all it tries everywhere, which takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

AHEAD = 16  # characters of the next line that a pattern may look at


class Cued:
    """A pattern whose matches stay within a line and hold a cue, which is found fast."""

    def __init__(self, pattern: str, cue: str) -> None:
        self.pattern, self.cue = re.compile(pattern), re.compile(cue)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """What `re.Pattern.finditer` gives.

        >>> [m.span() for m in Cued("[^a]?b", "b").finditer("aa\\nab\\ncc")]
        [(4, 5)]
        """
        end = -1
        while cue := self.cue.search(text, end + 1):
            start = max(0, text.rfind("\n", 0, cue.start()))
            end = text.find("\n", cue.end())
            end = len(text) if end < 0 else end
            for match in self.pattern.finditer(text, start, end + AHEAD):
                if match.start() > end:
                    break
                yield match
