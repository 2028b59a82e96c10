"""The command ``kg``: one file a command, each of which parses its arguments, calls, and prints.

Exit codes: 0 all went well; 1 nothing was found, or machine or ontology are at fault; 2 wrong usage; 3 some inputs
failed and the rest was built.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from kg import __version__
from kg.cli import annotate
from kg.cli.ask import ask
from kg.cli.build import build
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.explore import explore
from kg.cli.metrics import metrics
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.show import show
from kg.cli.validate import validate

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(build)
app.command()(show)
app.command()(explain)
# A parameter of a question is an option that no command knows beforehand.
app.command(context_settings={"ignore_unknown_options": True})(ask)
app.command()(query)
app.command()(validate)
app.command()(diff)
app.command()(explore)
app.command()(evaluate)
app.command()(metrics)
app.command()(review)
app.add_typer(annotate.app, name="annotate")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policy-kg {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turn Chinese government documents into a knowledge graph, with the passage behind every statement."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that is not UTF-8 gets an escape for what it cannot hold, and no crash.
            stream.reconfigure(errors="backslashreplace")
