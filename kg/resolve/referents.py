"""Which body a name means by what stands around it: 我局, 该委, 法治督察处(处长), 市委 in a province's document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.gazetteer import Gazetteer
from kg.language.reading import START, Name, Reading, at

REMEMBERED = 200  # names back that 该委 may mean
PARTY, GOVERNMENT, UNIT = "party", "government", "unit"  # kinds of bodies
NEAR = 400  # characters back in which the city of 市委 is named


class Referents:
    """Finds what a name of a body stands for."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer, reading: Reading) -> None:
        table = knowledge.patterns("resolve")
        self.gazetteer, self.reading = gazetteer, reading
        self.own, self.plenary, self.met = (re.compile(table[key]) for key in ("own", "plenary", "met"))
        self.department, self.pointing = re.compile(table["department"]), re.compile(table["pointing"])
        self.meeting, self.party = re.compile(table["meeting"]), re.compile(table["committee_of"])
        self.bureau, self.office, self.central = (re.compile(table[key]) for key in ("bureau", "office", "central"))
        self.inner, self.section = re.compile(table["inner"]), re.compile(table["section"])
        self.tribunal, self.lower = re.compile(table["tribunal"]), re.compile(table["lower"])
        self.station = re.compile(table["station"])
        self.chamber, self.court = re.compile(table["chamber"]), re.compile(table["court"])

    def __call__(self, name: Name) -> Name:
        """The name with the body whose unit, or the city whose committee it is, where it says neither.

        Of a meeting the body that meets: 市政府|常务会议.
        """
        meeting = self.meeting.fullmatch(name.name)
        if meeting:
            kind = PARTY if self.party.search(meeting["body"]) else GOVERNMENT
            name = replace(name, name=meeting["body"], kind=kind, parent="")
        whole = self.whole(name)
        if whole is not None:
            return whole
        if short := self.bureau.fullmatch(name.name):
            return self.full(name, short["word"] or "")
        level = self.gazetteer.level.match(name.name)
        if level is None or name.end == 0:
            return name
        opening = self.opened_by(name, level["word"])
        if opening:
            return moved(name, opening, level.end("word"))
        if self.gazetteer.head(name.name, self.reading.home)[1]:
            return name
        for place in reversed(before(self.reading.places, name.start)):
            known = self.gazetteer.by_code.get(place.name)
            if known and name.start - place.end < NEAR and self.gazetteer.kind_of(known.name) == level["word"]:
                return moved(name, known.name, level.end("word"))
        return name

    def whole(self, name: Name) -> Name | None:
        """A unit with its body; None of what is no unit, or names its body."""
        reporter = speaking(self.reading, name.start)
        ours = reporter is not None and name != reporter and self.department.search(reporter.name)
        inner = self.inner.fullmatch(name.name) if ours else None
        if inner and reporter:  # 局|政策法规科
            above = self.inner.fullmatch(name.parent)
            parent = reporter.name + (above["unit"] if above else "")
            return replace(name, name=reporter.name + inner["unit"], kind=UNIT, parent=parent)
        of = self.bureau.match(name.parent or name.name) if name.kind == UNIT else None
        if of and of.end() < len(name.name):  # 市局|综合执法大队
            body = self(replace(name, name=of.group(), kind=GOVERNMENT, parent=""))
            return replace(name, name=body.name + name.name[of.end() :], parent=body.name)
        lone = name.kind == UNIT or self.tribunal.fullmatch(name.name) or self.station.search(name.name)
        if not lone or name.parent or self.gazetteer.head(name.name, self.reading.home)[0]:
            return None
        found = self.body_of(name) or (reporter if ours and self.section.fullmatch(name.name) else None)
        return replace(name, name=found.name + name.name, kind=UNIT, parent=found.name) if found else name

    def full(self, name: Name, word: str) -> Name:
        """Which bureau 市局, 省局 or 总局 is: one named before in its line, the reporting one, or its like above it."""
        told = [n for n in before(self.reading.organisations, name.start)[::-1] if self.like(n, word)]
        here = at(self.reading.lines, name.start).start if self.reading.lines else 0
        reporter = speaking(self.reading, name.start)
        own = [reporter] if reporter and self.like(reporter, word) else []
        found = next(iter([*(n for n in told if n.start >= here), *own, *told]), None)
        if found:
            return replace(name, name=found.name, kind=found.kind, parent=found.parent)
        size, place = self.gazetteer.head(reporter.name, self.reading.home) if reporter else (0, None)
        above = self.gazetteer.local(word, place.code) if place and word else None
        if reporter and above and self.department.search(reporter.name):
            return replace(name, name=above.name + reporter.name[size:])
        return name if word else replace(name, kind="")

    def like(self, name: Name, word: str) -> bool:
        """Whether a body is a bureau of a place of this kind; of none, that of the whole country."""
        if name.kind == "self" or self.bureau.fullmatch(name.name) or not self.office.search(name.name):
            return False
        if not word:
            return self.central.search(name.name) is not None
        place = self.gazetteer.head(name.name, self.reading.home)[1]
        return place is not None and self.gazetteer.kind_of(place.name) == word

    def opened_by(self, name: Name, word: str) -> str:
        """The place within the document's own whose body opens the sentence: 某县级市人社局与|市法院."""
        start = self.reading.sentence(name.start).start
        first = next((n for n in before(self.reading.organisations, name.start) if n.start >= start), None)
        if first is None or first.kind == "self" or self.gazetteer.level.match(first.name):
            return ""
        place = self.gazetteer.head(first.name, self.reading.home)[1]
        below = place is not None and self.reading.home in [p.code for p in self.gazetteer.chain(place.parent)]
        return place.name if place and below and self.gazetteer.kind_of(place.name) == word else ""

    def body_of(self, unit: Name) -> Name | None:
        """Whose unit is named by itself: the department named last in its sentence, of 民二庭 the court named last."""
        bodies = before(self.reading.organisations, unit.start)[::-1]
        if self.chamber.search(unit.name):
            found = next((n for n in bodies if self.court.search(n.name)), None)
            lower = unit.kind == UNIT or (found and self.lower.fullmatch(found.name))
            return found if lower else None
        station, reporter = self.station.search(unit.name), self.reading.reporter
        if station:
            alike = reporter and reporter.name.endswith(station["field"], 0, len(reporter.name) - 1)
            return reporter if alike else None
        sentence = self.reading.sentence(unit.start)
        names = (n for n in bodies if n.start >= sentence.start)
        return next((n for n in names if n.kind == "government" and self.department.search(n.name)), None)

    def ours(self, name: Name) -> bool:
        """Whether it speaks of whoever writes: 我局, not 该委."""
        return self.own.match(name.name) is not None

    def spoken(self, name: Name, at_home: Callable[[Name], bool]) -> Name | None:
        """The reporting body for 本局 and 我委; the body named last with the same ending for 该委."""
        if self.plenary.match(name.name):
            met = self.met.search(self.reading.doc) or self.met.search(self.reading.text)
            return replace(name, name=met["body"] if met else name.name, kind="party")
        voice = speaking(self.reading, name.start)
        if self.ours(name) and voice is not None and voice.kind != "self":
            return voice
        names = [n for n in reversed(before(self.reading.organisations, name.start)) if n.end <= name.start]
        head = self.pointing.sub("", name.name)
        alike = [n for n in names if n.kind != "self" and n.name.endswith(head)]
        here = at(self.reading.lines, name.start).start if self.reading.lines else 0
        # In a new paragraph the document's own that was named first, not one of the examples before.
        own_place = next((n for n in reversed(alike) if at_home(n)), None)
        return next((n for n in alike if n.start >= here), None) or own_place or next(iter(alike), None)


def before(names: Sequence[Name], position: int) -> Sequence[Name]:
    """The last names that start before a position."""
    last = bisect_left(names, position, key=START)
    return names[max(0, last - REMEMBERED) : last]


def moved(name: Name, place: str, size: int) -> Name:
    """A body, and the one that it is part of, with the place for the local word that both begin with."""
    both = bool(name.parent) and name.name.startswith(name.parent)
    return replace(name, name=place + name.name[size:], parent=place + name.parent[size:] if both else name.parent)


def speaking(reading: Reading, position: int) -> Name | None:
    """For whom a text is spoken at a position: one of several speakers, or else whoever reports."""
    index = bisect_right(reading.voices, position, key=lambda a: a.since) - 1
    return reading.voices[index].names[0] if index >= 0 else reading.reporter
