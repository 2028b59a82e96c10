"""The noun behind a number: what is counted, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.language.items import SHORTEST, Items
from kg.language.reading import Quantity, Reading

LONGEST_NOUN = 24
OPEN, CLOSE, QUOTE, UNQUOTE = "（", "）", "“", "”"
AHEAD = 20  # characters behind a noun in which another number makes it one of a list
PATTERNS = (
    "after",
    "adverbs",
    "kept_verb",
    "which",
    "told_which",
    "noun_end",
    "no_noun",
    "change",
    "becomes",
)


class Nouns:
    """Reads the nouns behind numbers."""

    def __init__(self, table: Mapping[str, Any], items: Items) -> None:
        self.table, self.items = table, items
        self.patterns = {key: re.compile(table[key]) for key in PATTERNS}
        self.particles: str = table["particles"]

    def counted(self, reading: Reading, quantity: Quantity, following: Quantity | None, limit: int) -> str:
        """The noun behind a number, or behind the next that says which are counted: 5个|投资1亿元以上的项目."""
        start, text = quantity.span.end, reading.text
        stop = following.span.start if following else len(text)
        here = following if following and following.span.end < limit else None
        which = here and self.patterns["which"].search(here.text)
        if following and which and self.patterns["told_which"].fullmatch(text, start, stop):
            noun = self.noun(reading, following.span.end, limit, False)
            return text[start : following.span.end] + noun if noun else ""
        end = max(start, min(stop, limit))
        return self.noun(reading, start, end, end == stop)

    def told(self, reading: Reading, quantity: Quantity, after: str) -> bool:
        """Whether the words behind a number say both what is counted and what becomes of it."""
        start = quantity.span.end
        return bool(after) and self.ends_told(reading, start, start + len(after))

    def noun(self, reading: Reading, start: int, stop: int, another: bool) -> str:
        """The noun phrase right after a number; where another number follows without a pause, without its verb."""
        text = reading.text
        if self.patterns["change"].match(text, start):
            return ""
        skipped = self.patterns["after"].match(text, start, stop)
        start = skipped.end() if skipped else start
        found = self.patterns["noun_end"].search(text, start, stop + AHEAD)
        end = found.start() if found else stop
        if end >= stop:
            end = self.items.noun_end(reading, start, stop) if another else stop
            of = text.find(self.table["of"], start + 1, end) if another else 0
            end = of if of > 0 else end
        while end > start and text[end - 1] in self.particles and not reading.splits(end - 1):
            end -= 1
        while start < end and text[start] in self.particles and not reading.splits(start + 1):
            start += 1
        told = self.patterns["becomes"].search(text, start, end)
        end = told.start() if told and not reading.splits(told.start()) else end
        phrase = self.patterns["adverbs"].sub("", text[start:end])
        if self.patterns["no_noun"].match(phrase):
            return ""
        if len(phrase) > LONGEST_NOUN:
            cut = self.told_from(reading, start, end)
            phrase = phrase if self.patterns["kept_verb"].match(text, cut) else text[start:cut]
        return opened(phrase.strip()[:LONGEST_NOUN].rstrip())

    def ends_told(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a stretch is a thing and what is done with it: 检查检验结果互认."""
        words = self.items.words(reading, start, end)
        return len(words) > 1 and words[-1].tag == "v" and words[-1].end == end

    def told_from(self, reading: Reading, start: int, end: int) -> int:
        """Where a noun phrase ends because its verb begins, outside quotation marks; else the end."""
        words = (t for t in self.items.words(reading, start + SHORTEST, end) if t.tag in ("v", "p"))
        text = reading.text
        return next(
            (t.start for t in words if text.count(QUOTE, start, t.start) == text.count(UNQUOTE, start, t.start)), end
        )


def opened(phrase: str) -> str:
    """A phrase without the bracket that it breaks off in."""
    return phrase if phrase.count(OPEN) <= phrase.count(CLOSE) else phrase[: phrase.rindex(OPEN)]
