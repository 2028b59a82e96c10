"""Bodies that do something together: cooperatesWith."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kg.knowledge import Knowledge
from kg.language.addressees import Addressees
from kg.language.reading import Actor, Link, Name, Reading, Span, within
from kg.language.roles import HELPING, Roles

NEAR = 8  # characters between a body and the one that it is joined with


class Bodies:
    """Links between organisations of one clause, and between the bodies of one task."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")
        actor = table["actor"]
        self.together = knowledge.compiled("relations", "actor", "together")
        self.with_, self.joint = (
            knowledge.compiled("relations", "actor", "with"),
            knowledge.compiled("relations", "actor", "joint"),
        )
        self.roles, self.addressees = Roles(knowledge), Addressees(knowledge)
        self.with_you = knowledge.compiled("relations", "reply", "with_you")
        self.beside_who = knowledge.compiled("relations", "actor", "beside_who")
        self.jointly = knowledge.compiled("relations", "actor", "jointly")
        self.others: str = actor["others"]
        self.list_mark = knowledge.compiled("relations", "actor", "list_mark")

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        host: Name | None = None
        for clause, names in free(reading):
            yield from self.joined(reading, clause, names)
            yield from self.listed(reading.text, names)
            roles = list(zip(names, self.roles.acting(reading, Actor(0, tuple(names))), strict=True))
            host = next((name for name, role in roles if role == "host"), host)
            if host and reading.sentence(clause.start).start <= host.start:
                yield from self.hosted(host, roles)
        for actor in reading.actors:
            yield from self.task(reading, actor)
        yield from self.addressed(reading)

    def joined(self, reading: Reading, clause: Span, names: list[Name]) -> Iterator[Link]:
        """甲会同乙、丙…: the first with each of the others; 甲与乙联合…: only with a joint verb after them."""
        text = reading.text
        for index, name in enumerate(names):
            before = names[index - 1] if index else None
            partners = list_from(text, names[index:], self.list_mark)
            if not self.beside(text, Span(before.end if before else clause.start, name.start), partners[-1].end):
                continue
            first = before or self.acting(reading, clause.start, partners)
            if first is None or (reading.own and first == reading.reporter and first.start < clause.start):
                continue  # what a policy lays down is no report of who issues it
            leads = self.leads(text, names[:index], first)
            for partner in [*leads[1:], *partners]:
                lead = leads[0]
                if partner != lead:
                    span = Span(
                        min(lead.start, partner.start) if lead.start >= clause.start else clause.start, partner.end
                    )
                    antecedent = None if lead.start >= clause.start or lead.end == 0 else Span(lead.start, lead.end)
                    yield Link(lead, "cooperatesWith", partner, span, "together", antecedent)

    def listed(self, text: str, names: list[Name]) -> Iterator[Link]:
        """甲、乙、丙联合…: the first with each of the others."""
        while names:
            alike = list_from(text, names, self.list_mark)
            beside = self.beside_who.search(text, max(0, alike[0].start - NEAR), alike[0].start)
            if len(alike) > 1 and not beside and self.jointly.match(text, alike[-1].end):
                for other in alike[1:]:
                    yield Link(alike[0], "cooperatesWith", other, Span(alike[0].start, other.end), "together")
            names = names[len(alike) :]

    def addressed(self, reading: Reading) -> Iterator[Link]:
        """会同你省: whoever acts, with the first whom the reply addresses."""
        partner = next(iter(self.addressees(reading)), None)
        for match in self.with_you.finditer(reading.text) if partner else ():
            clause = reading.clause(match.start())
            lead = self.acting(reading, match.start(), [partner]) if partner else None
            if lead and partner:
                antecedent = None if lead.start >= clause.start or lead.end == 0 else Span(lead.start, lead.end)
                start = lead.start if antecedent is None and lead.end else clause.start
                yield Link(lead, "cooperatesWith", partner, Span(start, clause.end), "together", antecedent)

    def hosted(self, host: Name, roles: list[tuple[Name, str | None]]) -> Iterator[Link]:
        """由甲主办、乙承办、丙协办: the first with those that hold the event for or with it."""
        for name, role in roles:
            if role in (*HELPING, "responsible") and name.start > host.end:
                yield Link(host, "cooperatesWith", name, Span(host.start, name.end), "hosts", role=role)

    def beside(self, text: str, gap: Span, end: int) -> bool:
        """Whether what stands before a list of bodies, or that with the verb behind it, joins it to those before."""
        between = text[gap.start : gap.end]
        if self.with_.fullmatch(between):
            return self.joint.match(text, end) is not None
        words = self.together.findall(between) if len(between) <= NEAR else []
        return bool(words) and between.rstrip(self.others).endswith(words[-1])

    def acting(self, reading: Reading, position: int, others: list[Name]) -> Name | None:
        """The organisation that acts at a position with others."""
        actor = reading.actor(position)
        theirs = {name.name for name in others}
        bodies = (n for n in actor.names if n.type == "Organisation" and n.name not in theirs) if actor else iter(())
        return next(bodies, None)

    def leads(self, text: str, names: list[Name], last: Name) -> list[Name]:
        """The names of the list that ends with `last`, in order."""
        found = [last]
        for name in reversed(names):
            if name.end <= found[0].start and self.list_mark.fullmatch(text[name.end : found[0].start]):
                found.insert(0, name)
        return found

    def task(self, reading: Reading, actor: Actor) -> Iterator[Link]:
        """参与, 配合: the bodies that take part work with the first that leads."""
        if not set(HELPING) & set(actor.roles) or len(actor.names) < 2:
            return
        lead = next((n for n, role in zip(actor.names, actor.roles, strict=True) if role not in HELPING), None)
        for name, role in zip(actor.names, actor.roles, strict=True):
            if lead and role in HELPING:
                yield Link(
                    lead,
                    "cooperatesWith",
                    name,
                    Span(lead.start, name.end) if lead.start < name.start else Span(name.start, lead.end),
                    "task",
                    role=role,
                )


def outermost(names: list[Name]) -> list[Name]:
    """The names that lie in no other."""
    found: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not found or name.start >= found[-1].end:
            found.append(name)
    return found


def free(reading: Reading) -> Iterator[tuple[Span, list[Name]]]:
    """Each clause with its outermost bodies that no title holds, if it has any."""
    for clause, names in groupby(reading.organisations, key=lambda n: reading.clause(n.start)):
        titles = within(reading.titles, Span(max(0, clause.start - 80), clause.end))
        found = [n for n in outermost(list(names)) if not any(t.start <= n.start < t.end for t in titles)]
        if found:
            yield clause, found


def list_from(text: str, names: list[Name], mark: re.Pattern[str]) -> list[Name]:
    """The names that stand joined with the first."""
    found = names[:1]
    for name in names[1:]:
        if found[-1].end < name.start and not mark.fullmatch(text[found[-1].end : name.start]):
            break
        found.append(name)
    return found
