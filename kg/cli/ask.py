"""``kg ask``: a question by its name, with parameters → rows with labels and the sentences that say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import query as querying
from kg.cli.answers import Format, answering, near, show
from kg.cli.printing import clean, echo, language, say
from kg.likeness import alike
from kg.query import Answer, QueryError, Question, Source

LIKE = 0.6  # likeness from which a word is a question misspelt


def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OUT] QUESTION [NAME=VALUE]…", help="Output of kg build, a question, parameters."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.table,  # type: ignore[attr-defined]
    endpoint: Annotated[str, typer.Option(help="Ask this SPARQL 1.1 endpoint; leave OUT away.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the questions.")] = False,
    choices: Annotated[str, typer.Option("--values", help="List what may be given for this parameter.")] = "",
) -> None:
    """Ask a build a question by name, without SPARQL.

    \b
    kg ask --list
    kg ask out/ metric-by-place metric=METRIC
    kg ask out/ metric-by-place --metric METRIC --format csv
    kg ask out/ metric-by-place --values metric

    OUT may be left away where the build lies here, in output/ or in out/.
    Parameters are names as documents have them; --values lists them.
    """
    with answering():
        if listed:
            _list()
            return
        given = list(words or ())
        folder = None if endpoint or not given else _folder(given)
        source = querying.opened(folder, endpoint or None)
        if not given:
            raise QueryError("no question; kg ask --list has them all")
        question = querying.question(given.pop(0))
        if choices:
            show(_values(question, choices, source), form)
            return
        show(querying.ask(source, question.name, querying.pairs(given), language()), form)


def _folder(given: list[str]) -> Path:
    """The build that the first word names; where that is a question, the one that lies here or in output/ or out/."""
    if Path(given[0]).exists():
        return Path(given.pop(0))
    if not any(alike(given[0], name) >= LIKE for name in querying.questions()):
        return Path(given.pop(0))
    querying.question(given[0])
    return near(f"kg ask OUT {given[0]}")


def _values(question: Question, name: str, source: Source) -> Answer:
    """What may be given for a parameter of the question."""
    found = next((each for each in question.parameters if each.name == name), None)
    if not found:
        there = ", ".join(each.name for each in question.parameters)
        raise QueryError(f"{question.name} has no parameter {name!r}; there is {there}")
    return querying.values(found, source)


def _list() -> None:
    """Each question with its parameters, those that must be given marked with ``!``."""
    for name, question in querying.questions().items():
        echo(name)
        echo(question.asks[language()], indent=4)
        if question.parameters:
            each = (f"{one.name}{'!' * one.required} ({one.type})" for one in question.parameters)
            echo(say("parameters", names=say("comma").join(map(clean, each))), indent=4)
