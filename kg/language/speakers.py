"""Who speaks for which body: the persons whom a text introduces with their posts, and the lines that they label."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Line, Name, Reading

NEAR = 6  # characters of a person's name before the body in brackets


class Speakers:
    """Finds, of a press conference or an interview with several, for whom each line is spoken."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.introduced, self.label, self.before, self.post = (
            knowledge.compiled("relations", "speaker", key) for key in ("introduced", "label", "before", "post")
        )

    def known(self, reading: Reading) -> dict[str, Name]:
        """Person → the body whose post they hold: 市公安局副局长李三, 李三（市公安局副局长）; the one named first."""
        found: dict[str, Name] = {}
        for name in reading.organisations:
            match = self.introduced.match(reading.text, name.end) or (
                self.before.search(reading.text, max(0, name.start - NEAR), name.start)
                if self.post.match(reading.text, name.end)
                else None
            )
            if match and name.kind != "self":
                found.setdefault(match["person"], name)
        return found

    def __call__(self, reading: Reading, line: Line, known: dict[str, Name]) -> Name | None:
        """The body for which a line is spoken, by the person who labels it: 李三：…."""
        match = self.label.match(reading.text, line.start, line.end) if known else None
        return known.get(match["person"]) if match else None
