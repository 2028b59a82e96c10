"""The slots of quantities: metric phrase, period, status, evidence; their subjects the resolver gives."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.metrics import Metrics
from kg.language.numbers import Numbers
from kg.language.reading import Quantity, Reading, Span, at, within
from kg.language.shares import Shares

LONGEST_HEADING = 36
LEAD = 80  # characters of a paragraph in which it says that it looks ahead
REPORT = "report"
WINDOW = 120  # characters around a number in which words tell its status
RULES = ("plan", "notice", "law")  # genres that set targets
AHEAD = 2  # so many times more words of plans than of deeds make a text look ahead


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch from `start` on: the period that it reports on, and whether it looks ahead."""

    start: int
    period: str | None
    ahead: bool


class Figures:
    """Fills ``reading.quantities``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers, self.metrics = Numbers(knowledge), Metrics(knowledge)
        self.shares = Shares(self.metrics)
        self.status = {key: re.compile(pattern) for key, pattern in knowledge.patterns("figures")["status"].items()}
        periods = knowledge.patterns("periods")["report"]
        self.future, self.past = re.compile(periods["future"]), re.compile(periods["past"])
        self.no_heading, self.goals = re.compile(periods["no_heading"]), str(periods["goals"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        found = sorted(self.numbers.find(reading), key=lambda q: q.span)
        sections = self.sections(reading)
        done: list[Quantity] = []
        for index, quantity in enumerate(found):
            stop = found[index + 1].span.start if index + 1 < len(found) else len(reading.text)
            section = sections[bisect_right(sections, quantity.span.start, key=lambda s: s.start) - 1]
            sentence = reading.sentence(quantity.span.start)
            last = done[-1] if done and done[-1].span.start >= sentence.start else None
            metric = self.metrics.metric(reading, quantity, last, stop)
            done.append(
                replace(
                    quantity,
                    metric=metric,
                    evidence=self.evidence(reading, quantity, last, metric),
                    period=self.period(reading, quantity, section),
                    status=self.state(reading, quantity, section),
                )
            )
        reading.quantities = [q for q in self.shares.distribute(reading, done) if q.metric]
        return doc

    def sections(self, reading: Reading) -> list[Section]:
        """The sections by their headings; without headings, the words tell whether the text looks ahead."""
        genre = reading.meta.get("genre")
        rules, report = genre in RULES, genre == REPORT
        planned, done = (len(self.status[key].findall(reading.text)) for key in ("ahead", "done"))
        year = reading.meta.get("period") or None
        following = str(int(year[:4]) + 1) if year else ""
        goals = re.compile(self.goals.replace("<next>", following or "^"))
        found = [Section(0, year, rules or (report and planned > AHEAD * done))]
        for line in reading.lines:
            text = reading.text[line.start : line.topic or line.end]
            heading = len(text) <= LONGEST_HEADING and not self.no_heading.search(text)
            past, future = (pattern.search(text) if heading else None for pattern in (self.past, self.future))
            if past:
                found.append(Section(line.start, past["y"] or year, False))
            elif future or (heading and report and following and following in text):
                ahead = future["y"] if future and future["y"] else following or None
                found.append(Section(line.start, ahead, True))
            elif report and (goal := goals.search(reading.text, line.start, min(line.end, line.start + LEAD))):
                found.append(Section(goal.start(), following or None, True))
        return found

    def evidence(self, reading: Reading, quantity: Quantity, last: Quantity | None, metric: str) -> Span:
        """The clause, from where the metric was read on."""
        clause = reading.clause(quantity.span.start)
        start = clause.start
        if last and last.evidence and (last.span.end > clause.start or self.metrics.growth.search(metric)):
            start = min(start, last.evidence.start)
        return Span(start, max(clause.end, quantity.span.end))

    def period(self, reading: Reading, quantity: Quantity, section: Section) -> str | None:
        """The last time named before the number in its sentence, else its clause, else the paragraph or section."""
        sentence, clause = reading.sentence(quantity.span.start), reading.clause(quantity.span.start)
        times = within(reading.periods, sentence)
        before = [p for p in times if p.end <= quantity.span.start + 1]
        if before:
            return before[-1].value
        here = [p for p in times if clause.start <= p.start < min(clause.end, quantity.span.end + 8)]
        if here:
            return here[0].value
        line = at(reading.lines, quantity.span.start)
        carried = [p for p in within(reading.periods, Span(line.start, sentence.start)) if p.value.startswith("../")]
        return carried[-1].value if carried and not section.period else section.period

    def state(self, reading: Reading, quantity: Quantity, section: Section) -> str:
        """Actual, estimate, target or baseline."""
        text, start, end = reading.text, quantity.span.start, quantity.span.end
        sentence, clause = reading.sentence(start), reading.clause(start)
        if self.status["baseline"].search(text[max(clause.start, start - 12) : start]) and self.status[
            "baseline_after"
        ].match(text[end : end + 12]):
            return "baseline"
        if self.status["estimate"].search(text, max(sentence.start, start - 40), min(clause.end, end + WINDOW)):
            return "estimate"
        return (
            "target"
            if section.ahead
            or self.status["target"].search(text, max(clause.start, start - WINDOW), min(clause.end, end + WINDOW))
            else "actual"
        )


@Language.factory("kg_figures")
def make(nlp: Language, name: str) -> Figures:
    """The factory by which spaCy makes the component."""
    return Figures(load())
