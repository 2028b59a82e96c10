"""``kg explore``: the page of a build, in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.printing import clean, echo, say, stop

PAGE = "graph.html"


def explore(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
) -> None:
    """Open the page of a build in the browser: search, picture, table, comparison, timeline, evidence.

    \b
    kg explore out/
    """
    page = folder / PAGE
    if not page.is_file():
        stop(say("no_page", path=clean(str(page))))
    # Where there is no browser, the line says what to open.
    opened = webbrowser.open(page.resolve().as_uri())
    echo(say("opened" if opened else "page", path=clean(str(page))))
