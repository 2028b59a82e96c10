"""Firms that the whole country knows by names without a telling end: 宁德时代, 柳工集团."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.matching import Words
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order

BRIEF = 4  # characters of a name that may stand within other words: 国网 in 全国网络


class Renowned:
    """Finds them where no other name is."""

    def __init__(self, knowledge: Knowledge) -> None:
        firms = knowledge.patterns("organisations")["firms"]
        self.words = Words(knowledge.words("firms"))
        self.more, self.no_end = re.compile(firms["more"]), re.compile(firms["no_end"])
        self.house, self.school = re.compile(firms["house"]), re.compile(firms["school"])

    def __call__(self, reading: Reading, bodies: list[Name]) -> list[Name]:
        """The bodies in order of the text, with the firms."""
        firms = list(self.words.find(reading.text))
        bodies = self.houses(reading, bodies, {span.start: span.end for span in firms})
        return in_order([*bodies, *self.alone(reading, bodies, firms)])

    def houses(self, reading: Reading, bodies: list[Name], firms: Mapping[int, int]) -> list[Name]:
        """The bodies, with those as part of which their names begin: 英特尔 in 英特尔海南公司, 浙大 in 浙大附属医院.

        `firms`: where the name of one starts, and where it ends.
        """
        before = {end: start for start, end in firms.items()}
        found = []
        for name in bodies:
            start = before.get(name.start, name.start)
            if start < name.start and self.house.match(reading.text, name.start, name.end):  # 英特尔|海南公司
                name = replace(name, start=start, name=reading.text[start : name.start] + name.name)
            school = self.school.match(reading.text, name.start, name.end)
            end = school.end() if school else firms.get(name.start, name.end)
            whole = end < name.end and self.house.match(reading.text, end, name.end) is not None
            if whole and not name.parent:
                head = reading.text[name.start : end]
                found.append(Name(name.start, end, "Organisation", head, name.kind if school else "company"))
                name = replace(name, parent=head)
            found.append(name)
        return found

    def alone(self, reading: Reading, bodies: list[Name], firms: list[Span]) -> Iterator[Name]:
        """Those that overlap no body, no title and no place but one within: 宁德 in 宁德时代.

        A phrase may hold one only at its beginning.
        """
        text = reading.text
        known, phrases = Along(in_order([*bodies, *reading.titles])), Along(reading.phrases)
        places = Along(reading.places)
        for span in firms:
            cut = reading.splits(span.start) or reading.splits(span.end)
            if (cut and span.end - span.start <= BRIEF) or self.no_end.match(text, span.end):
                continue
            more = self.more.match(text, span.end)
            name = Span(span.start, more.end() if more else span.end)
            taken = known.over(name) or any(not name.holds(p) or p.holds(name) for p in places.over(name))
            if not taken and all(p.start == name.start and p.end > name.end for p in phrases.over(name)):
                yield Name(name.start, name.end, "Organisation", reading.quote(name), "company")
