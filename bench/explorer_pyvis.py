"""What the default page of pyvis gives on the same graphs: nodes and edges as its documentation adds them."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from explorer_browser import Page
from explorer_graphs import Made
from explorer_ours import moved
from pyvis.network import Network
from selenium.common.exceptions import TimeoutException, WebDriverException

HERE = "typeof network === 'object' && network !== null"
USABLE = (
    "(() => { const bar = document.getElementById('loadingBar');"
    f" return {HERE} && (bar === null || bar.style.display === 'none'); }})()"
)

NONE = "not measured: not usable in time"


def pyvis_page(made: Made, path: Path) -> Path:
    """The page of `Network()`, names as labels, sentences on hover, all its scripts in line, physics as it comes."""
    graph, _ = made
    network = Network(directed=True, cdn_resources="in_line")
    for entity in graph.entities:
        network.add_node(entity.id, label=entity.name, title=f"{entity.name} {entity.type}", group=entity.type)
    for relation in graph.relations:
        network.add_edge(relation.subject, relation.object, title=relation.evidence[0].quote.text)
    text = network.generate_html(notebook=False)
    path.write_text(text, encoding="utf-8", errors="replace")
    return path


class Pyvis:
    """Measures those pages; whatever takes longer than `most` seconds is said to."""

    def __init__(self, page: Page, most: float) -> None:
        self.page, self.most = page, most

    def usable(self, path: Path) -> tuple[str, bool]:
        """Seconds until the loading bar is gone, and whether that was within the time."""
        driver = self.page.driver
        driver.set_page_load_timeout(self.most)
        driver.set_script_timeout(self.most)
        driver.get("about:blank")
        began = time.monotonic()
        with contextlib.suppress(TimeoutException):
            driver.get(path.as_uri())
        while time.monotonic() - began < self.most:
            with contextlib.suppress(WebDriverException):
                if self.page.js(USABLE):
                    return f"{time.monotonic() - began:.1f} s", True
            time.sleep(0.2)
        return f"> {self.most:.0f} s", False

    def items(self, pages: dict[str, Path]) -> dict[int, str]:
        ready, frames, outside, quick, still = [], [], set[str](), False, NONE
        for nodes in ("300", "2000", "10000"):
            if nodes != "300" and not quick:
                ready.append(f"{int(nodes):,}: not tried after that")
                continue
            self.page.requests.clear()
            text, quick = self.usable(pages[nodes])
            ready.append(f"{int(nodes):,}: {text}")
            self.page.logs()
            outside |= {url for url in self.page.requests if url.startswith("http")}
            if not quick:
                continue
            if nodes == "300":
                still = self.motion()
            frames.append(f"{int(nodes):,}: {moved(self.page):.0f}")
        sizes = "; ".join(f"{int(n):,}: {pages[n].stat().st_size / 1e6:.2f} MB" for n in ("300", "2000", "10000"))
        return {
            1: f"{len(outside)} requests outside",
            2: "no policy",
            3: self.hostile(pages["hostile"]),
            4: "; ".join(ready),
            5: still,
            6: "; ".join(frames) + " frames a second (pan)" if frames else NONE,
            7: "all nodes at once, no count (its settings)",
            22: "neither cut nor kept apart (its settings)",
            23: sizes,
        }

    def motion(self) -> str:
        """How many nodes move within a second after the page is usable."""
        places = "network.getPositions()"
        before = self.page.js(places)
        time.sleep(1)
        after = self.page.js(places)
        return f"{sum(before[node] != after[node] for node in before)} of {len(before)} nodes move in a second"

    def hostile(self, path: Path) -> str:
        text, quick = self.usable(path)
        if not quick:
            return f"usable after {text}"
        stage = self.page.find("#mynetwork").rect
        for node in range(self.page.js("nodes.getIds().length")):
            place = self.page.js("network.canvasToDOM(network.getPosition(nodes.getIds()[arguments[0]]))", node)
            event = {"type": "mouseMoved", "x": stage["x"] + place["x"], "y": stage["y"] + place["y"]}
            self.page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
            time.sleep(0.8)
        ran = self.page.js("window.hacked ?? null")
        return "none ran while each node was pointed at" if ran is None else "a payload RAN on hover"
