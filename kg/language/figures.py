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
from kg.language.sections import NEWS, REPORT, RULES, Sections
from kg.language.shares import Shares
from kg.language.statuses import Statuses
from kg.text import number

LATER = 8  # characters after a number in which its clause may still name the time
UP_TO = "../"
SPOKEN = ("interview", "bulletin")
FORMER, TARGET = "baseline", "target"
YEAR = re.compile(r"(?:19|20)\d\d(?=-|/|$)")
HEADLINE = 400  # characters at the head of a text in which its title ends
OPENING = 8  # characters at the head of a paragraph of a plan in which it says for when it holds
REACH = 1000  # characters before a number in which its time is looked for


class Figures:
    """Fills ``reading.quantities``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers, self.metrics = Numbers(knowledge), Metrics(knowledge)
        self.shares, self.sections, self.statuses = Shares(self.metrics), Sections(knowledge), Statuses(knowledge)
        words = knowledge.patterns("periods")["words"]
        self.start, self.whole, self.now = re.compile(words["from"]), re.compile(words["whole_year"]), set(words["now"])
        self.this_year = tuple(words["this_year"])
        self.all, self.years = re.compile(words["in_all"]), re.compile(words["years_on_end"])
        self.began, self.going = re.compile(words["began"]), re.compile(words["going_on"])
        self.same = re.compile(words["same"])
        self.rates = frozenset(knowledge.patterns("figures")["metric"]["shares"])
        self.which = re.compile(knowledge.patterns("figures")["metric"]["which_one"])
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
            metric = self.again(reading, quantity, metric, done) or metric
            evidence = self.evidence(reading, quantity, last, metric)
            period = self.period(reading, quantity, section)
            status = self.statuses.of(reading, quantity, section, period)
            if status == TARGET and reading.meta.get("genre") in NEWS and self.statuses.limits(reading, quantity):
                period = self.named(reading, quantity)
            if status == FORMER and reading.meta.get("genre") != REPORT:
                period = self.former(reading, quantity, period)
            said = quantity.span, quantity.text, quantity.value, quantity.upper, quantity.unit, quantity.bound
            done.append(Quantity(*said, metric, period, status, quantity.subject, evidence))
        told = [q for q in self.shares.distribute(reading, done) if q.metric]
        reading.quantities = without_headline(reading, told)
        return doc

    def again(self, reading: Reading, quantity: Quantity, metric: str, done: list[Quantity]) -> str:
        """What was measured last in this unit, where a number only says of whom or which: 甲县131件，最少的乙镇9件."""
        start = quantity.span.start
        said = reading.text[start - len(metric) : start] == metric
        place = said and any(n.start == start - len(metric) and n.end == start for n in reading.places)
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

    def period(self, reading: Reading, quantity: Quantity, section: Section) -> str | None:
        """The last time named before the number in its sentence, else its clause, else the paragraph or section."""
        start = quantity.span.start
        sentence, clause = reading.sentence(start), reading.clause(start)
        if self.timeless.search(reading.text, clause.start, start):
            return None
        times = within(reading.periods, Span(max(sentence.start, start - REACH), sentence.end))
        before = [p for p in times if p.end <= start + 1 and self.holds(reading, p, start)]
        if before and (span := self._since(reading, clause, before[-1])):
            return span
        if before and (span := self._on_end(reading, clause, before[-1])):
            return span
        if before:
            whole = self.whole.search(reading.text, before[-1].end, start)
            year = whole and (section.period or before[-1].value.removeprefix(UP_TO)[:4])
            return year or self.settled(reading, before[-1], section)
        here = [p for p in times if start < p.start < min(clause.end, quantity.span.end + LATER)]
        if here:
            return here[0].value
        lasting = section.period and not self.standing(reading, quantity, section.period)
        return (
            (section.period if lasting else None)
            or self.carried(reading, Span(start, sentence.start))
            or self.in_all(reading, sentence, start)
            or self._whole_year(reading, Span(clause.start, start), quantity)
        )

    def _whole_year(self, reading: Reading, before: Span, quantity: Quantity) -> str | None:
        """The year of 全年: the one told last; without any the last that was over, or this one where it is to come."""
        today = reading.meta.get("today", "")
        if not today or not self.whole.search(reading.text, before.start, before.end):
            return None
        told = [p.value for p in within(reading.periods, Span(0, before.start)) if p.value.isdigit()]
        ahead = self.statuses.of(reading, quantity, Section(0, None, False), None) == TARGET
        return today[:4] if ahead else next((year for year in reversed(told) if year <= today[:4]), None)

    def standing(self, reading: Reading, quantity: Quantity, period: str) -> bool:
        """Whether a plan of several years sets a thing and no goal: 每户每年2000元; goals are rates."""
        first, _, last = period.partition("/")
        several = bool(last) and first[:4] != last[:4]
        return several and reading.meta.get("genre") in RULES and quantity.unit not in self.rates

    def _since(self, reading: Reading, clause: Span, period: Period) -> str:
        """From the month in which something began up to the day of the text, if its count goes on in a later clause."""
        today = reading.meta.get("today", "")
        if period.start >= clause.start or "/" in period.value or not period.value[:7] <= today[:7]:
            return ""
        began = self.began.match(reading.text, period.end) and self.going.search(reading.text, clause.start, clause.end)
        return f"{period.value}/{today}" if began and len(period.value) > len("2024") else ""

    def _on_end(self, reading: Reading, clause: Span, period: Period) -> str:
        """The years up to the one that is told: 2022年连续两年 is 2021/2022; nothing where no such thing is said."""
        said = self.years.search(reading.text, clause.start, clause.end)
        if said is None or not period.value.isdigit():
            return ""
        return f"{int(period.value) - int(number(said['n']) or 1) + 1}/{period.value}"

    def in_all(self, reading: Reading, sentence: Span, start: int) -> str | None:
        """Up to the day of the text, where a sum in all is told."""
        today = reading.meta.get("today")
        said = today and self.all.search(reading.text, sentence.start, start)
        return f"{UP_TO}{today}" if said else None

    def former(self, reading: Reading, quantity: Quantity, period: str | None) -> str | None:
        """The time of a value that was: for 去年同期 the year before, the one named with it, else none."""
        clause, start = reading.clause(quantity.span.start), quantity.span.start
        if self.same.search(reading.text, clause.start, start):
            return period and YEAR.sub(lambda year: str(int(year.group()) - 1), period.removeprefix(UP_TO))
        return self.named(reading, quantity)

    def named(self, reading: Reading, quantity: Quantity) -> str | None:
        """The time that is named before a number in its own clause, if any."""
        start = quantity.span.start
        named = within(reading.periods, Span(reading.clause(start).start, start))
        return named[-1].value if named else None

    def carried(self, reading: Reading, place: Span) -> str | None:
        """The time up to the document's date that was named before in the same item of the paragraph."""
        line = at(reading.lines, place.start)
        begin = max(line.start, place.start - REACH)
        for mark in self.item.finditer(reading.text, begin, place.start):
            begin = mark.start()
        earlier = within(reading.periods, Span(begin, place.end))
        lasting = [p for p in earlier if self.lasts(reading, p)]
        if lasting or reading.meta.get("genre") not in RULES:
            return lasting[-1].value if lasting else None
        opening = [p for p in within(reading.periods, Span(line.start, line.start + OPENING)) if p.end < place.end]
        return opening[0].value if opening else None

    def lasts(self, reading: Reading, period: Period) -> bool:
        """Whether a time holds for sentences behind it: one up to the text's day, in what is spoken a year."""
        today = reading.meta.get("today", "")
        if period.value.startswith(UP_TO) or (today and period.value.endswith(f"/{today}")):
            return True
        year = period.value.isdigit() and (not today or period.value <= today[:4])
        return year and reading.meta.get("genre") in SPOKEN

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
