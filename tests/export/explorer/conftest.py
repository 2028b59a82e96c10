"""Graphs for the explorer, small, large and hostile; and headless Chromium, or a skip with its reason."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import flow
from kg.export import explorer
from kg.model import Graph

sys.path.append(str(Path(__file__).resolve().parents[3] / "bench"))  # the graphs and the browser are bench's, too

import explorer_graphs as graphs

Made = tuple[Graph, dict[str, str]]
Written = Callable[[Made], Path]
Page = Any  # of explorer_browser


@pytest.fixture(scope="session")
def small() -> Made:
    return graphs.small()


@pytest.fixture(scope="session")
def hostile() -> Made:
    return graphs.hostile()


@pytest.fixture(scope="session")
def cities() -> Made:
    return graphs.cities()


@pytest.fixture(scope="session")
def large() -> Callable[[int, int], Made]:
    """Entities, relations → a graph of that many, each relation with its sentence."""
    return graphs.large


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Made], Path]:
    """A graph → the page of it, the only file written."""

    def write(made: Made) -> Path:
        folder = tmp_path_factory.mktemp("page")
        assert explorer.write(*made, folder) == ("graph.html",)
        assert [path.name for path in folder.iterdir()] == ["graph.html"]
        return folder / "graph.html"

    return write


@pytest.fixture(scope="session")
def phrased(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build, with a base of its own, of two documents that call one metric by two phrases."""
    folder = tmp_path_factory.mktemp("phrased")
    (folder / "a.txt").write_text("盘锦市2022年工作报告\n2022年，盘锦市办结公证案件620件。\n", encoding="utf-8")
    (folder / "b.txt").write_text("湘潭市2022年工作报告\n2022年，湘潭市公证案件办结数为410件。\n", encoding="utf-8")
    graph, _ = flow.build([folder], folder / "out", ("page", "rdf"), base="https://data.example/id/")
    assert {figure.metric for figure in graph.figures} == {"办结公证案件", "公证案件办结数"}
    assert [len(metric.figures) for metric in graph.metrics] == [2]
    return folder / "out"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A selenium driver of headless Chromium with a profile of its own."""
    machine = pytest.importorskip("explorer_browser", reason="no selenium: the explorer page is not tested")
    if machine.missing():
        pytest.skip("no chromium with chromedriver on this machine: the explorer page is not tested")
    with machine.chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(chromium: Any) -> Page:
    return sys.modules["explorer_browser"].Page(chromium)


@pytest.fixture(scope="module")
def small_page(small: Made, written: Written) -> Path:
    return written(small)


@pytest.fixture
def opened(browser: Page, small_page: Path) -> Iterator[Page]:
    """The small page, open; at the end nothing went wrong."""
    browser.open(small_page)
    yield browser
    browser.clean(small_page)


@pytest.fixture(scope="module")
def cities_page(cities: Made, written: Callable[[Made], Path]) -> Path:
    return written(cities)
