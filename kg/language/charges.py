"""Whom a line charges with what it tells: 市公安局：负责…; who leads, who takes part, who else acts within a task."""

from __future__ import annotations

from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.agents import Agents, Parts
from kg.language.overlaps import Along
from kg.language.reading import Actor, Line, Name, Reading, Span


class Charges:
    """Finds the actors of duties and tasks beside those that a task list names."""

    def __init__(self, knowledge: Knowledge, agents: Agents) -> None:
        self.agents = agents
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
