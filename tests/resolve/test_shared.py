"""Real documents, where the folder shared/ is there: the graph of each holds what stands in it, alone and among others."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from kg.language import pipeline, read
from kg.model import DocumentGraph, Source
from kg.read import FORMATS, source
from kg.resolve import document

SEED, SAMPLE, ALONE = 20240607, 40, 4

Faults = Callable[[DocumentGraph, str], list[str]]


@pytest.fixture(scope="module")
def sources(shared: Path) -> list[Source]:
    """A sample of the corpus, the same every time; shorter documents, so that the test is quick."""
    folder = shared / "corpus"
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in FORMATS and path.stat().st_size < 60_000]
    paths = [path for path in paths if path.parent != folder and path.parent.name != "gazetteers"]
    chosen = random.Random(SEED).sample(paths, SAMPLE)
    return [source(path, path.relative_to(folder).as_posix()) for path in chosen]


@pytest.fixture(scope="module")
def graphs(nlp: Language, sources: list[Source]) -> list[DocumentGraph]:
    return [document(read(nlp, each), each) for each in sources]


def test_the_sample_is_of_several_kinds(sources: list[Source]) -> None:
    assert len({each.doc.split("/")[0] for each in sources}) >= 4
    assert sum(len(each.text) for each in sources) > 100_000


def test_every_graph_holds_what_stands_in_its_text(
    sources: list[Source], graphs: list[DocumentGraph], faults: Faults
) -> None:
    found = {each.doc: faults(graph, each.text)[:3] for each, graph in zip(sources, graphs, strict=True)}
    assert not {doc: wrong for doc, wrong in found.items() if wrong}


def test_something_is_read_of_almost_every_document(graphs: list[DocumentGraph]) -> None:
    assert sum(bool(graph.entities) for graph in graphs) >= 0.95 * SAMPLE
    assert sum(bool(graph.relations) for graph in graphs) >= 0.8 * SAMPLE


def test_the_same_in_reversed_order(nlp: Language, sources: list[Source], graphs: list[DocumentGraph]) -> None:
    again = [document(read(nlp, each), each) for each in reversed(sources)]
    assert again[::-1] == graphs


def test_the_same_alone(sources: list[Source], graphs: list[DocumentGraph]) -> None:
    """A pipeline that has read nothing else gives the same record."""
    for each, graph in list(zip(sources, graphs, strict=True))[:ALONE]:
        assert document(read(pipeline(), each), each) == graph


@pytest.mark.long
def test_every_document_of_the_corpus(nlp: Language, shared: Path, faults: Faults) -> None:
    folder = shared / "corpus"
    wrong = {}
    for path in sorted(
        each for each in folder.glob("*/*") if each.suffix in FORMATS and each.parent.name != "gazetteers"
    ):
        each = source(path, path.relative_to(folder).as_posix())
        found = faults(document(read(nlp, each), each), each.text)
        wrong |= {each.doc: found[:2]} if found else {}
    assert not wrong
