"""Bodies by their field or level, as rules name those who act: 市民政部门, 市、区人民政府, 财政、教育等部门."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.anchors import Anchors
from kg.language.cues import Cued
from kg.language.reading import Name, Span

NEAR = 12  # characters before a name in which the levels that share it stand


class Departments:
    """Reads departments; those without a place only where the text is a law or measure, whose actors they are."""

    def __init__(self, knowledge: Knowledge, anchors: Anchors) -> None:
        table = knowledge.patterns("organisations")["law"]
        self.anchors = anchors
        self.department, self.free = Cued(table["department"], table["department_holds"]), re.compile(table["free"])
        self.joint, self.levels = re.compile(f"(?:{table['joint']})$"), re.compile(table["levels"])
        self.governments, self.each_level = re.compile(table["governments"]), re.compile(table["each_level"])
        self.bodies, self.never = Cued(table["bodies"], table["bodies_hold"]), frozenset(table["never"])

    def __call__(self, text: str, law: bool) -> Iterator[Name]:
        """All of a text."""
        for match in self.department.finditer(text):
            yield from self.listed(text, match, law)
        for match in self.bodies.finditer(text):
            start = self.anchors.place(text, match.start())
            if law and (start == match.start() or match["organ"]):
                yield named(Span(start, match.end()), text[start : match.end()])

    def of_levels(self, text: str, law: bool) -> Iterator[Name]:
        """The governments of several levels that laws name as one: 省、设区的市、县（市、区）人民政府."""
        for match in self.governments.finditer(text) if law else ():
            for level in self.each_level.finditer(match["levels"]):
                start = match.start("levels") + level.start()
                yield named(Span(start, match.end()), level.group() + match["head"])

    def listed(self, text: str, match: re.Match[str], law: bool) -> Iterator[Name]:
        """The departments that share the word at the end of their list."""
        end = match.end("link") if match["link"] and not match["more"] else match.start()  # 市场监管|部门
        fields = self.fields(text, end) or self.fields(text, match.start())
        if not fields:
            yield from self.by_level(text, match)
            return
        first = fields[-1].start
        start = self.anchors.place(text, first)
        if start == first and not law:
            return
        tail = text[match.end("more") if match["more"] else fields[0].end : match.end()]
        for field in fields:
            begin = start if field.start == first else field.start
            last = field == fields[0] and not match["more"]
            name = text[start:first] + text[field.start : field.end] + tail
            yield named(Span(begin, match.end() if last else field.end), name)

    def fields(self, text: str, end: int) -> list[Span]:
        """The fields that are joined to the left of a place, the last first."""
        found: list[Span] = []
        while True:
            size = self.anchors.stem(text, end)
            if not size or text[end - size : end] in self.never:
                return found
            found.append(Span(end - size, end))
            joint = self.joint.search(text, max(0, end - size - 2), end - size)
            if joint is None:
                return found
            end = joint.start()

    def by_level(self, text: str, match: re.Match[str]) -> Iterator[Name]:
        """A department of a field that no list holds, behind the word for its level: 市房屋行政管理部门."""
        free = self.free.search(text, max(0, match.start() - NEAR), match.end())
        if free and not match["more"] and self.anchors.place(text, free.start("field")) < free.start("field"):
            yield named(Span(free.start(), match.end()), text[free.start() : match.end()])

    def shared(self, text: str, name: Name) -> Iterator[Name]:
        """The bodies of other levels that share a name: 市人民政府 in 市、区人民政府."""
        own = self.levels.match(name.name)
        if own is None or not self.joint.search(text, max(0, name.start - 2), name.start):
            return
        position = name.start
        while (joint := self.joint.search(text, max(0, position - 2), position)) is not None:
            start = self.anchors.place(text, joint.start())
            level = self.levels.match(text[start : joint.start()])
            if level is None or level.end() != joint.start() - start:
                return
            yield Name(
                start, name.end, type="Organisation", name=level.group() + name.name[own.end() :], kind=name.kind
            )
            position = start


def named(span: Span, name: str) -> Name:
    """An organ of government at a span."""
    return Name(span.start, span.end, type="Organisation", name=name, kind="government")
