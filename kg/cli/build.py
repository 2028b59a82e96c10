"""``kg build``: files and folders in, a build folder out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from kg.cli.printing import MACHINE, SOME_FAILED, clean, complain, echo, say, stop, table
from kg.export import EXPORTERS, UnknownExportError
from kg.knowledge import KnowledgeError
from kg.model import BASE
from kg.store import Manifest, StoreError

if TYPE_CHECKING:
    from kg import flow

if sys.platform != "win32":
    import resource

ALL = ",".join(EXPORTERS)
COUNTS = ("inputs", "built", "characters", "entities", "relations", "figures")


def build(
    paths: Annotated[list[Path], typer.Argument(help="Documents, and folders of them.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.", show_default=False)],
    exports: Annotated[str, typer.Option("--exports", "-e", help="What to write besides the records.")] = ALL,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes that read documents.")] = 1,
    decisions: Annotated[
        list[Path] | None, typer.Option("--decisions", "-d", help="Judgements of yours, .jsonl.", show_default=False)
    ] = None,
    base: Annotated[str, typer.Option(help="What the IRIs of the RDF begin with.")] = BASE,
) -> None:
    """Build a knowledge graph of documents: .txt, .md, .html, .docx, .pdf.

    \b
    kg build reports/ --output out/
    kg build a.txt b.html --output out/ --exports rdf,page,tables
    kg build reports/ --output out/ --decisions judged.jsonl

    decisions.jsonl beside the documents or in the output folder is obeyed too (see kg review --help).
    An input or judgement that fails is named with its reason, here and in manifest.json, the rest is built (code 3).
    The output folder is replaced at the end and as a whole; files of yours in it stay.
    """
    from kg import flow  # on use: spaCy takes a second that `kg --help` need not wait for

    names = tuple(name.strip() for name in exports.split(",") if name.strip())
    started = time.monotonic()
    try:
        with _progress() as progress:
            _, manifest = flow.build([*paths, *(decisions or ())], output, names, progress, workers=workers, base=base)
    except (flow.BuildError, StoreError, UnknownExportError) as error:
        stop(error)
    except KnowledgeError as error:
        stop(error, MACHINE)
    except OSError as error:
        where, why = error.filename or output, error.strerror or error
        stop(f"{where}: {why}; free space there, or give another --output", MACHINE)
    for line in manifest.failures:
        complain(say("failed", line=clean(line)))
    _summarise(manifest, output, time.monotonic() - started)
    if manifest.failures:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def _progress() -> Iterator[flow.Progress]:
    """A bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def show(stage: str, what: str, done: int, total: int) -> None:
            bar.update(task, description=say(stage, name=clean(what)), completed=done, total=total)

        yield show


def _summarise(manifest: Manifest, output: Path, seconds: float) -> None:
    """What was read and found, where it lies, and what it cost."""
    counts = manifest.counts
    rows: list[tuple[str, object]] = [(say(name), counts[name]) for name in COUNTS[:2]]
    if manifest.failures:
        rows.append((say("failures"), counts["failed"]))
    if counts.get("copies"):
        rows.append((say("copies"), counts["copies"]))
    for name in COUNTS[2:]:
        rows.append((say(name), counts[name]))
        parts = {"entities": counts["types"], "relations": counts["predicates"]}.get(name, {})
        rows.extend((f"  {part}", number) for part, number in parts.items())
    table((say("kind"), say("number")), rows)
    files = [name for name in manifest.files if "/" not in name]
    echo(say("written", folder=clean(str(output)), files=say("comma").join(files)))
    if "graph.html" in files:
        echo(say("page", path=clean(str(output / "graph.html"))))
    echo(_cost(seconds))


def _cost(seconds: float) -> str:
    """Time, and the most memory that this process or one of its workers took."""
    if sys.platform == "win32":
        return say("seconds", seconds=seconds)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes elsewhere
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return say("cost", seconds=seconds, megabytes=peak * unit / 1_000_000)
