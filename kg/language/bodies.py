"""What bodies do with bodies: cooperatesWith and directs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.reading import Actor, Link, Name, Reading, Span, within


class Bodies:
    """Links between organisations of one clause, and between the bodies of one task."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")
        actor, directs = table["actor"], table["directs"]
        self.together = re.compile(f"(?:{actor['together']})")
        self.with_, self.joint = re.compile(f"(?:{actor['with']})"), re.compile(actor["joint"])
        self.others: str = actor["others"]
        self.list_mark = re.compile(actor["list_mark"])
        self.approve, self.approved = re.compile(directs["approve"]), re.compile(directs["approved"])
        self.over = re.compile(directs["over"])
        self.under = re.compile(directs["under"])
        self.verbs = re.compile(directs["verbs"])

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        for clause in reading.clauses:
            titles = within(reading.titles, Span(max(0, clause.start - 80), clause.end))
            names = outermost(within(reading.organisations, clause))
            names = [n for n in names if not any(t.start <= n.start < t.end for t in titles)]
            yield from self.joined(reading, clause, names)
            yield from self.directed(reading, clause, names)
            yield from self.overseen(reading, clause, names)
        for actor in reading.actors:
            yield from self.task(reading, actor)

    def joined(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """甲会同乙、丙…: the first with each of the others; 甲与乙联合…: only with a joint verb after them."""
        text = reading.text
        for index, name in enumerate(names):
            before = names[index - 1] if index else None
            gap = text[before.end : name.start] if before else text[clause.start : name.start]
            strong = self.together.search(gap) and len(gap) <= 8
            weak = (
                before
                and self.with_.fullmatch(gap)
                and self.joint.match(text[name.end : clause.end].lstrip(self.others))
            )
            if not (strong or weak) or (
                strong and not gap.rstrip(self.others).endswith(self.together.findall(gap)[-1])
            ):
                continue
            first = before or self.acting(reading, clause.start, name)
            if first is None:
                continue
            lead = self.first_of_list(text, names[:index], first)
            for partner in self.list_from(text, names[index:]):
                if partner != lead:
                    span = Span(
                        min(lead.start, partner.start) if lead.start >= clause.start else clause.start, partner.end
                    )
                    antecedent = None if lead.start >= clause.start or lead.end == 0 else Span(lead.start, lead.end)
                    yield Link(lead, "cooperatesWith", partner, span, "together", antecedent, 0.7)

    def acting(self, reading: Reading, position: int, other: Name) -> Name | None:
        """The organisation that acts at a position."""
        actor = reading.actor(position)
        return (
            next((n for n in actor.names if n.type == "Organisation" and n.name != other.name), None) if actor else None
        )

    def first_of_list(self, text: str, names: list[Name], last: Name) -> Name:
        """The first name of the list that ends with `last`."""
        first = last
        for name in reversed(names):
            if name.end <= first.start and self.list_mark.fullmatch(text[name.end : first.start]):
                first = name
        return first

    def list_from(self, text: str, names: list[Name]) -> list[Name]:
        """The names that stand joined with the first."""
        found = names[:1]
        for name in names[1:]:
            if not self.list_mark.fullmatch(text[found[-1].end : name.start]):
                break
            found.append(name)
        return found

    def directed(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """经甲批准: 甲 over who acts; 甲指导乙: 甲 over 乙."""
        text = reading.text
        for index, name in enumerate(names):
            after = text[name.end : clause.end]
            if self.approve.search(text, max(clause.start, name.start - 3), name.start) and self.approved.match(after):
                acting = self.acting(reading, clause.start, name)
                if acting:
                    antecedent = Span(acting.start, acting.end) if acting.end else None
                    yield Link(
                        name,
                        "directs",
                        acting,
                        Span(max(clause.start, name.start - 2), min(clause.end, name.end + 6)),
                        "approval",
                        antecedent,
                        0.6,
                    )
            if reading.reporter and self.under.match(after) and name.name != reading.reporter.name:
                apart = Span(reading.reporter.start, reading.reporter.end) if reading.reporter.end else None
                yield Link(name, "directs", reading.reporter, clause, "leadership", apart, 0.6)
            verb = self.verbs.match(after)
            if verb and index + 1 < len(names) and names[index + 1].start - name.end - verb.end() <= 6:
                for other in self.list_from(text, names[index + 1 :]):
                    yield Link(name, "directs", other, Span(name.start, other.end), "directs", confidence=0.6)

    def overseen(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """甲加强对乙、丙的指导和监督: 甲 over 乙 and 丙."""
        match = self.over.search(reading.text, clause.start, clause.end)
        if match is None:
            return
        for name in names:
            acting = self.acting(reading, match.start(), name)
            if acting and match.start("whom") <= name.start and name.end <= match.end("whom"):
                antecedent = None if acting.start >= clause.start or acting.end == 0 else Span(acting.start, acting.end)
                yield Link(acting, "directs", name, Span(match.start(), match.end()), "oversight", antecedent, 0.6)

    def task(self, reading: Reading, actor: Actor) -> Iterator[Link]:
        """参与, 配合: the bodies that take part work with the first that leads."""
        if "participant" not in actor.roles or len(actor.names) < 2:
            return
        lead = next((n for n, role in zip(actor.names, actor.roles, strict=True) if role != "participant"), None)
        for name, role in zip(actor.names, actor.roles, strict=True):
            if lead and role == "participant":
                yield Link(
                    lead,
                    "cooperatesWith",
                    name,
                    Span(lead.start, name.end) if lead.start < name.start else Span(name.start, lead.end),
                    "task",
                    confidence=0.7,
                    role=role,
                )


def outermost(names: list[Name]) -> list[Name]:
    """The names that lie in no other."""
    found: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not found or name.start >= found[-1].end:
            found.append(name)
    return found
