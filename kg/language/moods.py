"""Whether what somebody does with a thing is done, planned or required: the words beside the verb, else the section."""

from __future__ import annotations

from bisect import bisect_right

from kg.knowledge import Knowledge
from kg.language.reading import Reading, Section, Span, at, within
from kg.language.sections import REPORT, Sections

DONE, PLANNED, REQUIRED = "done", "planned", "required"
NEAR = 14  # characters of the clause before the verb that tell
ORDERS = ("law", "notice")  # genres that lay down what others have to do


class Moods:
    """Reads the status of one verb after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.done, self.after, self.grounds, self.required, self.must = (
            knowledge.compiled("relations", "mood", key) for key in ("done", "after", "grounds", "required", "must")
        )
        self.asked, self.planned, self.will, self.ahead = (
            knowledge.compiled("relations", "mood", key) for key in ("asked", "planned", "will", "ahead")
        )
        self.coming = knowledge.compiled("relations", "mood", "ahead_holds")
        self.mandate = knowledge.compiled("relations", "mood", "mandate")
        self.things = tuple(knowledge.patterns("relations")["mood"]["things"])
        self.sections = Sections(knowledge)

    def find(self, reading: Reading) -> list[Section]:
        """The sections of a document, for `of`."""
        return reading.sections or self.sections.find(reading)

    def of(self, reading: Reading, verb: Span, sections: list[Section], settled: bool) -> str:
        """Done, planned or required, by the words before the verb; where none tell, by section and genre.

        `settled`: it is a text with a title of its own that somebody makes, hence one that is there.
        """
        genre = reading.meta.get("genre")
        index = bisect_right(sections, verb.start, key=lambda section: section.start) - 1
        mandate = self.mandate.search(reading.meta.get("title", "")) is not None
        orders = mandate or (genre in ORDERS and sections[index].ahead)
        told = self.told(reading, verb, genre)
        if told:
            return REQUIRED if told == PLANNED and orders else told
        if settled and genre != REPORT:
            return DONE
        return REQUIRED if orders else PLANNED if sections[index].ahead else DONE

    def told(self, reading: Reading, verb: Span, genre: str | None) -> str:
        """What the words before the verb tell, nothing where they do not."""
        text, clause, line = reading.text, reading.clause(verb.start), at(reading.lines, verb.start)
        start = max(clause.start, verb.start - NEAR)
        given = self.grounds.match(text, verb.start)
        if given or self.done.search(text, start, verb.start) or self.after.match(text, verb.end):
            return DONE
        if self.required.search(text, start, verb.start):
            return REQUIRED
        if self.must.search(text, start, verb.start):
            return PLANNED if genre == REPORT else REQUIRED
        if self.planned.search(text, start, verb.start) or self.intends(reading, start, verb.start):
            return PLANNED
        if self.coming.search(text, line.start, verb.start) and self.ahead.search(text, line.start, verb.start):
            return PLANNED
        asked = genre != REPORT and self.asked.search(text, reading.sentence(verb.start).start, verb.start)
        return REQUIRED if asked else ""

    def intends(self, reading: Reading, start: int, verb: int) -> bool:
        """Whether 将 stands before the verb and is no 把: 将建立甲, not 将甲纳入."""
        match = self.will.search(reading.text, start, verb)
        if match is None:
            return False
        stretch = Span(match.end(), verb)
        names = any(within(each, stretch) for each in (reading.phrases, reading.titles, reading.organisations))
        token = reading.tokens.at(match.end())
        return not names and (match.end() == verb or not token.tag.startswith(self.things))
