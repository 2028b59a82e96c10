"""``kg query``: SPARQL over a build or an endpoint → rows with labels and the sentences that say so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kg import query as querying
from kg.cli.answers import Format, answering, near, show
from kg.cli.printing import language
from kg.query import QueryError


def query(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[OUT] SPARQL|FILE", help="Output of kg build; a query or its file.", show_default=False
        ),
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.table,  # type: ignore[attr-defined]
    endpoint: Annotated[str, typer.Option(help="Ask this SPARQL 1.1 endpoint; leave OUT away.")] = "",
    plain: Annotated[bool, typer.Option("--plain", help="Without columns of labels and evidence.")] = False,
) -> None:
    """Ask a build in SPARQL; prefixes (kg: rdf: rdfs: skos: oa: …) are declared.

    \b
    kg query out/ "SELECT ?body ?policy { ?body kg:issues ?policy }"
    kg query out/ question.rq --format csv > answer.csv
    kg query --endpoint http://127.0.0.1:3030/kg/sparql question.rq

    OUT may be left away where the build lies here, in output/ or in out/.
    Each column of IRIs has one of labels beside it, and each row its evidence.
    """
    with answering():
        folder, text = _parted(words, endpoint)
        source = querying.opened(folder, endpoint or None)
        show(querying.query(source, text, language(), plain), form)


def _parted(words: list[str], endpoint: str) -> tuple[Path | None, str]:
    """The folder, and the query as typed or from its file."""
    if len(words) > (1 if endpoint else 2):
        wanted = "a query alone" if endpoint else "the output folder of kg build and a query"
        raise QueryError(f"{len(words)} words, but needed is {wanted} (quote a query that has spaces)")
    text = words[-1]
    # A query has braces, or begins as no name of a file does.
    if "{" not in text and not re.match(r"\s*(ask|construct|describe|load|prefix|select)\s", text, re.IGNORECASE):
        try:
            text = Path(text).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise QueryError(f"{text}: neither SPARQL nor a file of it ({error})") from error
    if endpoint:
        return None, text
    return Path(words[0]) if len(words) > 1 else near("kg query OUT SPARQL"), text
