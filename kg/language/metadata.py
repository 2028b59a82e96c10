"""Title, publisher, date, document number and genre of a document, from its hints, header table, first and last lines."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.reading import Line, Name, Reading, Span, within
from kg.text import number

HEADER_LINES, FOOTER_LINES = 25, 8


class Metadata:
    """Fills ``reading.meta`` (title, publisher, date, number, genre) and ``reading.reporter``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")
        self.rows = {key: re.compile(pattern) for key, pattern in table["row"].items()}
        self.skip = re.compile(table["title"]["skip"])
        self.endings = re.compile(table["title"]["endings"])
        self.issuer = re.compile(table["title"]["issuer"])
        self.limits = table["title"]
        self.dates = [re.compile(table["date"][key]) for key in ("iso", "han")]
        self.adopted = re.compile(table["date"]["adopted"])
        self.sources = [re.compile(table["publisher"][key], re.MULTILINE) for key in ("source", "wire")]
        self.speaker = re.compile(table["publisher"]["speaker"])
        self.media = re.compile(table["publisher"]["media"])
        self.genres = [(g["name"], re.compile(g["title"]), re.compile(g["text"])) for g in table["genre"]]
        self.number = re.compile(f"^[^一-龥]*({knowledge.patterns('titles')['number']})[^一-龥]*$")

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.kg
        meta = {key: value for key, value in reading.hints.items() if key in ("title", "publisher", "date", "number") and value}
        header = [reading.quote(line) for line in reading.lines[:HEADER_LINES]]
        for text in header:
            for key, pattern in self.rows.items():
                match = pattern.search(text)
                if match and match["value"].strip("| "):
                    meta.setdefault(key, match["value"].strip("| "))
        meta.setdefault("title", self.title(reading))
        meta.setdefault("number", next((m[1] for m in map(self.number.match, header) if m), ""))
        signed = self.signature(reading)
        meta["date"] = self.iso(signed[1]) or self.iso(meta.get("date", "")) or self.date_of_adoption(reading)
        publisher = self.publisher(reading, meta, signed[0])
        meta["genre"] = self.genre(meta["title"], reading.text)
        reading.reporter = publisher if publisher and not self.media.search(publisher.name) else None
        reading.meta = {**meta, "publisher": publisher.name if publisher else meta.get("publisher", "")}
        return doc

    def title(self, reading: Reading) -> str:
        """The first line that reads like a title; lines that only wrap it are joined."""
        lines = [line for line in reading.lines[: self.limits["lines"]] if not self.skip.search(reading.quote(line)) and not line.level]
        for index, line in enumerate(lines[:16]):
            joined = ""
            for part in lines[index : index + 3]:
                text = reading.quote(part)
                if re.search("[。；：，]$", text) or part.level:
                    break
                joined += text
                if self.endings.search(joined) and len(joined) <= self.limits["longest"]:
                    return joined
        first = reading.quote(lines[0]) if lines else ""
        alone = len(lines) > 1 and len(reading.quote(lines[1])) > 60 and not re.search("[。；：，！]$", first)
        return first if alone and 6 <= len(first) <= 60 and not lines[0].level else ""

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
        match = next((m for pattern in self.dates if (m := pattern.search(text))), None)
        if match is None or len(text) > 60 or not re.fullmatch("[^，。；：]*", text):
            return None
        before = text[: match.start()].strip("（( ")
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
        whole = [n for n in names if n.end - n.start >= 0.6 * len(reading.quote(line).split("（")[0].strip())]
        return max(names, key=lambda n: n.end - n.start, default=None) if whole or (names and self.several(reading, line, names)) else None

    def several(self, reading: Reading, line: Line, names: list[Name]) -> bool:
        """Whether a line consists of the names of several bodies."""
        rest = re.sub(r"\s", "", reading.quote(line))
        return sum(n.end - n.start for n in names) >= 0.8 * len(rest)

    def iso(self, text: str) -> str:
        """The first date in a text as ISO 8601."""
        for pattern in self.dates:
            match = pattern.search(text)
            if match:
                year, month, day = (self.part(match[key]) for key in "ymd")
                return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
        return ""

    def part(self, text: str) -> int:
        """A part of a date, in digits of either script."""
        value = number(text.translate(str.maketrans("○O元", "〇0一")))
        return int(value) if value is not None else 0

    def date_of_adoption(self, reading: Reading) -> str:
        """The date in the brackets under a law's title."""
        match = self.adopted.search(reading.text[:600])
        return self.iso(match.group()) if match else ""

    def publisher(self, reading: Reading, meta: dict[str, str], signer: Name | None) -> Name | None:
        """Who signs, else who the header names, else the issuer in the title, the speaker, or the newspaper."""
        if signer:
            return signer
        speaker = self.speaker.search(reading.text[:400])
        if speaker:
            return self.named(reading, Span(speaker.start("value"), speaker.end("value"))) or Name(
                speaker.start("value"), speaker.end("value"), type="Organisation", name=speaker["value"], kind="government")
        if meta.get("publisher"):
            return self.like(reading, meta["publisher"])
        for pattern in self.sources:
            match = pattern.search(reading.text[:300]) or pattern.search(reading.text[-400:])
            if match:
                return self.like(reading, match["value"])
        issuer = self.issuer.match(meta["title"])
        bodies = [n for n in reading.organisations if n.name and meta["title"].startswith(n.name)]
        if issuer or bodies:
            return max(bodies, key=lambda n: len(n.name), default=None)
        return None

    def like(self, reading: Reading, name: str) -> Name:
        """The first mention of a body by its name, or a name that stands nowhere in the text."""
        known = next((n for n in reading.organisations if n.name == name), None)
        return known or Name(0, 0, type="Organisation", name=name, kind="institution")

    def named(self, reading: Reading, span: Span) -> Name | None:
        """The organisation that covers a stretch."""
        return next((n for n in reading.organisations if n.start <= span.start and n.end >= span.end), None)

    def genre(self, title: str, text: str) -> str:
        """The genre by the title's words, else by the text's."""
        head = text[:3000]
        by_title = next((name for name, pattern, _ in self.genres if title and pattern.search(title)), "")
        return by_title or next((name for name, _, pattern in self.genres if pattern.search(head)), "other")


@Language.factory("kg_metadata")
def make(nlp: Language, name: str) -> Metadata:
    """The factory by which spaCy makes the component."""
    return Metadata(load())
