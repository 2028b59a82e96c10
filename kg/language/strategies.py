"""The state's strategies and institutions, which every text names as if all knew them: 西部大开发, 全面从严治党."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.knowledge import Knowledge
from kg.language.matching import Words
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order

PROGRAMME = "Programme"
Trigger = Callable[[Reading, Span], Span | None]  # the verb whose object a stretch is


class Strategies:
    """Finds those of the lexicon where no other name stands."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.kinds = {row["name"]: row["type"] for _, row in knowledge.rows("strategies")}
        self.words = Words(self.kinds)
        self.onward, self.verb = (knowledge.compiled("phrases", "strategy", key) for key in ("onward", "verb"))

    def __call__(self, reading: Reading, names: Sequence[Name], trigger: Trigger) -> Iterator[Name]:
        """The strategies that no name, title or body of the text holds or crosses, with the verbs that govern them."""
        taken = Along(in_order([*names, *reading.titles, *reading.organisations]))
        for span in self.words.find(reading.text):
            if taken.over(span) or self.onward.match(reading.text, span.end):
                continue
            word = reading.quote(span)
            programme = self.kinds[word] == PROGRAMME
            type_, kind = ("Policy", PROGRAMME) if programme else ("Mechanism", "")
            begins = self.verb.match(word)
            at = Span(*(span.start + place for place in begins.span("verb"))) if begins else trigger(reading, span)
            yield Name(span.start, span.end, type_, word, kind, at)
