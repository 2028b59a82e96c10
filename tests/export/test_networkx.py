"""The graph as networkx and GraphML: entities as nodes, relations as edges with their evidence."""

from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.networkx import positions, to_networkx, write
from kg.model import Entity, Evidence, Graph, Quote, Relation

BUREAU, POLICY = "organisation/云溪县司法局", "policy/云溪县公证便民办法"


def test_nodes_and_edges_carry_what_is_known(graph: Graph) -> None:
    found = to_networkx(graph)
    assert found.nodes[BUREAU] == {
        "name": "云溪县司法局",
        "type": "Organisation",
        "kind": "government",
        "pinyin": "yun xi xian si fa ju",
        "mention_count": 3,
        "document_count": 2,
    }
    assert found.nodes[POLICY]["issuedOn"] == "2022-03-01"
    assert found.edges[BUREAU, POLICY, "issues"] == {
        "predicate": "issues",
        "evidence": "印发《云溪县公证便民办法》",
        "antecedent": "云溪县司法局",
        "documents": "news.txt; 云溪/年度 报告.txt",
        "passages": 2,
        "confidence": 0.9,
        "period": "2021",
        "role": "lead",
        "status": "done",
    }


def test_the_same_relation_in_two_periods_is_two_edges(graph: Graph) -> None:
    issued = graph.relations[2]
    twice = replace(graph, relations=(issued, replace(issued, period="2022")))
    assert list(to_networkx(twice)[BUREAU][POLICY]) == ["issues", "issues#2"]


def test_graphml_reads_back_and_is_the_same_each_time(graph: Graph, texts: dict[str, str], tmp_path: Path) -> None:
    assert write(graph, texts, tmp_path) == ("graph.graphml",)
    first = (tmp_path / "graph.graphml").read_bytes()
    write(graph, texts, tmp_path)
    assert (tmp_path / "graph.graphml").read_bytes() == first
    read, held = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True), to_networkx(graph)
    assert list(read.nodes(data=True)) == list(held.nodes(data=True))
    edges = [(s, t, {k: v for k, v in data.items() if k != "id"}) for s, t, data in read.edges(data=True)]
    assert edges == list(held.edges(data=True))


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.one_of(st.characters(), st.sampled_from("\x00\ud800\ufffe\r<&]>'\"")), min_size=1, max_size=10))
def test_hostile_text_gives_xml_that_reads(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    quote = Quote.of(text, text, 0, len(text))
    nodes = (Entity(f"place/{text}", "Place", text, (quote,)), Entity("organisation/x", "Organisation", "x", ()))
    relation = Relation("organisation/x", "jurisdiction", nodes[0].id, (Evidence(quote, quote),), text)
    folder = tmp_path_factory.mktemp("hostile")
    write(Graph((), nodes, (relation,), ()), {}, folder)
    assert len(networkx.read_graphml(folder / "graph.graphml").edges) == 1


def test_positions_are_the_same_each_time(graph: Graph) -> None:
    assert positions(graph) == positions(graph)
    assert len(set(positions(graph).values())) == len(graph.entities)
    assert positions(Graph((), (), (), ())) == {}
