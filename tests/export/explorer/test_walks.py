"""What is one to three steps away, opened and closed node by node; and the shortest way between two entities."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx
import pytest

from kg.export.networkx import to_networkx
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py


@pytest.fixture(scope="module")
def wide(large: Callable[[int, int], Made]) -> Made:
    return large(300, 600)


@pytest.fixture(scope="module")
def wide_page(wide: Made, written: Callable[[Made], Path]) -> Path:
    return written(wide)


@pytest.fixture
def walking(browser: Page, wide_page: Path) -> Iterator[Page]:
    browser.open(wide_page)
    yield browser
    browser.clean(wide_page)


def plain(made: Made) -> Any:
    return networkx.Graph(to_networkx(made[0]))


def go(page: Page, name: str) -> None:
    page.search(name)
    page.keys("\ue007")


def test_steps_reach_what_networkx_reaches(walking: Page, wide: Made) -> None:
    graph = plain(wide)
    entity = max(sorted(graph), key=lambda node: (graph.degree(node) == 3, node))
    go(walking, entity.partition("/")[2])
    assert walking.js("__kg.selected") == entity
    for steps in (1, 2, 3):
        walking.click(f"[data-do=steps-{steps}]")
        reached = len(networkx.single_source_shortest_path_length(graph, entity, steps))
        shown = walking.js("__kg.visible.nodes")
        assert shown <= 100
        if shown < reached:
            assert walking.find("#all").text == f"全部显示（{reached}）"
            walking.click("#all")
        assert walking.js("__kg.visible.nodes") == reached
        places = walking.js("__kg.places.map(([, x, y]) => [Math.round(x), Math.round(y)].join())")
        assert len(set(places)) == reached, "two nodes in one place"


def test_one_entity_is_opened_closed_and_undone(walking: Page, wide: Made) -> None:
    graph = plain(wide)
    entity = max(sorted(graph), key=lambda node: (graph.degree(node) == 3, node))
    neighbour = max(graph[entity], key=graph.degree)
    go(walking, entity.partition("/")[2])
    before = walking.js("__kg.visible.nodes")
    walking.driver.execute_script(
        "[...document.querySelectorAll('#panel .go')].find((e) => e.title.includes(arguments[0])).click()",
        neighbour.partition("/")[2],
    )
    assert walking.js("__kg.selected") == neighbour
    walking.click("[data-do=expand]")
    both = {entity, *graph[entity], *graph[neighbour]}
    assert walking.js("__kg.visible.nodes") == len(both) > before
    walking.click("[data-do=expand]")
    assert walking.js("__kg.visible.nodes") == before
    walking.click("[data-do=back]")
    walking.until(f"__kg.visible.nodes === {len(both)}")
    walking.click("[data-do=back]")
    walking.until(f"__kg.visible.nodes === {before}")


def test_the_shortest_path_with_its_evidence(walking: Page, wide: Made) -> None:
    graph = plain(wide)
    lengths = dict(networkx.all_pairs_shortest_path_length(graph))
    start, end = max(
        ((a, b) for a in lengths for b in lengths[a]), key=lambda pair: (lengths[pair[0]][pair[1]] == 4, pair)
    )
    go(walking, start.partition("/")[2])
    walking.click("[data-do=path]")
    assert walking.js("document.activeElement.id") == "search"
    go(walking, end.partition("/")[2])
    assert walking.find("#panel h2").text == "相隔 4 步"
    assert walking.js("__kg.visible.nodes") == 5
    way = walking.js("__kg.places.map(([id]) => id)")
    assert way[0] == start and way[-1] == end
    assert all(graph.has_edge(a, b) for a, b in pairwise(way))
    said = {e.quote.text for r in wide[0].relations if {r.subject, r.object} <= set(way) for e in r.evidence}
    quotes = walking.texts("#panel .step .source > blockquote .quote")
    assert len(walking.all("#panel .step")) == 4
    assert quotes and set(quotes) <= said
    walking.click("#panel .close")
    assert walking.js("__kg.selected") is None and walking.find(".shown strong").text.endswith("的周围")


def test_no_path_is_said(browser: Page, small: Made, small_page: Path) -> None:
    browser.open(small_page)
    go(browser, "柳塘市司法局")
    browser.click("[data-do=path]")
    go(browser, "长乐县")
    assert "柳塘市司法局与长乐县之间没有路径" in browser.find("#panel").text
    assert browser.all("[data-do=cancel]") == [] and browser.find(".shown strong").text == "柳塘市司法局的周围"
    go(browser, "长乐县")
    assert "没有路径" not in browser.find("#panel").text
    go(browser, "柳塘市司法局")
    browser.click("[data-do=path]")
    browser.keys("\ue00c")
    browser.keys("\ue00c")
    assert browser.all("[data-do=cancel]") == []
    browser.clean(small_page)
