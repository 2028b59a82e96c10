"""A build or an endpoint, and SPARQL or a question by name → an answer with labels and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query.answers import Answer, EmptyAnswerError, QueryError, Source
from kg.query.embedded import Embedded
from kg.query.endpoint import Endpoint
from kg.query.labels import explained
from kg.query.mistakes import check, names, silent_part, syntax
from kg.query.questions import Parameter, Question, pairs, question, questions, values
from kg.query.writing import FORMATS, readable

if TYPE_CHECKING:
    import pandas

__all__ = [
    "FORMATS",
    "Answer",
    "Embedded",
    "EmptyAnswerError",
    "Endpoint",
    "Parameter",
    "QueryError",
    "Question",
    "Source",
    "ask",
    "frame",
    "opened",
    "pairs",
    "query",
    "question",
    "questions",
    "readable",
    "values",
]


def opened(folder: Path | None, endpoint: str | None = None) -> Source:
    """What answers: the endpoint if there is one, else the store of the build folder; `StoreError`, `QueryError`."""
    if endpoint:
        return Endpoint(endpoint)
    if folder is None:
        raise QueryError("nothing to ask; give the output folder of kg build, or --endpoint URL")
    return Embedded.opened(folder)


def query(source: Source, sparql: str, language: str = "en", plain: bool = False) -> Answer:
    """The answer to a query, with labels and evidence unless `plain`; our prefixes need not be declared.

    `QueryError` names line and column of a mistake; `EmptyAnswerError` what matches nothing.
    """
    check(sparql)
    try:
        found = source.ask(sparql)
        if not found.rows:
            raise EmptyAnswerError(silent_part(sparql, source))
        return found if plain else explained(found, source, language, names(sparql))
    except SyntaxError as error:
        raise syntax(sparql, error) from error


def frame(source: Source, sparql: str, language: str = "en") -> pandas.DataFrame:
    """The answer as a data frame; without rows where nothing matches."""
    try:
        return query(source, sparql, language).to_pandas()
    except EmptyAnswerError:
        return explained(source.ask(sparql), source, language).to_pandas()


def ask(source: Source, name: str, given: Mapping[str, str], language: str = "en") -> Answer:
    """The answer to a question of ``ontology/queries``; raises as `query` does, but names values without rows."""
    asked = question(name)
    try:
        return query(source, asked.filled(given, source), language)
    except EmptyAnswerError as error:
        raise EmptyAnswerError(asked.idle(given, source) or str(error)) from error
