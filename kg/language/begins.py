"""Where the words before a number begin that are its own: behind the noun of the last number, or before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.language.reading import Quantity, Reading, Span


class Begins:
    """Finds where the item of one number after the other begins."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.patterns = {key: re.compile(table[key]) for key in ("which", "whose", "pauses")}
        self.list_marks, self.of = table["list_marks"], str(table["of"])
        self.particles: str = table["particles"]

    def __call__(self, reading: Reading, clause: Span, last: Quantity | None, start: int) -> int:
        """Where the item of the number at `start` begins."""
        if last is None:
            return clause.start
        if self.which(reading, last, start):
            return max(clause.start, self.pause(reading, clause.start, last.span.start))
        return max(clause.start, self.consumed(reading, last, start))

    def consumed(self, reading: Reading, last: Quantity, start: int) -> int:
        """The end of the noun after the last number, where a list goes on behind it; else the end of that number."""
        end, between = last.span.end, reading.text[last.span.end : start]
        marks = (between.rfind(mark) for mark in self.list_marks)
        mark = max((m for m in marks if m > 0 and not self.within_word(reading, end + m)), default=0)
        noun = between[:mark]
        if noun and last.metric.endswith(noun.lstrip(self.particles)):
            return end + mark
        mark = between.find(self.of)
        if mark > 0 and last.metric.endswith(between[:mark].lstrip(self.particles)):
            return end + mark
        return end

    def within_word(self, reading: Reading, position: int) -> bool:
        """Whether a character is a part of a longer word: 及 of 惠及."""
        return reading.splits(position) or reading.splits(position + 1)

    def which(self, reading: Reading, last: Quantity, start: int) -> bool:
        """Whether the last number only says which things this one counts: 投资10亿元以上的项目|58个."""
        said = self.patterns["which"].search(last.text)
        return bool(said and self.patterns["whose"].fullmatch(reading.text, last.span.end, start))

    def pause(self, reading: Reading, begin: int, end: int) -> int:
        """The end of the last mark before a place."""
        return max((m.end() for m in self.patterns["pauses"].finditer(reading.text, begin, end)), default=begin)
