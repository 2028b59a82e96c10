"""``kg evaluate``: gold files and a build → precision, recall and F1 by type and predicate, slots, and the errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from kg import evaluate as evaluation
from kg import flow, store
from kg.cli.printing import clean, echo, say, stop, table
from kg.evaluate import Evaluation, EvaluationError

PER_DOCUMENT = ("entity", "relation", "figure", "figure core")
NOTHING = "–"


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of *.gold.json files.", show_default=False)],
    build: Annotated[Path, typer.Argument(help="Output of kg build, or records.jsonl.", show_default=False)],
    errors: Annotated[int, typer.Option("--errors", "-n", min=0, help="Errors of each document to list.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Judge a build by gold files: by type and predicate, slots, documents.

    \b
    kg evaluate gold/ out/
    kg evaluate gold/ out/records.jsonl --errors 20

    A build is judged as a person's judgements have corrected it, records.jsonl as read. In the list of errors, + is
    extra, - is missed, ~ is a figure with a wrong slot.
    """
    try:
        judged = build.is_dir() and store.decided(build)
        lines = map(store.line, flow.corrected(build)) if judged else None
        found = evaluation.evaluate(gold, build, lines)
    except (EvaluationError, store.StoreError) as error:
        stop(error)
    if as_json:
        echo(json.dumps(found.total.report(), ensure_ascii=False, indent=1))
    else:
        _print(found)
    for doc, score in found.documents.items() if errors else ():
        echo()
        echo(say("errors", doc=clean(doc), n=len(score.errors)))
        for line in score.errors[:errors]:
            echo(clean(line), indent=2)


def _print(found: Evaluation) -> None:
    """Three tables, and the one number."""
    report: dict[str, Any] = found.total.report()
    columns = ("precision", "recall", "f1", "gold")
    kinds = {name: row for name, row in report.items() if isinstance(row, dict) and "f1" in row}
    table((say("kind"), *map(say, columns)), [(name, *(row[c] for c in columns)) for name, row in kinds.items()])
    echo()
    slots = {name: row for name, row in report.items() if isinstance(row, dict) and "accuracy" in row}
    rows = [(name.removeprefix("slot "), row["accuracy"], row["of"]) for name, row in slots.items()]
    table((say("slot"), say("accuracy"), say("of")), rows)
    echo()
    documents = []
    for doc, score in found.documents.items():
        tallies = [score.tally(kind) for kind in PER_DOCUMENT]
        values = [tally.f1 if tally.found + tally.extra + tally.missed else NOTHING for tally in tallies]
        documents.append((clean(doc), *values))
    table((say("document"), *PER_DOCUMENT), documents)
    echo()
    echo(say("overall", value=report["overall"]))
