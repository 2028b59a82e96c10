"""Mechanisms within mechanisms and bodies: partOf by composition of names and by where a thing is set up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.language.reading import Link, Name, Reading, Span, within

SHORTEST = 4


class Parts:
    """Links partOf between mechanisms, and from a mechanism to the body that it stands right behind."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")["part"]
        self.placed, self.sets = re.compile(table["placed"]), re.compile(table["sets"])

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        mechanisms = [n for n in reading.phrases if n.type == "Mechanism"]
        bodies = {n.end: n for n in reading.organisations}
        for name in mechanisms:
            if name.start in bodies and name.parent not in ("", "title"):
                yield Link(
                    name,
                    "partOf",
                    bodies[name.start],
                    Span(bodies[name.start].start, name.end),
                    "composition",
                    confidence=0.6,
                )
        first = {name.name: name for name in reversed(mechanisms)}
        for name in first.values():
            sizes = range(len(name.name) - 1, SHORTEST - 1, -1)
            host = next((first[name.name[:size]] for size in sizes if name.name[:size] in first), None)
            if host:
                yield Link(name, "partOf", host, Span(name.start, name.end), "composition", confidence=0.6)
        for clause in reading.clauses:
            yield from self.set_up(reading, within(mechanisms, clause), clause)

    def set_up(self, reading: Reading, names: list[Name], clause: Span) -> Iterator[Link]:
        """在甲设立乙; 甲增设乙: 乙 is part of 甲."""
        for host, name in pairwise(names):
            between = reading.text[host.end : name.start]
            before = reading.text[clause.start : host.start]
            if self.sets.match(between) and (not before or self.placed.search(before)):
                listed = [n for n in names if n.verb == name.verb and n.start >= name.start]
                for part in listed:
                    yield Link(part, "partOf", host, Span(host.start, part.end), "placement", confidence=0.6)
