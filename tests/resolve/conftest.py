"""The graph of a text, and what may be wrong with a graph whatever the text is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from rdflib import RDFS, Graph, URIRef
from spacy.language import Language

from kg.language import pipeline, read
from kg.model import DOC, DocumentGraph, Evidence, Figure, Quote, Source
from kg.resolve import document
from kg.resources import ontology_folder

KG = "https://w3id.org/policy-kg/ontology#"
LETTERS = {"l": "Place", "o": "Organisation", "p": "Policy", "m": "Mechanism"}
BOUNDS, STATUSES = {"exact", "about", "over", "under"}, {"actual", "estimate", "target", "baseline"}
DAY = r"\d{4}(-\d\d(-\d\d)?)?"
PERIOD = re.compile(rf"{DAY}|{DAY}/{DAY}|\.\./{DAY}|{DAY}/\.\.")

Signature = tuple[set[str], set[str]]
GraphOf = Callable[..., DocumentGraph]
Faults = Callable[[DocumentGraph, str], list[str]]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Our own pipeline."""
    return pipeline()


@pytest.fixture(scope="session")
def graph_of(nlp: Language) -> GraphOf:
    """The graph of a text as that of a file of a name, with what the file says of itself."""

    def of(text: str, doc: str = "a.txt", hints: Mapping[str, str] | None = None) -> DocumentGraph:
        source = Source(doc, text, "txt", "0" * 64, hints or {})
        return document(read(nlp, source), source)

    return of


@pytest.fixture(scope="session")
def signatures() -> Mapping[str, Signature]:
    """Predicate → the types of its subjects and of its objects, by the domains and ranges of the ontology."""
    ontology = Graph().parse(ontology_folder() / "policy.ttl")

    def types(predicate: str, said: URIRef) -> set[str]:
        return {
            name
            for name in LETTERS.values()
            for wanted in ontology.objects(URIRef(KG + predicate), said)
            if wanted in set(ontology.transitive_objects(URIRef(KG + name), RDFS.subClassOf))
        }

    names = "issues establishes implements provides basedOn amends repeals partOf cooperatesWith directs jurisdiction"
    return {name: (types(name, RDFS.domain), types(name, RDFS.range)) for name in names.split()}


@pytest.fixture(scope="session")
def faults(signatures: Mapping[str, Signature]) -> Faults:
    """What is wrong with a graph of a text, in words."""

    def of(graph: DocumentGraph, text: str) -> list[str]:
        found = [*inexact(graph, text), *unfit_entities(graph), *illegal(graph, signatures), *unfit_meta(graph)]
        return found + [fault for figure in graph.figures for fault in unfit_figure(graph, figure)]

    return of


def quotes(graph: DocumentGraph) -> Iterator[Quote]:
    """Every quote of a graph."""
    for entity in graph.entities:
        yield from entity.mentions
    evidence: list[Evidence] = [each for claim in (*graph.relations, *graph.figures) for each in claim.evidence]
    for each in evidence:
        yield each.quote
        if each.antecedent:
            yield each.antecedent


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar; a year and a month have a first one."""
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def is_period(text: str) -> bool:
    """Whether it is a period as the guidelines write it, of days that exist."""
    return bool(PERIOD.fullmatch(text)) and all(is_day(part) for part in text.split("/") if part != "..")


def inexact(graph: DocumentGraph, text: str) -> Iterator[str]:
    for quote in quotes(graph):
        if quote.text != text[quote.start : quote.end] or quote.start >= quote.end or quote.doc != graph.doc:
            yield f"not what stands there: {quote}"


def unfit_entities(graph: DocumentGraph) -> Iterator[str]:
    ids = Counter(entity.id for entity in graph.entities)
    yield from (f"id twice: {each}" for each, count in ids.items() if count > 1)
    names = Counter((entity.type, entity.name) for entity in graph.entities)
    yield from (f"name twice: {each}" for each, count in names.items() if count > 1)
    for entity in graph.entities:
        wordings = [mention.text for mention in entity.mentions]
        if LETTERS[entity.id[0]] != entity.type or not wordings or len(set(wordings)) < len(wordings):
            yield f"type or mentions: {entity}"
        if not entity.name.strip() or "\n" in entity.name:
            yield f"name: {entity}"


def illegal(graph: DocumentGraph, signatures: Mapping[str, Signature]) -> Iterator[str]:
    types = {entity.id: entity.type for entity in graph.entities}
    triples = Counter((each.subject, each.predicate, each.object) for each in graph.relations)
    yield from (f"relation twice: {each}" for each, count in triples.items() if count > 1)
    for relation in graph.relations:
        subjects, objects = signatures[relation.predicate]
        if types.get(relation.subject) not in subjects or types.get(relation.object) not in objects:
            yield f"ends: {relation}"
        if relation.subject == relation.object or not relation.evidence:
            yield f"with itself, or without evidence: {relation}"
        if not all(0 < each.confidence <= 1 and each.component for each in relation.evidence):
            yield f"unsigned: {relation}"
        if relation.period is not None and not is_period(relation.period):
            yield f"period: {relation}"


def unfit_figure(graph: DocumentGraph, figure: Figure) -> Iterator[str]:
    known = {entity.id for entity in graph.entities} | {DOC}
    if not figure.subject or not set(figure.subject) <= known:
        yield f"subject: {figure}"
    if figure.bound not in BOUNDS or figure.status not in STATUSES or not figure.metric:
        yield f"bound, status or metric: {figure}"
    if not figure.evidence or figure.text not in figure.evidence[0].quote.text:
        yield f"its text stands not in its evidence: {figure}"
    if not figure.value.is_finite() or (figure.upper is not None and not figure.upper.is_finite()):
        yield f"value: {figure}"
    if figure.period is not None and not is_period(figure.period):
        yield f"period: {figure}"


def unfit_meta(graph: DocumentGraph) -> Iterator[str]:
    meta = graph.meta
    if meta.about is not None and meta.about not in {each.id for each in graph.entities if each.type == "Place"}:
        yield f"about: {meta}"
    if meta.date is not None and not (len(meta.date) == 10 and is_day(meta.date)):
        yield f"date: {meta}"
    ids = Counter(figure.id for figure in graph.figures)
    yield from (f"id twice: {each}" for each, count in ids.items() if count > 1)
