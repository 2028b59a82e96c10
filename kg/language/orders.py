"""Bodies that lead, supervise, approve or give orders to bodies: directs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.addressees import Addressees
from kg.language.agents import shares
from kg.language.bodies import free, list_from
from kg.language.reading import Link, Name, Reading, Span

GAP = 6  # characters between the verb and whom it is about


class Orders:
    """Links directs, from the verbs of one clause and from what an approving reply lets its addressees do."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.list_mark = knowledge.compiled("relations", "actor", "list_mark")
        self.approve, self.approved = (
            knowledge.compiled("relations", "directs", key) for key in ("approve", "approved")
        )
        self.issued, self.had = (knowledge.compiled("relations", "directs", key) for key in ("issued", "had"))
        self.over, self.under = (knowledge.compiled("relations", "directs", key) for key in ("over", "under"))
        self.thanks, self.lead = (knowledge.compiled("relations", "directs", key) for key in ("thanks", "lead"))
        self.verbs, self.order = (knowledge.compiled("relations", "directs", key) for key in ("verbs", "order"))
        self.kinds = knowledge.compiled("relations", "directs", "kinds")
        self.agrees, self.addressees = knowledge.compiled("relations", "reply", "agrees"), Addressees(knowledge)

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        yield from self.replied(reading)
        for clause, names in free(reading):
            yield from self.approving(reading, clause, names)
            yield from self.leading(reading, clause, names)
            yield from self.governing(reading, clause, names)
            yield from self.overseen(reading, clause, names)

    def replied(self, reading: Reading) -> Iterator[Link]:
        """原则同意…: who replies over those whom the reply addresses."""
        told, bodies = self.addressees.told(reading)
        match = self.agrees.search(reading.text, told) if bodies else None
        if match and reading.reporter:
            clause = reading.clause(match.start())
            for body in bodies:
                yield Link(reading.reporter, "directs", body, clause, "reply", place(reading.reporter, clause))

    def approving(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """经甲批准: 甲 over who acts."""
        text = reading.text
        for name in names:
            asked = self.approve.search(text, max(clause.start, name.start - 3), name.start)
            given = self.approved.match(text[name.end : clause.end]) if asked else None
            if asked and given:
                passage = Span(max(clause.start, name.start - 2), min(clause.end, name.end + 6))
                sentence = reading.sentence(name.start)
                done = self.had.search(asked.group()) and name.end + given.end() == clause.end  # 经甲批准，…
                goes_out = done or self.issued.search(text, name.end, sentence.end)
                for other in acting(reading, clause.start, name):
                    if goes_out or sentence.start <= other.start:
                        yield Link(name, "directs", other, passage, "approval", place(other, clause))

    def leading(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """在甲、乙领导下: both over who acts then, else over the reporting body."""
        text = reading.text
        for index, name in enumerate(names):
            thanked = self.lead.match(text, name.end, clause.end) and self.thanks.search(text, clause.start, name.start)
            if not (thanked or self.under.match(text[name.end : clause.end])):
                continue
            then = reading.actor(clause.end + 1)
            bodies = [n for n in then.names if n.type == name.type] if then and then.since > name.end else []
            speaker = [reading.reporter] if reading.reporter else acting(reading, clause.start, name)
            if reading.own:  # what a policy lays down is no report of who issues it
                speaker = []
            leaders = [name]
            for other in reversed(names[:index]):
                gap = text[other.end : leaders[-1].start]
                if gap and not self.list_mark.fullmatch(gap):
                    break
                leaders.append(other)
            sharing = (n for leader in leaders for n in reading.organisations if leader.holds(n) and shares(leader, n))
            leaders += sharing  # 党委 in 自治区党委、政府
            for body in bodies or speaker:
                for leader in leaders:
                    if leader.name != body.name:
                        yield Link(leader, "directs", body, clause, "leadership", place(body, clause))

    def governing(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """甲指导乙: 甲 over 乙; 指导乙: who acts over 乙."""
        text = reading.text
        for index, name in enumerate(names):
            verb = self.verbs.match(text[name.end : clause.end])
            if verb and index + 1 < len(names) and names[index + 1].start - name.end - verb.end() <= GAP:
                for other in list_from(text, names[index + 1 :], self.list_mark):
                    yield Link(name, "directs", other, Span(name.start, other.end), "directs")
            told = self.order.search(text[clause.start : name.start])
            for other in list_from(text, names[index:], self.list_mark) if told else []:
                passage = Span(clause.start, other.end)
                for who in acting(reading, clause.start, other):
                    yield Link(who, "directs", other, passage, "directs", place(who, passage))

    def overseen(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """甲加强对乙、丙的指导和监督: 甲 over 乙 and 丙."""
        match = self.over.search(reading.text, clause.start, clause.end)
        first = next((i for i, n in enumerate(names) if match and self.first(reading.text, match, n)), None)
        if match is None or first is None:
            return
        for name in list_from(reading.text, names[first:], self.list_mark):
            for who in acting(reading, match.start(), name):
                passage = Span(match.start(), match.end())
                yield Link(who, "directs", name, passage, "oversight", place(who, clause))

    def first(self, text: str, match: re.Match[str], name: Name) -> bool:
        """Whether those who are overseen begin with this one, or with kinds of bodies before it: 同级人民政府、法院."""
        start, end = match.span("whom")
        return start == name.start or (start < name.start < end and bool(self.kinds.fullmatch(text, start, name.start)))


def acting(reading: Reading, position: int, other: Name) -> list[Name]:
    """The bodies that act at a position."""
    actor = reading.actor(position)
    return [n for n in actor.names if n.type == other.type and n.name != other.name] if actor else []


def place(name: Name, passage: Span) -> Span | None:
    """Where a body is named, if not in the passage; None where it stands nowhere."""
    return None if passage.start <= name.start < passage.end or name.end == 0 else Span(name.start, name.end)
