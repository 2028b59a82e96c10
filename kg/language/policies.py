"""Policies about policies and mechanisms, and their issuers by title: provides, basedOn, amends, repeals, issues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.language.reading import Link, Name, Reading, Span, within


class Policies:
    """Links whose subject is a policy, and links that a title's composition states."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")
        self.provides = re.compile(table["provides"]["verbs"])
        self.lead = re.compile(table["provides"]["subject"])
        self.basis = re.compile(table["policy"]["basis_near"])
        self.made = re.compile(table["policy"]["made"])
        self.own_basis, self.carrying = (
            re.compile(table["policy"]["own_basis"]),
            re.compile(table["policy"]["carries_out"]),
        )
        self.repeals = re.compile(table["policy"]["repeals"])

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        titles = [t for t in reading.titles if t.parent != "number"]
        for title in titles:
            yield from self.issuers(reading, title)
            yield from self.holds(reading, title)
        for first, second in pairwise(titles):
            yield from self.based(reading, first, second)
        own = reading.own
        if own:
            yield from self.grounds(reading, own, titles)
        yield from self.carries_out(reading, titles)
        for title in titles:
            yield from self.ends(reading, title)

    def issuers(self, reading: Reading, title: Name) -> Iterator[Link]:
        """The bodies at the head of a title: 《国务院关于…的通知》."""
        bodies = [n for n in within(reading.organisations, title) if n.end < title.end]
        position, first = title.start + reading.text.startswith(("《", "〈"), title.start), None
        for body in sorted(bodies, key=lambda n: (n.start, -n.end)):
            if body.start > position + 1:
                break
            if body.start >= position:
                position = body.end
                yield Link(body, "issues", title, Span(title.start, title.end), "title", confidence=0.8)
                if first:
                    yield Link(first, "cooperatesWith", body, Span(title.start, title.end), "title", confidence=0.7)
                first = first or body

    def holds(self, reading: Reading, title: Name) -> Iterator[Link]:
        """What a policy sets out: 《条例》明确…, 规划提出…; and the mechanism that its own title names."""
        for phrase in within(reading.phrases, title):
            if phrase.parent == "title" and phrase.end < title.end:
                yield Link(title, "provides", phrase, Span(title.start, title.end), "title", confidence=0.7)
        sentence, clause = reading.sentence(title.start), reading.clause(title.start)
        verb = self.provides.match(reading.text, title.end)
        if verb and self.lead.match(reading.text[clause.start : title.start]):
            for phrase in within(reading.phrases, Span(title.end, sentence.end)):
                if phrase.type == "Mechanism":
                    yield Link(title, "provides", phrase, Span(title.start, phrase.end), "provides", confidence=0.6)

    def based(self, reading: Reading, first: Name, second: Name) -> Iterator[Link]:
        """根据《甲》…制定《乙》: the second is based on the first."""
        sentence = reading.sentence(first.start)
        if second.start >= sentence.end or second.parent == "within":
            return
        if self.basis.search(reading.text, sentence.start, first.start) and self.made.search(
            reading.text, first.end, second.start
        ):
            yield Link(second, "basedOn", first, Span(first.start, second.end), "basis", confidence=0.6)

    def grounds(self, reading: Reading, own: Name, titles: list[Name]) -> Iterator[Link]:
        """What the document's own policy is based on: 根据《甲》…制定本办法; 实施《甲》办法."""
        for title in titles:
            sentence = reading.sentence(title.start)
            stated = self.basis.search(reading.text, sentence.start, title.start)
            if title.name != own.name and stated and self.own_basis.search(reading.text, title.end, sentence.end):
                yield Link(
                    own, "basedOn", title, Span(stated.start(), title.end), "basis", Span(own.start, own.end), 0.6
                )

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
                yield Link(outer, "basedOn", title, Span(outer.start, outer.end), "title", confidence=0.7)

    def ends(self, reading: Reading, title: Name) -> Iterator[Link]:
        """《甲》同时废止: the document's own policy repeals it."""
        own = reading.own
        if (
            own
            and own.name != title.name
            and self.repeals.match(reading.text[title.end : title.end + 40].split("》")[-1].lstrip("（）"))
        ):
            yield Link(
                own, "repeals", title, Span(title.start, reading.clause(title.end).end), "repeal", confidence=0.7
            )
