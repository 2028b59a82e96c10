"""``kg annotate export`` and ``import``: doccano or Label Studio and back; corrections become judgements and gold."""

from __future__ import annotations

import getpass
import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg import annotate, flow, store
from kg.annotate import AnnotationError, Changes
from kg.annotate.labelstudio import config
from kg.annotate.spans import FIGURE
from kg.cli.printing import clean, complain, echo, say, stop
from kg.evaluate.predicates import predicates
from kg.read import DECISIONS

TYPES = ("Organisation", "Place", "Policy", "Mechanism", FIGURE)
app = typer.Typer(no_args_is_help=True, help="Correct a build in doccano or Label Studio.")


class Format(StrEnum):
    """An annotation tool."""

    doccano = "doccano"
    labelstudio = "label-studio"


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="File to write.", show_default=False)],
    tool: Annotated[Format, typer.Option("--format", "-f", help="For which tool.")] = Format.doccano,
) -> None:
    """Write the documents with what was read in them: names and figures as spans, relations as arrows.

    \b
    kg annotate export out/ tasks.jsonl
    kg annotate export out/ tasks.json --format label-studio

    For Label Studio the labelling interface is written beside it, as .xml. In doccano, make a project for sequence
    labelling with relations and overlapping spans.
    """
    try:
        _, texts = store.opened(folder)
        documents = [annotate.annotated(graph, texts[graph.doc]) for graph in flow.corrected(folder)]
        file.write_text(annotate.FORMATS[tool.value].dump(documents), encoding="utf-8", newline="\n")
        if tool is Format.labelstudio:
            interface = file.with_suffix(".xml")
            interface.write_text(config(TYPES, sorted(predicates().scored)), encoding="utf-8", newline="\n")
    except (store.StoreError, OSError) as error:
        stop(error)
    echo(say("annotate_written", n=len(documents), path=clean(str(file))))


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="The build that was exported.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="What the tool has exported.", show_default=False)],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", "-d", help="File to write to.", show_default=False)
    ] = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", "-g", help="Folder to write gold to.", show_default=False)
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who annotated; your account by default.")] = "",
) -> None:
    """Turn corrections made in doccano or Label Studio into judgements, and annotated documents into gold.

    \b
    kg annotate import out/ corrected.jsonl --decisions reports/decisions.jsonl
    kg annotate import out/ corrected.json --gold gold/ --by LI

    Without --decisions, decisions.jsonl in the output folder. The next kg build obeys them.
    """
    path = decisions or folder / DECISIONS
    try:
        changes = _changes(folder, file)
        made = [each for change in changes for each in change.decisions(by or getpass.getuser(), _today())]
        store.append_decisions(path, made)
        for change in changes if gold else ():
            _write_gold(gold or folder, change)
    except (store.StoreError, OSError) as error:
        stop(error)
    except AnnotationError as error:
        stop(f"{file}: {error}")
    for line in (line for change in changes for line in change.unread()):
        complain(say("annotate_figure", line=clean(line)))
    echo(say("annotate_read", n=len(changes), m=len(made), path=clean(str(path))))


def _changes(folder: Path, file: Path) -> list[Changes]:
    """What has been changed in each annotated document."""
    _, texts = store.opened(folder)
    graphs = {graph.doc: graph for graph in flow.corrected(folder)}
    found = []
    for each in annotate.parse(file.read_text(encoding="utf-8-sig")):
        if each.doc not in graphs:
            raise AnnotationError(f"{each.doc} is no document of {folder}")
        found.append(Changes(graphs[each.doc], each, texts[each.doc]))
    return found


def _write_gold(folder: Path, change: Changes) -> None:
    name = change.graph.doc.rpartition(".")[0] or change.graph.doc
    path = folder / f"{name}.gold.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(annotate.gold(change), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _today() -> str:
    return date.today().isoformat()
