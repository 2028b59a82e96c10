"""What ``import kg`` offers: build a graph from files or load one, ask it, turn it into what other tools take."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg import flow, language, names, query, store
from kg.export import explorer
from kg.export.networkx import to_networkx
from kg.export.pyvis import to_pyvis
from kg.export.rdf import to_rdflib
from kg.export.tables import Frames, to_pandas
from kg.model import Document, Entity, Figure, Graph, Relation

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib
    from pyvis.network import Network
    from spacy.language import Language

StrPath = str | os.PathLike[str]


class KnowledgeGraph:
    """A merged graph and the build folder that it lies in.

    `documents`, `entities`, `relations` and `figures` are tuples of the records of `kg.model`, sorted by id; `texts`
    maps each document to its text; `failures` has a line for each input that could not be built.
    """

    def __init__(self, graph: Graph, folder: Path) -> None:
        manifest, texts = store.opened(folder)
        self.graph = graph
        self.folder = folder
        self.texts: Mapping[str, str] = texts
        self.failures = manifest.failures

    def __repr__(self) -> str:
        found = (f"{len(getattr(self, name)):,} {name}" for name in ("documents", "entities", "relations", "figures"))
        return f"<KnowledgeGraph: {', '.join(found)}>"

    @property
    def documents(self) -> tuple[Document, ...]:
        """What was read, with title, publisher, date and genre."""
        return self.graph.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Organisations, places, policies and mechanisms."""
        return self.graph.entities

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Who does what, with every passage that says so."""
        return self.graph.relations

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Stated quantities, with every passage that says so."""
        return self.graph.figures

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities of that id, name or mention, likeliest first; width, quotation marks and spaces do not count."""
        return names.find(self.graph, name)

    def to_pandas(self) -> Frames:
        """Three data frames: ``entities``, ``relations`` and ``figures``; the last two have a row for each passage."""
        return to_pandas(self.graph)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities as nodes, relations as edges keyed by predicate."""
        return to_networkx(self.graph)

    def to_rdf(self) -> rdflib.Graph:
        """The facts as an rdflib graph."""
        return to_rdflib(self.graph, self.texts)

    def explore(self, height: int = 720) -> explorer.Frame:
        """The explorer page for a notebook, in an isolated frame of that many pixels; no file is written."""
        return explorer.framed(self.graph, self.texts, height)

    def to_pyvis(self) -> Network:
        """A picture for a notebook, of up to 2,000 entities."""
        return to_pyvis(self.graph)

    def query(self, sparql: str, labels: str = "en") -> pandas.DataFrame:
        """What a SPARQL query finds, with labels in that language and evidence; ``graph.query("SELECT …")``.

        Raises `kg.query.QueryError`, which names line and column. An answer without rows is an empty frame.
        """
        return query.frame(query.opened(self.folder), sparql, labels)

    def ask(self, question: str, labels: str = "en", **values: str | int) -> pandas.DataFrame:
        """The answer to a question of ``kg ask --list``; ``graph.ask("metric-by-place", metric="…")``."""
        source = query.opened(self.folder)
        given = {name: str(value) for name, value in values.items()}
        return query.frame(source, query.question(question).filled(given, source), labels)

    def save(self, folder: StrPath, exports: Sequence[str] = flow.ALL) -> None:
        """Write the build folder that ``kg build`` would write; raises as `build` does."""
        flow.copy(self.folder, Path(folder), exports)


def build(
    paths: StrPath | Iterable[StrPath],
    output: StrPath | None = None,
    exports: Sequence[str] = flow.ALL,
    progress: flow.Progress = flow.silent,
    **options: Unpack[flow.Options],
) -> KnowledgeGraph:
    """Build a graph from files and folders; an input that fails is left out, with a warning that names it and why.

    With an `output`, the build is written there, with these exports. Of the `options`, ``workers`` is how many
    processes read (more than one need the usual guard of a script, ``if __name__ == "__main__":``), and ``base`` what
    the IRIs of its RDF begin with, such as ``https://data.example/id/``. Raises `kg.flow.BuildError`,
    `kg.store.StoreError` and `kg.export.UnknownExportError`.
    """
    listed = [Path(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    kept = Path(tempfile.mkdtemp(prefix="kg-")) if output is None else None
    folder = kept / "build" if kept else Path(output or "")
    try:
        merged, manifest = flow.build(listed, folder, () if kept else exports, progress, **options)
        graph = KnowledgeGraph(merged, folder)
    except BaseException:  # an interrupt as well: nobody else knows of the folder
        if kept:
            shutil.rmtree(kept, ignore_errors=True)
        raise
    if kept:
        weakref.finalize(graph, shutil.rmtree, kept, ignore_errors=True)
    for failure in manifest.failures:
        warnings.warn(failure, stacklevel=2)
    return graph


def load(folder: StrPath) -> KnowledgeGraph:
    """The graph of a folder that ``kg build`` has written; `kg.store.StoreError` if it is none."""
    path = Path(folder)
    return KnowledgeGraph(flow.loaded(path), path)


def nlp() -> Language:
    """The language part alone, as a spaCy pipeline: ``doc = kg.nlp()(text)``."""
    return language.pipeline()
