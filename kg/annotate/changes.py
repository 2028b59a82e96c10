"""A document's graph and how a person has annotated it → the judgements that make the one into the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.annotate.spans import FIGURE, Annotated, AnnotationError, Arrow, Span, arrows_of, spans_of
from kg.model import DOC, Decision, DocumentGraph, Entity, FigureTarget, Named, RelationTarget, Target

LONGEST = 400  # characters of a passage that holds both ends; of ends further apart the line of the object
Triple = tuple[str, str, str]


class Changes:
    """What the annotation changes: `entities` by id as annotated, `spans` of each, `relations`, and the judgements.

    A span that is new belongs to the entity of its type that has this wording already, else to a new one.
    """

    def __init__(self, graph: DocumentGraph, annotation: Annotated, text: str) -> None:
        if (annotation.sha256, annotation.text) != (graph.sha256, text):
            raise AnnotationError(f"{graph.doc}: annotated in another version; export and annotate it again")
        self.graph, self.annotation, self.text = graph, annotation, text
        self.known = {entity.id: entity for entity in graph.entities}
        self.before: dict[str, set[Span]] = defaultdict(set)
        for name, span in spans_of(graph):
            self.before[name].add(span)
        self.entities: dict[str, Named] = {}
        self.spans: dict[str, set[Span]] = defaultdict(set)
        self._of: dict[Span, str] = {}
        self._assign()
        self.relations = {self._triple(arrow): arrow for arrow in reversed(annotation.arrows)}
        self.figures = [f for f in graph.figures if not self.before[f.id] or self.before[f.id] & set(annotation.spans)]

    def decisions(self, by: str, date: str) -> Iterator[Decision]:
        """The judgements, each of this document as it stands."""
        said: list[tuple[str, Target, Any]] = [*self._entities(), *self._relations(), *self._figures()]
        for action, target, value in said:
            yield Decision(action, target, value, by, date, (self.graph.sha256,))

    def unread(self) -> Iterator[str]:
        """Figures marked anew: what they measure, of whom and when, a span cannot say."""
        held = {span for figure in self.graph.figures for span in self.before[figure.id]}
        for span in self.annotation.spans:
            if span.label == FIGURE and span not in held:
                yield f"{self.graph.doc}:{span.start}: {self.text[span.start : span.end]}"

    def _assign(self) -> None:
        """Give each annotated span its entity."""
        marked = [span for span in self.annotation.spans if span.label != FIGURE]
        owners = {span: name for name in self.known for span in sorted(self.before[name])}
        places = {(span.start, span.end): name for span, name in sorted(owners.items())}
        kept = {owners[span] for span in marked if span in owners}
        forms = {(e.type, m.text): e.id for e in reversed(self.graph.entities) for m in e.mentions if e.id in kept}
        for span in marked:
            words = self.text[span.start : span.end]
            name = owners.get(span) or forms.get((span.label, words))
            if name is None and places.get((span.start, span.end), "") not in (kept | {""}):
                name = places[span.start, span.end]  # another type
            if name is None:
                crossed = {n for o, n in owners.items() if n not in kept and o.start < span.end and span.start < o.end}
                alike = [n for n in sorted(crossed) if self.known[n].type == span.label]
                name = alike[0] if len(alike) == 1 else f"{span.label}/{words}"
            self._put(name, span, words)

    def _put(self, name: str, span: Span, words: str) -> None:
        """Hold the span as one of the entity's; the name follows a span that has moved."""
        self.spans[name].add(span)
        self._of[span] = name
        entity = self.known.get(name)
        moved = entity is None or not any(
            (span.start, span.end) == (old.start, old.end) or words == self.text[old.start : old.end]
            for old in self.before[name]
        )
        if entity is not None and (not moved or name in self.entities):
            self.entities.setdefault(name, Named(span.label, entity.name, entity.owner))
        else:
            self.entities.setdefault(name, Named(span.label, words, entity.owner if entity else None))

    def _triple(self, arrow: Arrow) -> Triple:
        return self._of[arrow.subject], arrow.predicate, self._of[arrow.object]

    def _entities(self) -> Iterator[tuple[str, Named, Any]]:
        """New ones, other names and types, new mentions, and what is gone."""
        for name, entity in sorted(self.known.items()):
            held = self.entities.get(name)
            was = _named(entity)
            if held is None:
                yield "remove", was, None
            elif held != was:
                changed = {"type": held.type} if held.type != was.type else {}
                yield "replace", was, {**changed, **({"name": held.name} if held.name != was.name else {})}
        for name, spans in sorted(self.spans.items()):
            wordings = {mention.text for mention in self.known[name].mentions} if name in self.known else set()
            first = {self.text[span.start : span.end]: span for span in sorted(spans, reverse=True)}
            new = [
                self._passage(span.start, span.end) for words, span in sorted(first.items()) if words not in wordings
            ]
            if new:
                yield "add", self.entities[name], {"mentions": new}

    def _relations(self) -> Iterator[tuple[str, RelationTarget, Any]]:
        """Relations whose arrow is gone, and arrows that no relation had."""
        said = {triple for triple, _ in arrows_of(self.graph)}
        for subject, predicate, other in sorted(said - set(self.relations)):
            if subject in self.entities and other in self.entities:  # with an entity its relations go
                yield "remove", RelationTarget(self.entities[subject], predicate, self.entities[other]), None
        for triple, arrow in sorted(self.relations.items()):
            if triple not in said:
                ends = self.entities[triple[0]], self.entities[triple[2]]
                yield "add", RelationTarget(ends[0], triple[1], ends[1]), {"evidence": self.evidence(arrow)}

    def _figures(self) -> Iterator[tuple[str, FigureTarget, Any]]:
        """Figures whose span is gone."""
        for figure in self.graph.figures:
            if figure not in self.figures:
                subject = figure.subject[0] if figure.subject else DOC
                named = None if subject == DOC else _named(self.known[subject])
                slots = (("period", figure.period), ("status", figure.status), ("text", figure.text))
                yield "remove", FigureTarget(figure.metric, named, slots), None

    def evidence(self, arrow: Arrow) -> dict[str, Any]:
        """The passage from one end to the other."""
        start = min(arrow.subject.start, arrow.object.start)
        end = max(arrow.subject.end, arrow.object.end)
        if end - start > LONGEST:
            start = self.text.rfind("\n", 0, arrow.object.start) + 1
            end = next((at for at in [self.text.find("\n", arrow.object.end)] if at >= 0), len(self.text))
        return self._passage(start, end)

    def _passage(self, start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": self.text[start:end]}


def _named(entity: Entity) -> Named:
    return Named(entity.type, entity.name, entity.owner)
