"""Figures → the mechanism, programme or thing that they are of, where their phrase does not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.model import Entity, Figure
from kg.resolve.identities import IDLE

TOPICS = ("Mechanism", "Policy")
NEXT = 2  # characters between the passages of figures that stand side by side


class Topics:
    """The mechanism or programme that a figure is of, where its phrase does not say."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.things = {entity.id: entity for entity in entities if entity.type in TOPICS}
        self.wordings: dict[str, dict[str, str]] = defaultdict(dict)
        for entity in self.things.values():
            for mention in entity.mentions:
                self.wordings[mention.doc].setdefault(mention.text, entity.name.translate(IDLE))

    def before(self, figure: Figure) -> tuple[str, str]:
        """Its name, the subject's, else that of the last one in the passage before the number; and the whole phrase."""
        if figure.subject and figure.subject[0] in self.things:
            name = self.things[figure.subject[0]].name.translate(IDLE)
            return name, name + figure.metric
        quote = figure.evidence[0].quote
        stop = quote.text.find(figure.text)
        passage = quote.text[: stop if stop >= 0 else None]
        places = ((passage.rfind(words), len(words), name) for words, name in self.wordings[quote.doc].items())
        name = max((place for place in places if place[0] >= 0), default=(0, 0, ""))[2]
        return name, name + figure.metric

    def within(self, figure: Figure) -> tuple[str, str]:
        """The name of the one whose wording the phrase begins with, and the phrase with that name."""
        known = self.wordings.get(figure.evidence[0].quote.doc, {})
        for size in range(len(figure.metric) - 1, 1, -1):
            if figure.metric[:size] in known:
                name = known[figure.metric[:size]]
                return name, name + figure.metric[size:]
        return "", figure.metric


def in_order(figures: Iterable[Figure]) -> Iterator[tuple[str, Figure]]:
    """Figures as they stand in their documents, each with the metric of the one right before it, if one is."""
    end, last = ("", 0), ""
    for figure in sorted(figures, key=lambda each: (each.evidence[0].quote, each.id)):
        quote = figure.evidence[0].quote
        near = quote.doc == end[0] and quote.start - end[1] <= NEXT
        yield last if near else "", figure
        end, last = (quote.doc, quote.end), figure.metric
