"""Which of many spans start within a stretch, or share characters with it; which of two names of one stretch stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from kg.language.reading import START, Name, Reading, Span, in_order

S = TypeVar("S", bound=Span)
REACH = 130  # no name is longer


class Along(Generic[S]):
    """Sorted spans with their starts apart, which many questions about them are four times as fast by."""

    __slots__ = ("spans", "starts")

    def __init__(self, spans: Sequence[S]) -> None:
        self.spans, self.starts = spans, list(map(START, spans))

    def within(self, start: int, end: int) -> Sequence[S]:
        """Those that start at ``start`` or behind it, and before ``end``."""
        first = bisect_left(self.starts, start)
        return self.spans[first : bisect_left(self.starts, end, first)]

    def over(self, span: Span) -> list[S]:
        """Those that share a character with the span."""
        return [name for name in self.within(max(0, span.start - REACH), span.end) if name.overlaps(span)]


def several(names: Sequence[Name], span: Span) -> bool:
    """Whether a span begins with one name and ends with another: 市民政局、市财政局, 市公安局协助市法院."""
    first = min((n.end for n in names if n.start == span.start), default=span.end)
    return any(n.end == span.end and n.start >= first for n in names)


def embody(reading: Reading, centre: re.Pattern[str]) -> None:
    """Make bodies of the mechanisms that are a place's own centres."""
    bodies = [n for n in reading.phrases if n.type == "Mechanism" and centre.fullmatch(n.name)]
    gone, read = {id(name) for name in bodies}, {(name.start, name.end) for name in reading.organisations}
    new = [replace(n, type="Organisation", kind="institution") for n in bodies if (n.start, n.end) not in read]
    reading.phrases = [n for n in reading.phrases if id(n) not in gone]
    reading.organisations = in_order([*reading.organisations, *new])


def settle(reading: Reading, bodily: Collection[str], centre: re.Pattern[str]) -> None:
    """Of a body and a mechanism that end at one place keep the one: the body where it is of the kinds `bodily`."""
    embody(reading, centre)
    ends = {name.end: name for name in reading.phrases if name.type == "Mechanism"}
    both = [n for n in reading.organisations if (m := ends.get(n.end)) and m.start <= n.start]
    firms = {name.end for name in both if name.kind in bodily}
    gone = {id(name) for name in both if name.end not in firms}
    reading.organisations = [n for n in reading.organisations if id(n) not in gone]
    reading.phrases = [n for n in reading.phrases if n.end not in firms or n.type != "Mechanism"]
