"""Who signs a document, and its date: the last lines (or those under the title), in numerals of either script."""

from __future__ import annotations

import re
from calendar import monthrange

from kg.knowledge import Knowledge
from kg.language.reading import Line, Name, Reading, within
from kg.text import number

HEADER_LINES, FOOTER_LINES, LONGEST_LINE, ADOPTED_WITHIN = 25, 8, 60, 600


class Dates:
    """Dates of documents as ISO 8601."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")["date"]
        self.patterns = [re.compile(table[key]) for key in ("iso", "han")]
        self.adopted = re.compile(table["adopted"])
        self.numerals = str.maketrans(table["numerals"]["from"], table["numerals"]["to"])

    def find(self, text: str) -> re.Match[str] | None:
        """The first date in a text."""
        return next((m for pattern in self.patterns if (m := pattern.search(text))), None)

    def iso(self, text: str) -> str:
        """The first date in a text as ISO 8601."""
        match = self.find(text)
        if match is None:
            return ""
        year, month, day = (self.part(match[key]) for key in "ymd")
        exists = year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        return f"{year:04d}-{month:02d}-{day:02d}" if exists else ""

    def part(self, text: str) -> int:
        """A part of a date, in digits of either script."""
        value = number(text.translate(self.numerals))
        return int(value) if value is not None else 0

    def date_of_adoption(self, reading: Reading) -> str:
        """The date in the brackets under a law's title."""
        match = self.adopted.search(reading.text[:ADOPTED_WITHIN])
        return self.iso(match.group()) if match else ""


class Signatures:
    """The body that signs, with the date beside it."""

    def __init__(self, knowledge: Knowledge, dates: Dates) -> None:
        self.dates = dates
        table = knowledge.patterns("metadata")["publisher"]
        self.bracket: str = table["bracket"]
        self.prose = re.compile(table["prose"])

    def signature(self, reading: Reading) -> tuple[Name | None, str]:
        """The body that signs near the end (or under the title) and the date beside it."""
        for index in range(len(reading.lines) - 1, max(-1, len(reading.lines) - 1 - FOOTER_LINES), -1):
            found = self.signed(reading, index)
            if found:
                return found
        for index in range(1, min(HEADER_LINES, len(reading.lines))):
            found = self.signed(reading, index)
            if found:
                return found
        return None, ""

    def signed(self, reading: Reading, index: int) -> tuple[Name | None, str] | None:
        """Signer and date if this line is a date alone, or a body with a date."""
        line = reading.lines[index]
        text = reading.quote(line)
        match = self.dates.find(text)
        if match is None or len(text) > LONGEST_LINE or self.prose.search(text):
            return None
        before = text[: match.start()].strip(self.bracket + " ")
        if before and not self.body(reading, line):
            return None
        signer = self.body(reading, line) or (self.body(reading, reading.lines[index - 1]) if index else None)
        first = self.first_signer(reading, index) if signer else None
        return first or signer, match.group()

    def first_signer(self, reading: Reading, index: int) -> Name | None:
        """Of several signature lines above a date, the body of the topmost."""
        found = None
        for line in reversed(reading.lines[max(0, index - 6) : index]):
            body = self.body(reading, line)
            if body is None:
                break
            found = body
        return found

    def body(self, reading: Reading, line: Line) -> Name | None:
        """The organisation that fills a short line."""
        names = [n for n in within(reading.organisations, line) if not n.alias]
        whole = [n for n in names if n.end - n.start >= 0.6 * len(reading.quote(line).split(self.bracket)[0].strip())]
        return (
            max(names, key=lambda n: n.end - n.start, default=None)
            if whole or (names and self.several(reading, line, names))
            else None
        )

    def several(self, reading: Reading, line: Line, names: list[Name]) -> bool:
        """Whether a line consists of the names of several bodies."""
        rest = re.sub(r"\s", "", reading.quote(line))
        return sum(n.end - n.start for n in names) >= 0.8 * len(rest)
