"""Policies that other policies are made under, or to carry out: basedOn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.language.reading import Link, Name, Reading, Span, within

DOCUMENT = "PolicyDocument"
SHORTEST = 4  # characters of a name that another's may hold
NEAR = 120  # characters between 据此 and the text that it means


class Grounds:
    """Links from a policy to a policy."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.basis, self.made = (knowledge.compiled("relations", "policy", key) for key in ("basis_near", "made"))
        self.own_basis, self.carrying = (
            knowledge.compiled("relations", "policy", key) for key in ("own_basis", "carries_out")
        )
        self.joint, self.here = (knowledge.compiled("relations", "policy", key) for key in ("joint_titles", "hence"))
        self.leads = knowledge.compiled("relations", "policy", "leads")
        self.detail, self.ground = (knowledge.compiled("relations", "policy", key) for key in ("detail", "ground"))

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        titles = [t for t in reading.titles if t.parent != "number"]
        for first, second in pairwise(titles):
            yield from self.based(reading, first, second, titles)
        for title in titles:
            yield from self.grounded(reading, title, titles)
            yield from self.hence(reading, title, titles)
        if reading.own:
            yield from self.grounds(reading, reading.own, titles)
        yield from self.carries_out(reading, titles)
        yield from self.named_after(reading)

    def based(self, reading: Reading, first: Name, second: Name, titles: list[Name]) -> Iterator[Link]:
        """根据《甲》…制定《乙》: the second is based on the first, and on those that it is listed with."""
        sentence = reading.sentence(first.start)
        if second.start >= sentence.end or second.parent == "within":
            return
        if not self.made.search(reading.text, first.end, second.start):
            return
        joined = self.list_to(reading, first, titles)
        if self.basis.search(reading.text, sentence.start, joined[-1].start):
            for title in joined:
                yield Link(second, "basedOn", title, Span(title.start, second.end), "basis")

    def list_to(self, reading: Reading, last: Name, titles: list[Name]) -> list[Name]:
        """A title, and those of the list that it closes, the last first."""
        joined = [last]
        for title in reversed(within(titles, Span(reading.sentence(last.start).start, last.start))):
            if title.parent != "within" and self.joint.fullmatch(reading.text[title.end : joined[-1].start]):
                joined.append(title)
        return joined

    def hence(self, reading: Reading, title: Name, titles: list[Name]) -> Iterator[Link]:
        """据此制定《乙》: 乙 is based on the text that was named last."""
        sentence = reading.sentence(title.start)
        hence = self.here.search(reading.text, sentence.start, title.start)
        if hence is None:
            return
        first = next((t for t in reversed(titles) if t.end <= hence.start() and t.parent != "within"), None)
        if first and first.name != title.name and hence.start() - first.end < NEAR:
            yield Link(title, "basedOn", first, Span(hence.start(), title.end), "basis", Span(first.start, first.end))

    def grounded(self, reading: Reading, title: Name, titles: list[Name]) -> Iterator[Link]:
        """《甲》在《乙》的基础上…: 甲 is based on 乙."""
        sentence = reading.sentence(title.start)
        if self.ground.match(reading.text, title.end):
            first = next((t for t in within(titles, sentence) if t.end <= title.start and t.name != title.name), None)
            if first:
                yield Link(first, "basedOn", title, Span(first.start, title.end), "basis")

    def grounds(self, reading: Reading, own: Name, titles: list[Name]) -> Iterator[Link]:
        """What the document's own policy is based on: 根据《甲》…制定本办法; 实施《甲》办法."""
        for title in titles:
            sentence = reading.sentence(title.start)
            stated = self.basis.search(reading.text, sentence.start, self.list_to(reading, title, titles)[-1].start)
            if title.name != own.name and stated and self.own_basis.search(reading.text, title.end, sentence.end):
                yield Link(own, "basedOn", title, Span(stated.start(), title.end), "basis", Span(own.start, own.end))

    def carries_out(self, reading: Reading, titles: list[Name]) -> Iterator[Link]:
        """实施〈甲〉若干规定: a title that carries out the one within it."""
        outer = None
        for title in titles:
            if title.parent != "within":
                outer = title
            elif (
                outer
                and title.end < outer.end
                and title.name in outer.name
                and self.carrying.search(reading.text, outer.start, title.start)
            ):
                yield Link(outer, "basedOn", title, Span(outer.start, outer.end), "title")

    def named_after(self, reading: Reading) -> Iterator[Link]:
        """某条例实施细则: a text whose name is another policy's with its form behind it."""
        first = {n.name: n for n in reversed([*reading.titles, *reading.phrases]) if n.type == "Policy"}
        for name, text in first.items():
            led = self.leads.match(name)
            begin = led.end() if led and text.kind != DOCUMENT else 0
            for size in range(len(name) - 1, begin + SHORTEST - 1, -1):
                other = first.get(name[begin:size])
                if other and begin:  # 贯彻某规定精神学习教育
                    yield Link(text, "basedOn", other, Span(text.start, text.end), "title")
                    break
                if other and text.kind == DOCUMENT and self.detail.match(name, size):
                    yield Link(text, "basedOn", other, Span(text.start, text.end), "title")
                    break
