"""Who signs a document, and its date: the last lines (or those under the title), in numerals of either script."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from typing import NamedTuple

from kg.knowledge import Knowledge
from kg.language.reading import Line, Name, Reading, within
from kg.text import number

HEADER_LINES, FOOTER_LINES, LONGEST_LINE, ABOVE = 25, 8, 60, 6
DAY = ("year", "month", "day")


class Dates:
    """Dates of documents as ISO 8601."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")["date"]
        self.patterns = [re.compile(table[key]) for key in ("iso", "han")]
        self.delivered, self.named = re.compile(table["delivered"]), re.compile(table["named"])
        self.today, self.year = re.compile(table["today"]), re.compile(table["year"])
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

    def told(self, text: str, name: str) -> str:
        """The day in the file's name; else the one that news calls today, in the year that it names most; else ""."""
        named = self.named.search(name)
        if named:
            return self.iso("-".join(named.group("y", "m", "d")))
        today, years = self.today.search(text), Counter(self.year.findall(text))
        year = max(years, key=lambda y: (years[y], y), default="")
        return self.iso(f"{year}-{today['m']}-{today['d']}") if today and year else ""

    def partial(self, text: str) -> str:
        """A day, month or year in digits as ISO 8601; "" if there is no such day."""
        parts = re.findall(r"\d+", text)
        if len(parts) == len(DAY):
            return self.iso(text)
        year, month = parts[0], parts[1:]
        return "-".join((year, *(each.zfill(2) for each in month))) if all(0 < int(m) <= 12 for m in month) else ""

    def part(self, text: str) -> int:
        """A part of a date, in digits of either script."""
        value = number(text.translate(self.numerals))
        return int(value) if value is not None else 0


class Signed(NamedTuple):
    """A date on a line of its own (or behind a body), with the body that stands beside it or above."""

    signer: Name | None
    date: str
    line: int  # its number


class Signatures:
    """The body that signs, with the date beside it."""

    def __init__(self, knowledge: Knowledge, dates: Dates) -> None:
        self.dates = dates
        table = knowledge.patterns("metadata")
        self.bracket: str = table["publisher"]["bracket"]
        self.prose, self.signer = re.compile(table["publisher"]["prose"]), re.compile(table["publisher"]["signer"])
        self.after, self.printed = re.compile(table["date"]["after"]), re.compile(table["date"]["printed"])
        self.idle, self.rest = re.compile(table["date"]["idle"]), re.compile(table["publisher"]["rest"])

    def signature(self, reading: Reading, issuers: list[str], carries: bool, decree: int) -> Signed:
        """The pair of the issuer, else the first behind a decree or of a text that carries another, else the last.

        `decree` is where the name of a decree ends, -1 where there is none.
        """
        last = len(reading.lines) - FOOTER_LINES
        pairs = [pair for index in range(len(reading.lines)) if (pair := self.signed(reading, index))]
        named = [pair for pair in pairs if pair.signer and pair.line]
        own = [pair for pair in named if any(self.alike(pair.signer.name, name) for name in issuers if pair.signer)]
        footers = [pair for pair in reversed(pairs) if pair.line >= last]
        headers = [pair for pair in pairs if 0 < pair.line < HEADER_LINES]
        decreed = [pair for pair in pairs if 0 <= decree < reading.lines[pair.line].start]
        chosen = [*own, *decreed, *(named if carries else []), *footers, *headers]
        return next(iter(chosen), Signed(None, "", -1))

    def signed(self, reading: Reading, index: int) -> Signed | None:
        """Signer and date if this line is a date alone, or a body with a date."""
        line = reading.lines[index]
        if line.end - line.start > LONGEST_LINE:
            return None
        text = reading.quote(line)
        match = self.dates.find(text)
        if match is None or not self.after.match(text[match.end() :]):
            return None
        before = text[: match.start()].strip(self.bracket + " ")
        if before and (self.prose.search(before) or self.idle.search(before)):
            return None
        if not before:
            return Signed(self.above(reading, index), match.group(), index)
        signer = self.body(reading, line) or self.unlisted(Line(line.start, line.start + len(before)), before)
        return Signed(signer, match.group(), index) if signer else None

    def above(self, reading: Reading, index: int) -> Name | None:
        """Of the lines above a date that name bodies, the body of the topmost."""
        found = None
        for line in reversed(reading.lines[max(0, index - ABOVE) : index]):
            body = self.body(reading, line) or self.unlisted(line, reading.quote(line))
            if body is None:
                break
            found = body
        return found

    def unlisted(self, line: Line, text: str) -> Name | None:
        """The body that a line above or before a date must be, although it is in no list."""
        if not self.signer.match(text):
            return None
        return Name(line.start, line.end, type="Organisation", name=text, kind="government")

    def printing(self, reading: Reading) -> Signed:
        """The office that prints the document and the day on which it does, from the last line that says so."""
        for index in range(len(reading.lines) - 1, -1, -1):
            line = reading.lines[index]
            match = self.dates.find(reading.quote(line)) if line.end - line.start <= LONGEST_LINE else None
            if match and self.printed.search(reading.quote(line)):
                return Signed(self.body(reading, line), match.group(), index)
        return Signed(None, "", -1)

    def body(self, reading: Reading, line: Line) -> Name | None:
        """The organisation that fills a short line; of several the first."""
        if line.end - line.start > LONGEST_LINE:
            return None
        names = [n for n in within(reading.organisations, line) if not n.alias]
        text = reading.quote(line)
        whole = [n for n in names if n.end - n.start >= 0.6 * len(text.split(self.bracket)[0].strip())]
        if whole:
            longest = max(whole, key=lambda n: n.end - n.start)
            partial = longest.start > line.start and not any(n.start == line.start for n in names)
            return (self.unlisted(line, reading.quote(line)) if partial else None) or longest
        return min(names, key=lambda n: (n.start, -n.end)) if names and self.several(text, names) else None

    def several(self, text: str, names: list[Name]) -> bool:
        """Whether a line consists of the names of several bodies."""
        rest = re.sub(r"\s", "", text)
        return sum(n.end - n.start for n in names) >= 0.8 * len(rest)

    def alike(self, first: str, second: str) -> bool:
        """Whether two names can be those of one body: one is the end of the other, or its short form."""
        short, long = sorted((first, second), key=len)
        return long.endswith(short) or (long.startswith(short) and self.rest.match(long[len(short) :]) is not None)
