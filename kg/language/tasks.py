"""The bodies that a task list makes responsible, in brackets, at a line's end or on the next, with their roles."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Actor, Line, Name, Reading, Span, within
from kg.language.roles import Roles


class Tasks:
    """Finds the actors of a task."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.bracket, self.line, self.inline = (
            knowledge.compiled("relations", "task", key) for key in ("bracket", "line", "inline")
        )
        self.roles = Roles(knowledge)

    def __call__(self, reading: Reading, line: Line, index: int) -> Actor | None:
        """The bodies that a task's closing bracket or sentence, or the line after it, makes responsible for it."""
        match = next(reversed(list(self.bracket.finditer(reading.text, line.start, line.end))), None)
        match = match or self.inline.search(reading.text, line.start, line.end)
        stretch = Span(match.start("body"), match.end("body")) if match else None
        following = reading.lines[index + 1] if index + 1 < len(reading.lines) else None
        if stretch is None and following and self.line.match(reading.quote(following)):
            stretch = following
        if stretch is None:
            return None
        names: list[Name] = []
        roles: list[str] = []
        for name in within(reading.organisations, stretch):
            role = self.roles.labelled(reading, name, stretch)
            if not any(n.holds(name) for n in names):
                names.append(name)
                roles.append(role)
        return Actor(line.start, tuple(names), tuple(roles)) if names else None
