"""`Graph` → RDF: graph.ttl and graph.jsonld merge all documents, graph.trig has a named graph for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg import triples
from kg.export.rdf.facts import facts
from kg.export.rdf.iris import checked, prefixes
from kg.model import BASE, Graph

if TYPE_CHECKING:
    import rdflib

__all__ = ["BASE", "checked", "facts", "prefixes", "to_rdflib", "write", "write_nquads", "write_rdfxml"]

FILES = {"graph.ttl": "turtle", "graph.trig": "trig", "graph.jsonld": "jsonld"}


def write(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write the files into `folder`; `texts` maps each document to its text, for the words around a quote.

    Same graph, same bytes. Names of the files written. Raises `ValueError` for a name that policy.ttl does not hold.
    """
    found = facts(graph, texts)
    merged = found.merged()  # JSON-LD could hold named graphs, but a reader of one graph would then miss them
    for name, form in FILES.items():
        written = triples.serialise(found if form == "trig" else merged, form, prefixes(graph.base))
        (folder / name).write_bytes(written)
    return tuple(FILES)


def write_nquads(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write graph.nq: N-Quads, a named graph for each document, a fact a line; as `write` otherwise."""
    (folder / "graph.nq").write_bytes(triples.serialise(facts(graph, texts), "nquads", {}))
    return ("graph.nq",)


def write_rdfxml(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write graph.rdf: the merged facts as RDF/XML; as `write` otherwise."""
    merged = facts(graph, texts).merged()
    (folder / "graph.rdf").write_bytes(triples.serialise(merged, "rdfxml", prefixes(graph.base)))
    return ("graph.rdf",)


def to_rdflib(graph: Graph, texts: Mapping[str, str] | None = None) -> rdflib.Graph:
    """The merged facts as an rdflib graph with our prefixes; quotes have their surroundings where `texts` has them."""
    # Imported on use: a fifth of a second that a build without rdflib need not wait for.
    import rdflib

    target = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes(graph.base).items():
        target.bind(prefix, namespace)
    for _, subjects in facts(graph, texts or {}).merged().graphs():
        for name, said in subjects:
            subject = rdflib.URIRef(name)
            for predicate, value in said:
                target.add((subject, rdflib.URIRef(predicate.value), _term(value)))
    return target


def _term(value: triples.NamedNode | triples.Literal) -> rdflib.URIRef | rdflib.Literal:
    """The term as rdflib has it; a literal with its digits as they are."""
    import rdflib

    if isinstance(value, triples.NamedNode):
        return rdflib.URIRef(value.value)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    datatype = None if value.datatype.value.endswith("#string") else rdflib.URIRef(value.datatype.value)
    return rdflib.Literal(value.value, datatype=datatype, normalize=False)
