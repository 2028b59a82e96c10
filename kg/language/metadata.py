"""Title, publisher, date, number and genre of a document, from its hints, header table, first and last lines."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.attributes import Attributes
from kg.language.carriers import Carriers, policy
from kg.language.enactments import Enactments
from kg.language.genres import Genres
from kg.language.headers import Headers, below
from kg.language.heads import Heads
from kg.language.imprints import Imprints
from kg.language.publishers import Publishers
from kg.language.reading import Name, Reading, Span, in_order
from kg.language.signatures import HEADER_LINES, Dates, Signatures, Signed
from kg.text import fold

SLOTS = ("title", "publisher", "date", "number")
FOOT = 6  # lines at the end where a page may tell its source


class Metadata:
    """Fills ``reading.meta`` (title, publisher, date, number, genre), ``reading.reporter`` and ``reading.own``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")
        self.rows = {key: re.compile(pattern) for key, pattern in table["row"].items()}
        self.head: int = table["title"]["head"]
        self.told = [re.compile(table["title"][key]) for key in ("promulgated", "explanation")]
        self.file, self.proclaims = (re.compile(table["title"][key]) for key in ("file", "proclaims"))
        self.carries = re.compile(table["title"]["carries"])
        self.own_genres, self.carriers = set(table["title"]["own_genres"]), Carriers(knowledge)
        self.headers, self.heads, self.genre = Headers(knowledge), Heads(knowledge), Genres(knowledge)
        self.dates = Dates(knowledge)
        self.signatures, self.enactments = Signatures(knowledge, self.dates), Enactments(knowledge)
        self.attributes = Attributes(knowledge, self.dates)
        self.publishers = Publishers(knowledge, self.signatures)
        self.imprints = Imprints(knowledge, self.headers)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        stated = self.stated(reading)
        title, span = self.title(reading, stated.get("title", ""))
        named = title or self.headers.clean(self.file.sub("", fold(reading.doc.rsplit("/", 1)[-1]).text))
        reading.meta = meta = {"title": title, "genre": self.genre(title, reading.text, named)}
        issuers = self.heads.issuers(reading, span)
        decree = self.enactments.decree(reading)
        carries = self.carries.search(title) is not None
        signed = self.signatures.signature(reading, [n.name for n in issuers], carries, decree.end if decree else -1)
        maker, first, made = self.enactments.told(reading, meta["genre"] == "law")
        meta["number"] = stated.get("number") or self.number(reading)
        printed, imprint = self.signatures.printing(reading), self.imprints(reading, span)
        meta["date"] = (
            self.date(reading, stated, signed, made)
            or self.dates.iso(printed.date)
            or self.dates.iso(imprint.date)
            or self.dates.told(reading.text, reading.doc.rsplit("/", 1)[-1])
        )
        issuers = issuers or ([] if signed.signer else below(self.headers, reading, span))
        publisher = (
            self.publishers(reading, stated.get("publisher", ""), issuers, (signed.signer, printed.signer), maker)
            or imprint.bearer
        )
        meta["publisher"] = (
            publisher.name if publisher else self.publishers.presumed(named, meta["genre"], reading.home)
        )
        speaks = publisher is not None and not self.publishers.media.search(publisher.name)
        hero = self.hero(reading, span, "" if title else named)
        reading.reporter = hero or (publisher if speaks else self.publishers.interviewed(reading))
        reading.own = self.own(reading, span)
        if reading.own and reading.own not in reading.titles:
            reading.titles = in_order([*reading.titles, reading.own])
        self.set_apart(reading)
        issued = next((d for each in (first, signed.date, stated.get("signed", "")) if (d := self.dates.iso(each))), "")
        reading.attributes = self.attributes(reading, issued, maker)
        return doc

    def hero(self, reading: Reading, title: Span, file: str) -> Name | None:
        """Of whom title or file name say that the text tells; nobody of a text of its own, whose maker acts."""
        if reading.meta["genre"] in self.own_genres:
            return None
        heads = self.heads.heroes(reading, title)
        named = sorted(
            (n for n in reading.organisations if n.name in file and not n.alias), key=lambda n: (-len(n.name), n.start)
        )
        return next((name for name in [*heads, *named] if not self.publishers.media.search(name.name)), None)

    def set_apart(self, reading: Reading) -> None:
        """Take the document's own title and number from the names: it is no policy but for what it passes on."""
        title, number, own = reading.meta["title"], reading.meta["number"], reading.own
        heads = [Span(*m.span()) for m in re.finditer(re.escape(title), reading.text[: self.head])] if title else []
        texts = [n for n in reading.phrases if n.kind == "PolicyDocument"]
        named = [n for n in texts if number and reading.quote(n) == number]
        said = [n for n in texts if any(h.holds(n) and (own is not None or n.start == h.start) for h in heads)]
        if named or said:
            reading.phrases = [n for n in reading.phrases if n not in named and n not in said]
        if own is not None:
            as_own = [replace(own, start=n.start, end=n.end, alias=True, parent="number") for n in named]
            reading.titles = in_order([*reading.titles, *as_own])

    def stated(self, reading: Reading) -> dict[str, str]:
        """What the file and the header table say."""
        found = {key: fold(value).text for key, value in reading.hints.items() if key in SLOTS and value}
        lines = reading.lines
        head = reading.text[: lines[min(HEADER_LINES, len(lines)) - 1].end] if lines else ""
        foot = reading.text[lines[-FOOT].start :] if len(lines) > HEADER_LINES + FOOT else ""
        for key, pattern in self.rows.items():
            match = pattern.search(head) or (pattern.search(foot) if key in ("date", "sourced") else None)
            if match and match["value"].strip("| "):
                found.setdefault(key, match["value"].strip("| "))
        return found

    def title(self, reading: Reading, stated: str) -> tuple[str, Span]:
        """The title and where it stands: as the file states it, as the header table does, as the first lines do."""
        stated = self.headers.clean(stated)
        if stated:
            start = reading.text.find(stated, 0, self.head)
            span = Span(start, start + len(stated)) if start >= 0 else Span(0, 0)
            longer = self.headers.title(reading)
            whole = self.headers.clean(reading.quote(longer))
            # a cell of the table that is cut where its line ended
            return (whole, longer) if len(whole) > len(stated) and whole.startswith(stated) else (stated, span)
        span = self.headers.title(reading)
        if span.end == span.start:
            match = next((m for each in self.told if (m := each.search(reading.text[: self.head]))), None)
            return (match["title"], Span(*match.span("title"))) if match else ("", span)
        title = self.headers.clean(reading.quote(span))
        enacted = self.told[0].search(reading.text[: self.head]) if self.proclaims.fullmatch(title) else None
        return (enacted["title"], Span(*enacted.span("title"))) if enacted else (title, span)

    def number(self, reading: Reading) -> str:
        """The number that stands alone on a line above the text."""
        header = (reading.quote(line) for line in reading.lines[:HEADER_LINES])
        return next((m[1] for m in map(self.headers.number.match, header) if m), "")

    def date(self, reading: Reading, stated: dict[str, str], signed: Signed, made: str) -> str:
        """The day of signing or making, else that of publication, else the one on which it was delivered."""
        delivered = self.dates.delivered.search(reading.text[: self.head])
        known = (made, signed.date, stated.get("signed", ""), delivered["value"] if delivered else "")
        published = (stated.get("date", ""), stated.get("sourced", ""))
        return next((date for each in (*known, *published) if (date := self.dates.iso(each))), "")

    def own(self, reading: Reading, title: Span) -> Name | None:
        """The policy that a notice, plan or law itself is: the one that its title carries, else the title."""
        if reading.meta["genre"] not in self.own_genres or not reading.meta["title"]:
            return None
        if not self.headers.endings.search(reading.meta["title"]):
            return None
        name = self.carriers.name(reading.meta["title"])
        known = next((t for t in reading.titles if not t.alias and t.name == name), None)
        return known if known or title.end == title.start else policy(title, name)


@Language.factory("kg_metadata")
def make(nlp: Language, name: str) -> Metadata:
    """The factory by which spaCy makes the component."""
    return Metadata(load())
