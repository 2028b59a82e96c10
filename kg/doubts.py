"""A graph and a person's judgements so far → what is doubtful and not judged yet, the most valuable first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import QUALIFIERS, Decision, Entity, Graph, Named, Relation, RelationTarget
from kg.resolve.candidates import candidates

SURE = 0.02  # doubt below which nobody need look


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether two entities are one (`right` is then one of them), or whether a relation is so (`right` is none)."""

    value: float  # how unsure it is, times how many statements hang on it
    left: Entity | Relation
    right: Entity | None = None
    sure: float = 0.5


def doubts(graph: Graph, decisions: Iterable[Decision]) -> list[Doubt]:
    """What to ask a person, the most valuable first."""
    entities = {entity.id: entity for entity in graph.entities}
    judged = list(decisions)
    found = [*_merges(graph, judged), *_facts(graph, entities, judged)]
    return sorted(found, key=lambda doubt: (-doubt.value, repr(doubt.left), repr(doubt.right)))


def named(entity: Entity) -> Named:
    """What tells it apart in every build."""
    return Named(entity.type, entity.name, entity.owner)


def target(relation: Relation, entities: Mapping[str, Entity]) -> RelationTarget:
    """The relation as a judgement names it, with period, role and status."""
    qualifiers = tuple((name, getattr(relation, name)) for name in QUALIFIERS)
    ends = named(entities[relation.subject]), named(entities[relation.object])
    return RelationTarget(ends[0], relation.predicate, ends[1], qualifiers)


def hashes(graph: Graph, relation: Relation) -> tuple[str, ...]:
    """The hashes of the documents that say it."""
    docs = {evidence.quote.doc for evidence in relation.evidence}
    return tuple(sorted({document.sha256 for document in graph.documents if document.doc in docs}))


def unsure(chance: float) -> float:
    """1 where both are as likely, 0 where it is sure.

    >>> unsure(0.5), unsure(1.0)
    (1.0, 0.0)
    """
    return 1 - abs(2 * chance - 1)


def _merges(graph: Graph, judged: Iterable[Decision]) -> Iterator[Doubt]:
    """Pairs of entities of which one name may be short for the other."""
    by_name = {named(entity): entity for entity in graph.entities}
    answered = {frozenset((each.target, each.value)) for each in judged if isinstance(each.value, Named)}
    stated = Counter(end for relation in graph.relations for end in (relation.subject, relation.object))
    stated.update(subject for figure in graph.figures for subject in figure.subject)
    for full, short, likeness in candidates(by_name):
        if frozenset((full, short)) not in answered:
            left, right = by_name[full], by_name[short]
            weight = 1 + min(stated[left.id], stated[right.id])
            yield Doubt(max(SURE, unsure(likeness)) * weight, left, right, likeness)


def _facts(graph: Graph, entities: Mapping[str, Entity], judged: Iterable[Decision]) -> Iterator[Doubt]:
    """Relations that are not sure."""
    answered = {(each.target, source) for each in judged for source in each.source_hash}
    for relation in graph.relations:
        sure = max(evidence.confidence for evidence in relation.evidence)
        asked = target(relation, entities)
        open_ = any((asked, source) not in answered for source in hashes(graph, relation))
        if unsure(sure) > SURE and open_:
            documents = len({evidence.quote.doc for evidence in relation.evidence})
            yield Doubt(unsure(sure) * documents, relation, None, sure)
