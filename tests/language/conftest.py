"""The pipeline, made once, and what it reads of a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import pipeline, read
from kg.model import Source

Reader = Callable[..., tuple[Doc, Source]]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Our own pipeline."""
    return pipeline()


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    """Read a text as a file of a name, with what the file says of itself."""

    def of(text: str, doc: str = "a.txt", hints: Mapping[str, str] | None = None) -> tuple[Doc, Source]:
        source = Source(doc, text, "txt", "0" * 64, hints or {})
        return read(nlp, source), source

    return of
