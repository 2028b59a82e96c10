"""Whom a clause names as acting: at its start, behind 由 or 支持, beside who acts already, or by a word for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.knowledge import Knowledge
from kg.language.gazetteer import gazetteer_of
from kg.language.homes import home_place
from kg.language.overlaps import Along
from kg.language.reading import Actor, Name, Reading, Span, Token, within


class Parts(NamedTuple):
    """A document's sentences, clauses and the names that may act, to be asked for by place."""

    sentences: Along[Span]
    clauses: Along[Span]
    names: Along[Name]


class Agents:
    """Finds the actor that a clause names."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")["actor"]
        self.gazetteer = gazetteer_of(knowledge)
        self.tags, self.not_words = set(table["tags"]), tuple(table["not_words"])
        self.verbs = tuple(knowledge.verbs)
        self.words = (*table["words"], *self.verbs)
        self.class_words = tuple(table["classes"])
        self.classes = {word: re.compile(f"{end}$") for word, end in table["classes"].items()}
        self.joining = knowledge.compiled("relations", "actor", "joining")
        self.lead, self.by, self.causing, self.beside = (
            knowledge.compiled("relations", "actor", key) for key in ("lead", "by", "causing", "beside")
        )
        self.joint, self.begins, self.others, self.department = (
            knowledge.compiled("relations", "actor", key)
            for key in ("joint_verb", "begins", "other_bodies", "department")
        )
        self.unnamed = knowledge.compiled("relations", "actor", "nobody")
        self.areas, self.meeting, self.convened, self.held = (
            knowledge.compiled("relations", "actor", key) for key in ("areas", "meeting", "convened", "held")
        )

    def __call__(self, reading: Reading, clause: Span, names: Sequence[Name]) -> Actor | None:
        """The names that a clause starts with, if what follows lets them act."""
        text = reading.text
        lead = self.lead.match(text[clause.start : clause.end])
        start = clause.start + (lead.end() if lead else 0)
        if not names:
            return self.meant(reading, Span(start, clause.end))
        first = next((n for n in sorted(names, key=wide) if n.start == start), None)
        by = False
        if first is None:
            first = next(
                (n for n in names if n.type == "Organisation" and self.by.search(text, clause.start, n.start)), None
            )
            by = first is not None
        meant = self.meant(reading, Span(start, clause.end)) if first is None or first.name in self.classes else None
        if first is None or meant:
            return meant
        if first.type == "Organisation" and self.begins.match(text, first.end, clause.end):
            return None  # what opens does not act
        group, end = self.group(reading, first, names)
        if by or self.acts(reading, first, end, clause):
            return Actor(first.start, tuple(group))
        return Actor(first.start, (first,)) if self.acts(reading, first, first.end, clause) else None

    def nobody(self, reading: Reading, clause: Span) -> bool:
        """Whether a clause starts with who is not named: 各地区、各部门要…."""
        lead = self.lead.match(reading.text[clause.start : clause.end])
        return self.unnamed.match(reading.text, clause.start + (lead.end() if lead else 0), clause.end) is not None

    def opens(self, reading: Reading, clause: Span, names: Sequence[Name]) -> bool:
        """Whether a clause starts with a body that begins to be: 某博物馆正式开馆."""
        first = [n for n in names if n.type == "Organisation" and n.start == clause.start]
        return any(self.begins.match(reading.text, n.end, clause.end) for n in first)

    def joined(self, reading: Reading, clause: Span, names: Sequence[Name], before: list[Actor]) -> Actor | None:
        """Who acts with whom (与甲联合…), whom somebody makes act (支持甲开展…), whose meeting is held (召开甲会议)."""
        text = reading.text
        lead = self.lead.match(text[clause.start : clause.end])
        start = clause.start + (lead.end() if lead else 0)
        beside = self.beside.match(text, start, clause.end)
        first = next((n for n in sorted(names, key=wide) if beside and n.start == beside.end()), None)
        if first and beside and before:
            group, end = self.group(reading, first, names)
            if beside["acts"] or self.joint.match(text, end, clause.end):
                mine = [n for n in before[0].names if n.name != first.name]
                return Actor(clause.start, (*mine, *group))
        for name in sorted(names, key=wide):
            meets = self.held.search(text, max(clause.start, name.start - 3), name.start)
            if meets and name.type == "Organisation" and self.convened.match(text, name.end):
                return Actor(name.start, (name,))
            if self.causing.search(text, max(clause.start, name.start - 6), name.start):
                group, end = self.group(reading, name, names)
                if text.startswith(self.verbs, end):
                    return Actor(name.start, tuple(group))
        return None

    def meant(self, reading: Reading, stretch: Span) -> Actor | None:
        """Who is meant by 各区县均 (the document's place), 会议决定 (who meets), 公安机关 (the one that is named)."""
        text = reading.text
        place = self.home(reading) if self.areas.match(text, stretch.start, stretch.end) else None
        if place:
            return Actor(stretch.start, (place,))
        bodies: list[Name] = []
        if self.meeting.match(text, stretch.start, stretch.end):
            before = within(reading.organisations, Span(0, stretch.start))
            bodies = [n for n in before if self.convened.match(text, n.end)][-1:]
        classed = text.startswith(self.class_words, stretch.start)
        word = next((w for w in self.class_words if text.startswith(w, stretch.start)), "") if classed else ""
        if word:
            named = (n for n in reading.organisations if self.classes[word].search(n.name))
            bodies = [n for n in named if self.local(reading, n)][:1]
        return Actor(stretch.start, tuple(bodies)) if bodies else None

    def group(self, reading: Reading, first: Name, names: Sequence[Name]) -> tuple[list[Name], int]:
        """The names that are joined with the first one, and where the last of them ends."""
        group, end = [first], first.end
        for name in sorted(names, key=wide):
            if name.type == first.type == "Organisation" and first.holds(name) and shares(first, name):
                group.append(name)
            if name.start == end and first.type == name.type == "Place" and end == group[-1].end:
                group[-1], end = name, name.end  # 某区某镇: the inner one acts
            if name.start == end and self.department.search(name.name) and not self.department.search(group[-1].name):
                group[-1], end = name, name.end  # 省人民政府教育部门
            if name.start < end or name.type not in (first.type, "Organisation"):
                continue
            if name.start == end or self.joining.fullmatch(reading.text[end : name.start]):
                group.append(name)
                end = name.end
        others = self.others.match(reading.text, end)
        return group, others.end() if others else end

    def acts(self, reading: Reading, name: Name, end: int, clause: Span) -> bool:
        """Whether the word after the name is one that an actor's name is followed by."""
        if end >= clause.end:
            return name.type == "Organisation" and end < len(reading.text) and reading.text[end] in "，"
        if reading.text.startswith(self.not_words, end):
            return False
        token = reading.tokens.at(end)
        assert isinstance(token, Token)
        if reading.text.startswith(self.words, end):  # a trigger acts whatever the segmentation calls it
            return True
        return token.tag in self.tags if token.start == end else True

    def home(self, reading: Reading) -> Name | None:
        """The place that the document is about."""
        return home_place(reading) or (Name(0, 0, type="Place", name=reading.home) if reading.home else None)

    def local(self, reading: Reading, name: Name, bare: bool = False) -> bool:
        """Whether a body is the document's own place's, by its name; `bare`: or names no place."""
        place = self.gazetteer.head(name.name, reading.home)[1]
        return bare if place is None else place.code == reading.home


def wide(name: Name) -> tuple[int, int]:
    """In order of the text, of names that start together the longest first."""
    return name.start, -name.end


def shares(outer: Name, inner: Name) -> bool:
    """Whether two names are written as one rather than the one within the other: 市、区人民政府."""
    alike = outer.name.startswith(inner.name) or outer.name.endswith(inner.name)
    return outer != inner and not inner.parent and not outer.parent and not alike
