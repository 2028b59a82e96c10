"""A document's graph and a person's judgements of it → the graph as corrected: facts replaced, removed, added."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from kg.model import (
    DOC,
    QUALIFIERS,
    SYMMETRIC,
    Decision,
    DocumentGraph,
    Entity,
    Evidence,
    Figure,
    FigureTarget,
    Named,
    Quote,
    Relation,
    RelationTarget,
)
from kg.resolve.identities import Identities, Key

COMPONENT = "decisions"  # who has read what a person adds
SLOTS = ("metric", "period", "status", "text", "unit", "bound")
Record = TypeVar("Record", Entity, Relation, Figure)
Fact = TypeVar("Fact", Relation, Figure)


def passages(decision: Decision) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of what it quotes."""
    if decision.action == "add" and isinstance(decision.value, Mapping):
        for each in decision.value.get("mentions", [decision.value.get("evidence")]):
            yield each["start"], each["end"], each["text"]


class Correction:
    """One document; `fitted` are the judgements that found what they speak of."""

    def __init__(self, graph: DocumentGraph, identities: Identities, decisions: Iterable[Decision]) -> None:
        self.document, self.identities = graph, identities
        self.fitted: set[Decision] = set()
        self.entities = {entity.id: entity for entity in graph.entities}
        self.known: dict[str, set[Key]] = {entity.id: {self.key(entity)} for entity in graph.entities}
        self.by_action: dict[str, list[Decision]] = {"add": [], "remove": [], "replace": []}
        for each in decisions:
            self.by_action[each.action].append(each)

    def graph(self) -> DocumentGraph:
        """The document as corrected; its ids stay, and what a person adds has an id that its name gives."""
        for entity in self.document.entities:
            self.entities[entity.id] = self._replaced(entity, self._means, self._entity)
        # Before entities go, since a judgement of a relation may still name one that another judgement removes.
        relations = [self._replaced(each, self._says, self._relation) for each in self.document.relations]
        figures = [self._replaced(each, self._states, self._figure) for each in self.document.figures]
        relations = [each for each in relations if not self._removed(each, self._says)]
        figures = [each for each in figures if not self._removed(each, self._states)]
        gone = {name for name, each in self.entities.items() if self._removed(each, self._means)}
        self.entities = {name: each for name, each in self.entities.items() if name not in gone}
        added = sorted(self.by_action["add"], key=lambda each: not isinstance(each.target, Named))
        relations = [each for each in relations if not {each.subject, each.object} & gone]
        figures = [replace(f, subject=tuple(s for s in f.subject if s not in gone) or (DOC,)) for f in figures]
        for each in added:
            self._add(each, relations, figures)
        meta = self.document.meta
        meta = replace(meta, about=None) if meta.about in gone else meta
        entities = tuple(self.entities.values())
        return replace(self.document, meta=meta, entities=entities, relations=tuple(relations), figures=tuple(figures))

    def key(self, entity: Named | Entity) -> Key:
        """What an entity is told apart by once it is held as a person says."""
        return self.identities.key(self.identities.named(entity))

    def _replaced(
        self,
        record: Record,
        fits: Callable[[Decision, Record], bool],
        changed: Callable[[Record, Mapping[str, Any]], Record],
    ) -> Record:
        """The record after every judgement that replaces it, then what it was replaced by, and so on; each once."""
        left = list(self.by_action["replace"])
        while found := next((each for each in left if fits(each, record)), None):
            left.remove(found)
            self.fitted.add(found)
            assert isinstance(found.value, Mapping)
            record = changed(record, found.value)
        return record

    def _removed(self, record: Record, fits: Callable[[Decision, Record], bool]) -> bool:
        return any(fits(each, record) for each in self.by_action["remove"])

    def _means(self, decision: Decision, entity: Entity) -> bool:
        """Whether the judgement is of this entity."""
        return isinstance(decision.target, Named) and self.key(decision.target) == self.key(entity)

    def _says(self, decision: Decision, relation: Relation) -> bool:
        """Whether the judgement is of this relation."""
        target = decision.target
        if not isinstance(target, RelationTarget) or target.predicate != relation.predicate:
            return False
        ends = (relation.subject, relation.object)
        orders = (ends, ends[::-1]) if relation.predicate == SYMMETRIC else (ends,)
        fits = any(self._is(target.subject, one) and self._is(target.object, other) for one, other in orders)
        return fits and all(getattr(relation, name) == value for name, value in target.qualifiers)

    def _states(self, decision: Decision, figure: Figure) -> bool:
        """Whether the judgement is of this figure."""
        target = decision.target
        if not isinstance(target, FigureTarget) or target.metric != figure.metric:
            return False
        subject = figure.subject[0] if figure.subject else DOC
        whose = subject == DOC if target.subject is None else self._is(target.subject, subject)
        return whose and all(getattr(figure, name) == value for name, value in target.slots)

    def _is(self, named: Named, name: str) -> bool:
        """Whether the entity of that id is, or was before it was replaced, the one named."""
        return self.key(named) in self.known.get(name, ())

    def _entity(self, entity: Entity, value: Mapping[str, Any]) -> Entity:
        kind = entity.kind if value.get("type", entity.type) == entity.type else None  # a kind is of its type
        changed = {name: value[name] for name in ("type", "name", "owner", "kind") if name in value}
        found = replace(entity, **{"kind": kind, **changed})
        self.known[entity.id].add(self.key(found))
        return found

    def _relation(self, relation: Relation, value: Mapping[str, Any]) -> Relation:
        quote = relation.evidence[0].quote
        ends = {name: self._id(to_named(value[name]), quote) for name in ("subject", "object") if name in value}
        changed: dict[str, Any] = {name: value[name] for name in ("predicate", *QUALIFIERS) if name in value}
        return replace(relation, **{**changed, **ends})

    def _figure(self, figure: Figure, value: Mapping[str, Any]) -> Figure:
        found = replace(figure, **{name: value[name] for name in SLOTS if name in value})
        if "subject" in value:
            subject = value["subject"]
            quote = figure.evidence[0].quote
            found = replace(found, subject=(DOC if subject == DOC else self._id(to_named(subject), quote),))
        numbers: dict[str, Any] = {name: decimal(value[name]) for name in ("value", "upper") if name in value}
        return replace(found, **numbers)

    def _id(self, named: Named, passage: Quote) -> str:
        """The id of the entity in the document; one that is new there is mentioned in the passage."""
        for name, entity in self.entities.items():
            if self.key(named) in (self.key(entity), *self.known[name]):
                return name
        name = f"d{hashlib.sha256(repr(self.key(named)).encode()).hexdigest()[:12]}"
        at = max(0, passage.text.find(named.name))
        wording = named.name if named.name in passage.text else passage.text
        start = passage.start + at
        mention = Quote(passage.doc, start, start + len(wording), wording)
        self.entities[name] = Entity(name, named.type, named.name, (mention,), None, named.owner)
        self.known[name] = {self.key(named)}
        return name

    def _add(self, decision: Decision, relations: list[Relation], figures: list[Figure]) -> None:
        """Put what the judgement adds with what is there; a passage that is there already is now a person's."""
        target, value = decision.target, decision.value
        assert isinstance(value, Mapping)
        quotes = tuple(sorted({Quote(self.document.doc, *each) for each in passages(decision)}))
        if isinstance(target, Named):
            name = self._id(target, quotes[0])
            entity = self.entities[name]
            new = tuple(quote for quote in quotes if quote not in entity.mentions)
            kind = value.get("kind", entity.kind)
            self.entities[name] = replace(entity, kind=kind, mentions=(*entity.mentions, *new))
            return
        said = (Evidence(quotes[0], component=COMPONENT),)
        if isinstance(target, RelationTarget):
            given = {**dict(target.qualifiers), **{name: value[name] for name in QUALIFIERS if name in value}}
            ends = self._id(target.subject, quotes[0]), self._id(target.object, quotes[0])
            put(relations, Relation(ends[0], target.predicate, ends[1], said, **given))
            return
        slots: dict[str, Any] = {"period": None, "status": "actual", **dict(target.slots)}
        slots |= {name: value[name] for name in (*SLOTS, "upper") if name in value}
        slots |= {"value": decimal(value["value"]), "upper": decimal(slots.get("upper"))}
        subject = DOC if target.subject is None else self._id(target.subject, quotes[0])
        name = f"d{hashlib.sha256(repr((target, value['text'], quotes)).encode()).hexdigest()[:12]}"
        put(figures, Figure(id=name, metric=target.metric, subject=(subject,), evidence=said, **slots))


def put(facts: list[Fact], fact: Fact) -> None:
    """Add a fact; one that says the same takes its evidence first, and the reader's of the same passage goes."""
    for at in range(len(facts)):
        held: Fact = facts[at]
        if _same(held, fact):
            others: list[Evidence] = [each for each in held.evidence if each.quote != fact.evidence[0].quote]
            facts[at] = replace(held, evidence=(*fact.evidence, *others))
            return
    facts.append(fact)


def _same(held: Fact, fact: Fact) -> bool:
    """Whether two facts differ in nothing but evidence and id."""
    alike = replace(held, evidence=fact.evidence)
    if isinstance(alike, Figure) and isinstance(fact, Figure):
        alike = replace(alike, id=fact.id, subject=alike.subject[:1])
    return alike == fact


def decimal(number: Any) -> Decimal | None:
    """A number of JSON with the digits as written."""
    return None if number is None else Decimal(str(number))


def to_named(found: Mapping[str, Any]) -> Named:
    """An entity as a line of judgements names it."""
    return Named(found["type"], found["name"], found.get("owner"))
