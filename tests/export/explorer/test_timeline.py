"""The timeline: counts by year and month, chosen by drawing over bars or by keys; the undated apart."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py


@pytest.fixture
def timeline(browser: Page, cities_page: Path) -> Iterator[Page]:
    browser.open(cities_page)
    browser.click("#tab-timeline")
    yield browser
    browser.clean(cities_page)


def bars(page: Page, name: str) -> dict[str, int]:
    labels = page.js(f"[...document.querySelectorAll('.bars.{name} .bar')].map((e) => e.title)")
    return {label.split()[0]: int(label.split()[1]) for label in labels}


def when(graph: Graph) -> list[str]:
    """By Python: the period stated, else the date of the newest document, of every relation and figure."""
    dates = {document.doc: document.meta.date or "" for document in graph.documents}
    return [
        (claim.period or "").split("/")[-1] or max(dates[evidence.quote.doc] for evidence in claim.evidence)
        for claim in (*graph.relations, *graph.figures)
    ]


def drag(page: Page, first: str, last: str) -> None:
    """Draw over the bars with the mouse."""
    for kind, selector in (("mousePressed", first), ("mouseMoved", last), ("mouseReleased", last)):
        box = page.find(f"[data-do='{selector}']").rect
        event = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 40, "button": "left", "buttons": 1, "clickCount": 1}
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **event})


def test_bars_count_as_python_does(timeline: Page, cities: Made) -> None:
    moments = when(cities[0])
    assert bars(timeline, "years") == Counter(moment[:4] for moment in moments if moment)
    assert timeline.find("#timeline .undated").text.startswith(f"另有 {moments.count('')} 条时间不详")
    assert timeline.texts("#timeline h3 .count") == [str(len(moments))]


def test_drawing_over_bars_chooses_them(timeline: Page, cities: Made) -> None:
    drag(timeline, "years 2022", "years 2023")
    chosen = [moment for moment in when(cities[0]) if moment[:4] in ("2022", "2023")]
    assert timeline.texts("#timeline h3 .count") == [str(len(chosen))]
    months = bars(timeline, "months")
    assert len(months) == 24
    assert {month: count for month, count in months.items() if count} == Counter(m[:7] for m in chosen if len(m) > 4)
    vague = sum(len(moment) == 4 for moment in chosen)
    assert f"其中 {vague} 条只说明年份" in timeline.find("#timeline").text
    drag(timeline, "months 2023-06", "months 2023-06")
    assert timeline.texts("#timeline .chronicle .when") == ["2023-06-01"]
    timeline.click("[data-do=clear]")
    assert timeline.texts("#timeline h3 .count") == [str(len(when(cities[0])))]


def test_keys_choose_bars(timeline: Page, cities: Made) -> None:
    timeline.driver.execute_script("document.querySelector(\"[data-do='years 2022']\").focus()")
    timeline.keys("\ue007")
    assert timeline.js("document.activeElement.dataset.do") == "years 2022"
    assert timeline.texts("#timeline h3 .count") == [str(sum(m[:4] == "2022" for m in when(cities[0])))]
    timeline.keys("\ue008\ue014")
    assert timeline.js("[...document.querySelectorAll('.bar[aria-pressed=true]')].map((e) => e.dataset.do)") == [
        "years 2022",
        "years 2023",
    ]
    assert timeline.js("document.activeElement.dataset.do") == "years 2023"


def test_the_undated_alone(timeline: Page, cities: Made) -> None:
    timeline.click("[data-do=undated]")
    assert timeline.texts("#timeline .chronicle .when") == ["日期不详"] * when(cities[0]).count("")
