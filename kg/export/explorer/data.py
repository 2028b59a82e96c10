"""A merged graph and its texts → what the page embeds: columns of plain values that JSON holds and gzip makes small."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.export.explorer import communities, layout, overview, passages, pinyin
from kg.model import DOC, Document, Entity, Evidence, Graph, Relation

Json = dict[str, object]
Column = list[object] | dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class Index:
    """Where each document, entity and quote stands in the page's columns."""

    documents: Mapping[str, int]
    entities: Mapping[str, int]
    passages: passages.Passages


def payload(graph: Graph, texts: Mapping[str, str]) -> Json:
    """All the page shows, without its words; the same graph and texts give the same value.

    Raises `ValueError` where a relation, figure or quote names an entity or a document that the graph does not hold.
    """
    documents = {document.doc: row for row, document in enumerate(graph.documents)}
    entities = {entity.id: row for row, entity in enumerate(graph.entities)}
    _check(graph, documents, entities)
    found = Index(documents, entities, passages.collect(graph, texts, documents))
    names = [[entity.name, *_aliases(entity)] for entity in graph.entities]
    metrics = list(dict.fromkeys(_metrics(graph).values()))
    by_id = {entity.id: replace(entity, mentions=tuple(sorted(entity.mentions))) for entity in graph.entities}
    return {
        "corpus": fingerprint(graph.documents),
        "base": graph.base,
        "documents": _documents(graph.documents, found),
        "entities": _entities(graph, texts, found),
        "relations": _relations(graph.relations, by_id, found),
        "figures": _figures(graph, by_id, found),
        "metrics": _columns(("id", "name"), metrics),
        "passages": _columns(("excerpt", "start", "length"), found.passages.places),
        "excerpts": _columns(("doc", "start", "text"), found.passages.excerpts),
        "pinyin": pinyin.readings([*names, *([name] for _, name in metrics)]),
    }


def fingerprint(documents: Sequence[Document]) -> str:
    """Twelve hexadecimal digits that stand for which documents were read: SHA-256 of their names and hashes."""
    listed = json.dumps([[document.doc, document.sha256] for document in documents])
    return hashlib.sha256(listed.encode()).hexdigest()[:12]


def column(values: Iterable[object]) -> Column:
    """The values, or, where few differ, the different ones once (``of``) and a number for each row (``at``).

    >>> column(["Place", "Place", None, "Place"])
    {'of': ['Place', None], 'at': [0, 0, 1, 0]}
    """
    listed = list(values)
    if any(isinstance(value, list) for value in listed):
        return listed
    distinct = {value: number for number, value in enumerate(dict.fromkeys(listed))}
    if len(distinct) * 2 > len(listed):
        return listed
    return {"of": list(distinct), "at": [distinct[value] for value in listed]}


def _columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Json:
    """Rows as one column a name."""
    return {name: column(row[at] for row in rows) for at, name in enumerate(names)}


def _check(graph: Graph, documents: Mapping[str, int], entities: Mapping[str, int]) -> None:
    """Refuse what points nowhere, and say what."""
    for relation in graph.relations:
        for end in (relation.subject, relation.object):
            if end not in entities:
                raise ValueError(f"relation {relation.subject} {relation.predicate} {relation.object}: no entity {end}")
    for figure in graph.figures:
        for subject in figure.subject:
            if subject not in entities and subject != DOC:
                raise ValueError(f"figure {figure.id}: no entity {subject}")
    for evidence in passages.evidences(graph):
        for quote in filter(None, (evidence.quote, evidence.antecedent)):
            if quote.doc not in documents:
                raise ValueError(f"evidence “{quote.text[:40]}”: no document {quote.doc}")


def _documents(documents: Sequence[Document], found: Index) -> Json:
    """The documents with what is known of each."""
    rows = [
        (
            d.doc,
            d.meta.title,
            d.meta.publisher,
            d.meta.date,
            d.meta.genre,
            d.meta.number,
            found.entities.get(d.meta.about or ""),
        )
        for d in documents
    ]
    return _columns(("doc", "title", "publisher", "date", "genre", "number", "about"), rows)


