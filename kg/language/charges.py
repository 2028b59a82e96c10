"""Whom a line charges with what it tells: 市公安局：负责…; who leads, who takes part, who else acts within a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.agents import Agents, Parts
from kg.language.overlaps import Along
from kg.language.reading import Actor, Line, Name, Reading, Span
from kg.language.roles import Roles

ENDS = "；。"  # what a part of a sentence ends with


class Charges:
    """Finds the actors of duties and tasks beside those that a task list names."""

    def __init__(self, knowledge: Knowledge, agents: Agents) -> None:
        self.agents, self.roles = agents, Roles(knowledge)
        self.whose = knowledge.compiled("relations", "actor", "whose")
        self.mark, self.told, self.leads, self.helps = (
            knowledge.compiled("relations", "actor", key) for key in ("mark", "told", "leads", "helps")
        )

    def labelled(self, reading: Reading, line: Line, along: Along[Name]) -> Actor | None:
        """The bodies that a line names before what they do: （一）市公安局：负责…; that speak in an interview."""
        start = self.mark.match(reading.text, line.start, line.end)
        names = along.within(start.end(), line.end) if start else ()
        first = next((n for n in names if start and n.start == start.end() and n.type == "Organisation"), None)
        if first is None:
            return None
        first = max((n for n in names if n.start == first.start), key=lambda n: n.end)
        group, end = self.agents.group(reading, first, names)
        return Actor(line.start, tuple(group)) if self.told.match(reading.text, end, line.end) else None

    def helped(self, reading: Reading, sentence: Span, lead: Actor, helping: Actor) -> Actor | None:
        """Who leads with those that take part, in one sentence: 甲牵头，乙、丙参与，……."""
        first, last = helping.names[0], max(name.end for name in helping.names)
        leads = lead.since >= sentence.start and lead.names and self.leads.search(reading.text, lead.since, first.start)
        if not leads or not self.helps.match(reading.text, last):
            return None
        names = tuple(name for name in helping.names if name not in lead.names)
        roles = lead.roles or ("lead",) * len(lead.names)
        return Actor(helping.since, (*lead.names, *names), (*roles, *("participant",) * len(names)))

    def ends(self, reading: Reading, clause: Span) -> bool:
        """Whether a clause says whose task those before it are: ……，由甲、乙分头落实。."""
        closed = reading.text[clause.end - 1 : clause.end + 1]
        told = self.whose.search(reading.text, clause.start, clause.end)
        return told is not None and any(mark in ENDS for mark in closed)

    def ending(
        self, reading: Reading, sentence: Span, clause: Span, actor: Actor | None, before: Sequence[Actor]
    ) -> list[Actor]:
        """Who acts in the clauses before the one that says whose task they are, if they name nobody themselves."""
        start = max(sentence.start, *(reading.text.rfind(mark, 0, clause.start) + 1 for mark in ENDS))
        named = any(a.since > start and a.names for a in before)
        if actor is None or start >= clause.start or named or not self.ends(reading, clause):
            return []
        return [Actor(start, actor.names, tuple(self.roles.labelled(reading, name, clause) for name in actor.names))]

    def within(self, reading: Reading, line: Line, along: Parts, tasks: Actor) -> list[Actor]:
        """Who acts in the sentences of a task that name somebody else; who is responsible for it in the others."""
        found: list[Actor] = []
        bodies = {name.name for name in tasks.names}
        for sentence in along.sentences.within(line.start, line.end):
            last = sentence.start
            for clause in along.clauses.within(sentence.start, sentence.end):
                actor = self.agents(reading, clause, along.names.within(clause.start, clause.end))
                if actor and actor.names[0].type == "Organisation" and not bodies & {n.name for n in actor.names}:
                    found.append(actor)
                    last = sentence.end
            found += [replace(tasks, since=sentence.end)] if last == sentence.end else []
        return found
