"""Surfaces of what is named with and without the place, body or level before it: (省级)采购平台, (某学院)科技园."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.knowledge import Knowledge
from kg.language.carriers import OPEN
from kg.language.reading import Reading, Span

LONGEST, SHORTEST = 4, 4  # characters of a word for a level; of what is left without what stands before it


class Variants:
    """Finds the longer and the shorter form of each mention of a mechanism or programme."""

    def __init__(self, knowledge: Knowledge, reading: Reading) -> None:
        self.text = reading.text
        self.level = knowledge.compiled("resolve", "rank")
        self.starts: dict[int, int] = {}  # where a place or body ends → where it starts
        self.ends: dict[int, int] = {}  # and the other way round
        for name in (*reading.places, *reading.organisations):
            self.starts[name.end] = min(name.start, self.starts.get(name.end, name.start))
            self.ends[name.start] = max(name.end, self.ends.get(name.start, name.end))

    def __call__(self, spans: Iterable[Span]) -> Iterator[Span]:
        """The other forms of mentions that stand at these spans."""
        for span in spans:
            if self.text[span.start] in OPEN:  # a title is named in full
                continue
            rank = next((m for m in self.level.finditer(self.text, max(0, span.start - LONGEST), span.start)), None)
            before = rank.start() if rank and rank.end() == span.start else span.start
            start = self.starts.get(span.start, before)
            if start < span.start:
                yield Span(start, span.end)
            led = self.level.match(self.text, span.start, span.end)
            end = self.ends.get(span.start, led.end() if led else span.start)
            if span.start < end and span.end - end >= SHORTEST:
                yield Span(end, span.end)
