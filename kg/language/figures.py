"""The slots of quantities: metric phrase, period, status, evidence; their subjects the resolver gives."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.dating import Dating, named
from kg.language.metrics import Metrics
from kg.language.numbers import Numbers
from kg.language.reading import Quantity, Reading, Span, at, within
from kg.language.sections import NEWS, REPORT, Sections
from kg.language.shares import Shares
from kg.language.statuses import Statuses

FORMER, TARGET = "baseline", "target"
HEADLINE = 400  # characters at the head of a text in which its title ends


class Figures:
    """Fills ``reading.quantities``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers, self.metrics = Numbers(knowledge), Metrics(knowledge)
        self.shares, self.sections, self.statuses = Shares(self.metrics), Sections(knowledge), Statuses(knowledge)
        self.dating = Dating(knowledge, self.statuses)
        self.which = re.compile(knowledge.patterns("figures")["metric"]["which_one"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        found = sorted(self.numbers.find(reading), key=lambda q: q.span)
        reading.sections = sections = self.sections.find(reading)
        done: list[Quantity] = []
        for index, quantity in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            section = sections[bisect_right(sections, quantity.span.start, key=lambda s: s.start) - 1]
            sentence = reading.sentence(quantity.span.start)
            last = done[-1] if done and done[-1].span.start >= sentence.start else None
            metric = self.metrics.metric(reading, quantity, last, following)
            metric = self.again(reading, quantity, metric, done) or metric
            evidence = self.evidence(reading, quantity, last, metric)
            period = self.dating(reading, quantity, section)
            status = self.statuses.of(reading, quantity, section, period)
            if status == TARGET and reading.meta.get("genre") in NEWS and self.statuses.limits(reading, quantity):
                period = named(reading, quantity)
            if status == FORMER and reading.meta.get("genre") != REPORT:
                period = self.dating.former(reading, quantity, period)
            said = quantity.span, quantity.text, quantity.value, quantity.upper, quantity.unit, quantity.bound
            done.append(Quantity(*said, metric, period, status, quantity.subject, evidence))
        told = [q for q in self.shares.distribute(reading, done) if q.metric]
        reading.quantities = without_headline(reading, told)
        return doc

    def again(self, reading: Reading, quantity: Quantity, metric: str, done: list[Quantity]) -> str:
        """What was measured last in this unit, where a number only says of whom or which: 甲县131件，最少的乙镇9件."""
        start = quantity.span.start
        said = reading.text[start - len(metric) : start] == metric
        begun = within(reading.places, Span(start - len(metric), start - len(metric) + 1)) if said else []
        place = any(name.end == start for name in begun)
        if not place and not self.which.fullmatch(metric):
            return ""
        line = at(reading.lines, start).start
        alike = (q for q in reversed(done) if q.unit == quantity.unit and q.span.start >= line)
        return next((q.metric for q in alike if not self.which.fullmatch(q.metric)), "")

    def evidence(self, reading: Reading, quantity: Quantity, last: Quantity | None, metric: str) -> Span:
        """The clause, from where the metric was read on."""
        clause = reading.clause(quantity.span.start)
        start = clause.start
        if last and last.evidence and (last.span.end > clause.start or self.metrics.growth.search(metric)):
            start = min(start, last.evidence.start)
        return Span(start, max(clause.end, quantity.span.end))


def without_headline(reading: Reading, told: list[Quantity]) -> list[Quantity]:
    """The quantities without those of the title that the text states again: one number is one figure."""
    title = reading.meta.get("title", "")
    start = reading.text.find(title, 0, HEADLINE) if title else -1
    if start < 0:
        return told
    end = start + len(title)
    again = {(q.value, q.upper, q.unit) for q in told if q.span.start >= end}
    return [q for q in told if q.span.start >= end or (q.value, q.upper, q.unit) not in again]


@Language.factory("kg_figures")
def make(nlp: Language, name: str) -> Figures:
    """The factory by which spaCy makes the component."""
    return Figures(load())
