"""An annotated document → gold in the form of the annotation guidelines, by which builds are judged."""

from __future__ import annotations

from typing import Any

from kg.annotate.changes import Changes

META = ("title", "publisher", "date", "genre", "about")


def gold(changes: Changes) -> dict[str, Any]:
    """The document as a person has annotated it; slots of figures, which spans do not hold, as kg has read them."""
    graph, text = changes.graph, changes.text
    kinds = {entity.id: entity.kind for entity in graph.entities if entity.type == "Policy"}
    entities = []
    for name, held in sorted(changes.entities.items()):
        kind = {"kind": kinds.get(name) or "document"} if held.type == "Policy" else {}
        mentions = {text[span.start : span.end] for span in changes.spans[name]}
        if name in changes.known:  # a wording that was not to be seen in the tool was not taken away there
            mentions |= {m.text for m in changes.known[name].mentions if changes.spans[name] & changes.before[name]}
        entities.append({"id": name, "type": held.type, **kind, "name": held.name, "mentions": sorted(mentions)})
    relations = [
        {"subject": s, "predicate": predicate, "object": o, "evidence": changes.evidence(arrow)["text"]}
        for (s, predicate, o), arrow in sorted(changes.relations.items())
    ]
    figures = []
    for figure in changes.figures:
        upper = {} if figure.upper is None else {"upper": _number(figure.upper)}
        slots = {name: getattr(figure, name) for name in ("unit", "bound", "metric", "period", "status")}
        subject = [each for each in figure.subject if each not in changes.known or each in changes.entities]
        said = {"id": figure.id, "text": figure.text, "value": _number(figure.value), **upper, **slots}
        figures.append({**said, "subject": subject or ["doc"], "evidence": figure.evidence[0].quote.text})
    meta = {name: value for name in META if (value := getattr(graph.meta, name)) is not None}
    return {"doc": graph.doc, "meta": meta, "entities": entities, "relations": relations, "figures": figures}


def _number(value: Any) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
