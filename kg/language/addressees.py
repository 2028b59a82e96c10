"""Whom a reply addresses, and from where on they, not who replies, do what it says."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, within

FIRST_LINES = 40  # the salutation stands among them


class Addressees:
    """Reads the salutation of a reply."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")["reply"]
        self.addressed, self.lets = (
            knowledge.compiled("relations", "reply", "addressed"),
            knowledge.compiled("relations", "reply", "lets"),
        )
        self.genre: str = table["genre"]

    def __call__(self, reading: Reading) -> list[Name]:
        """The bodies that the salutation names; none where it is no reply."""
        if reading.meta.get("genre") != self.genre:
            return []
        for line in reading.lines[:FIRST_LINES]:
            if self.addressed.search(reading.quote(line)):
                return [n for n in within(reading.organisations, line) if not n.alias and covers(reading, n)]
        return []

    def told(self, reading: Reading) -> tuple[int, list[Name]]:
        """From where on the addressees do what an approving reply says; nobody where it approves nothing."""
        if reading.meta.get("genre") != self.genre or not self.lets.search(reading.meta.get("title", "")):
            return 0, []
        bodies = self(reading)
        return (bodies[-1].end, bodies) if bodies else (0, [])


def covers(reading: Reading, name: Name) -> bool:
    """Whether a name is not within a longer one at its place."""
    near = within(reading.organisations, name)
    return not any(n.start == name.start and n.end > name.end for n in near)
