"""Actor + trigger verb + named thing: issues, establishes, implements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.language.reading import Link, Name, Reading, Span, within
from kg.language.verbs import Verbs

LAW = "law"
PARTICIPANT = "participant"  # takes part in what others carry out
HERE, BEFORE = 0.6, 0.5  # confidence where the clause names the actor, and where it stands elsewhere


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb (or a chain of them) and what it may state."""

    span: Span
    predicates: tuple[str, ...]


class Triggers:
    """Links from trigger verbs to the phrases and titles that are their objects."""

    def __init__(self, knowledge: Knowledge) -> None:
        relations, phrases = knowledge.patterns("relations"), knowledge.patterns("phrases")
        self.verbs = Verbs(knowledge)
        self.negated = re.compile(relations["planned"]["negated"])
        self.supposed = re.compile(relations["planned"]["supposed"])
        self.planned = re.compile(relations["planned"]["words"])
        self.after = re.compile(relations["policy"]["after"])
        self.basis = re.compile(relations["policy"]["basis_near"])
        self.building = re.compile(phrases["building"])

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        for name in reading.phrases:
            trigger = self.trigger(reading, name.verb, name.verb.start >= name.end) if name.verb else None
            if trigger:
                yield from self.links(reading, name, trigger)
        for name in reading.titles:
            if name.parent in ("within", "number"):
                continue
            trigger = self.before(reading, name) or self.behind(reading, name)
            if trigger:
                yield from self.links(reading, name, trigger)

    def trigger(self, reading: Reading, span: Span, behind: bool = False) -> Trigger:
        """What a chain of verbs states, before or behind its object."""
        return Trigger(span, self.verbs.predicates(reading.quote(span), behind))

    def before(self, reading: Reading, title: Name) -> Trigger | None:
        """The verbs before a title in its clause, other titles of a list passed over."""
        clause = reading.clause(title.start)
        verbs = [t for t in within(reading.tokens, Span(clause.start, title.start)) if t.word in self.verbs.verbs]
        titles = within(reading.titles, clause)
        outside = [t for t in verbs if not any(n.start < t.start < n.end for n in titles)]
        if not outside:
            basis = self.basis.search(reading.text, clause.start, title.start)
            return Trigger(Span(basis.start(), title.start), ("implements",)) if basis else None
        return self.trigger(reading, self.verbs.chain(reading.text, outside))

    def behind(self, reading: Reading, title: Name) -> Trigger | None:
        """The verb after a title: 《…》出台, 《…》正式施行."""
        match = self.after.match(reading.text[title.end : title.end + 60])
        if match is None:
            return None
        span = Span(title.end + match.start("verb"), title.end + match.end("verb"))
        return Trigger(span, self.verbs.predicates(match["verb"], behind=True) or ("issues",))

    def links(self, reading: Reading, name: Name, trigger: Trigger) -> Iterator[Link]:
        """A link from each actor for each predicate that fits the object."""
        clause = reading.clause(trigger.span.start)
        verb = trigger.span.start
        denied = self.negated.search(reading.text, max(clause.start, verb - 8), verb)
        if denied or self.supposed.search(reading.text, clause.start, verb):
            return
        actor = reading.actor(trigger.span.start)
        if actor is None:
            return
        passage = Span(min(trigger.span.start, name.start), max(name.end, trigger.span.end))
        status = self.status(reading, trigger.span, clause)
        if reading.own and actor.names == (reading.reporter,):
            if reading.own.overlaps(passage) and name != reading.own:
                return  # a title is no sentence
            if name.type == "Mechanism":
                title = Span(reading.own.start, reading.own.end)
                yield Link(reading.own, "provides", name, passage, "own", title, BEFORE, status=status)
            if name.type == "Mechanism" or reading.meta.get("genre") == LAW:
                return  # who adopts a law does not carry it out
        for index, subject in enumerate(actor.names):
            role = actor.roles[index] if actor.roles else None
            if role == PARTICIPANT:
                continue
            here = clause.start <= subject.start < clause.end
            evidence = Span(min(passage.start, subject.start), passage.end) if here else passage
            antecedent = None if here or subject.end == 0 else Span(subject.start, subject.end)
            sure = HERE if here else BEFORE
            for predicate in self.fitting(reading, trigger, name):
                yield Link(subject, predicate, name, evidence, "trigger", antecedent, sure, role=role, status=status)

    def fitting(self, reading: Reading, trigger: Trigger, name: Name) -> Iterator[str]:
        """The predicates of a trigger that the object's type admits."""
        built = self.building.match(reading.text[name.end : name.end + 2]) is not None
        for predicate in trigger.predicates:
            if predicate == "issues" and name.kind == "Programme":
                yield "implements"
            elif predicate == "issues" and name.type == "Mechanism":
                yield "establishes"
            elif predicate == "establishes" and name.type == "Policy":
                yield "issues" if name.kind == "PolicyDocument" else "implements"
            elif predicate == "implements" and name.type == "Mechanism" and built:
                yield "establishes"
            elif predicate in ("issues", "establishes", "implements"):
                yield predicate

    def status(self, reading: Reading, verb: Span, clause: Span) -> str:
        """Whether the clause tells of a plan or of a deed."""
        return (
            "planned" if self.planned.search(reading.text, max(clause.start, verb.start - 10), verb.start) else "done"
        )
