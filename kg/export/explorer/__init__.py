"""A graph and its texts → ``graph.html``: one page to search and see it, with the sentence behind every relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.export.explorer import data, page, words
from kg.export.explorer.frame import Frame
from kg.model import Graph

__all__ = ["Frame", "framed", "write"]

NAME = "graph.html"
MOST = 25_000_000  # bytes a page may have: past that, browsers and mail refuse it


def write(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write ``graph.html``; `texts` holds each document's text, from which the context of quotes is taken.

    Raises `ValueError` where the graph points at what it does not hold, and where the page would pass 25 MB.
    """
    text = _page(graph, texts)
    size = len(text.encode())
    if size > MOST:
        raise ValueError(
            f"{NAME} would have {size / 1e6:.0f} MB, more than {MOST / 1e6:.0f}: build a page of fewer documents, "
            "or export rdf or tables and query those"
        )
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    return (NAME,)


def framed(graph: Graph, texts: Mapping[str, str], height: int = 720) -> Frame:
    """The page as a notebook shows it; raises as `write` does, and where the page is too large for a notebook."""
    return Frame(_page(graph, texts), height)


def _page(graph: Graph, texts: Mapping[str, str]) -> str:
    spoken = words.interface()
    labels = words.labels(set(_names(graph)), set(_values(graph)))
    facts = {
        "version": _version(),
        "words": {language: {**spoken[language], **labels[language]} for language in spoken},
    }
    return page.page(data.payload(graph, texts), facts, str(spoken["zh"]["title"]), str(spoken["zh"]["noscript"]))


def _names(graph: Graph) -> Iterator[str]:
    """The names of classes and properties that the graph uses."""
    for entity in graph.entities:
        yield entity.type
        yield from (name for name, _ in entity.attributes)
    yield from (relation.predicate for relation in graph.relations)


def _values(graph: Graph) -> Iterator[str]:
    """The words for values that the graph uses: kinds, roles, statuses, bounds, genres."""
    yield "planned"
    for entity in graph.entities:
        yield from (f"{name}-{value}" for name, value in entity.attributes)
        if entity.kind:
            yield entity.kind
    yield from (document.meta.genre for document in graph.documents if document.meta.genre)
    for relation in graph.relations:
        yield from filter(None, (relation.role, relation.status))
    for figure in graph.figures:
        yield from (figure.bound, figure.status)


def _version() -> str:
    """The version of the installed package; "0" in a checkout that was never installed."""
    try:
        return version("policy-kg")
    except PackageNotFoundError:
        return "0"
