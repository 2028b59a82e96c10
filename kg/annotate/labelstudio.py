"""Annotated documents ↔ Label Studio's JSON: a list of tasks, what kg has read as predictions to be corrected.

`config` is the labelling interface that the project needs. Offsets are code points; older versions of Label Studio
count UTF-16 units (HumanSignal/label-studio#1347), which the text that each result repeats gives away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from kg.annotate.offsets import from_units
from kg.annotate.spans import Annotated, AnnotationError, Arrow, Span

COLOURS = ("#4363d8", "#3cb44b", "#e6194b", "#f58231", "#911eb4")
SOURCE = "policy-kg"


def config(labels: Iterable[str], predicates: Iterable[str]) -> str:
    """The labelling interface, with the labels of spans and of arrows."""
    coloured = zip(labels, COLOURS, strict=False)
    shown = "".join(f"    <Label value={quoteattr(label)} background={quoteattr(c)}/>\n" for label, c in coloured)
    arrows = "".join(f"    <Relation value={quoteattr(predicate)}/>\n" for predicate in predicates)
    return (
        f'<View>\n  <Relations>\n{arrows}  </Relations>\n  <Labels name="label" toName="text">\n{shown}  </Labels>\n'
        '  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
    )


def dump(documents: Iterable[Annotated]) -> str:
    """The file, a task a document."""
    tasks = []
    for number, each in enumerate(documents, 1):
        ids = {span: f"s{place}" for place, span in enumerate(each.spans, 1)}
        result: list[dict[str, Any]] = [
            {"id": ids[span], "from_name": "label", "to_name": "text", "type": "labels", "value": _value(each, span)}
            for span in each.spans
        ]
        for arrow in each.arrows:
            ends = {"from_id": ids[arrow.subject], "to_id": ids[arrow.object]}
            result.append({"type": "relation", **ends, "direction": "right", "labels": [arrow.predicate]})
        data = {"text": each.text, "doc": each.doc, "sha256": each.sha256}
        tasks.append({"id": number, "data": data, "predictions": [{"model_version": SOURCE, "result": result}]})
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def parse(text: str) -> list[Annotated]:
    """The documents that have been annotated: tasks that nobody has submitted, or that were skipped, are left out."""
    found = []
    for task in json.loads(text):
        made = [each for each in task.get("annotations", ()) if not each.get("was_cancelled")]
        if made:
            data = task["data"]
            spans, arrows = _result(data["text"], made[-1]["result"])
            found.append(Annotated(data["doc"], data["sha256"], data["text"], spans, arrows))
    return found


def _value(document: Annotated, span: Span) -> dict[str, Any]:
    words = document.text[span.start : span.end]
    return {"start": span.start, "end": span.end, "text": words, "labels": [span.label]}


def _result(text: str, result: list[dict[str, Any]]) -> tuple[tuple[Span, ...], tuple[Arrow, ...]]:
    """The spans and arrows of an annotation."""
    spans = {each["id"]: _span(text, each["value"]) for each in result if each["type"] == "labels"}
    arrows = set()
    for each in result:
        for label in each.get("labels") or () if each["type"] == "relation" else ():
            ends = [spans[each["from_id"]], spans[each["to_id"]]]
            left, right = ends[::-1] if each.get("direction") == "left" else ends
            arrows.add(Arrow(left, label, right))
    return tuple(sorted(set(spans.values()))), tuple(sorted(arrows))


def _span(text: str, value: dict[str, Any]) -> Span:
    """Where a result stands, in whichever way its offsets count."""
    start, end, words = value["start"], value["end"], value.get("text")
    if words is not None and text[start:end] != words:
        back = from_units(text)
        start, end = back.get(start, start), back.get(end, end)
        if text[start:end] != words:
            raise AnnotationError(f"{words[:40]!r} does not stand at {value['start']}:{value['end']}")
    return Span(start, end, value["labels"][0])
