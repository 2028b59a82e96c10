"""Short names of bodies once the full one was said: those that brackets introduce, and those of offices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.offices import Offices
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order


class Introduced:
    """Finds every mention by a short name: 某市消费者权益保护委员会（以下简称市消保委）, 领导小组, 办公室."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.brackets = re.compile(knowledge.patterns("organisations")["introduced"]["brackets"])
        self.offices = Offices(knowledge)

    def __call__(self, reading: Reading, names: Sequence[Name]) -> list[Name]:
        """The names in order of the text, with those mentions in place of what was read there."""
        return self.offices(reading.text, self.introduced(reading, names))

    def introduced(self, reading: Reading, names: Sequence[Name]) -> list[Name]:
        """The names, and the mentions by names in brackets."""
        text, shorts = reading.text, dict[str, Name]()
        for match in self.brackets.finditer(text):
            full = max((n for n in names if n.end == match.start()), key=lambda n: n.end - n.start, default=None)
            if full is not None and match["short"] != full.name:
                shorts.setdefault(match["short"], full)
        found = [
            replace(full, start=m.start(), end=m.end(), alias=True)
            for short, full in shorts.items()
            for m in re.finditer(re.escape(short), text)
            if m.start() > full.end and not (reading.splits(m.start()) or reading.splits(m.end()))
        ]
        if not found:
            return list(names)
        known = Along(in_order(names))
        found = [n for n in found if not any(o.holds(n) and o.end - o.start > n.end - n.start for o in known.over(n))]
        taken = Along(in_order(found))
        return in_order([*(name for name in names if not inside(name, taken.over(name))), *found])


def inside(name: Span, others: Sequence[Span]) -> bool:
    """Whether another one holds the name."""
    return any(other.holds(name) for other in others)
