"""Graphs of documents → one graph: what is the same is one node, every statement keeps the evidence of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DOC, DocumentGraph, Graph
from kg.resolve import corpus

TEXTS = {
    "report.txt": "湘潭市司法局2022年工作总结\n我局制定《湘潭市普法办法》，建立“湘小法”机制，全市调解纠纷1.2万件，同比增长5%。",
    "later.txt": "湘潭市司法局2023年工作总结\n市司法局会同市法院完善“湘小法”机制，全市调解纠纷1.5万件。",
    "court.txt": "湘潭市法院2023年工作总结\n湘潭市法院会同湘潭市司法局建立执转破机制，执行《湘潭市普法办法》。",
    "other.txt": "株洲市司法局2023年工作总结\n我局建立“湘小法”机制，推进“放管服”改革，全市调解纠纷1.5万件。",
    "state.txt": "国务院办公厅印发《湘潭市普法办法》的说明\n深化“放管服”改革。",
    "empty.txt": "沟渠已经修好。",
}


@pytest.fixture(scope="module")
def graphs(graph_of: Callable[..., DocumentGraph]) -> list[DocumentGraph]:
    return [graph_of(text, doc) for doc, text in TEXTS.items()]


@pytest.fixture(scope="module")
def merged(graphs: list[DocumentGraph]) -> Graph:
    return corpus(graphs)


def test_every_document_is_there_and_they_are_sorted(merged: Graph) -> None:
    assert [each.doc for each in merged.documents] == sorted(TEXTS)


@given(order=st.permutations(range(len(TEXTS))))
def test_the_order_of_the_documents_does_not_show(graphs: list[DocumentGraph], merged: Graph, order: list[int]) -> None:
    assert corpus(graphs[index] for index in order) == merged


def test_no_document_gives_an_empty_graph() -> None:
    assert corpus([]) == Graph((), (), (), ())


def test_ids_are_unique_and_sorted(merged: Graph) -> None:
    for records in (merged.entities, merged.figures):
        ids = [each.id for each in records]
        assert ids == sorted(set(ids))
    triples = [(each.subject, each.predicate, each.object) for each in merged.relations]
    assert triples == sorted(triples)


def test_every_end_is_a_node(merged: Graph) -> None:
    nodes = {entity.id for entity in merged.entities}
    assert {end for each in merged.relations for end in (each.subject, each.object)} <= nodes
    assert {end for figure in merged.figures for end in figure.subject} <= nodes | {DOC}
    assert {each.meta.about for each in merged.documents} - {None} <= nodes


def test_a_body_is_one_node_in_all_documents(merged: Graph) -> None:
    bodies = [entity for entity in merged.entities if entity.name == "湘潭市司法局"]
    assert [body.id for body in bodies] == ["organisation/湘潭市司法局"]
    assert {mention.doc for mention in bodies[0].mentions} == {"report.txt", "later.txt", "court.txt"}


def test_mechanisms_of_one_name_in_two_cities_are_two(merged: Graph) -> None:
    found = {entity.id for entity in merged.entities if entity.name == "“湘小法”机制"}
    assert found == {"mechanism/湘潭市/“湘小法”机制", "mechanism/株洲市/“湘小法”机制"}


def test_a_national_programme_is_one_node(merged: Graph) -> None:
    found = [entity for entity in merged.entities if entity.name == "“放管服”改革"]
    assert [entity.owner for entity in found] == [None]
    assert {mention.doc for mention in found[0].mentions} == {"other.txt", "state.txt"}


def test_a_statement_of_two_documents_has_the_evidence_of_both(graphs: list[DocumentGraph], merged: Graph) -> None:
    stated = Counter(
        each.quote.doc
        for relation in merged.relations
        if relation.predicate == "cooperatesWith"
        for each in relation.evidence
    )
    assert stated == {"court.txt": 1, "later.txt": 1}
    ends = {(each.subject, each.object) for each in merged.relations if each.predicate == "cooperatesWith"}
    assert ends == {("organisation/湘潭市司法局", "organisation/湘潭市法院")}


def test_nothing_is_lost(graphs: list[DocumentGraph], merged: Graph) -> None:
    for kind in ("relations", "figures"):
        before = Counter(e for graph in graphs for claim in getattr(graph, kind) for e in claim.evidence)
        after = Counter(e for claim in getattr(merged, kind) for e in claim.evidence)
        assert after == before
    mentions = Counter(mention for graph in graphs for entity in graph.entities for mention in entity.mentions)
    assert Counter(mention for entity in merged.entities for mention in entity.mentions) == mentions


def test_equal_figures_of_two_documents_are_two(merged: Graph) -> None:
    found = [figure for figure in merged.figures if figure.value == 15000]
    assert {figure.evidence[0].quote.doc for figure in found} == {"later.txt", "other.txt"}


def test_a_document_alone_says_what_it_says_among_others(graphs: list[DocumentGraph], merged: Graph) -> None:
    for graph in graphs:
        alone = corpus([graph])
        assert {entity.id for entity in alone.entities} <= {entity.id for entity in merged.entities}
        assert set(alone.figures) <= set(merged.figures)
        known = {(each.subject, each.predicate, each.object) for each in merged.relations}
        assert {(each.subject, each.predicate, each.object) for each in alone.relations} <= known


def test_a_name_with_a_slash_makes_a_readable_id_of_its_own(graph_of: Callable[..., DocumentGraph]) -> None:
    merged = corpus([graph_of("湘潭市出台《湘潭市A/B类100%企业管理办法》，我市企业受益。")])
    assert "policy/湘潭市A%2FB类100%25企业管理办法" in {entity.id for entity in merged.entities}


def test_each_attribute_keeps_the_documents_it_was_read_in(graphs: list[DocumentGraph], merged: Graph) -> None:
    said: dict[tuple[str, tuple[str, str]], set[str]] = {}
    for graph in graphs:
        for entity in graph.entities:
            assert entity.stated == ()
            for pair in entity.attributes:
                said.setdefault((entity.name, pair), set()).add(graph.doc)
    found = {
        (e.name, pair): set(docs)
        for e in merged.entities
        for pair, docs in zip(e.attributes, e.stated, strict=True)
        if pair[0] != "instanceOf"  # of the graph: no document says what is of one type
    }
    assert found == said
    assert found["湘潭市普法办法", ("form", "rules")] == {"report.txt", "court.txt", "state.txt"}
