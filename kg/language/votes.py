"""How often a document names each place, and what lies in it: the votes for the place that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.language.gazetteer import Gazetteer
from kg.language.reading import Reading, Span


class Votes:
    """Counts mentions of places, each for the place that it likeliest means."""

    def __init__(self, gazetteer: Gazetteer, weights: Mapping[str, float]) -> None:
        self.gazetteer, self.weights = gazetteer, weights

    def __call__(self, reading: Reading, spans: Sequence[Span]) -> Counter[str]:
        """How often each place is named, each form for the place that it likeliest means."""
        votes: Counter[str] = Counter()
        size = len(reading.text)
        for span, following in zip(spans, [*spans, Span(size, size)][1:], strict=True):
            form = reading.quote(span)
            if following.start > span.end or not self.inside(reading.quote(following), form):
                place = self.gazetteer.choose(form, max(votes, key=lambda c: (votes[c], c)) if votes else "")
                if place is not None and (form == place.name or not self.gazetteer.low(place)):
                    votes[place.code] += self.weight(span, size)
        return votes

    def weight(self, span: Span, size: int) -> int:
        """What a mention counts: more at the head and the foot of the text."""
        head = span.start < min(self.weights["head_size"], size // 4)
        foot = span.end > size - self.weights["foot_size"]
        return int(self.weights["head"] if head else self.weights["foot"] if foot else 1)

    def inside(self, inner: str, outer: str) -> bool:
        """Whether a place of the one name lies in one of the other: 巴东县 in 湖北省."""
        codes = {place.code for place in self.gazetteer.by_form.get(outer, ())}
        return any(
            above.code in codes
            for p in self.gazetteer.by_form.get(inner, ())
            for above in self.gazetteer.chain(p.parent)
        )

    def total(self, votes: Counter[str]) -> Counter[str]:
        """Votes with a part of those for the places within."""
        total: Counter[str] = Counter()
        for code, count in votes.items():
            for above in self.gazetteer.chain(code):
                total[above.code] += count * int(self.weights["own"] if above.code == code else self.weights["below"])
        return total

    def held(self, code: str, votes: Counter[str]) -> int:
        """The votes for a place and those within."""
        return sum(n for c, n in votes.items() if any(p.code == code for p in self.gazetteer.chain(c)))

    def inner(self, code: str, votes: Counter[str], deep: bool) -> str:
        """The place within, where most of what is named lies; of a province only compared with, its city."""
        while True:
            near: Counter[str] = Counter()
            for c, count in votes.items():
                chain = [p.code for p in self.gazetteer.chain(c)]
                if code in chain[1:]:
                    near[chain[chain.index(code) - 1]] += count
            child = max(near, key=lambda c: (near[c], c), default="")
            if not child or near[child] <= max(self.weights["share"] * near.total(), votes[code]):
                return code
            code = child
            if not deep:
                return code
