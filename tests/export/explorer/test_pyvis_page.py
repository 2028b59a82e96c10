"""The pyvis page of hostile names, in a browser: it asks nobody for anything and runs nothing but pyvis."""

from pathlib import Path
from typing import Any

from kg.export.pyvis import to_pyvis
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py


def test_hostile_names_in_the_pyvis_page(browser: Page, hostile: Made, tmp_path: Path) -> None:
    path = tmp_path / "网络.html"
    to_pyvis(hostile[0]).write_html(str(path))
    browser.driver.get("about:blank")
    browser.logs()
    browser.driver.get(path.as_uri())
    browser.until("typeof network === 'object' && network !== null")
    stage = browser.find("#mynetwork").rect
    places = "JSON.stringify(Object.values(network.getPositions()))"
    before = browser.js(places)
    for node in range(25):
        place = browser.js("network.canvasToDOM(network.getPosition(nodes.getIds()[arguments[0]]))", node)
        event = {"type": "mouseMoved", "x": stage["x"] + place["x"], "y": stage["y"] + place["y"]}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    browser.until("document.querySelector('.vis-tooltip')")
    assert browser.js("window.hacked ?? null") is None
    assert browser.js("document.querySelectorAll('.vis-tooltip :not(br)').length") == 0
    assert browser.js(places) == before, "nothing moves"
    browser.requests.clear()
    browser.logs()
    assert {url for url in browser.requests if not url.startswith("data:")} <= {path.as_uri(), "about:blank"}
