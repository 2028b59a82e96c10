"""`DocumentGraph` ↔ a line of ``records.jsonl``, in the shape of the annotation guidelines ("File format").

A statement's best passage stands in it as ``evidence`` (with ``antecedent``, ``confidence``, ``score``, ``component``),
further ones in a list under ``also``. Numbers of figures are JSON numbers, read back as decimals; 15 digits are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kg.model import DOC, QUALIFIERS, DocumentGraph, Entity, Evidence, Figure, Meta, Quote, Relation

Json = dict[str, Any]

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}  # that some readers of lines take for one
META = ("title", "publisher", "date", "genre", "about", "number")


def line(document: DocumentGraph) -> str:
    """The document as one line of JSON, without its line end; what is not known is left out.

    >>> meta = Meta(title="工作报告")
    >>> line(DocumentGraph("a.txt", "00", meta, (), (), ()))
    '{"doc": "a.txt", "sha256": "00", "meta": {"title": "工作报告"}, "entities": [], "relations": [], "figures": []}'
    """
    record = {
        "doc": document.doc,
        "sha256": document.sha256,
        "meta": _known(document.meta, META),
        "entities": [_entity(entity) for entity in document.entities],
        "relations": [_relation(relation) for relation in document.relations],
        "figures": [_figure(figure) for figure in document.figures],
    }
    return _write(record).translate(_LINE_ENDS)


def parse(text: str) -> DocumentGraph:
    """The document of a line; `ValueError` says what is missing or wrong in it."""
    try:
        record: Json = json.loads(text, parse_float=Decimal)
        doc = record["doc"]
        return DocumentGraph(
            doc=doc,
            sha256=record["sha256"],
            meta=Meta(**{name: record["meta"].get(name) for name in META}),
            entities=tuple(_to_entity(doc, each) for each in record["entities"]),
            relations=tuple(_to_relation(doc, each) for each in record["relations"]),
            figures=tuple(_to_figure(doc, each) for each in record["figures"]),
        )
    except KeyError as error:
        raise ValueError(f"no {error} where the format asks for one") from error
    # A list where an object is due, words where a number is, and the like.
    except (TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not in the format of records ({error})") from error


def check(document: DocumentGraph, text: str) -> None:
    """Refuse, with a `ValueError`, a graph that misquotes its text or points at an entity that it does not hold."""
    ids = {entity.id for entity in document.entities}
    for quote in quotes(document):
        if quote.doc != document.doc or text[quote.start : quote.end] != quote.text or not quote.text:
            raise ValueError(f"quote {quote.text[:40]!r} does not stand at {quote.start}:{quote.end}")
    for relation in document.relations:
        unknown = {relation.subject, relation.object} - ids
        if unknown or not relation.evidence:
            lacks = f"unknown entity {min(unknown)}" if unknown else "no evidence"
            raise ValueError(f"relation {relation.subject} {relation.predicate} {relation.object}: {lacks}")
    for figure in document.figures:
        unknown = set(figure.subject) - ids - {DOC}
        if unknown or not figure.evidence:
            lacks = f"unknown entity {min(unknown)}" if unknown else "no evidence"
            raise ValueError(f"figure {figure.id} {figure.text}: {lacks}")


def quotes(document: DocumentGraph) -> Iterator[Quote]:
    """Every passage that the document's graph quotes."""
    for entity in document.entities:
        yield from entity.mentions
    for found in [*(r.evidence for r in document.relations), *(f.evidence for f in document.figures)]:
        for evidence in found:
            yield evidence.quote
            if evidence.antecedent:
                yield evidence.antecedent


def _known(record: object, names: Iterable[str]) -> Json:
    """The attributes that hold something."""
    values = ((name, getattr(record, name)) for name in names)
    return {name: value for name, value in values if value is not None}


def _entity(entity: Entity) -> Json:
    found = {"id": entity.id, "type": entity.type, **_known(entity, ("kind",)), "name": entity.name}
    found |= _known(entity, ("owner",))
    if entity.attributes:
        found["attributes"] = [list(pair) for pair in entity.attributes]
    return {**found, "mentions": [_quote(mention) for mention in entity.mentions]}


def _relation(relation: Relation) -> Json:
    ends = {"subject": relation.subject, "predicate": relation.predicate, "object": relation.object}
    return {**ends, **_known(relation, QUALIFIERS), **_evidence(relation.evidence)}


def _figure(figure: Figure) -> Json:
    upper = {} if figure.upper is None else {"upper": _number(figure.upper)}
    return {
        "id": figure.id,
        "text": figure.text,
        "value": _number(figure.value),
        **upper,
        "unit": figure.unit,
        "bound": figure.bound,
        "metric": figure.metric,
        "subject": list(figure.subject),
        "period": figure.period,
        "status": figure.status,
        **_evidence(figure.evidence),
    }


def _evidence(found: tuple[Evidence, ...]) -> Json:
    """The best passage as keys of the statement, the others in a list."""
    best, *others = (_passage(evidence) for evidence in found)
    return {**best, "also": others} if others else best


def _passage(evidence: Evidence) -> Json:
    antecedent = {"antecedent": _quote(evidence.antecedent)} if evidence.antecedent else {}
    component = {"component": evidence.component} if evidence.component else {}
    score = {"score": evidence.score} if evidence.score is not None else {}
    return {"evidence": _quote(evidence.quote), **antecedent, "confidence": evidence.confidence, **score, **component}


def _quote(quote: Quote) -> Json:
    return {"text": quote.text, "start": quote.start, "end": quote.end}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _to_entity(doc: str, found: Json) -> Entity:
    return Entity(
        id=found["id"],
        type=found["type"],
        name=found["name"],
        mentions=tuple(_to_quote(doc, mention) for mention in found["mentions"]),
        kind=found.get("kind"),
        owner=found.get("owner"),
        attributes=tuple((name, value) for name, value in found.get("attributes", ())),
    )


def _to_relation(doc: str, found: Json) -> Relation:
    qualifiers = {name: found.get(name) for name in QUALIFIERS}
    return Relation(found["subject"], found["predicate"], found["object"], _to_evidence(doc, found), **qualifiers)


def _to_figure(doc: str, found: Json) -> Figure:
    return Figure(
        id=found["id"],
        text=found["text"],
        value=Decimal(found["value"]),
        unit=found["unit"],
        bound=found["bound"],
        metric=found["metric"],
        subject=tuple(found["subject"]),
        period=found["period"],
        status=found["status"],
        evidence=_to_evidence(doc, found),
        upper=Decimal(found["upper"]) if "upper" in found else None,
    )


def _to_evidence(doc: str, found: Json) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            quote=_to_quote(doc, passage["evidence"]),
            antecedent=_to_quote(doc, passage["antecedent"]) if "antecedent" in passage else None,
            component=passage.get("component", ""),
            confidence=float(passage["confidence"]),
            score=float(passage["score"]) if "score" in passage else None,
        )
        for passage in (found, *found.get("also", ()))
    )


def _to_quote(doc: str, found: Mapping[str, Any]) -> Quote:
    return Quote(doc, found["start"], found["end"], found["text"])
