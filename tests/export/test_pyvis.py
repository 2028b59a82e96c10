"""The graph as a pyvis network: nothing moves, nothing is loaded from outside, no text runs."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyvis.network import Network

from kg.export.pyvis import LIMIT, to_pyvis
from kg.model import Entity, Graph

ATTACK = "</script><script>alert(1)</script><a href='javascript:alert(2)'>县"


class Parts(HTMLParser):
    """What a page loads, and how many scripts it has."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]


def parts(page: str) -> Parts:
    found = Parts()
    found.feed(page)
    return found


def test_nodes_are_placed_coloured_and_still(graph: Graph) -> None:
    network = to_pyvis(graph)
    assert isinstance(network, Network)
    assert len(network.nodes) == 5
    assert len(network.edges) == 4
    assert all({"x", "y", "color", "shape", "label", "title"} <= node.keys() for node in network.nodes)
    assert len({node["color"] for node in network.nodes}) == 4
    assert network.options.physics.enabled is False
    assert network.get_node("place/云溪县")["label"] == "云溪县"
    assert "印发《云溪县公证便民办法》" in network.edges[2]["title"]


def test_long_names_are_cut_in_the_middle(graph: Graph) -> None:
    long = replace(graph.entities[3], name="云溪县" * 9)
    network = to_pyvis(Graph((), (long,), (), ()))
    assert network.nodes[0]["label"] == "云溪县云溪县云…云溪县云溪县"
    assert long.name in network.nodes[0]["title"]


def test_the_page_loads_nothing_and_is_the_same_each_time(graph: Graph) -> None:
    page = to_pyvis(graph).generate_html()
    assert parts(page).loads == []
    assert "https://cdn" not in page
    assert page == to_pyvis(graph).generate_html()


def test_hostile_names_are_only_text(graph: Graph) -> None:
    calm = to_pyvis(graph)
    wild = to_pyvis(replace(graph, entities=tuple(replace(entity, name=ATTACK) for entity in graph.entities)))
    wild.heading = ATTACK
    page = wild.generate_html()
    assert parts(page).scripts == parts(calm.generate_html()).scripts
    assert parts(page).loads == []
    assert "popup.innerHTML" not in page
    assert ATTACK not in page


def test_show_writes_utf_8_and_nothing_beside_it(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    frame = to_pyvis(graph).show("网络.html")
    assert frame.src == "网络.html"
    assert [path.name for path in tmp_path.iterdir()] == ["网络.html"]
    assert "<html" in (tmp_path / "网络.html").read_text(encoding="utf-8")


def test_too_many_nodes_are_refused_with_a_remedy() -> None:
    entities = tuple(Entity(f"place/{number}", "Place", str(number), ()) for number in range(LIMIT + 1))
    with pytest.raises(
        ValueError, match=r"2,000 entities, the graph has 2,001; take a part of it, or open the explorer"
    ):
        to_pyvis(Graph((), entities, (), ()))
