"""Words and numbers → lines and tables on the terminal, in its language."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.model import Quote
from kg.resources import ontology_folder

USAGE = 2
SOME_FAILED = 3
MACHINE = 1


def language() -> str:
    """The language of the terminal: ``zh`` or ``en``."""
    stated = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if stated.lower().startswith("zh") else "en"


def say(key: str, **values: object) -> str:
    """What the program says in that place, filled in."""
    return str(_words("cli")[language()][key]).format(**values)


def passage(quote: Quote) -> str:
    """A passage with its document."""
    return say("quote", text=clean(quote.text), doc=clean(quote.doc))


def sentence(predicate: str, subject: str, other: str) -> str:
    """A relation as a sentence; as a plain triple where no sentence is known for its predicate."""
    known: dict[str, str] = _words("explorer")[language()]["sentences"]
    return known.get(predicate, f"{{s}} {predicate} {{o}}").format(s=subject, o=other)


def clean(text: str) -> str:
    """A document's words on one line, with nothing in it that a terminal takes for a command.

    >>> clean("盘锦市\\n司法局\\x1b[2J")
    '盘锦市 司法局\\\\x1b[2J'
    """
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)


def echo(line: str = "", indent: int = 0) -> None:
    """Print a line to stdout."""
    typer.echo(" " * indent + line)


def complain(line: str) -> None:
    """Print a line to stderr."""
    typer.echo(line, err=True)


def stop(reason: object, code: int = USAGE) -> NoReturn:
    """Say why on stderr, and end with that exit code."""
    complain(say("stopped", reason=reason))
    raise typer.Exit(code)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headings; all but the first column are numbers."""
    printed = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        printed.add_column(Text(column), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        printed.add_row(*(Text(_cell(value)) for value in row))
    console = Console(highlight=False)
    # A file or a pipe has no width to fit into.
    console.print(printed) if console.is_terminal else Console(highlight=False, width=1000).print(printed)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}" if isinstance(value, float) else str(value)


@cache
def _words(name: str) -> dict[str, Any]:
    path = ontology_folder() / "messages" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
