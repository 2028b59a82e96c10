"""The stretches of a document: what period each reports on, and whether it looks ahead."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Reading, Section, Span, within

LONGEST_HEADING = 36
PARAGRAPH = 40  # characters of a line that is no heading
LEAD = 80  # characters of a paragraph in which it says that it looks ahead
FIVE = 4  # years before the last one of five
REPORT = "report"
NEWS = ("news", "interview", "bulletin")
RULES = ("plan", "notice", "law")  # genres that set targets
DEED = 2  # the weight of a word of a deed against one of a plan
MONTH = len("2024-04")
LEAST = 5  # words of plans by which a stretch must have more to look ahead


class Sections:
    """Finds the sections by their headings; without headings, the words tell whether the text looks ahead."""

    def __init__(self, knowledge: Knowledge) -> None:
        status, periods = knowledge.patterns("figures")["status"], knowledge.patterns("periods")["report"]
        self.planned, self.done = re.compile(status["ahead"]), re.compile(status["done"])
        self.future, self.past, self.five = (re.compile(periods[key]) for key in ("future", "past", "five"))
        self.dated, self.lists = re.compile(periods["dated"]), re.compile(periods["lists"])
        self.no_heading, self.goals = re.compile(periods["no_heading"]), str(periods["goals"])

    def find(self, reading: Reading) -> list[Section]:
        """The sections in order, the first from the start of the text."""
        genre, text = reading.meta.get("genre"), reading.text
        report = genre == REPORT
        year = reading.meta.get("period") or None
        following = year if genre in RULES else str(int(year[:4]) + 1) if year else ""  # a plan's years are its own
        if genre in NEWS and year == reading.meta.get("date", "")[:4]:
            year = None  # a year that is not over is no time of what news tell
        goals = re.compile(self.goals.replace("<next>", following or "^"))
        found, opening = [Section(0, year, genre in RULES)], begin(reading)
        for line in reading.lines:
            head = text[line.start : line.topic or line.end]
            heading = len(head) <= LONGEST_HEADING and not self.no_heading.search(head)
            if heading and self.dated.search(head):
                continue
            listed = heading and line.start > opening and self.lists.search(head)
            if listed and genre in NEWS and (month := self.month(reading, line)):
                found.append(Section(line.start, month, False))
                continue
            told = heading and genre not in NEWS  # a headline names another's plans
            past, future = (pattern.search(head) if told else None for pattern in (self.past, self.future))
            if past:
                found.append(Section(line.start, past["y"] or self.reviewed(head, year), False))
            elif future or (heading and report and following and following in head):
                ahead = future["y"] if future and future["y"] else following or None
                found.append(Section(line.start, ahead, True))
            elif report and year and self.five.match(text, line.start):
                found.append(Section(line.start, self.reviewed(head, year), False))
            elif report and (goal := goals.search(text, line.start, min(line.end, line.start + LEAD))):
                found.append(Section(goal.start(), following or None, True))
        return self.turned(reading, found, following or None) if report else found

    def month(self, reading: Reading, line: Span) -> str:
        """The months that the heading of a list or table tells: 附：4月末各县情况; "" where it tells none."""
        times = within(reading.periods, line)
        return next((p.value for p in times if len(p.value) >= MONTH and not p.value.endswith("..")), "")

    def turned(self, reading: Reading, found: list[Section], following: str | None) -> list[Section]:
        """The sections, with the one that looks ahead where no heading says so but the words do."""
        first = next((index for index, section in enumerate(found) if section.ahead), len(found))
        end = found[first].start if first < len(found) else len(reading.text)
        last = found[first - 1]
        if last.start and first < len(found):  # both headings say so
            return found
        start = self.turn(reading, Span(last.start, end))
        if start is None:
            return found
        if start == 0:
            return [Section(0, last.period, True), *found[1:]]
        return [*found[:first], Section(start, following, True), *found[first:]]

    def turn(self, reading: Reading, stretch: Span) -> int | None:
        """Where the lines begin from which on a stretch has most more words of plans than of deeds."""
        best, total, start = 0, 0, None
        for line in reversed(within(reading.lines, stretch)):
            text = reading.quote(line)
            total += len(self.planned.findall(text)) - DEED * len(self.done.findall(text))
            if total >= max(best, LEAST):
                best, start = total, line.start
        return start

    def reviewed(self, heading: str, year: str | None) -> str | None:
        """The year under review, or the five years up to it."""
        return f"{int(year[:4]) - FIVE}/{year[:4]}" if year and self.five.search(heading) else year


def begin(reading: Reading) -> int:
    """Where the first paragraph of a text begins."""
    return next((line.start for line in reading.lines if line.end - line.start > PARAGRAPH), len(reading.text))
