"""Places by gazetteer and by local words (全市, 我区), and the place that the document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, Place, load
from kg.language.areas import Areas
from kg.language.cues import Cued
from kg.language.gazetteer import gazetteer_of
from kg.language.homes import Homes
from kg.language.matching import Words
from kg.language.reading import Name, Reading, Span, in_order


class Places:
    """Fills ``reading.places`` and ``reading.home``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")
        self.gazetteer = gazetteer_of(knowledge)
        self.homes, self.areas = Homes(knowledge), Areas(knowledge)
        self.words = Words({*self.gazetteer.forms(), *self.gazetteer.rare})
        self.local = Cued(self.gazetteer.local_word.pattern, table["local_holds"])
        self.not_before = re.compile(table["short"]["not_before"])
        self.spoken: str = table["spoken"]

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        spans = [s for s in self.words.find(reading.text) if self.fits(reading, s)]
        local = [Span(m.start(), m.end()) for m in self.local.finditer(reading.text)]
        plain = [s for s in spans if reading.quote(s) not in self.gazetteer.rare]
        reading.home = self.homes(reading, plain, local)
        found = [self.named(reading, span, before) for before, span in pairwise([Span(0, 0), *spans])]
        found += [self.local_name(reading, span) for span in local]
        places = in_order(n for n in found if n is not None)
        places += self.voice(reading, places)
        reading.places = in_order([*places, *self.areas(reading, places)])
        return doc

    def voice(self, reading: Reading, places: Sequence[Name]) -> list[Name]:
        """Where nothing else names the document's place: the first word that speaks of or for it: 市级, 我们."""
        home = self.gazetteer.by_code.get(reading.home)
        if home is None or any(name.name == home.code for name in places):
            return []
        pattern = self.spoken.replace("{kind}", self.gazetteer.kind_of(home.name) or home.name[-1])
        match = re.search(pattern, reading.text)
        return [Name(*match.span(), type="Place", name=home.code, kind=home.level, alias=True)] if match else []

    def fits(self, reading: Reading, span: Span) -> bool:
        """Whether a short form stands alone rather than within a street, a firm or a longer word."""
        form = reading.quote(span)
        if reading.splits(span.start) or reading.splits(span.end):
            return False
        return form in self.gazetteer.full or not self.not_before.match(reading.text, span.end)

    def named(self, reading: Reading, span: Span, before: Span) -> Name | None:
        """A place by its name; a county's short form only behind what it lies in, or in a document about that."""
        form = reading.quote(span)
        if form in self.gazetteer.countries:
            return Name(span.start, span.end, type="Place", name=form, kind="country")
        place = self.rare(form, reading.home) or self.gazetteer.choose(form, reading.home)
        if place is None:
            return None
        outer = self.gazetteer.choose(reading.quote(before), reading.home) if before.end == span.start else None
        if outer is not None and form not in self.gazetteer.full:  # 江西|瑞金
            place = self.gazetteer.choose(form, outer.code) or place
        above = [p.code for p in self.gazetteer.chain(place.code)]
        near = reading.home in above or (outer is not None and outer.code in above)
        if form not in self.gazetteer.full and place.level == "county" and not near:
            return None
        return Name(span.start, span.end, type="Place", name=place.code, kind=place.level)

    def rare(self, form: str, home: str) -> Place | None:
        """The place that a common word names where the document is about it, or about what it lies in: 高县, 长治."""
        if form not in self.gazetteer.rare:
            return None
        for place in self.gazetteer.every_form.get(form, ()):
            if place.code == home or (
                form == place.name and home in (p.code for p in self.gazetteer.chain(place.code))
            ):
                return place
        return None

    def local_name(self, reading: Reading, span: Span) -> Name | None:
        """A local word as a mention of the place it means; None where the document's own place does not tell."""
        place = self.gazetteer.local(reading.quote(span), reading.home)
        return (
            Name(span.start, span.end, type="Place", name=place.code, kind=place.level, alias=True) if place else None
        )


@Language.factory("kg_places")
def make(nlp: Language, name: str) -> Places:
    """The factory by which spaCy makes the component."""
    return Places(load())
