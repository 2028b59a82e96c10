"""When and by whom a law was made or last amended, as the lines under its title tell."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, Span, within

HEAD, NEAR = 2000, 2


class Enactments:
    """Reads the lines between a law's title and its first article."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")["enactment"]
        self.text, self.event = re.compile(table["text"]), re.compile(table["event"])
        self.starts = {True: re.compile(table["law"]), False: re.compile(table["other"])}
        self.approved, self.published = re.compile(table["approved"]), re.compile(table["published"])
        self.decreeing = re.compile(table["decreeing"])
        self.by_decree = re.compile(table["by_decree"])
        self.decrees, self.session = re.compile(table["decree"]), re.compile(table["session"])

    def told(self, reading: Reading, law: bool) -> tuple[Name | None, str, str]:
        """Who made or last amended it, and when it was first and last; approval by a higher body is none."""
        article = self.text.search(reading.text[:HEAD])
        head = reading.text[: article.start() if article else HEAD // 2]
        start = self.starts[law].search(head)
        told = list(self.event.finditer(head, start.start())) if start else []
        events = [match for match in told if not self.approved.search(match["event"])]
        decreed = [match for match in events if self.by_decree.search(match["body"])]
        adopted = [match for match in events if not self.published.search(match["event"])]
        made = decreed or adopted or events
        if not made:
            return None, "", ""
        return self.body(reading, Span(*made[-1].span("body"))), made[0]["date"], made[-1]["date"]

    def body(self, reading: Reading, stretch: Span) -> Name | None:
        """The body behind the date, with its session, or the one whose decree is told."""
        names = sorted(within(reading.organisations, stretch), key=lambda n: (n.start, -n.end))
        before = reading.text[stretch.start : names[0].start] if names else ""
        if names and (len(before) <= NEAR or self.session.match(before)):
            return names[0]
        match = self.decreeing.match(reading.quote(stretch))
        if match is None:
            return None
        start, name = stretch.start + match.start("value"), match["value"]
        known = next((n for n in reading.organisations if n.name == name), None)
        return known or Name(start, start + len(name), type="Organisation", name=name, kind="government")

    def decree(self, reading: Reading) -> Span | None:
        """The words before 令 at the head of a document that a decree promulgates."""
        match = self.decrees.search(reading.text[:HEAD])
        return Span(*match.span("value")) if match else None

    def decreed(self, reading: Reading) -> Name | None:
        """The body whose decree heads the document."""
        span = self.decree(reading)
        return max(within(reading.organisations, span), key=lambda n: n.end - n.start, default=None) if span else None