def _entities(graph: Graph, texts: Mapping[str, str], found: Index) -> Json:
    """The entities with their other names, the documents that name them, and where they stand in the picture."""
    edges = [(found.entities[r.subject], found.entities[r.object]) for r in graph.relations]
    count = len(graph.entities)
    places, order = layout.positions(count, edges), layout.order(count, edges)
    lengths = [len(entity.name) for entity in graph.entities]
    first = overview.first_view(order, edges, lengths)
    crowd = communities.crowd(order, edges, lengths)
    names = ("stem", "type", "kind", "name", "owner", "aliases", "attributes", "mentioned", "x", "y")
    rows = [
        (
            entity.id.removesuffix(entity.name) if entity.id.endswith(entity.name) else [entity.id],
            entity.type,
            entity.kind,
            entity.name,
            entity.owner,
            _aliases(entity),
            _attributes(entity, found),
            _mentioned(entity, found.documents),
            *place,
        )
        for entity, place in zip(graph.entities, places, strict=True)
    ]
    return {
        **_columns(names, rows),
        "order": order,
        "first": [[node, *point] for node, point in first],
        "crowd": communities.CROWD,
        "community": crowd.of,
        "communities": [list(point) for point in crowd.places],
        "parts": [[[node, *point] for node, point in part] for part in crowd.parts],
    }


def _attributes(entity: Entity, found: Index) -> list[list[object]]:
    """Name, value and documents of each attribute; none where the graph was not merged from documents."""
    docs = entity.stated or ((),) * len(entity.attributes)
    pairs = zip(entity.attributes, docs, strict=True)
    return [[name, value, sorted({found.documents[doc] for doc in each})] for (name, value), each in pairs]


def _aliases(entity: Entity) -> list[str]:
    """What else the entity is called, the usual first."""
    counts = Counter(mention.text for mention in entity.mentions if mention.text != entity.name)
    return sorted(counts, key=lambda wording: (-counts[wording], wording))


def _mentioned(entity: Entity, documents: Mapping[str, int]) -> list[int]:
    """Which documents name it, each followed by how often."""
    counts = Counter(documents[mention.doc] for mention in entity.mentions if mention.doc in documents)
    return [number for pair in sorted(counts.items()) for number in pair]


def _relations(relations: Sequence[Relation], by_id: Mapping[str, Entity], found: Index) -> Json:
    """The relations, each with its evidence."""
    rows = [
        (
            found.entities[r.subject],
            r.predicate,
            found.entities[r.object],
            r.period,
            r.role,
            r.status,
            [_evidence(e, by_id[r.subject], passages.spans(by_id[r.object], e.quote), found) for e in r.evidence],
        )
        for r in relations
    ]
    return _columns(("subject", "predicate", "object", "period", "role", "status", "evidence"), rows)


def _metrics(graph: Graph) -> dict[str, tuple[str, str]]:
    """Figure → id and name of what it measures, as RDF and tables have them; a phrase put with none stands for itself.

    The page's table of metrics is their different values, in the order of figures.
    """
    of = {figure: (metric.id, metric.name) for metric in graph.metrics for figure in metric.figures}
    return {each.id: of.get(each.id, (f"metric/{each.metric}", each.metric)) for each in graph.figures}


def _figures(graph: Graph, by_id: Mapping[str, Entity], found: Index) -> Json:
    """The figures, each with its evidence, in which the wording it was read from is marked."""
    names = ("id", "text", "value", "upper", "unit", "bound", "measure", "phrase")
    measured = _metrics(graph)
    order = {metric: number for number, metric in enumerate(dict.fromkeys(measured.values()))}
    rows = []
    for figure in graph.figures:
        actor = by_id.get(figure.subject[0]) if figure.subject else None
        evidence = [_evidence(e, actor, _wording(figure.text, e.quote.text), found) for e in figure.evidence]
        value, upper = format(figure.value, "f"), None if figure.upper is None else format(figure.upper, "f")
        subject: list[object] = [found.entities.get(name, -1) for name in figure.subject]
        head = (figure.id, figure.text, value, upper, figure.unit, figure.bound)
        metric = measured[figure.id]
        phrase = None if figure.metric == metric[1] else figure.metric
        rows.append((*head, order[metric], phrase, subject, figure.period, figure.status, evidence))
    return _columns((*names, "subject", "period", "status", "evidence"), rows)


def _wording(text: str, quote: str) -> list[passages.Span]:
    """Where a figure's wording stands in its quote."""
    at = quote.find(text) if text else -1
    return [(at, at + len(text))] if at >= 0 else []


def _evidence(evidence: Evidence, actor: Entity | None, objects: list[passages.Span], found: Index) -> list[object]:
    """Passage, antecedent's passage (-1: none), confidence, component, and what is marked as subject and as object."""
    antecedent = evidence.antecedent
    subjects = passages.spans(actor, evidence.quote, antecedent is not None) if actor else []
    return [
        found.passages.index[evidence.quote],
        -1 if antecedent is None else found.passages.index[antecedent],
        round(evidence.confidence, 3),
        evidence.component,
        *([number for span in marks for number in span] for marks in (subjects, objects)),
    ]
