"""Whose a figure is: who acts in its sentence, the document's own policy, the reporting body, its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.reading import Name, Quantity, Reading, Span, within


class Subjects:
    """Candidates for the subject of a figure, best first."""

    def __init__(self, knowledge: Knowledge, reading: Reading) -> None:
        self.reading = reading
        self.table = knowledge.patterns("resolve")
        self.department = re.compile(self.table["department"])
        self.place = next((n for n in reading.places if n.name == reading.home), None)

    def of(self, quantity: Quantity) -> Iterator[Name]:
        """Who acts in the sentence; in a plan or rule the text itself; else who reports, or the place."""
        position = quantity.span.start
        actor = self.reading.actor(position)
        first = actor.names[0] if actor else None
        sentence = self.reading.sentence(position)
        if first and first.end and sentence.start <= first.start < sentence.end:
            yield first
        if self.reading.own:
            yield self.reading.own
        yield from self.standing(position)
        if first:
            yield first

    def standing(self, position: int) -> Iterator[Name]:
        """The department that reports on itself, unless the sentence names the place; then the place."""
        reporter, reading = self.reading.reporter, self.reading
        stretch = Span(reading.sentence(position).start, position + 1)
        named = any(n.name == reading.home and n.alias for n in within(reading.places, stretch))
        reports = reading.meta.get("genre") in self.table["self_genres"]
        if reporter and reports and self.department.search(reporter.name) and not named:
            yield reporter
        if self.place:
            yield self.place
