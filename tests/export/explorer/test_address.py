"""The address after #: what is looked at comes back from it, the back button works, and a bad one is harmless."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

Page = Any  # of conftest.py


@pytest.fixture
def opened_cities(browser: Page, cities_page: Path) -> Iterator[Page]:
    browser.open(cities_page)
    yield browser
    browser.clean(cities_page)


def view(page: Page) -> Any:
    return page.js(
        """({ visible: __kg.visible, selected: __kg.selected, places: __kg.places,
          tab: document.querySelector("[role=tab][aria-selected=true]").id,
          checked: [...document.querySelectorAll(":checked")].map((e) => e.dataset.facet ?? e.value),
          panel: document.getElementById("panel").textContent,
          tabs: ["compare", "timeline"].map((id) => document.getElementById(id).hidden || document.getElementById(id).textContent) })"""
    )


def again(page: Page, path: Path) -> None:
    """Open the address that the page has, as one who was sent it."""
    address = page.js("location.href")
    assert "#" in address
    page.driver.get("about:blank")
    page.driver.get(address)
    page.until("window.__kg?.ready")
    assert address.startswith(path.as_uri())


def test_selection_filters_tab_and_camera_come_back(opened_cities: Page, cities_page: Path) -> None:
    page = opened_cities
    page.search("liutang")
    page.keys("\ue007")
    page.click("[data-facet='predicates jurisdiction']")
    page.unfold("years")
    page.click("[data-facet='years 2023']")
    page.click("#nearer")
    page.until("location.hash.includes('camera=')")
    seen = view(page)
    assert seen["checked"] == ["predicates jurisdiction", "years 2023"]
    again(page, cities_page)
    page.unfold("years")
    found = view(page)
    for (one, *here), (other, *there) in zip(seen.pop("places"), found.pop("places"), strict=True):
        assert one == other and here == pytest.approx(there, abs=1)
    assert found == seen


def test_a_comparison_comes_back(opened_cities: Page, cities_page: Path) -> None:
    page = opened_cities
    page.click("#tab-compare")
    page.click("#compare .metric")
    page.click("[data-do=figure-1]")
    seen = {**view(page), "places": None}
    assert seen["selected"] == "figure/1"
    again(page, cities_page)
    assert {**view(page), "places": None} == seen


def test_back_and_forward(opened_cities: Page) -> None:
    page = opened_cities
    page.search("qingshan")
    page.keys("\ue007")
    first = page.js("__kg.selected")
    page.click("#tab-timeline")
    page.driver.back()
    page.until("document.getElementById('timeline').hidden")
    assert page.js("__kg.selected") == first
    page.driver.back()
    page.until("__kg.selected === null")
    page.driver.forward()
    page.until("__kg.selected !== null")
    assert page.js("__kg.selected") == first


BAD = (
    "centre=nobody&pick=entity+nobody&tab=__proto__&steps=99999&metric=x&camera=NaN+1+2",
    "pick=constructor+x&part=-1&path=a&path=b&unit=<script>",
    "types=<script>window.hacked=1</script>&years=%00",
    "%E0%A4%A",
    "&&&===" + "a" * 100_000,
    "<img src=x onerror=window.hacked=1>",
    "tab=javascript:window.hacked=1",
)


@pytest.mark.parametrize("text", BAD)
def test_a_bad_address_is_harmless(browser: Page, cities_page: Path, text: str) -> None:
    browser.open(cities_page)
    usual = view(browser)["tab"], browser.js("__kg.visible")
    for given in (text, quote(text)):
        browser.driver.get("about:blank")
        browser.driver.get(f"{cities_page.as_uri()}#{given}")
        browser.until("window.__kg?.ready")
        assert browser.js("window.hacked") is None
        if "types" not in given and "years" not in given:
            assert (view(browser)["tab"], browser.js("__kg.visible")) == usual
    browser.clean(cities_page)
