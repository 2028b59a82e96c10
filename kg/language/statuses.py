"""Whether a quantity is, will be or was: actual, estimate, target or baseline."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Quantity, Reading, Section
from kg.language.sections import NEWS, REPORT, RULES

WINDOW = 120  # characters around a number in which words tell its status
REACH = 300  # characters before a number, in its sentence, to which an estimate or a goal holds
NEAR = 24  # characters before a number in which it is said to be a former value
KEYS = (
    *("estimate", "goal", "target", "by_year", "norm", "norm_after", "ceiling", "told"),
    *("within", "most", "bounded", "was"),
    *("baseline", "baseline_after", "former"),
)


class Statuses:
    """Reads the status of one quantity after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("figures")["status"]
        self.words = {key: re.compile(table[key]) for key in KEYS}
        self.terms = frozenset(table["terms"])

    def of(self, reading: Reading, quantity: Quantity, section: Section, period: str | None) -> str:
        """Actual, estimate, target or baseline."""
        text, start, end = reading.text, quantity.span.start, quantity.span.end
        clause, opening = reading.clause(start), max(reading.sentence(start).start, start - REACH)
        last = min(clause.end, end + WINDOW)
        before = max(clause.start, start - NEAR)
        changed = self.words["baseline_after"].match(text, end, end + NEAR)
        former = changed or self.words["former"].search(text, before, start)
        if former and self.words["baseline"].search(text, before, start):
            return "baseline"
        genre = reading.meta.get("genre") or ""
        if genre in NEWS and self.limits(reading, quantity):
            return "target"
        told = self.words["told"].search(text, opening, last)
        here = self.words["estimate"].search(text, clause.start, start)
        if here or (not told and self.words["estimate"].search(text, opening, last)):
            return "estimate"
        if genre in RULES and genre != "law" and (told or self.past(period, reading.meta.get("today", ""))):
            return "actual"
        date, near = reading.meta.get("today", ""), max(clause.start, start - WINDOW)
        to_come = section.ahead or self.future(period, date)
        past = self.past(period, date)
        by_year = not past and self.words["by_year"].search(text, near, last)
        if to_come or by_year or self.words["target"].search(text, near, last):
            return "target"
        if genre != REPORT and not told and not past:
            lasting = self.words["goal"].search(text, opening, start)
            return "target" if lasting or self.rules(reading, quantity, genre in NEWS) else "actual"
        return "actual"

    def rules(self, reading: Reading, quantity: Quantity, news: bool) -> bool:
        """Whether the clause sets a term, a rate or a ceiling; in news only the form of a condition says so."""
        text, clause, end = reading.text, reading.clause(quantity.span.start), quantity.span.end
        if self.words["norm_after"].match(text, end, end + NEAR):
            return True
        if self.words["ceiling"].search(text, clause.start, end) or self.limits(reading, quantity):
            return True
        return not news and self.words["norm"].search(text, clause.start, min(clause.end, end + NEAR)) is not None

    def limits(self, reading: Reading, quantity: Quantity) -> bool:
        """Whether a number is a term within which something is to be done, or the most that is given."""
        clause, span = reading.clause(quantity.span.start), quantity.span
        if quantity.unit in self.terms and self.words["within"].search(quantity.text):
            return self.words["was"].search(reading.text, clause.start, clause.end) is None
        if self.words["bounded"].match(quantity.text):
            return self.words["was"].search(reading.text, clause.start, span.start) is None
        return self.words["most"].search(reading.text, clause.start, span.start) is not None

    @staticmethod
    def future(period: str | None, date: str) -> bool:
        """Whether a period begins when the document is already made."""
        first = (period or "").partition("/")[0]
        return bool(date) and first[:1].isdigit() and first > date[: len(first)]

    @staticmethod
    def past(period: str | None, date: str) -> bool:
        """Whether a period was over when the document was made."""
        last = (period or "").rpartition("/")[2]
        return bool(date and last and last != ".." and last < date[: len(last)])
