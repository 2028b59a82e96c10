"""Which place a document is about: its name and first line, its local words (全市), and what it names how often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge, Place
from kg.language.gazetteer import gazetteer_of
from kg.language.matching import Words
from kg.language.reading import Name, Reading, Span
from kg.language.votes import Votes


class Homes:
    """Finds the place that a document is about."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")
        self.gazetteer = gazetteer_of(knowledge)
        self.words = Words(self.gazetteer.every_form)
        self.weights = table["home"]
        self.votes = Votes(self.gazetteer, self.weights)
        self.own, self.ours = re.compile(table["voting"]), re.compile(table["ours"])
        self.nation = re.compile(table["home"]["nation"])
        self.where = re.compile(table["home"]["where"] + "$")
        self.masthead = re.compile(table["home"]["masthead"])
        self.national, self.carried = re.compile(table["home"]["national"]), re.compile(table["home"]["carried"])

    def __call__(self, reading: Reading, spans: Sequence[Span], local: Sequence[Span]) -> str:
        """The code of the place that the document is about, "" if none stands out."""
        own = Counter(reading.quote(s) for s in local if self.own.match(reading.text, s.start))
        if self.national.match(reading.text.lstrip()) and not own:
            return ""
        votes = self.votes(reading, spans)
        total = self.votes.total(votes)
        kind = self.kind(own, total)
        for form, strict in self.stated(reading):
            named = self.meant(form, kind, votes, strict)
            if named:
                return max(named, key=lambda p: (total[p.code], len(list(self.gazetteer.chain(p.code))), p.code)).code
        everywhere = not kind and self.carried.search(reading.text, 0, self.weights["head_size"])
        told = "" if everywhere or not votes else self.told(votes, total, kind)
        return told if kind or len(self.nation.findall(reading.text)) <= votes[told] else ""

    def stated(self, reading: Reading) -> Iterator[tuple[list[str], bool]]:
        """The forms in the document's name, its title and publisher, and its first line, which may be no title."""
        for hint in (
            reading.doc.rsplit("/", 1)[-1],
            reading.hints.get("title", ""),
            reading.hints.get("publisher", ""),
        ):
            yield [hint[s.start : s.end] for s in self.words.find(hint)], False
        head = next((t for line in reading.lines[:2] if not self.masthead.match(t := reading.quote(line))), "")
        spans = self.words.find(head) if len(head) <= self.weights["title_size"] else []
        forms = [head[s.start : s.end] for s in spans if not self.where.search(head, 0, s.start)]
        yield [form for form in forms if form not in self.gazetteer.rare], True

    def meant(self, forms: Sequence[str], kind: str, votes: Counter[str], strict: bool) -> list[Place]:
        """The places that forms in a title may mean: of the kind that the local words tell, only such if strict."""
        found = [self.senses(form, kind, votes) for form in forms]
        alike = [place for places, _ in found for place in places]
        lower = kind and not self.gazetteer.province(kind)
        return alike or ([] if strict and lower else [place for _, places in found for place in places])

    def senses(self, form: str, kind: str, votes: Counter[str]) -> tuple[list[Place], list[Place]]:
        """The places of that kind that a form may mean, and the likeliest of all."""
        every = self.gazetteer.every_form.get(form, ())
        places = [p for p in every if form == p.name or p.level != "county" or p.code in votes]
        alike = [p for p in places if kind and self.gazetteer.local(kind, p.code) == p]
        if not places and kind:  # a county's or county-level city's short form counts where the text speaks of one
            alike = [p for p in every if self.gazetteer.local(kind, p.code) == p]
        nearest = self.gazetteer.choose(form, max(votes, key=lambda c: (votes[c], c), default=""))
        return alike, [nearest] if nearest is not None and nearest in places else places[:1]

    def kind(self, own: Counter[str], total: Counter[str]) -> str:
        """The local word that tells best of what kind the place is; 全区 may mean the region above a city."""
        lower = {word: count for word, count in own.items() if not self.gazetteer.province(word)}
        endings: Counter[str] = Counter()
        for word, count in lower.items():
            endings[self.gazetteer.kind_of(word)] += 2 * count if self.ours.match(word) else count
        top = max((c for c in total if not self.gazetteer.by_code[c].parent), key=lambda c: (total[c], c), default="")
        region = self.gazetteer.kind_of(self.gazetteer.by_code[top].name) if top else ""
        if self.gazetteer.province(region) and len(endings) > 1:
            endings = Counter({e: n for e, n in endings.items() if not region.endswith(e)}) or endings
        best = max(endings, key=lambda e: (endings[e], e), default="")
        words = [word for word in own if not best or (word in lower and word.endswith(best))]
        return max(words, key=lambda w: (self.ours.match(w) is not None, own[w], w), default="")

    def told(self, votes: Counter[str], total: Counter[str], kind: str) -> str:
        """The place of that kind that most of the text is about; without local words one that nearly all is."""
        found = [code for code in total if not kind or self.gazetteer.local(kind, code) == self.gazetteer.by_code[code]]
        if not found:
            return ""
        best = max(found, key=lambda c: (total[c], len(list(self.gazetteer.chain(c))), c))
        if not kind:
            best = [p.code for p in self.gazetteer.chain(best)][-1]
        top = [p.code for p in self.gazetteer.chain(best)][-1]
        share = self.votes.held(top, votes) / votes.total()
        if share <= self.weights["share_of_own" if kind else "share"] or (not kind and votes.total() < 2):
            return ""
        spoken = self.ours.match(kind) or (kind and best != top)
        return best if spoken else self.votes.inner(best, votes, deep=not kind)


def home_place(reading: Reading) -> Name | None:
    """The first mention of the place that the document is about."""
    return next((n for n in reading.places if n.name == reading.home), None)
