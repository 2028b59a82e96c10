"""The rules that are queries stay quick on a graph of many relations."""

from __future__ import annotations

import time

from kg.query import Embedded
from kg.resources import ontology_folder
from kg.triples import NamedNode, Quad, parse

KG, RDF = "https://w3id.org/policy-kg/ontology#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RELATIONS = 4000
SECONDS = 10.0


def test_a_rule_that_is_a_query_does_not_look_at_all_statements_for_each() -> None:
    quads = []
    for number in range(RELATIONS):
        ends = [NamedNode(f"urn:{end}:{number % 200 if end == 's' else number}") for end in "so"]
        said, statement = NamedNode(KG + ("issues", "implements")[number % 2]), NamedNode(f"urn:statement:{number}")
        parts = zip(("subject", "predicate", "object"), (ends[0], said, ends[1]), strict=True)
        quads += [Quad(ends[0], said, ends[1]), *(Quad(statement, NamedNode(RDF + name), end) for name, end in parts)]
    source = Embedded.of(quads[:-1])  # one statement lacks its object
    rules = [q.object.value for q in parse(ontology_folder() / "shapes.ttl") if q.predicate.value.endswith("#select")]
    start = time.monotonic()
    found = [len(source.ask(rule).rows) for rule in rules]
    assert sorted(found) == [0, 0, 1]
    assert time.monotonic() - start < SECONDS
