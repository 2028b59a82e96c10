"""Annotated documents ↔ doccano's JSONL for sequence labelling with relations: an object a line.

Import it into a project with relations and overlapping spans allowed; export it as JSONL again. Offsets are those of
doccano, which counts in UTF-16 units (doccano/doccano#2290): a character outside the basic plane counts two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.annotate.offsets import from_units, units
from kg.annotate.spans import Annotated, Arrow, Span


def dump(documents: Iterable[Annotated]) -> str:
    """The file, a document a line."""
    lines = []
    for number, each in enumerate(documents, 1):
        at = units(each.text)
        ids = {span: place for place, span in enumerate(each.spans, 1)}
        entities = [
            {"id": ids[span], "label": span.label, "start_offset": at[span.start], "end_offset": at[span.end]}
            for span in each.spans
        ]
        relations = [
            {"id": place, "from_id": ids[arrow.subject], "to_id": ids[arrow.object], "type": arrow.predicate}
            for place, arrow in enumerate(each.arrows, 1)
        ]
        line = {"id": number, "text": each.text, "entities": entities, "relations": relations}
        lines.append(json.dumps({**line, "doc": each.doc, "sha256": each.sha256}, ensure_ascii=False) + "\n")
    return "".join(lines)


def parse(text: str) -> list[Annotated]:
    """The documents of a file."""
    found = []
    for line in filter(str.strip, text.split("\n")):
        task = json.loads(line)
        back = from_units(task["text"])
        spans = {
            each["id"]: Span(back[each["start_offset"]], back[each["end_offset"]], each["label"])
            for each in task["entities"]
        }
        arrows = {Arrow(spans[each["from_id"]], each["type"], spans[each["to_id"]]) for each in task["relations"]}
        ordered = tuple(sorted(set(spans.values()))), tuple(sorted(arrows))
        found.append(Annotated(task["doc"], task["sha256"], task["text"], *ordered))
    return found
