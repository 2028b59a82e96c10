"""The bodies at the head of a title: who issues the text, or of whom it tells."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, Span, within


class Heads:
    """Finds them, and tells by what follows which of the two they are."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")["title"]
        self.issued, self.between, self.told = (re.compile(table[key]) for key in ("issued", "between", "told"))

    def issuers(self, reading: Reading, title: Span) -> list[Name]:
        """The bodies that a title names at its head as those who issue it, in their order."""
        found, end = self.heads(reading, title)
        return found if self.issued.match(reading.text[end : title.end]) else []

    def heroes(self, reading: Reading, title: Span) -> list[Name]:
        """The bodies at the head of a title of whom the text tells: 某市检察院“四大检察”同向发力."""
        found, end = self.heads(reading, title)
        return [] if self.told.match(reading.text[end : title.end]) else found

    def heads(self, reading: Reading, title: Span) -> tuple[list[Name], int]:
        """The bodies at the head of a title, in their order, and where they end."""
        found: list[Name] = []
        position = title.start
        for body in sorted(within(reading.organisations, title), key=lambda n: (n.start, -n.end)):
            if body.start < position or body.end >= title.end:
                continue
            if not self.between.match(reading.text[position : body.start]):
                break
            found.append(body)
            position = body.end
        return found, position
