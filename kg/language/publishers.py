"""Whose a document is: who speaks, makes or issues it, who signs it, or who carries it."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.enactments import Enactments
from kg.language.gazetteer import gazetteer_of
from kg.language.reading import Name, Reading
from kg.language.signatures import Signatures

HEAD, FOOT, NEAR = 400, 300, 12  # characters; NEAR: before whom somebody asks


class Publishers:
    """Chooses among the bodies that a document names as its own."""

    def __init__(self, knowledge: Knowledge, signatures: Signatures) -> None:
        table = knowledge.patterns("metadata")["publisher"]
        self.sources = [re.compile(table[key], re.MULTILINE) for key in ("source", "masthead", "wire")]
        self.speaker, self.media = re.compile(table["speaker"]), re.compile(table["media"])
        self.asked, self.post = re.compile(table["asked"]), re.compile(table["post"])
        self.interview: str = table["interview"]
        self.among, self.channel = re.compile(table["among"]), re.compile(table["channel"])
        self.ourselves, self.nobody = re.compile(table["ourselves"]), re.compile(table["nobody"])
        self.carried, self.enacted = set(table["carried"]), set(table["enacted"])
        self.government_report, self.government = re.compile(table["government_report"]), table["government"]
        self.headed = re.compile(table["headed"])
        self.gazetteer = gazetteer_of(knowledge)
        self.enactments, self.alike = Enactments(knowledge), signatures.alike

    def __call__(
        self,
        reading: Reading,
        stated: str,
        issuers: list[Name],
        signers: tuple[Name | None, Name | None],
        maker: Name | None,
    ) -> Name | None:
        """The publisher, of those whom title, signature, imprint and enactment name; None where nobody is named."""
        official = reading.meta["genre"] not in self.carried
        law = maker if reading.meta["genre"] in self.enacted else None
        first = [law, *issuers[:1], self.enactments.decreed(reading)] if official else []
        source = self.source(reading, stated)
        signed, printed = signers
        found = [self.speaking(reading), *first, signed, source, *issuers[:1], printed]
        chosen = next((name for name in found if name), None)
        fuller = (name for name in found[:-1] if chosen and name and self.alike(name.name, chosen.name))
        return max(fuller, key=lambda n: len(n.name), default=chosen)

    def presumed(self, title: str, genre: str, home: str) -> str:
        """Whose a text is by its title, or the file's name: the government's whose work report it is, who opens it."""
        place = self.gazetteer.by_code.get(home) if self.government_report.search(title) else None
        if place:
            return f"{place.name}{self.government}"
        head = None if genre in self.carried else self.headed.match(title)
        return str(head["value"]) if head else ""

    def speaking(self, reading: Reading) -> Name | None:
        """The body in whose name a report is given."""
        match = self.speaker.search(reading.text[:HEAD])
        if match is None:
            return None
        start, end = match.span("value")
        known = next((n for n in reading.organisations if n.start <= start and n.end >= end), None)
        return known or Name(start, end, type="Organisation", name=match["value"], kind="government")

    def interviewed(self, reading: Reading) -> Name | None:
        """The body for which the person speaks whom an interview is with; nobody where it is no interview."""
        if reading.meta["genre"] != self.interview:
            return None
        text = reading.text
        bodies = [n for n in reading.organisations if n.end < HEAD and not n.alias and self.post.match(text, n.end)]
        asked = [n for n in bodies if self.asked.search(text, max(0, n.start - NEAR), n.start)]
        return next(iter(asked or bodies), None)

    def source(self, reading: Reading, stated: str) -> Name | None:
        """Who the file, the header table or the line of the source names, else the agency whose wire it is."""
        name = self.clean(stated)
        if name:
            return self.like(reading, name)
        for pattern in self.sources:
            match = pattern.search(reading.text[:HEAD]) or pattern.search(reading.text[-FOOT:])
            name = self.clean(match["value"]) if match else ""
            if name:
                return self.like(reading, name)
        return None

    def clean(self, stated: str) -> str:
        """Of several names the first, without what is said beside it and without the name of its website."""
        name = self.ourselves.sub("", stated.strip())
        name = self.channel.sub("", self.among.split(name)[0])
        return "" if self.nobody.match(name) else name

    def like(self, reading: Reading, name: str) -> Name:
        """The first mention of a body by its name, or a name that stands nowhere in the text."""
        known = next((n for n in reading.organisations if n.name == name), None)
        return known or Name(0, 0, type="Organisation", name=name, kind="institution")
