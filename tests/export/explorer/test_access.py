"""For everybody: axe finds nothing in any tab, targets are large enough, the keyboard alone reaches all, it prints."""

import base64
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import explorer_graphs
import explorer_ours
import pypdf
import pytest

from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py
Written = Callable[[Made], Path]
ROOT = Path(__file__).resolve().parents[3]
AXE = Path(os.environ.get("KG_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TABS = ("picture", "table", "compare", "timeline")


def theme(page: Page, dark: bool) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def violations(page: Page) -> list[str]:
    """What axe says is wrong, each with the first element concerned."""
    page.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    found = page.driver.execute_async_script(
        "const [tags, done] = arguments; axe.run(document, { runOnly: tags }).then(done)", RULES
    )
    assert found["passes"]
    return [f"{v['id']} {len(v['nodes'])}× {v['nodes'][0]['html'][:150]}" for v in found["violations"]]


@pytest.fixture
def opened_cities(browser: Page, cities_page: Path) -> Iterator[Page]:
    browser.open(cities_page)
    yield browser
    theme(browser, False)


@pytest.mark.skipif(not AXE.is_file(), reason=f"no {AXE}: npm install axe-core, or name it in KG_AXE")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1024, 768), (390, 844)])
def test_axe_finds_nothing_in_any_tab(browser: Page, cities_page: Path, dark: bool, wide: int, high: int) -> None:
    theme(browser, dark)
    browser.open(cities_page, wide, high)
    assert violations(browser) == [], "at the beginning"
    browser.search("qingshan")
    browser.keys("\ue007")
    for tab in TABS:
        browser.driver.execute_script("document.getElementById(arguments[0]).click()", f"tab-{tab}")
        assert violations(browser) == [], tab
    browser.driver.execute_script("document.getElementById('tab-compare').click()")
    browser.driver.execute_script("document.querySelector('.metric').click()")
    browser.driver.execute_script("document.querySelector('[data-do=figure-0]').click()")
    browser.driver.execute_script("for (const facet of document.querySelectorAll('.facet')) facet.open = true")
    assert violations(browser) == [], "a comparison"
    browser.driver.execute_script("document.querySelector('#panel .close').click()")
    browser.driver.execute_script("document.querySelector('.menu').open = true")
    assert violations(browser) == [], "the menu of downloads"
    theme(browser, False)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_class_has_a_shape_and_its_colour_stands_out(browser: Page, written: Written, dark: bool) -> None:
    made = explorer_graphs.classes()
    theme(browser, dark)
    browser.open(written(made))
    shapes = browser.js(explorer_ours.CLASSES)
    classes = {entity.type if entity.type == "Place" else (entity.type, entity.kind) for entity in made[0].entities}
    assert len(set(shapes)) == len(shapes) == len(classes)
    colours, grounds = browser.js(explorer_ours.COLOURS)
    assert len(set(colours)) == 6
    for colour in colours:
        for ground in grounds:
            assert explorer_ours.contrast(colour, ground) >= 3, (colour, ground)
    assert browser.js("[...document.querySelectorAll('.glyph')].map((e) => getComputedStyle(e).fill)")[0] in {
        f"rgb({int(c[1:3], 16)}, {int(c[3:5], 16)}, {int(c[5:7], 16)})" for c in colours
    }
    theme(browser, False)


def test_targets_are_large_enough(opened_cities: Page) -> None:
    page = opened_cities
    small = """[...document.querySelectorAll("button, summary, select, input, a")].filter((e) => {
      const box = (e.closest("label") ?? e).getBoundingClientRect();
      return box.width > 0 && (box.height < 24 || box.width < 24) && !e.closest("p, h2, h3, blockquote");
    }).map((e) => e.outerHTML.slice(0, 120))"""
    page.search("liutang")
    page.keys("\ue007")
    for tab in TABS:
        page.click(f"#tab-{tab}")
        assert page.js(small) == [], tab
    page.click("#tab-compare")
    page.click(".metric")
    page.click("[data-do=figure-0]")
    assert page.js(small) == []


def test_the_keyboard_alone_reaches_comparison_evidence_and_a_way_out(opened_cities: Page) -> None:
    page = opened_cities

    def tab_to(wanted: str, most: int = 60) -> None:
        for _ in range(most):
            page.keys("\ue004")
            assert page.js("document.activeElement !== document.body || document.hasFocus() === false") is not None
            if page.js("document.activeElement.matches(arguments[0])", wanted):
                assert page.js("getComputedStyle(document.activeElement).outlineStyle") == "solid", wanted
                return
        raise AssertionError(f"Tab does not reach {wanted}")

    tab_to("[role=tab][aria-selected=true]")
    page.keys("\ue014")
    page.keys("\ue014")
    assert page.js("document.activeElement.id") == "tab-compare"
    tab_to(".metric")
    page.keys("\ue007")
    page.js("document.getElementById('search').focus()")
    tab_to("[data-do=figure-0]")
    page.keys("\ue007")
    assert page.js("__kg.selected") == "figure/0"
    assert page.js("document.getElementById('live').textContent") == "按时办结率 91.5%"
    tab_to("#panel .printed .link")
    page.keys("\ue007")
    assert page.js("__kg.selected") == "柳塘/2022.txt"
    page.keys("\ue00c")
    assert page.js("__kg.selected") is None
    page.js("document.getElementById('search').focus()")
    tab_to("#downloads summary")
    page.keys("\ue007")
    tab_to("[data-do=download-csv]")
    page.keys("\ue00c")
    assert page.js("document.activeElement.matches('#downloads summary')")


def test_it_reflows_at_320_pixels_in_every_tab(browser: Page, cities_page: Path) -> None:
    browser.open(cities_page, 320, 640)
    browser.search("qingshan")
    browser.keys("\ue007")
    browser.click("#panel .close")
    for tab in TABS:
        browser.driver.execute_script("document.getElementById(arguments[0]).click()", f"tab-{tab}")
        assert browser.js("document.documentElement.scrollWidth") <= 320, tab
    browser.clean(cities_page)


def printed(page: Page) -> str:
    """What stands on the paper."""
    sheets = page.driver.execute_cdp_cmd(
        "Page.printToPDF", {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.7}
    )
    reader = pypdf.PdfReader(io.BytesIO(base64.b64decode(sheets["data"])))
    return "".join(sheet.extract_text() for sheet in reader.pages)


def on_paper(page: Page, expression: str) -> Any:
    """What a script says while the page is laid out for paper 700 pixels wide."""
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 700, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        return page.js(expression)
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_picture_is_printed_with_its_rows(opened_cities: Page) -> None:
    page = opened_cities
    page.search("柳塘市")
    page.keys("\ue007")
    text = printed(page)
    for words in ("柳塘市的周围", "所属", "机器阅读"):
        assert words in text, words
    assert on_paper(page, "document.querySelector('#stage').clientHeight") > 400


def test_it_prints_panel_and_legend(opened_cities: Page) -> None:
    page = opened_cities
    page.click("#tab-compare")
    page.click(".metric")
    page.click("[data-do=figure-0]")
    text = printed(page)
    for words in ("按时办结率", "未提及", "91.5%", "全市按时办结率为", "机构", "机器阅读"):
        assert words in text, words
    assert "换一个指标" not in text
    assert on_paper(page, "document.querySelector('.chart svg').getBoundingClientRect().right") <= 700
