"""When what a relation tells was, is or will be: the time that its clause or sentence states, not that of a name."""

from __future__ import annotations

from bisect import bisect_right

from kg.knowledge import Knowledge
from kg.language.reading import Link, Period, Reading, Span, within

MAKING = ("issues", "establishes")
CHANGING = ("amends", "repeals")  # these know their own days
NAMED = ("provides", "title")  # what a text provides by its name, it does whenever it was made
BEHIND = 4  # characters between a name and the time at which it was made


class Times:
    """Finds the period of a link."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.opening, self.attribute, self.made, self.at = (
            knowledge.compiled("relations", "time", key) for key in ("opening", "attribute", "made", "at")
        )

    def free(self, reading: Reading) -> list[Period]:
        """The times of a document that are no part of a name: not the year in 2024年工作要点."""
        names = reading.names()
        starts = [name.start for name in names]
        found = []
        for period in reading.periods:
            index = bisect_right(starts, period.start)
            if not any(n.holds(period) for n in names[max(0, index - 4) : index]):
                found.append(period)
        return found

    def of(self, reading: Reading, link: Link, free: list[Period]) -> str | None:
        """The nearest time in the clause before the object, else right behind it, else one that opens the sentence."""
        if link.period or link.predicate in CHANGING or (link.predicate, link.rule) == NAMED:
            return link.period
        start, end = link.evidence.start, link.object.start
        clause, sentence = reading.clause(min(start, end)), reading.sentence(min(start, end))
        before = [p for p in within(free, Span(sentence.start, max(start, end))) if p.end <= end]
        for period in reversed(before):
            opens = self.opens(reading, period)
            if period.start < clause.start and not opens:
                continue
            if self.tells(reading, link, period, opens):
                return period.value
            if period.start >= clause.start:
                continue
        return self.behind(reading, link, free)

    def opens(self, reading: Reading, period: Period) -> bool:
        """Whether a time opens its clause, and so holds for those that follow."""
        return self.opening.fullmatch(reading.text, reading.clause(period.start).start, period.start) is not None

    def tells(self, reading: Reading, link: Link, period: Period, opens: bool) -> bool:
        """Whether a time before the object is the relation's: not that of a thing (2021年成立的甲, 完成2023年任务)."""
        gap = reading.text[period.end : link.object.start]
        made = self.attribute.search(gap)
        if made:
            return link.predicate in MAKING and made.end() == len(gap)
        return opens or not self.made.fullmatch(gap)

    def behind(self, reading: Reading, link: Link, free: list[Period]) -> str | None:
        """The time right behind the object, of what is made: 《甲》于2022年3月印发."""
        end = link.object.end
        near = within(free, Span(end, end + BEHIND)) if link.predicate in MAKING else []
        fits = near and self.at.fullmatch(reading.text, end, near[0].start) and near[0].end <= link.evidence.end
        return near[0].value if fits else None
