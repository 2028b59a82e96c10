"""Title, publisher, date, number and genre of a document, from its hints, header table, first and last lines."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.carriers import Carriers, policy
from kg.language.reading import Name, Reading, Span
from kg.language.signatures import HEADER_LINES, Dates, Signatures


class Metadata:
    """Fills ``reading.meta`` (title, publisher, date, number, genre) and ``reading.reporter``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")
        self.rows = {key: re.compile(pattern) for key, pattern in table["row"].items()}
        self.skip = re.compile(table["title"]["skip"])
        self.endings = re.compile(table["title"]["endings"])
        self.no_title = re.compile(table["title"]["no_title"])
        self.limits = table["title"]
        self.explanation = re.compile(table["title"]["explanation"])
        self.own_genres, self.carriers = set(table["title"]["own_genres"]), Carriers(knowledge)
        self.dates = Dates(knowledge)
        self.signatures = Signatures(knowledge, self.dates)
        self.sources = [re.compile(table["publisher"][key], re.MULTILINE) for key in ("source", "wire")]
        self.speaker = re.compile(table["publisher"]["speaker"])
        self.media = re.compile(table["publisher"]["media"])
        self.genres = [(g["name"], re.compile(g["title"]), re.compile(g["text"])) for g in table["genre"]]
        self.number = re.compile(table["number"]["line"].replace("<number>", knowledge.patterns("titles")["number"]))

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        meta = {
            key: value
            for key, value in reading.hints.items()
            if key in ("title", "publisher", "date", "number") and value
        }
        header = [reading.quote(line) for line in reading.lines[:HEADER_LINES]]
        for text in header:
            for key, pattern in self.rows.items():
                match = pattern.search(text)
                if match and match["value"].strip("| "):
                    meta.setdefault(key, match["value"].strip("| "))
        span = self.title(reading)
        meta.setdefault("title", reading.quote(span).replace("\n", "") or self.explained(reading))
        meta.setdefault("number", next((m[1] for m in map(self.number.match, header) if m), ""))
        signed = self.signatures.signature(reading)
        meta["date"] = (
            self.dates.iso(signed[1]) or self.dates.iso(meta.get("date", "")) or self.dates.date_of_adoption(reading)
        )
        publisher = self.publisher(reading, meta, signed[0])
        meta["genre"] = self.genre(meta["title"], reading.text)
        reading.reporter = publisher if publisher and not self.media.search(publisher.name) else None
        reading.meta = {**meta, "publisher": publisher.name if publisher else meta.get("publisher", "")}
        reading.own = self.own(reading, span)
        if reading.own and reading.own not in reading.titles:
            reading.titles = sorted([*reading.titles, reading.own])
        return doc

    def title(self, reading: Reading) -> Span:
        """The first line that reads like a title, with those that only wrap it; an empty span where there is none."""
        limits = self.limits
        lines = [
            line
            for line in reading.lines[: limits["lines"]]
            if not (self.skip.search(reading.quote(line)) or line.level)
        ]
        for index in range(min(limits["starts"], len(lines))):
            joined = ""
            for part in lines[index : index + limits["wraps"]]:
                text = reading.quote(part)
                if self.no_title.search(text) or self.number.match(text):
                    break
                joined += text
                if self.endings.search(joined) and len(joined) <= limits["longest"]:
                    return Span(lines[index].start, part.end)
        first = reading.quote(lines[0]) if lines else ""
        alone = (
            len(lines) > 1 and len(reading.quote(lines[1])) > limits["paragraph"] and not self.no_title.search(first)
        )
        short = limits["shortest_line"] <= len(first) <= limits["longest_line"]
        return Span(lines[0].start, lines[0].end) if alone and short else Span(0, 0)

    def explained(self, reading: Reading) -> str:
        """The title that a page names where it links to its explanation: 《…的通知》政策解读."""
        match = self.explanation.search(reading.text[: self.limits["head"]])
        return match["title"] if match else ""

    def own(self, reading: Reading, title: Span) -> Name | None:
        """The policy that a notice, plan or law itself is: the one named in its title, else the title."""
        if reading.meta["genre"] not in self.own_genres or not reading.meta["title"]:
            return None
        whole = reading.meta["title"]
        known = next((t for t in reading.titles if t.name and not t.alias and t.name in whole), None)
        if known or title.end == title.start:
            return known
        return policy(title, self.carriers.name(reading.quote(title).replace("\n", "")))

    def publisher(self, reading: Reading, meta: dict[str, str], signer: Name | None) -> Name | None:
        """Who signs, else who the header names, else the issuer in the title, the speaker, or the newspaper."""
        bodies = [n for n in reading.organisations if n.name and meta["title"].startswith(n.name)]
        if signer and not bodies:
            return signer
        speaker = self.speaker.search(reading.text[:400])
        if speaker:
            return self.named(reading, Span(speaker.start("value"), speaker.end("value"))) or Name(
                speaker.start("value"),
                speaker.end("value"),
                type="Organisation",
                name=speaker["value"],
                kind="government",
            )
        if meta.get("publisher"):
            return self.like(reading, meta["publisher"])
        for pattern in self.sources:
            match = pattern.search(reading.text[:300]) or pattern.search(reading.text[-400:])
            if match:
                return self.like(reading, match["value"])
        return max(bodies, key=lambda n: len(n.name), default=None)

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
