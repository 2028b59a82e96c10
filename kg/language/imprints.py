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
    """The day, as the text has it, and who bears the document."""

    date: str
    bearer: Name | None


class Imprints:
    """Reads the lines outside of text and title."""

    def __init__(self, knowledge: Knowledge, headers: Headers) -> None:
        table = knowledge.patterns("metadata")["imprint"]
        self.headers = headers
        self.date, self.idle, self.papers = (re.compile(table[key]) for key in ("date", "idle", "papers"))

    def __call__(self, reading: Reading, title: Span) -> Imprint:
        """The first day in these lines; the first paper named there, else the body in the line of the day."""
        date, body, paper = "", None, None
        for line in self.lines(reading, title):
            text = reading.quote(line)
            match = None if self.idle.search(text) else self.date.search(text)
            if match and not date:
                date = match["value"]
                body = next((n for n in within(reading.organisations, line) if not n.alias), None)
            found = self.papers.search(text)
            if found and paper is None:
                name = found["beside"] or found["named"]
                start = line.start + text.index(name)
                paper = Name(start, start + len(name), type="Organisation", name=name, kind="institution")
        return Imprint(date, paper or body)

    def lines(self, reading: Reading, title: Span) -> list[Line]:
        """The lines above the text but the title's, and those below it."""
        apart = [line for line in reading.lines if line.end <= title.start or line.start >= title.end]
        above = list(takewhile(lambda line: not self.told(reading, line), apart[:HEAD]))
        rest = apart[len(above) :][-FOOT:]
        below = list(takewhile(lambda line: not self.told(reading, line), reversed(rest)))
        return [*above, *reversed(below)]

    def told(self, reading: Reading, line: Line) -> bool:
        """Whether a line is of the text."""
        text = reading.quote(line)
        return len(text) > self.headers.limits["longest"] or self.headers.body.search(text) is not None
