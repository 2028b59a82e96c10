"""The slots of quantities: metric phrase, period, status, evidence; their subjects the resolver gives."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.metrics import Metrics
from kg.language.numbers import Numbers
from kg.language.reading import Period, Quantity, Reading, Section, Span, at, within
from kg.language.sections import Sections
from kg.language.shares import Shares
from kg.language.statuses import Statuses

LATER = 8  # characters after a number in which its clause may still name the time
UP_TO = "../"
HEADLINE = 400  # characters at the head of a text in which its title ends
REACH = 1000  # characters before a number in which its time is looked for


class Figures:
    """Fills ``reading.quantities``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers, self.metrics = Numbers(knowledge), Metrics(knowledge)
        self.shares, self.sections, self.statuses = Shares(self.metrics), Sections(knowledge), Statuses(knowledge)
        words = knowledge.patterns("periods")["words"]
        self.start, self.whole, self.now = re.compile(words["from"]), re.compile(words["whole_year"]), set(words["now"])
        self.this_year = tuple(words["this_year"])
        self.timeless, self.item = re.compile(words["timeless"]), re.compile(words["item"])

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
            evidence = self.evidence(reading, quantity, last, metric)
            period = self.period(reading, quantity, section)
            status = self.statuses.of(reading, quantity, section, period)
            said = quantity.span, quantity.text, quantity.value, quantity.upper, quantity.unit, quantity.bound
            done.append(Quantity(*said, metric, period, status, quantity.subject, evidence))
        told = [q for q in self.shares.distribute(reading, done) if q.metric]
        reading.quantities = without_headline(reading, told)
        return doc

    def evidence(self, reading: Reading, quantity: Quantity, last: Quantity | None, metric: str) -> Span:
        """The clause, from where the metric was read on."""
        clause = reading.clause(quantity.span.start)
        start = clause.start
        if last and last.evidence and (last.span.end > clause.start or self.metrics.growth.search(metric)):
            start = min(start, last.evidence.start)
        return Span(start, max(clause.end, quantity.span.end))

    def period(self, reading: Reading, quantity: Quantity, section: Section) -> str | None:
        """The last time named before the number in its sentence, else its clause, else the paragraph or section."""
        start = quantity.span.start
        sentence, clause = reading.sentence(start), reading.clause(start)
        if self.timeless.search(reading.text, clause.start, start):
            return None
        times = within(reading.periods, Span(max(sentence.start, start - REACH), sentence.end))
        before = [p for p in times if p.end <= start + 1 and self.holds(reading, p, start)]
        if before:
            whole = self.whole.search(reading.text, before[-1].end, start)
            year = whole and (section.period or before[-1].value.removeprefix(UP_TO)[:4])
            return year or self.settled(reading, before[-1], section)
        here = [p for p in times if start < p.start < min(clause.end, quantity.span.end + LATER)]
        if here:
            return here[0].value
        return section.period or self.carried(reading, Span(start, sentence.start))

    def carried(self, reading: Reading, place: Span) -> str | None:
        """The time up to the document's date that was named before in the same item of the paragraph."""
        line = at(reading.lines, place.start)
        begin, today = max(line.start, place.start - REACH), reading.meta.get("today", "")
        for mark in self.item.finditer(reading.text, begin, place.start):
            begin = mark.start()
        earlier = within(reading.periods, Span(begin, place.end))
        lasting = [p for p in earlier if p.value.startswith(UP_TO) or (today and p.value.endswith(f"/{today}"))]
        return lasting[-1].value if lasting else None

    def holds(self, reading: Reading, period: Period, start: int) -> bool:
        """Whether a time holds for a number after it: the one that a change starts from only for the next number."""
        if not self.start.search(reading.text, max(0, period.start - 1), period.start):
            return True
        return not any(char.isdigit() for char in reading.text[period.end : start])

    def settled(self, reading: Reading, period: Period, section: Section) -> str:
        """The period of a time; 现已 after 截至4月21日 in one paragraph is that day, 今年 in a plan the plan's year."""
        if section.ahead and section.period and period.value == reading.meta["period"]:
            return section.period if reading.quote(period).startswith(self.this_year) else period.value
        if reading.quote(period) not in self.now:
            return period.value
        line = at(reading.lines, period.start)
        times = within(reading.periods, Span(max(line.start, period.start - REACH), period.start))
        earlier = [p for p in times if p.value.startswith(UP_TO)]
        return earlier[-1].value if earlier else period.value


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
