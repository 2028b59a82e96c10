"""The bodies that a task list makes responsible, in brackets, at a line's end or on the next, with their roles."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Actor, Line, Name, Reading, Span, within
from kg.language.roles import Roles

LINES = 10  # below a task's first line, of its text and of who does it


class Tasks:
    """Finds the actors of a task."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.bracket, self.line, self.inline, self.aside, self.scope = (
            knowledge.compiled("relations", "task", key) for key in ("bracket", "line", "inline", "aside", "scope")
        )
        self.roles = Roles(knowledge)

    def __call__(self, reading: Reading, line: Line, index: int) -> Actor | None:
        """The bodies that a task's closing bracket or sentence, or the line after it, makes responsible for it."""
        match = next(reversed(list(self.bracket.finditer(reading.text, line.start, line.end))), None)
        match = match or self.inline.search(reading.text, line.start, line.end)
        stretches = [self.bodies(reading.text, *match.span("body"))] if match else self.below(reading, index)
        names: list[Name] = []
        roles: list[str] = []
        for stretch in stretches:
            for name in within(reading.organisations, stretch):
                if not any(n.holds(name) for n in names):
                    names.append(name)
                    roles.append(self.roles.labelled(reading, name, stretch))
        return Actor(line.start, tuple(names), tuple(roles)) if names else None

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
