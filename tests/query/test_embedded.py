"""The store of a build: the facts of its files, the digits of its documents, opened without parsing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import query
from kg.query import Answer, Embedded, Source
from kg.triples import Literal, NamedNode, Quad, parse

KG = "https://w3id.org/policy-kg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def values(answer: Answer, name: str) -> list[str]:
    return [cell.value for cell in answer.column(name) if cell]


def test_the_default_graph_is_the_turtle_and_each_document_a_graph(samples: Path, source: Source) -> None:
    merged = {quad.triple for quad in parse(samples / "graph.ttl")}
    everything = source.ask("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert {(t.subject, t.predicate, t.object) for t in merged} == set(everything.rows)
    assert len(everything.rows) == len(merged)
    named = {quad for quad in parse(samples / "graph.trig") if isinstance(quad.graph_name, NamedNode)}
    found = source.ask("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert {(q.subject, q.predicate, q.object, q.graph_name) for q in named} == set(found.rows)


def numbers() -> Iterator[Quad]:
    for name, digits in (("a", "98.50"), ("b", "98.5"), ("c", "1.0"), ("d", "1.0")):
        yield Quad(
            NamedNode(f"urn:{name}"), NamedNode(KG + "value"), Literal(digits, datatype=NamedNode(XSD + "decimal"))
        )
    yield Quad(NamedNode("urn:a"), NamedNode("urn:n"), Literal("007", datatype=NamedNode(XSD + "nonNegativeInteger")))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("SELECT ?s ?v { ?s kg:value ?v } ORDER BY ?s", ["98.50", "98.5", "1.0", "1.0"]),
        ("SELECT ?v { ?s kg:value ?v } ORDER BY ?s", ["98.50", "98.5", "1.0", "1.0"]),
        ("SELECT * { ?s kg:value ?v } ORDER BY ?s", ["98.50", "98.5", "1.0", "1.0"]),
        ("SELECT ?v { <urn:a> kg:value ?v }", ["98.50"]),
        ("SELECT ?v { <urn:a> ?p ?v . FILTER (?p = kg:value) }", ["98.50"]),
        ("SELECT ?p ?v { <urn:a> ?p ?v . FILTER (?p = kg:value) }", ["98.50"]),
        ("SELECT ?v { ?s kg:value ?v . FILTER (?v > 98.4) } ORDER BY ?s", ["98.50", "98.5"]),
        ("SELECT DISTINCT ?v { ?s kg:value ?v . FILTER (?v < 2) }", ["1.0"]),  # all subjects have this form
        ("SELECT ?v { ?s <urn:n> ?v }", ["007"]),
        ("SELECT (SUM(?v) AS ?v2) { ?s kg:value ?v . FILTER (?v < 2) }", ["2"]),  # computed, so of no document
    ],
)
def test_values_keep_the_form_that_their_document_gave_them(asked: str, expected: list[str]) -> None:
    found = Embedded.of(numbers()).ask(asked)
    assert values(found, found.columns[-1]) == expected or values(found, "v") == expected


def test_a_graph_that_is_constructed_keeps_forms_and_types() -> None:
    found = Embedded.of(numbers()).ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert {tuple(map(str, row)) for row in found.rows} == {tuple(map(str, quad.triple)) for quad in numbers()}


@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9), max_size=6
    )
)
def test_no_decimal_is_rewritten(given_: list[object]) -> None:
    quads = [
        Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal(f"{value:f}", datatype=NamedNode(XSD + "decimal")))
        for n, value in enumerate(given_)
    ]
    found = Embedded.of(quads).ask("SELECT ?s ?o { ?s <urn:p> ?o }")
    assert set(found.rows) == {(quad.subject, quad.object) for quad in quads}


def test_opening_a_build_again_parses_nothing(samples: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(samples, tmp_path / "out", ignore=shutil.ignore_patterns(".store*"))
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    first = query.opened(folder).ask(count)
    graph = folder / "graph.trig"
    known = graph.stat()
    graph.write_bytes(b"#" * known.st_size)
    os.utime(graph, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert query.opened(folder).ask(count) == first
    shutil.copy(samples / "graph.trig", graph)  # another file in its place is read anew
    os.utime(graph, ns=(known.st_atime_ns, known.st_mtime_ns + 1))
    assert query.opened(folder).ask(count) == first
    assert [path.name for path in folder.glob(".store*")] == [".store"]


def test_a_build_without_rdf_and_a_folder_that_cannot_be_written_to_answer_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("盘锦市司法局印发《盘锦市公证便民办法》。\n", encoding="utf-8")
    graph = kg.build(path)
    found = graph.query("SELECT ?body ?policy { ?body kg:issues ?policy }")
    assert found.bodyLabel.tolist() == ["盘锦市司法局"]
    assert found.policyLabel.tolist() == ["盘锦市公证便民办法"]
    assert found.evidence.tolist() == ["“盘锦市司法局印发《盘锦市公证便民办法》” (a.txt)"]
    assert graph.query("SELECT ?x { ?x kg:amends ?y }").empty
