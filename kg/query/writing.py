"""An answer → text in one of `FORMATS`: CSV for spreadsheets, TSV, JSON and XML as SPARQL 1.1 has them, Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from kg.export.characters import legal
from kg.export.tables import safe
from kg.query.answers import Answer, Cell, python, words
from kg.triples import Literal, NamedNode

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS = "http://www.w3.org/2005/sparql-results#"


def to_csv(answer: Answer) -> str:
    """UTF-8 with BOM, so that Excel reads the Chinese; no cell is taken for a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(answer.columns)
    writer.writerows([_plain(cell) for cell in row] for row in answer.rows)
    return "\ufeff" + file.getvalue()


def _plain(cell: Cell) -> str:
    """A cell for a spreadsheet: digits as they are, words without danger."""
    return words(cell) if isinstance(python(cell), int | float) else safe(legal(words(cell)))


def to_tsv(answer: Answer) -> str:
    """The TSV of SPARQL 1.1: terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def to_json(answer: Answer) -> str:
    """The JSON of SPARQL 1.1."""
    if answer.form == "ask":
        return json.dumps({"head": {}, "boolean": words(answer.rows[0][0]) == "true"}) + "\n"
    bindings = [
        {name: _binding(cell) for name, cell in zip(answer.columns, row, strict=True) if cell is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _binding(cell: Cell) -> dict[str, str]:
    if not isinstance(cell, Literal):
        return {"type": "uri" if isinstance(cell, NamedNode) else "bnode", "value": words(cell)}
    found = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value != _STRING:
        found["datatype"] = cell.datatype.value
    return found


def to_xml(answer: Answer) -> str:
    """The XML of SPARQL 1.1."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_RESULTS}">', "<head>"]
    if answer.form == "ask":
        return "\n".join([*lines, "</head>", f"<boolean>{words(answer.rows[0][0])}</boolean>", "</sparql>", ""])
    lines += [f"<variable name={quoteattr(name)}/>" for name in answer.columns]
    lines += ["</head>", "<results>"]
    for row in answer.rows:
        cells = ((name, cell) for name, cell in zip(answer.columns, row, strict=True) if cell is not None)
        bound = "".join(f"<binding name={quoteattr(name)}>{_element(cell)}</binding>" for name, cell in cells)
        lines.append(f"<result>{bound}</result>")
    return "\n".join([*lines, "</results>", "</sparql>", ""])


def _element(cell: Cell) -> str:
    # A carriage return as it is would come back as a line feed.
    text = escape(legal(words(cell)), {"\r": "&#13;"})
    if not isinstance(cell, Literal):
        return f"<uri>{text}</uri>" if isinstance(cell, NamedNode) else f"<bnode>{text}</bnode>"
    if cell.language:
        return f'<literal xml:lang="{cell.language}">{text}</literal>'
    kind = "" if cell.datatype.value == _STRING else f" datatype={quoteattr(cell.datatype.value)}"
    return f"<literal{kind}>{text}</literal>"


def to_markdown(answer: Answer) -> str:
    """A table of Markdown, of what a person reads: labels in place of IRIs that have one."""
    shown = readable(answer)
    lines = ["| " + " | ".join(shown.columns) + " |", "|" + " --- |" * len(shown.columns)]
    cells = ([" ".join(words(cell).split()).replace("|", "\\|") for cell in row] for row in shown.rows)
    lines += [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join(lines) + "\n"


def readable(answer: Answer) -> Answer:
    """The answer without the columns that another one gives the labels of."""
    kept = [at for at, name in enumerate(answer.columns) if name + "Label" not in answer.columns]
    names = tuple(answer.columns[at].removesuffix("Label") or "Label" for at in kept)
    return Answer(names, tuple(tuple(row[at] for at in kept) for row in answer.rows), answer.form)


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "xml": to_xml,
    "markdown": to_markdown,
}
