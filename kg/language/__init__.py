"""The language part: `Doc` → `Doc`, one component a file, each a spaCy factory.

``pipeline()`` gives the whole of it on a blank Chinese model with one token a character; the components also work in
anybody's ``spacy.blank("zh")``: ``nlp.add_pipe("kg_structure")`` and so on, in the order of `COMPONENTS`. What they
read lies in ``doc._.kg`` (a `kg.language.reading.Reading`); the names also in ``doc.spans["kg_names"]``.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import (
    actors,
    figures,
    judge,
    metadata,
    organisations,
    periods,
    phrases,
    places,
    recogniser,
    relations,
    spans,
    structure,
    titles,
)
from kg.model import Source

COMPONENTS = (
    "kg_structure",
    "kg_places",
    "kg_organisations",
    "kg_titles",
    "kg_phrases",
    "kg_recogniser",
    "kg_metadata",
    "kg_periods",
    "kg_figures",
    "kg_actors",
    "kg_relations",
    "kg_judge",
    "kg_spans",
)
LONGEST = 10**9

__all__ = [
    "COMPONENTS",
    "actors",
    "figures",
    "judge",
    "metadata",
    "organisations",
    "periods",
    "phrases",
    "pipeline",
    "places",
    "read",
    "recogniser",
    "relations",
    "spans",
    "structure",
    "titles",
]


def pipeline(components: Sequence[str] = COMPONENTS) -> Language:
    """The language part, or its first components, as a spaCy pipeline."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.CharacterTokenizer.v1"}}})
    nlp.max_length = LONGEST
    for name in components:
        nlp.add_pipe(name)
    settle()
    return nlp


@cache
def settle() -> None:
    """Tell the garbage collector, once a process, that what is loaded stays: going through it took a tenth of the time.

    Knowledge is some hundred thousand objects that no document changes; ``gc.unfreeze()`` takes it back.
    """
    gc.collect()
    gc.freeze()


def read(nlp: Language, source: Source) -> Doc:
    """Read one document: the pipeline over its text, with its name and hints."""
    doc = nlp.make_doc(source.text)
    doc._.kg_name, doc._.kg_hints = source.doc, dict(source.hints)
    with undisturbed():
        return nlp(doc)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection in the meantime: reading makes many objects that stay and hardly a cycle among them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
