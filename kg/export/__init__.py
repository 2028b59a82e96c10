"""`Graph` → files, one format a file of this package: name of the format → its exporter, imported on first use.

An exporter is a function ``write(graph, texts, folder)`` that writes into `folder` and gives the names of its files;
`texts` maps each document to its text. Same graph, same bytes. One that cannot write this graph raises `ValueError`,
which says why. A package of someone else's adds one as an entry point of the group ``kg_exporters``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from kg.model import Graph

__all__ = ["EXPORTERS", "FURTHER", "Exporter", "UnknownExportError", "exporter"]

Exporter = Callable[[Graph, Mapping[str, str], Path], tuple[str, ...]]

EXPORTERS: Mapping[str, str] = {
    "rdf": "kg.export.rdf:write",  # graph.ttl, graph.trig, graph.jsonld
    "page": "kg.export.explorer:write",  # graph.html
    "graphml": "kg.export.networkx:write",  # graph.graphml
    "tables": "kg.export.tables:write",  # entities.csv, relations.csv, figures.csv
}
# Written where they are named; everything in them is in the files of "rdf" too.
FURTHER: Mapping[str, str] = {
    "nquads": "kg.export.rdf:write_nquads",  # graph.nq
    "rdfxml": "kg.export.rdf:write_rdfxml",  # graph.rdf
}
GROUP = "kg_exporters"


class UnknownExportError(ValueError):
    """The name of no exporter; the message says which there are."""


def exporter(name: str) -> Exporter:
    """The exporter of that name; `UnknownExportError` if there is none.

    >>> exporter("tables").__module__
    'kg.export.tables'
    """
    known = {**EXPORTERS, **FURTHER}
    if name in known:
        module, _, function = known[name].partition(":")
        found: Exporter = getattr(import_module(module), function)
        return found
    others = {point.name: point for point in entry_points(group=GROUP)}
    if name in others:
        return cast(Exporter, others[name].load())
    raise UnknownExportError(f"{name!r} is no export; there are {', '.join([*known, *sorted(others)])}")
