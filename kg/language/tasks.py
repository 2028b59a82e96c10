"""The bodies that a task list makes responsible, in brackets, at a line's end, on the next, in a column: with roles."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.bodies import outermost
from kg.language.cosigners import remainder
from kg.language.reading import Actor, Line, Name, Reading, Span, within
from kg.language.roles import Roles

LINES = 10  # below a task's first line, of its text and of who does it
ROWS = 200  # of a table below its head
MARK, CELL = re.compile(r"[\t|]"), re.compile(r"[^\t|]+")
Told = tuple[Span, str]  # where bodies stand, and the words that give them their role if they stand elsewhere


class Tasks:
    """Finds the actors of a task."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.bracket, self.line, self.inline, self.aside, self.scope, self.column = (
            knowledge.compiled("relations", "task", key)
            for key in ("bracket", "line", "inline", "aside", "scope", "column")
        )
        self.closing, self.gap = (
            knowledge.compiled("relations", "task", "closing"),
            knowledge.compiled("relations", "signed", "rest"),
        )
        self.plans = set(knowledge.patterns("relations")["task"]["plans"])
        self.roles = Roles(knowledge)

    def __call__(self, reading: Reading, line: Line, index: int) -> Actor | None:
        """The bodies that a task's closing bracket or sentence, or the line after it, makes responsible for it."""
        match = next(reversed(list(self.bracket.finditer(reading.text, line.start, line.end))), None)
        match = match or self.inline.search(reading.text, line.start, line.end)
        where = match.span(match.lastgroup or 0) if match else self.listed(reading, line)
        told = [(self.bodies(reading.text, *where), "")] if where else self.columns(reading, index)
        names: list[Name] = []
        roles: list[str] = []
        for stretch, words in told or [(each, "") for each in self.below(reading, index)]:
            for name in outermost(within(reading.organisations, stretch)):
                if not any(n.holds(name) for n in names):
                    names.append(name)
                    roles.append(self.roles.told(words) if words else self.roles.labelled(reading, name, stretch))
        return Actor(line.start, tuple(names), tuple(roles)) if names else None

    def listed(self, reading: Reading, line: Line) -> tuple[int, int] | None:
        """A bracket at the end of a plan's line that holds nothing but bodies."""
        match = self.closing.search(reading.text, line.start, line.end) if reading.meta["genre"] in self.plans else None
        if match is None:
            return None
        span = Span(*match.span("body"))
        names = outermost(within(reading.organisations, span))
        return match.span("body") if names and self.gap.fullmatch(remainder(reading, span, names)) else None

    def columns(self, reading: Reading, index: int) -> list[Told]:
        """The cells of a table's row that stand in a column for bodies: 牵头单位 | 配合单位."""
        row = cells(reading, index)
        for above in range(index - 1, max(-1, index - ROWS), -1) if row else ():
            line = reading.lines[above]
            if not MARK.search(reading.text, line.start, line.end):
                break
            if not self.column.search(reading.text, line.start, line.end):
                continue
            head = cells(reading, above)
            titles = [reading.quote(cell).strip() for cell in head]
            if len(head) == len(row) and any(map(self.column.fullmatch, titles)):
                return [(cell, title) for cell, title in zip(row, titles, strict=True) if self.column.fullmatch(title)]
        return []

    def bodies(self, text: str, start: int, end: int) -> Span:
        """What a bracket tells of bodies, without where and until when."""
        scope = self.scope.search(text, start, end)
        return Span(start, scope.start() if scope else end)

    def below(self, reading: Reading, index: int) -> list[Line]:
        """The lines that name the bodies of a task, below its text: 牵头单位：…, 责任单位：…."""
        found: list[Line] = []
        if self.line.match(reading.quote(reading.lines[index])):
            return found
        for line in reading.lines[index + 1 : index + 1 + LINES]:
            words = reading.quote(line)
            if self.line.match(words):
                found.append(line)
            elif (found or line.level) and words.strip() and not self.aside.match(words):
                break
        return found


def cells(reading: Reading, index: int) -> list[Span]:
    """The cells of a line that is a table's row; of another line none."""
    line = reading.lines[index]
    found = [Span(*m.span()) for m in CELL.finditer(reading.text, line.start, line.end) if m.group().strip()]
    return found if len(found) > 1 else []
