"""Day and bearer of a document as they stand above and below its text, in whatever form: where no label tells them."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from kg.knowledge import Knowledge
from kg.language.headers import Headers
from kg.language.reading import Line, Name, Reading, Span, within

HEAD, FOOT = 15, 4  # lines from the first, and from the last


class Imprint(NamedTuple):
    """The day, as the text has it or as ISO 8601, and who bears the document."""

    date: str
    bearer: Name | None


class Imprints:
    """Reads the lines outside of text and title."""

    def __init__(self, knowledge: Knowledge, headers: Headers) -> None:
        table = knowledge.patterns("metadata")["imprint"]
        self.headers, self.signer = headers, re.compile(knowledge.patterns("metadata")["publisher"]["signer"])
        self.date, self.idle, self.papers = (re.compile(table[key]) for key in ("date", "idle", "papers"))
        self.issue, self.day, self.last = (re.compile(table[key]) for key in ("issue", "day", "last"))
        self.numbered, self.bulletin = re.compile(table["numbered"]), re.compile(table["bulletin"])
        self.month, self.alone = re.compile(table["month"]), re.compile(table["alone"])

    def __call__(self, reading: Reading, title: Span) -> Imprint:
        """The first day in these lines, and the first who may bear the document: a paper, else a body."""
        lines = self.lines(reading, title)
        papers = (name for line in lines if (name := self.paper(reading, line)))
        bodies = (name for line in lines if title.end and (name := self.body(reading, line)))
        return Imprint(self.told(reading, lines), next(papers, None) or next(bodies, None))

    def told(self, reading: Reading, lines: list[Line]) -> str:
        """The first full day; a bulletin's day with the year of its number; the day in brackets that ends the text."""
        texts = [text for line in lines if not self.idle.search(text := reading.quote(line))]
        if full := next((m for text in texts if (m := self.date.search(text))), None):
            return full["value"]
        issue = next((m for text in texts if (m := self.issue.search(text))), None)
        day = next((m for text in texts if (m := self.day.search(text))), None) if issue else None
        if issue and day:
            return f"{issue['y']}-{day['m']}-{day['d']}"
        last = self.last.search(reading.text.rstrip())
        return last["value"] if last else ""

    def paper(self, reading: Reading, line: Line) -> Name | None:
        """The paper that a line names."""
        found = self.papers.search(reading.quote(line))
        return self.name(line, found, str(found.lastgroup)) if found else None

    def body(self, reading: Reading, line: Line) -> Name | None:
        """The body in a line with a day or month, before a bulletin's number, or in a bulletin's name."""
        text = reading.quote(line)
        if self.date.search(text) or self.month.search(text):
            known = next((n for n in within(reading.organisations, line) if not n.alias), None)
            if known:
                return known
        if self.headers.names_body(reading, line):
            first = [n for n in within(reading.organisations, line) if n.start == line.start and not n.alias]
            return max(first, key=lambda n: n.end, default=None)
        for pattern in (self.numbered, self.bulletin, self.alone):
            match = pattern.match(text)
            if match and self.signer.match(match["value"]):
                new = self.name(line, match, "value")
                known = next((n for n in within(reading.organisations, new) if n.start == new.start), None)
                return known if known and not known.alias else new
        return None

    def name(self, line: Line, match: re.Match[str], group: str) -> Name:
        """What a line names, as a body."""
        start, end = match.span(group)
        return Name(line.start + start, line.start + end, "Organisation", match[group], "institution")

    def lines(self, reading: Reading, title: Span) -> list[Line]:
        """The lines above the text but the title's, and those below it."""
        apart = [line for line in reading.lines if line.end <= title.start or line.start >= title.end]
        above = list(takewhile(lambda line: not self.prose(reading, line), apart[:HEAD]))
        rest = apart[len(above) :][-FOOT:]
        below = list(takewhile(lambda line: not self.prose(reading, line), reversed(rest)))
        return [*above, *reversed(below)]

    def prose(self, reading: Reading, line: Line) -> bool:
        """Whether a line is of the text."""
        text = reading.quote(line)
        return len(text) > self.headers.limits["longest"] or self.headers.body.search(text) is not None
