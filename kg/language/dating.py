"""When a figure is of: the time that its sentence, paragraph, section or document tells."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Period, Quantity, Reading, Section, Span, at, within
from kg.language.sections import RULES
from kg.language.statuses import Statuses
from kg.text import number

LATER = 8  # characters after a number in which its clause may still name the time
UP_TO = "../"
SPOKEN = ("interview", "bulletin")
TARGET = "target"
YEAR = re.compile(r"(?:19|20)\d\d(?=-|/|$)")
OPENING = 8  # characters at the head of a paragraph of a plan in which it says for when it holds
REACH = 1000  # characters before a number in which its time is looked for


class Dating:
    """Finds the period of one quantity after the other."""

    def __init__(self, knowledge: Knowledge, statuses: Statuses) -> None:
        self.statuses = statuses
        words = knowledge.patterns("periods")["words"]
        self.start, self.whole, self.now = re.compile(words["from"]), re.compile(words["whole_year"]), set(words["now"])
        self.this_year = tuple(words["this_year"])
        self.all, self.years = re.compile(words["in_all"]), re.compile(words["years_on_end"])
        self.began, self.going = re.compile(words["began"]), re.compile(words["going_on"])
        self.same = re.compile(words["same"])
        self.rates = frozenset(knowledge.patterns("figures")["metric"]["shares"])
        self.timeless, self.item = re.compile(words["timeless"]), re.compile(words["item"])

    def __call__(self, reading: Reading, quantity: Quantity, section: Section) -> str | None:
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
        return named(reading, quantity)

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


def named(reading: Reading, quantity: Quantity) -> str | None:
    """The time that is named before a number in its own clause, if any."""
    start = quantity.span.start
    times = within(reading.periods, Span(reading.clause(start).start, start))
    return times[-1].value if times else None
