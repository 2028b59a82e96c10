"""A document's graph → spans with labels and arrows between them, which is all that annotation tools know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import DocumentGraph, Entity, Evidence

FIGURE = "Figure"


class AnnotationError(ValueError):
    """A file that cannot be taken in; the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of the text (code points) and the label that they bear."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Arrow:
    """From one span to another one."""

    subject: Span
    predicate: str
    object: Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document as an annotation tool shows it."""

    doc: str
    sha256: str
    text: str
    spans: tuple[Span, ...]
    arrows: tuple[Arrow, ...]


def annotated(graph: DocumentGraph, text: str) -> Annotated:
    """The document with a span for every mention and figure, and an arrow for every relation."""
    arrows = {arrow for _, arrow in arrows_of(graph)}
    spans = {span for _, span in spans_of(graph)}
    return Annotated(graph.doc, graph.sha256, text, tuple(sorted(spans)), tuple(sorted(arrows)))


def spans_of(graph: DocumentGraph) -> Iterator[tuple[str, Span]]:
    """The id of an entity or figure, and a span of it."""
    for entity in graph.entities:
        for mention in entity.mentions:
            yield entity.id, Span(mention.start, mention.end, entity.type)
    for relation, arrow in arrows_of(graph):
        yield relation[0], arrow.subject
        yield relation[2], arrow.object
    for figure in graph.figures:
        quote = figure.evidence[0].quote
        at = quote.text.find(figure.text)
        if at >= 0:
            yield figure.id, Span(quote.start + at, quote.start + at + len(figure.text), FIGURE)


def arrows_of(graph: DocumentGraph) -> Iterator[tuple[tuple[str, str, str], Arrow]]:
    """Each relation, and where an arrow shows it."""
    entities = {entity.id: entity for entity in graph.entities}
    for each in graph.relations:
        ends = [_stand(entities[end], each.evidence) for end in (each.subject, each.object)]
        yield (each.subject, each.predicate, each.object), Arrow(ends[0], each.predicate, ends[1])


def _stand(entity: Entity, evidence: Sequence[Evidence]) -> Span:
    """Where the entity stands in the passage, or where its actor was read; else its first mention."""
    forms = sorted({mention.text for mention in entity.mentions}, key=lambda form: (-len(form), form))
    for each in evidence:
        for quote in filter(None, (each.quote, each.antecedent)):
            for form in forms:
                at = quote.text.find(form)
                if at >= 0:
                    return Span(quote.start + at, quote.start + at + len(form), entity.type)
    first = entity.mentions[0]
    return Span(first.start, first.end, entity.type)
