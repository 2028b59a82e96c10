"""The page in a notebook: in a frame that runs, is isolated from the notebook, and leaves no file behind."""

import html
from pathlib import Path
from typing import Any

import pytest

from kg.export.explorer import Frame, framed
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py


def test_the_frame_holds_the_page_and_writes_nothing(
    small: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    frame = framed(*small, height=500)
    shown = frame._repr_html_()
    assert list(tmp_path.iterdir()) == []
    assert 'height="500"' in shown and "allow-same-origin" not in shown
    assert html.unescape(shown.partition('srcdoc="')[2].partition('" sandbox=')[0]) == frame.page
    assert len(repr(frame)) < 100


def test_too_large_a_page_is_refused_with_a_remedy() -> None:
    with pytest.raises(ValueError, match=r"12 MB.*use kg explore"):
        Frame("x" * 12_000_000)


def test_it_runs_in_a_notebook_and_cannot_reach_it(browser: Page, hostile: Made, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><title>n</title><h1>n</h1>{framed(*hostile)._repr_html_()}", encoding="utf-8")
    browser.driver.get(notebook.as_uri())
    browser.driver.switch_to.frame(browser.find("iframe"))
    browser.until("window.__kg?.ready")
    browser.search("script")
    browser.keys("\ue007")
    assert browser.js("__kg.selected")
    assert browser.js("location.hash.length") > 1
    browser.click("#tab-table")
    browser.click("[data-do=back]")
    browser.until("document.getElementById('table').hidden")
    assert browser.js(
        "(() => { try { return String(parent.document.title) } catch (error) { return error.name } })()"
    ) == ("SecurityError")
    browser.driver.switch_to.default_content()
    assert browser.js("[document.title, window.hacked ?? null, frames.length]") == ["n", None, 1]
    assert browser.logs() == []
