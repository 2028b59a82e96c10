"""Past 20,000 entities: communities with counts, opened on a click, and nothing left out without a number."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export.explorer import communities
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py


def test_communities_are_what_is_linked_among_itself() -> None:
    rings = [(10 * ring + at, 10 * ring + (at + step) % 10) for ring in range(8) for at in range(10) for step in (1, 2)]
    bridges = [(10 * ring, 10 * ((ring + 1) % 8) + 5) for ring in range(8)]
    of = communities.communities(83, rings + bridges)
    assert all(len(set(of[10 * ring : 10 * ring + 10])) == 1 for ring in range(8))
    assert len(set(of[:80])) == 8
    assert set(of[80:]) == {8}, "what is linked to nothing is the last"


@pytest.fixture
def crowded(
    browser: Page,
    large: Callable[[int, int], Made],
    written: Callable[[Made], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """A page whose limit is 200, so that one need not wait for a graph of 20,000."""
    monkeypatch.setattr(communities, "CROWD", 200)
    monkeypatch.setattr(communities, "MOST", 12)
    path = written(large(300, 330))
    browser.open(path)
    yield browser
    browser.clean(path)


def shown(page: Page) -> str:
    return str(page.find(".shown .nodes").text)


def test_all_shows_communities_and_their_numbers_add_up(crowded: Page) -> None:
    crowded.click("#all")
    groups = crowded.js("__kg.visible.nodes")
    assert shown(crowded) == f"300 个实体分为 {groups} 群，点开一群看其中的实体" and groups <= 13
    crowded.until("__kg.labels.length > 5")
    numbers = [re.search(r"等 (\d+) 个$", text) for text in crowded.js("__kg.labels.map(({ text }) => text)")]
    assert all(numbers)
    crowded.click("#tab-table")
    assert crowded.texts("#table .kind[aria-pressed=true] .count") == ["300 / 300"]


def test_a_community_opens_on_a_click_and_its_table_is_its_own(crowded: Page) -> None:
    crowded.click("#all")
    stage = crowded.find("#canvas").rect
    _, x, y = crowded.js("__kg.places")[0]
    for kind in ("mousePressed", "mouseReleased"):
        event = {"x": stage["x"] + x, "y": stage["y"] + y, "button": "left", "clickCount": 1}
        crowded.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **event})
    inside = crowded.js("__kg.visible.nodes")
    assert shown(crowded) == f"显示 {inside} / 300 个实体"
    if crowded.all("#all"):
        crowded.click("#all")
    opened = crowded.js("__kg.visible.nodes")
    assert opened >= inside
    crowded.driver.back()
    crowded.driver.back() if opened > inside else None
    crowded.until("document.querySelector('.shown .nodes').textContent.includes('群')")


def test_a_community_is_announced_with_its_number_and_opens_on_enter(crowded: Page) -> None:
    crowded.click("#all")
    crowded.driver.execute_script("document.getElementById('canvas').focus()")
    crowded.keys("\ue014")
    said = crowded.js("document.getElementById('live').textContent")
    number = re.search(r"等 (\d+) 个$", said)
    assert number
    crowded.keys("\ue007")
    if crowded.all("#all"):
        crowded.click("#all")
    assert crowded.js("__kg.visible.nodes") == int(number[1])


def test_parts_are_together_the_whole(crowded: Page) -> None:
    sizes: Counter[int] = Counter()
    address = crowded.js("location.href.split('#')[0]")
    for part in range(13):
        crowded.driver.get(f"{address}#part={part}&all=1")
        crowded.until("window.__kg?.ready && document.querySelector('.shown strong')")
        sizes[part] = crowded.js("__kg.visible.nodes")
    assert sum(sizes.values()) == 300
