"""Graphs for the explorer, small, large and hostile; and headless Chromium, or a skip with its reason."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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
