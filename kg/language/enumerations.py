"""Mechanisms that a list names by what each does, with the head that all share: 明确周调度、旬通报、月会商等制度."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.knowledge import Knowledge
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order

FEWEST = 2  # members
Trigger = Callable[[Reading, Span], Span | None]


class Enumerations:
    """Reads the members of lists behind verbs of setting up, applying and providing."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("recogniser")["enumeration"]
        self.list, self.mark = re.compile(table["list"]), re.compile(table["mark"])
        self.uneven, self.closed = int(table["uneven"]), re.compile(table["closed"])

    def __call__(self, reading: Reading, names: Sequence[Name], trigger: Trigger) -> list[Name]:
        """The names, with the members of lists in the place of what was read of them."""
        new, old = list[Name](), Along(in_order(names))
        for match in self.list.finditer(reading.text):
            whole = Span(match.start("parts"), match.end())
            members = self.members(reading, match)
            read = [n for n in old.over(whole) if n.start >= whole.start]
            if len(members) < FEWEST or len(read) >= len(members) or any(not whole.holds(n) for n in old.over(whole)):
                continue
            verb = trigger(reading, Span(whole.start, members[0].end))
            new += [Name(m.start, m.end, "Mechanism", m.name, verb=verb) for m in members]
        taken = Along(in_order(new))
        return [*(name for name in names if not taken.over(name)), *new]

    def members(self, reading: Reading, match: re.Match[str]) -> list[Name]:
        """The members of a list with their common head; none of one whose members are of unlike length."""
        start, parts = match.start("parts"), list[Name]()
        for part in self.mark.split(match["parts"]):
            at = reading.text.index(part, start)
            start = at + len(part)
            name = part if self.closed.search(part) else part + match["head"]
            parts.append(Name(at, start, "Mechanism", name))
        sizes = [len(part.name) for part in parts]
        whole = not any(reading.splits(part.start) or reading.splits(part.end) for part in parts)
        return parts if whole and max(sizes) - min(sizes) <= self.uneven else []
