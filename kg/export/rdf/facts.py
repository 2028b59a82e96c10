"""`Graph` → facts: what documents say in the named graph of each, what entities and documents are outside them.

A name that documents give is a plain literal without a language: the machinery does not know which it is. Characters
that no XML file can hold (NUL, lone surrogates …) become U+FFFD, one for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.export.characters import legal
from kg.export.periods import bounds
from kg.export.rdf.evidence import ALTERNATIVE, LABEL, TYPE, XSD, Evidences, decimal
from kg.export.rdf.iris import Iris, statement
from kg.export.rdf.metrics import disagreements, metrics
from kg.export.rdf.places import places
from kg.export.rdf.vocabulary import class_of, is_date, kind_of, links, term, value_of
from kg.export.romanised import GENERATED, romanised
from kg.model import DOC, Document, Entity, Evidence, Figure, Graph, Relation
from kg.triples import Fact, Facts, Literal, NamedNode

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SUBJECT, PREDICATE, OBJECT = (NamedNode(_RDF + name) for name in ("subject", "predicate", "object"))
PINYIN = "zh-latn-pinyin"
ENGLISH = ("en", "en-x-auto")  # official, and put together by rule: a private subtag of BCP 47 says so
PUBLISHER = NamedNode("http://purl.org/dc/terms/publisher")
COPY = NamedNode("http://purl.org/dc/terms/isFormatOf")  # substantially the same in another format


def facts(graph: Graph, texts: Mapping[str, str], whole: Graph | None = None) -> Facts:
    """Everything the graph says; `texts` gives the surroundings of quotes.

    Where the graph is a part of another, that is the `whole`, which has the same IRIs for what both say.
    """
    iris = Iris(whole or graph)
    found = Facts()
    for document in graph.documents:
        found.add(iris.document(document.doc), _document(document, iris))
    for entity in graph.entities:
        _entity(entity, iris, found)
    places(graph.entities, iris, found)
    evidences = Evidences(found, iris, texts, graph.version)
    held = (whole or graph).relations
    said = Counter((relation.subject, relation.predicate, relation.object) for relation in held)
    for relation in graph.relations:
        alone = said[relation.subject, relation.predicate, relation.object] == 1
        _relation(relation, alone, evidences)
    measured = metrics(graph, iris, found)
    for figure in graph.figures:
        _figure(figure, measured.get(figure.id), evidences)
    disagreements(graph, iris, found)
    return found


def _document(document: Document, iris: Iris) -> Iterator[Fact]:
    meta = document.meta
    yield TYPE, term("Document")
    yield LABEL, Literal(legal(meta.title or document.doc))
    yield term("path"), Literal(legal(document.doc))
    texts = (
        ("title", meta.title),
        ("publisher", meta.publisher),
        ("documentNumber", meta.number),
        ("sha256", document.sha256),
    )
    for name, text in texts:
        if text:
            yield term(name), Literal(legal(text))
    if meta.date:
        yield term("date"), _date(meta.date)
    if meta.genre:
        yield term("genre"), term("genre-" + meta.genre)
    if document.copy_of:
        yield COPY, iris.document(document.copy_of)
    for predicate, node in ((term("about"), iris.find(meta.about)), (PUBLISHER, iris.find(meta.publisher))):
        if node:
            yield predicate, node


def _entity(entity: Entity, iris: Iris, found: Facts) -> None:
    node = iris.of(entity.id)
    found.add(node, _described(entity, iris))
    free = iris.free_type(entity)
    if free and free != entity.id:
        found.add(node, [(term("instanceOf"), iris.of(free))])
        found.add(iris.of(free), [(TYPE, class_of(entity.type)), (LABEL, Literal(legal(free.partition("/")[2])))])
    for doc, form in {(mention.doc, mention.text) for mention in entity.mentions}:
        document = iris.document(doc)
        found.add(node, [(term("mentionedIn"), document)], document)
        if form != entity.name:
            found.add(node, [(ALTERNATIVE, Literal(legal(form)))], document)


def _described(entity: Entity, iris: Iris) -> Iterator[Fact]:
    """Class, name, owner and attributes; a link to something that the graph does not hold is left out."""
    yield TYPE, class_of(entity.type)
    if entity.kind:
        yield kind_of(entity.kind)
    yield LABEL, Literal(legal(entity.name))
    abroad = romanised(entity)
    yield ALTERNATIVE, Literal(legal(abroad.pinyin), language=PINYIN)
    if abroad.english:
        yield ALTERNATIVE, Literal(abroad.english, language=ENGLISH[abroad.source == GENERATED])
    for name, value in (("owner", entity.owner), *(pair for pair in entity.attributes if pair[0] != "instanceOf")):
        if value and links(name):
            found = value_of(name, value) or iris.find(value)
            if found:
                yield term(name), found
        elif value:
            yield term(name), _date(value) if is_date(name) else Literal(legal(value))


def _relation(relation: Relation, alone: bool, evidences: Evidences) -> None:
    """The plain triple and its statement, in the graph of each document that says so."""
    iris = evidences.iris
    subject, predicate, target = iris.of(relation.subject), term(relation.predicate), iris.of(relation.object)
    said: list[Fact] = [(TYPE, term("Statement")), (SUBJECT, subject), (PREDICATE, predicate), (OBJECT, target)]
    if relation.role:
        said.append((term("role"), term("role-" + relation.role)))
    said.extend(_claim(relation.period, relation.status, relation.evidence))
    for graph in _said(NamedNode(iris.base + statement(relation, alone)), said, relation.evidence, evidences):
        evidences.facts.add(subject, [(predicate, target)], graph)


def _figure(figure: Figure, known: NamedNode | None, evidences: Evidences) -> None:
    """The figure in the graph of each document that states it; `known` is its metric, else its phrase is one."""
    iris = evidences.iris
    node, metric = iris.of(figure.id), known or iris.of("metric/" + figure.metric)
    said: list[Fact] = [
        (TYPE, term("Figure")),
        (LABEL, Literal(legal(f"{figure.metric} {figure.text}"))),
        (term("metric"), metric),
        (term("value"), decimal(figure.value)),
        (term("unit"), Literal(legal(figure.unit))),
        (term("bound"), term("bound-" + figure.bound)),
        (term("wording"), Literal(legal(figure.text))),
        *_claim(figure.period, figure.status, figure.evidence),
    ]
    if figure.upper is not None:
        said.append((term("upper"), decimal(figure.upper)))
    names = [term("subject" if rank == 0 else "otherSubject") for rank in range(len(figure.subject))]
    subjects = tuple(zip(names, figure.subject, strict=True))
    said.extend((name, iris.of(subject)) for name, subject in subjects if subject != DOC)
    for graph in _said(node, said, figure.evidence, evidences):
        evidences.facts.add(node, [(name, graph) for name, subject in subjects if subject == DOC], graph)
        if not known:
            evidences.facts.add(metric, [(TYPE, term("Metric")), (LABEL, Literal(legal(figure.metric)))])


def _claim(period: str | None, status: str | None, evidence: Sequence[Evidence]) -> Iterator[Fact]:
    """What statements and figures have in common."""
    if period:
        yield term("period"), Literal(legal(period))
    for name, day in zip(("periodStart", "periodEnd"), bounds(period), strict=True):
        if day:
            yield term(name), _date(day)
    if status:
        yield term("status"), term("status-" + status)
    if evidence:
        yield term("confidence"), decimal(max(one.confidence for one in evidence))


def _said(
    claim: NamedNode, said: Sequence[Fact], passages: Sequence[Evidence], evidences: Evidences
) -> list[NamedNode]:
    """Put the claim into the graph of each document that says it, with its evidence there; gives these graphs."""
    graphs = {evidence.quote.doc: evidences.iris.document(evidence.quote.doc) for evidence in passages}
    for graph in graphs.values():
        evidences.facts.add(claim, said, graph)
    for evidence in passages:
        evidences.add(claim, evidence, graphs[evidence.quote.doc])
    return list(graphs.values())


@lru_cache(maxsize=10_000)
def _date(text: str) -> Literal:
    """An ISO day, month or year as the XSD type that fits; anything else as it stands."""
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) and bounds(text) != (None, None):
        return Literal(text, datatype=NamedNode(XSD + types[len(text)]))
    return Literal(legal(text))
