"""Graphs of documents → one graph: an entity is its type, name and owner; statements keep all their evidence."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import DOC, SYMMETRIC, Document, DocumentGraph, Entity, Evidence, Figure, Graph, Named, Quote, Relation
from kg.resolve.conflicts import conflicts
from kg.resolve.contexts import Context
from kg.resolve.copies import copies
from kg.resolve.hierarchies import parts, related
from kg.resolve.identities import Identities, Key
from kg.resolve.metrics import Metrics
from kg.resolve.spelling import full
from kg.resolve.spread import Spread


def corpus(graphs: Iterable[DocumentGraph], identities: Identities | None = None) -> Graph:
    """Merge, by what a person holds for the same; the same graph for any order of the documents."""
    ordered = sorted(graphs, key=lambda g: g.doc)
    nodes, ids = nodes_of(ordered, identities or Identities())
    copied = copies(ordered)
    documents = tuple(
        Document(g.doc, g.sha256, replace(g.meta, about=ids[g.doc].get(g.meta.about or "")), copied.get(g.doc))
        for g in ordered
    )
    entities = tuple(sorted(nodes.values(), key=lambda each: each.id))
    stated = once((move(r, ids[g.doc]) for g in ordered for r in g.relations), copied)
    named = parts(nodes, {(r.subject, r.predicate, r.object) for r in stated})
    relations = tuple(sorted((*stated, *named), key=identity))
    moved = [(g.doc, move_figure(f, ids[g.doc], g.doc)) for g in ordered for f in g.figures]
    figures = tuple(sorted(counted(moved, copied), key=lambda f: f.id))
    metrics = Metrics().of(figures, entities)
    return Graph(documents, entities, relations, figures, metrics, conflicts(metrics, figures))


def nodes_of(graphs: Sequence[DocumentGraph], held: Identities) -> tuple[dict[Key, Entity], dict[str, dict[str, str]]]:
    """The nodes, and for each document the node that each of its ids means."""
    keys: dict[str, dict[str, Key]] = {}
    members: dict[Key, list[Entity]] = defaultdict(list)
    spread = Spread()
    for graph in graphs:
        context = Context(graph)
        keys[graph.doc] = {}
        for found in graph.entities:
            entity = within(found, context, held)
            key = keys[graph.doc][found.id] = held.key(Named(entity.type, entity.name, entity.owner))
            members[key].append(entity)
            if not held.judged(entity) and not context.levels.beneath(found):
                spread.see(entity, key, context.home)
    moved = spread.held()
    for key, other in moved.items():
        members[other] += [replace(each, owner=None) for each in members.pop(key)]
    nodes = related({key: merge_entity(each, key) for key, each in members.items()})
    ids = {
        doc: {DOC: DOC} | {name: nodes[moved.get(key, key)].id for name, key in found.items()}
        for doc, found in keys.items()
    }
    return nodes, ids


def within(entity: Entity, context: Context, held: Identities) -> Entity:
    """The entity as it is held among those of all documents: as a person says, else as its document's place tells."""
    chosen = entity if held.judged(entity) else context.of(entity)
    named = held.named(chosen)
    return replace(entity, type=named.type, name=named.name, owner=named.owner)


def identifier(entity: Entity) -> str:
    """The readable id of an entity's node: mechanism/盘锦市/12345热线."""
    parts = [entity.type.lower(), *([entity.owner] if entity.owner else []), entity.name]
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def merge_entity(parts: list[Entity], key: Key) -> Entity:
    """One entity from those of the documents: the best form as its name, all mentions."""
    forms = Counter(part.name for part in parts)
    name = min(forms, key=lambda form: (-full(form, key), -forms[form], len(form), form))
    best = next(part for part in parts if part.name == name)
    mentions: list[Quote] = [m for part in parts for m in part.mentions]
    stated: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for part in parts:
        for pair in part.attributes:
            stated[pair].update((mention.doc, None) for mention in part.mentions)
    attributes = tuple(sorted(stated))
    kind = next((part.kind for part in parts if part.kind), None)
    docs = tuple(tuple(stated[pair]) for pair in attributes)
    return Entity(identifier(best), best.type, name, tuple(mentions), kind, best.owner, attributes, docs)


def move(relation: Relation, ids: dict[str, str]) -> Relation:
    """A document's relation between nodes of the graph."""
    return replace(relation, subject=ids[relation.subject], object=ids[relation.object])


def once(relations: Iterable[Relation], copied: Mapping[str, str]) -> tuple[Relation, ...]:
    """Each relation once with the evidence of every document; role, period and status tell facts apart.

    What a copy says in the words of its original is the original's evidence and not counted again.
    """
    found: dict[tuple[str, ...], dict[Evidence, None]] = defaultdict(dict)
    kept: dict[tuple[str, ...], Relation] = {}
    for relation in relations:
        if relation.subject == relation.object:  # of two names that are held for the same
            continue
        if relation.predicate == SYMMETRIC and relation.subject > relation.object:
            relation = replace(relation, subject=relation.object, object=relation.subject)
        key = identity(relation)
        kept.setdefault(key, relation)
        found[key] |= dict.fromkeys(relation.evidence)
    return tuple(replace(kept[key], evidence=original(found[key], copied)) for key in sorted(kept))


def original(evidence: Iterable[Evidence], copied: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The evidence but for what copies repeat."""
    listed = list(evidence)
    said = {(each.quote.doc, wording(each.quote.text)) for each in listed}
    return tuple(each for each in listed if (copied.get(each.quote.doc, ""), wording(each.quote.text)) not in said)


def wording(text: str) -> str:
    """A passage without spaces and ends of lines, which differ between formats."""
    return "".join(text.split())


def identity(relation: Relation) -> tuple[str, ...]:
    """What tells relations apart."""
    qualifiers = relation.period, relation.role, relation.status
    return relation.subject, relation.predicate, relation.object, *(each or "" for each in qualifiers)


def counted(figures: Sequence[tuple[str, Figure]], copied: Mapping[str, str]) -> Iterator[Figure]:
    """The figures but for those that copies repeat."""

    def said(figure: Figure) -> tuple[object, ...]:
        slots = figure.period, figure.status, figure.bound, figure.unit, figure.value, figure.upper
        return figure.metric, figure.subject, *slots, wording(figure.text)

    stated = {(doc, said(figure)) for doc, figure in figures}
    return (figure for doc, figure in figures if (copied.get(doc, ""), said(figure)) not in stated)


def move_figure(figure: Figure, ids: dict[str, str], doc: str) -> Figure:
    """A document's figure with nodes of the graph as subjects; its id says metric, subject, period and source."""
    subject = tuple(ids[s] for s in figure.subject)
    identity = "|".join(
        (
            figure.metric,
            *subject,
            figure.period or "",
            figure.status,
            str(figure.value),
            figure.unit,
            doc,
            str(figure.evidence[0].quote.start),
            figure.id,
        )
    )
    return replace(figure, id=f"figure/{hashlib.sha256(identity.encode()).hexdigest()[:16]}", subject=subject)
