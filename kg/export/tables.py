"""`Graph` → tables for people: CSV files for spreadsheets, data frames for notebooks.

Relations and figures have one row a passage; `passage` counts them, so that the rows with passage 1 are each fact once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from kg.export.characters import legal
from kg.export.romanised import romanised
from kg.model import DOC, Document, Entity, Evidence, Graph

if TYPE_CHECKING:
    import pandas

Cell = str | int | float | Decimal | None
Row = tuple[Cell, ...]

PASSAGE = ("passage", "evidence", "antecedent", "document", "title", "date", "start", "end", "confidence", "component")
ENTITIES = (
    "id",
    "type",
    "kind",
    "name",
    "owner",
    "mentions",
    "times",
    "documents",
    "pinyin",
    "english",
    "english_source",
)
RELATIONS = ("subject", "subject_type", "predicate", "object", "object_type", "period", "role", "status", *PASSAGE)
FIGURES = (
    "metric",
    "value",
    "upper",
    "unit",
    "bound",
    "status",
    "subject",
    "subject_type",
    "period",
    "wording",
    *PASSAGE,
)
METRICS = ("id", "name", "topic", "kind", "basis", "dimension", "unit", "comparable", "variants", "figures")
CONFLICTS = (
    "metric",
    "subject",
    "period",
    "value",
    "upper",
    "unit",
    "bound",
    "wording",
    "document",
    "evidence",
    "figure",
)
NUMBERS = ("value", "upper")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")


class Table(NamedTuple):
    """The names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Frames(NamedTuple):
    """Data frames with the columns of the CSV files; numbers are numbers, what is not known is missing."""

    entities: pandas.DataFrame
    relations: pandas.DataFrame
    figures: pandas.DataFrame
    metrics: pandas.DataFrame
    conflicts: pandas.DataFrame


def write(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write the files: UTF-8 with BOM, so that Excel reads the Chinese; no cell is taken for a formula."""
    names = []
    for name, table in _tables(graph).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows([safe(cell) for cell in row] for row in table.rows)
        names.append(f"{name}.csv")
    return tuple(names)


def to_pandas(graph: Graph) -> Frames:
    """The tables as data frames."""
    # Imported on use: half a second that writing CSV need not wait for.
    import pandas

    frames = []
    for table in _tables(graph).values():
        rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
        frame = pandas.DataFrame(rows, columns=list(table.columns))
        numbers = [column for column in NUMBERS if column in frame]
        frames.append(frame.astype(dict.fromkeys(numbers, "float64")))
    return Frames(*frames)


def safe(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula: ``'`` before = + - @ tab and line ends, of any width.

    >>> safe("=1+1"), safe("-5"), safe(Decimal("1E+4")), safe(None)
    ("'=1+1", '-5', '10000', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    text = str(cell)
    if not isinstance(cell, str) or _NEGATIVE.fullmatch(text):
        return text
    return "'" + text if normalize("NFKC", text[:1]) in tuple("=+-@\t\r\n") else text


def _tables(graph: Graph) -> dict[str, Table]:
    """Name of the table → the table, without characters that no file can hold."""
    entities = {entity.id: entity for entity in graph.entities}
    documents = {document.doc: document for document in graph.documents}
    extra = tuple(sorted({name for entity in graph.entities for name, _ in entity.attributes} - set(ENTITIES)))
    tables = {
        "entities": Table((*ENTITIES, *extra), tuple(_entities(graph, extra))),
        "relations": Table((*RELATIONS, "subject_id", "object_id"), tuple(_relations(graph, entities, documents))),
        "figures": Table((*FIGURES, "id", "subject_id", "metric_id"), tuple(_figures(graph, entities, documents))),
        "metrics": Table(METRICS, tuple(_metrics(graph))),
        "conflicts": Table(CONFLICTS, tuple(_conflicts(graph, entities))),
    }
    return {name: Table(table.columns, tuple(_legal(table.rows))) for name, table in tables.items()}


def _legal(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield tuple(legal(cell) if isinstance(cell, str) else cell for cell in row)


def _entities(graph: Graph, extra: Sequence[str]) -> Iterator[Row]:
    for entity in graph.entities:
        forms = "; ".join(sorted({mention.text for mention in entity.mentions}))
        docs = "; ".join(sorted({mention.doc for mention in entity.mentions}))
        known = (entity.id, entity.type, entity.kind, entity.name, entity.owner, forms, len(entity.mentions), docs)
        abroad = romanised(entity)
        attributes: dict[str, list[str]] = {}
        for name, value in entity.attributes:
            attributes.setdefault(name, []).append(value)
        yield *known, *abroad, *("; ".join(attributes[name]) if name in attributes else None for name in extra)


def _relations(graph: Graph, entities: Mapping[str, Entity], documents: Mapping[str, Document]) -> Iterator[Row]:
    for relation in graph.relations:
        subject, target = _named(relation.subject, entities), _named(relation.object, entities)
        said = (*subject, relation.predicate, *target, relation.period, relation.role, relation.status)
        for number, evidence in enumerate(relation.evidence, 1):
            yield *said, *_passage(number, evidence, documents), relation.subject, relation.object


def _figures(graph: Graph, entities: Mapping[str, Entity], documents: Mapping[str, Document]) -> Iterator[Row]:
    metrics = {name: metric.id for metric in graph.metrics for name in metric.figures}
    for figure in graph.figures:
        amount = (figure.metric, figure.value, figure.upper, figure.unit, figure.bound, figure.status)
        subject = figure.subject[0] if figure.subject else DOC
        for number, evidence in enumerate(figure.evidence, 1):
            passage = _passage(number, evidence, documents)
            named = (passage[4] or evidence.quote.doc, "Document") if subject == DOC else _named(subject, entities)
            yield *amount, *named, figure.period, figure.text, *passage, figure.id, subject, metrics.get(figure.id)


def _metrics(graph: Graph) -> Iterator[Row]:
    for each in graph.metrics:
        known = (each.id, each.name, each.topic, each.kind, each.basis, each.dimension, each.unit)
        yield *known, str(each.comparable).lower(), "; ".join(each.variants), len(each.figures)


def _conflicts(graph: Graph, entities: Mapping[str, Entity]) -> Iterator[Row]:
    """A row a figure of each conflict."""
    names, figures = {m.id: m.name for m in graph.metrics}, {figure.id: figure for figure in graph.figures}
    for each in graph.conflicts:
        about = names[each.metric], _named(each.subject, entities)[0], each.period
        for figure in (figures[name] for name in each.figures):
            quote = figure.evidence[0].quote
            amount = figure.value, figure.upper, figure.unit, figure.bound, figure.text
            yield *about, *amount, quote.doc, quote.text, figure.id


def _named(name: str, entities: Mapping[str, Entity]) -> tuple[str, str | None]:
    """Name and type of an entity."""
    entity = entities.get(name)
    return (entity.name, entity.type) if entity else (name, None)


def _passage(number: int, evidence: Evidence, documents: Mapping[str, Document]) -> Row:
    """The cells of `PASSAGE`."""
    quote, antecedent = evidence.quote, evidence.antecedent
    document = documents.get(quote.doc)
    title, date = (document.meta.title, document.meta.date) if document else (None, None)
    span = (quote.start, quote.end, evidence.confidence, evidence.component or None)
    return number, quote.text, antecedent.text if antecedent else None, quote.doc, title, date, *span
