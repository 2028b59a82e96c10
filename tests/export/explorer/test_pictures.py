"""The pictures of the READMEs are what the page shows of the samples; with KG_PICTURES set, they are taken anew."""

import os
import struct
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.export import explorer

Page = Any  # of conftest.py
ROOT = Path(__file__).resolve().parents[3]
IMAGES = ROOT / "docs" / "images"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, graph = tmp_path_factory.mktemp("samples"), kg.load(ROOT / "output")
    explorer.write(graph.graph, graph.texts, folder)
    return folder / "graph.html"


def keep(page: Page, name: str) -> None:
    picture = page.driver.get_screenshot_as_png()
    assert struct.unpack(">II", picture[16:24]) == (1440, 900)
    assert len(picture) < 300_000
    if os.environ.get("KG_PICTURES"):
        (IMAGES / name).write_bytes(picture)
    assert (IMAGES / name).is_file()


@pytest.mark.parametrize(("language", "name"), [("en", "explorer.png"), ("zh", "explorer.zh.png")])
def test_a_relation_with_its_sentence(browser: Page, samples: Path, language: str, name: str) -> None:
    browser.open(samples)
    if language == "en":
        browser.click("#language")
    browser.search("盘锦市司法局")
    browser.keys("\ue007")
    browser.driver.execute_script("document.querySelectorAll('#panel .sentence')[1].click()")
    assert browser.texts("#panel .mark.subject") and browser.texts("#panel .mark.object")
    browser.until("__kg.labels.length > 5")
    keep(browser, name)
    browser.clean(samples)


@pytest.mark.parametrize(("language", "name"), [("en", "compare.png"), ("zh", "compare.zh.png")])
def test_places_side_by_side(browser: Page, samples: Path, language: str, name: str) -> None:
    browser.open(samples)
    if language == "en":
        browser.click("#language")
    browser.click("#tab-compare")
    browser.click(".metric")
    browser.click("#compare .value")
    assert len(browser.texts(".chart .place")) >= 3
    assert browser.texts("#panel .mark.object")
    keep(browser, name)
    browser.clean(samples)
