"""Graphs of documents → one graph: an entity is its type, name and owner; statements keep all their evidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.model import DOC, SYMMETRIC, Document, DocumentGraph, Entity, Evidence, Figure, Graph, Named, Quote, Relation
from kg.resolve.conflicts import conflicts
from kg.resolve.identities import Identities, Key
from kg.resolve.metrics import Metrics


def corpus(graphs: Iterable[DocumentGraph], identities: Identities | None = None) -> Graph:
    """Merge, by what a person holds for the same; the same graph for any order of the documents."""
    held = identities or Identities()
    ordered = sorted(graphs, key=lambda g: g.doc)
    names: dict[Key, str] = {}
    parts: dict[str, list[Entity]] = defaultdict(list)
    ids: dict[str, dict[str, str]] = {}
    for graph in ordered:
        ids[graph.doc] = {DOC: DOC}
        for found in graph.entities:
            entity = held.of(found)
            node = names.setdefault(held.key(Named(entity.type, entity.name, entity.owner)), identifier(entity))
            ids[graph.doc][found.id] = node
            parts[node].append(entity)
    documents = tuple(
        Document(g.doc, g.sha256, replace(g.meta, about=ids[g.doc].get(g.meta.about or ""))) for g in ordered
    )
    entities = tuple(merge_entity(node, parts[node]) for node in sorted(parts))
    relations = merge_relations(move(r, ids[g.doc]) for g in ordered for r in g.relations)
    figures = tuple(sorted((move_figure(f, ids[g.doc], g.doc) for g in ordered for f in g.figures), key=lambda f: f.id))
    metrics = Metrics().of(figures, entities)
    return Graph(documents, entities, relations, figures, metrics, conflicts(metrics, figures))


def identifier(entity: Entity) -> str:
    """The readable id of an entity's node: mechanism/盘锦市/12345热线."""
    parts = [entity.type.lower(), *([entity.owner] if entity.owner else []), entity.name]
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def merge_entity(node: str, parts: list[Entity]) -> Entity:
    """One entity from those of the documents: the first form as its name, all mentions."""
    first = parts[0]
    mentions: list[Quote] = [m for part in parts for m in part.mentions]
    stated: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for part in parts:
        for pair in part.attributes:
            stated[pair].update((mention.doc, None) for mention in part.mentions)
    attributes = tuple(sorted(stated))
    kind = next((part.kind for part in parts if part.kind), None)
    docs = tuple(tuple(stated[pair]) for pair in attributes)
    return Entity(node, first.type, first.name, tuple(mentions), kind, first.owner, attributes, docs)


def move(relation: Relation, ids: dict[str, str]) -> Relation:
    """A document's relation between nodes of the graph."""
    return replace(relation, subject=ids[relation.subject], object=ids[relation.object])


def merge_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each relation once with the evidence of every document; role, period and status tell facts apart."""
    found: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    kept: dict[tuple[str, ...], Relation] = {}
    for relation in relations:
        if relation.subject == relation.object:  # of two names that a person holds for the same
            continue
        ends = (
            sorted((relation.subject, relation.object))
            if relation.predicate == SYMMETRIC
            else [relation.subject, relation.object]
        )
        relation = replace(relation, subject=ends[0], object=ends[1])
        key = (
            relation.subject,
            relation.predicate,
            relation.object,
            relation.period or "",
            relation.role or "",
            relation.status or "",
        )
        kept.setdefault(key, relation)
        found[key] += [e for e in relation.evidence if e not in found[key]]
    return tuple(replace(kept[key], evidence=tuple(found[key])) for key in sorted(kept))


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
