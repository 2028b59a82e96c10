"""A million triples shaped like ours: what the store costs beside raw pyoxigraph, and how soon each question is answered."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from pyoxigraph import Store

from kg import query
from kg.export.rdf import BASE, prefixes
from kg.query import EmptyAnswerError
from kg.query.embedded import Embedded, _both
from kg.triples import NamedNode, Quad, parse

TRIPLES = 1_000_000
RATIO = 1.2
SECONDS = 2.0


def copies(quads: tuple[Quad, ...], triples: int) -> Iterator[Quad]:
    """The quads again and again under other names; metrics and components stay, so that copies meet there."""
    for number in range(-(-triples // len(quads))):
        for quad in quads:
            terms = [_renamed(term, number) for term in (quad.subject, quad.object, quad.graph_name)]
            yield Quad(terms[0], quad.predicate, terms[1], terms[2])


def _renamed(term: object, number: int) -> object:
    if not number or not isinstance(term, NamedNode) or not term.value.startswith(BASE):
        return term
    rest = term.value.removeprefix(BASE)
    kind, _, name = rest.partition("/")
    if kind in ("metric", "component"):
        return term
    if kind in ("statement", "evidence", "figure"):
        return NamedNode(f"{BASE}{kind}/{number:06x}{name[6:]}")
    return NamedNode(f"{BASE}{kind}/{number}/{name}")


def timed(run: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


@pytest.mark.long
def test_a_million_triples(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quads = tuple(parse(samples / "graph.trig"))
    made = tuple(copies(quads, TRIPLES))
    raw_path = tmp_path / "raw"

    def raw() -> Store:
        store = Store(str(raw_path))
        store.bulk_extend(_both(made))
        store.optimize()
        store.flush()
        return store

    (tmp_path / "ours").mkdir()
    rows = []
    raw_s, store = timed(raw)
    ours_s, ours = timed(lambda: Embedded.of(made, tmp_path / "ours"))
    rows.append(("write", raw_s, ours_s))
    assert isinstance(ours, Embedded) and isinstance(store, Store)
    for name, question in query.questions().items():
        sparql = question.filled(question.example, ours)
        plain, _ = timed(lambda text=sparql: list(store.query(text, prefixes=prefixes())))  # type: ignore[misc]
        read, _ = timed(lambda text=sparql: ours.ask(text))  # type: ignore[misc]
        try:
            whole, _ = timed(lambda text=sparql: query.query(ours, text))  # type: ignore[misc]
        except EmptyAnswerError:
            whole = read
        rows.append((name, plain, read, whole))
    used = psutil.Process(os.getpid()).memory_info().rss / 1e6
    size = sum(path.stat().st_size for path in tmp_path.joinpath("ours").rglob("*") if path.is_file()) / 1e6
    with capsys.disabled():
        print(f"\n{len(made):,} quads; memory {used:,.0f} MB with the list of them; on disk {size:,.0f} MB")  # noqa: T201
        print(f"  {'seconds':24}{'raw':>9}{'ours':>9}{'labelled':>9}")  # noqa: T201
        for name, *seconds in rows:
            print(f"  {name:24}" + "".join(f"{each:9.3f}" for each in seconds))  # noqa: T201
    shutil.rmtree(raw_path)
    assert rows[0][2] <= RATIO * rows[0][1]
    assert sum(row[2] for row in rows[1:]) <= RATIO * sum(row[1] for row in rows[1:]) + 0.1
    assert max(row[-1] for row in rows[1:]) <= SECONDS
