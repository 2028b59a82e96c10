"""An answer → a table on the terminal, or a format for files and programs, on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NoReturn

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.printing import clean, complain, echo, say, stop
from kg.query import FORMATS, Answer, EmptyAnswerError, QueryError, readable
from kg.store import StoreError
from kg.store.manifest import is_build

HERE = (Path(), Path("output"), Path("out"))  # where a build is looked for
NOTHING = 1  # exit code where nothing was found

Format = Enum("Format", {name: name for name in ("table", *FORMATS)}, type=str)  # type: ignore[misc]


def show(answer: Answer, form: Format) -> None:
    """Print it; a table has labels in place of IRIs, the other formats have both."""
    if form.value != "table":
        # As it is: a terminal's line ends would break the quoting of CSV.
        sys.stdout.flush()
        typer.echo(FORMATS[form.value](answer).encode(), nl=False)
        return
    shown = readable(answer)
    printed = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in shown.columns:
        printed.add_column(Text(name), overflow="fold")
    for row in shown.rows:
        printed.add_row(*(Text(clean(cell.value) if cell else "") for cell in row))
    console = Console(highlight=False)
    # A file or a pipe has no width to fit into.
    console.print(printed) if console.is_terminal else Console(highlight=False, width=4000).print(printed)
    echo(say("rows", n=len(shown.rows)))


def near(usage: str) -> Path:
    """The build that lies here, in ``output/`` or in ``out/``."""
    found = next((folder for folder in HERE if is_build(folder)), None)
    if found is None:
        raise QueryError(f"which build? there is none here, in output/ or in out/; {usage}")
    return found


@contextmanager
def answering() -> Iterator[None]:
    """A question being asked: what is wrong with it, its empty answer or the build's fault is said, and ends it."""
    try:
        yield
    except QueryError as error:
        refuse(error)
    except EmptyAnswerError as error:
        nothing(error)
    except StoreError as error:
        stop(error)


def nothing(reason: object) -> NoReturn:
    """Say which part found nothing, and end."""
    complain(say("empty", reason=clean(str(reason))))
    raise typer.Exit(NOTHING)


def refuse(error: QueryError) -> NoReturn:
    """Say what is wrong with the query, the line itself under it, and end."""
    first, *shown = str(error).splitlines()
    stop("\n".join([clean(first), *("  " + "".join(c if c.isprintable() else " " for c in line) for line in shown)]))
