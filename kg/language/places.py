"""Places by gazetteer and by local words (全市, 我区), and the place that the document is about."""

from __future__ import annotations

import re
from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.gazetteer import gazetteer_of
from kg.language.matching import Words
from kg.language.reading import Name, Reading, Span, at

SHARE = 0.6  # of all votes, for a place that nothing else marks as the one that the document is about


class Places:
    """Fills ``reading.places`` and ``reading.home``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")
        self.gazetteer = gazetteer_of(knowledge)
        self.words = Words(self.gazetteer.forms())
        self.local = re.compile(f"{table['local']}|{table['bare']}")
        self.voting = re.compile(table["voting"])
        self.not_before = re.compile(table["short"]["not_before"])
        self.where = re.compile(table["home"]["where"] + "$")
        self.weights = table["home"]
        self.national = re.compile(table["home"]["national"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        spans = [s for s in self.words.find(reading.text) if self.fits(reading, s)]
        local = [Span(m.start(), m.end()) for m in self.local.finditer(reading.text)]
        reading.home = self.home(reading, spans, local)
        found = [self.named(reading, span) for span in spans]
        found += [self.local_name(reading, span) for span in local]
        reading.places = sorted(n for n in found if n is not None)
        return doc

    def fits(self, reading: Reading, span: Span) -> bool:
        """Whether a short form stands alone rather than within a street, a firm or a longer word."""
        form = reading.quote(span)
        if self.cuts(reading, span.start) or self.cuts(reading, span.end):
            return False
        return form in self.gazetteer.full or not self.not_before.match(reading.text, span.end)

    def cuts(self, reading: Reading, position: int) -> bool:
        """Whether a word of the segmentation goes on across a position: 示范|县, 沿海|城市."""
        token = at(reading.tokens, position)
        return token.start < position < token.end

    def home(self, reading: Reading, spans: list[Span], local: list[Span]) -> str:
        """The code of the place that the document is about, "" if none stands out."""
        votes: Counter[str] = Counter()
        text, size = reading.text, len(reading.text)
        for hint in (
            reading.doc.rsplit("/", 1)[-1],
            reading.hints.get("title", ""),
            reading.hints.get("publisher", ""),
        ):
            for span in self.words.find(hint):
                self.vote(votes, hint[span.start : span.end], self.weights["hint"])
        for span, following in zip(spans, [*spans, Span(size, size)][1:], strict=True):
            if following.start > span.end or not self.inside(reading.quote(following), reading.quote(span)):
                self.vote(votes, reading.quote(span), self.weight(reading, span))
        own = [s for s in local if self.voting.match(text, s.start)]
        if not votes or (self.national.match(text.lstrip()) and not own):
            return ""
        best = self.best(votes, Counter(reading.quote(s) for s in own))
        share = sum(votes[code] for code in votes if self.under(code, best) or self.under(best, code))
        clear = own or votes[best] >= self.weights["head"] or (votes[best] > 1 and share > SHARE * votes.total())
        return best if clear else ""

    def weight(self, reading: Reading, span: Span) -> int:
        """What a mention counts: more at the head and foot of the text, unless it only says where something was."""
        weight: int = self.weights["full" if reading.quote(span) in self.gazetteer.full else "short"]
        if span.start < min(self.weights["head_size"], len(reading.text) // 4):
            return weight if self.where.search(reading.text, 0, span.start) else weight + int(self.weights["head"])
        return (
            weight + int(self.weights["foot"]) if span.end > len(reading.text) - self.weights["foot_size"] else weight
        )

    def inside(self, inner: str, outer: str) -> bool:
        """Whether a place of the one name lies in one of the other: 巴东县 in 湖北省."""
        codes = {place.code for place in self.gazetteer.by_form.get(outer, ())}
        return any(
            above.code in codes
            for p in self.gazetteer.by_form.get(inner, ())
            for above in self.gazetteer.chain(p.parent)
        )

    def under(self, code: str, above: str) -> bool:
        """Whether a place lies in another one."""
        return any(place.code == above for place in self.gazetteer.chain(code))

    def vote(self, votes: Counter[str], form: str, weight: int) -> None:
        """Count a form for the place that it likeliest means; short forms of counties are too often words."""
        place = self.gazetteer.choose(form, max(votes, key=lambda c: (votes[c], c)) if votes else "")
        if place is not None and (place.level != "county" or form == place.name):
            votes[place.code] += weight

    def best(self, votes: Counter[str], local: Counter[str]) -> str:
        """The place with the most votes; each 全市 or 我区 votes for the place of its kind above those named."""
        total: Counter[str] = Counter(votes)
        for word, count in local.items():
            meant = {place.code for code in votes if (place := self.gazetteer.local(word, code))}
            for code in meant:
                total[code] += count
        word, count = local.most_common(1)[0] if local else ("", 0)
        places = [
            self.gazetteer.by_code[code] for code in votes
        ]  # a city's report says 全省 as often: only lower words tell
        kind = [p.code for p in places if p.level != "province" and self.gazetteer.local(word, p.code) == p]
        choice = kind if kind and count >= self.weights["often"] else total
        return max(choice, key=lambda code: (total[code], len(list(self.gazetteer.chain(code))), code))

    def named(self, reading: Reading, span: Span) -> Name | None:
        """A place by its name; a county's short form only where the document is about what it lies in."""
        form = reading.quote(span)
        if form in self.gazetteer.countries:
            return Name(span.start, span.end, type="Place", name=form, kind="country")
        place = self.gazetteer.choose(form, reading.home)
        if place is None:
            return None
        above = [p.code for p in self.gazetteer.chain(place.code)]
        if form != place.name and place.level == "county" and reading.home not in above:
            return None
        return Name(span.start, span.end, type="Place", name=place.code, kind=place.level)

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
