"""The 26 items of the explorer's list, each measured on our page as a user would meet it; numbers, and no verdicts."""

from __future__ import annotations

import base64
import csv
import io
import os
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx
import rdflib
from explorer_browser import Page
from explorer_graphs import Made

from kg.export.explorer import framed, write

ROOT = Path(__file__).resolve().parents[1]
AXE = Path(os.environ.get("KG_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TABS = ("picture", "table", "compare", "timeline")
ENTER, ESCAPE, TAB = "\ue007", "\ue00c", "\ue004"
COUNT = """
window.frames_ = [];
const look = (now) => { window.frames_.push(now); if (window.counting) requestAnimationFrame(look); };
window.counting = true;
requestAnimationFrame(look);
"""
CLASSES = """[...document.querySelectorAll(".legend-of-types path")].map((e) => e.getAttribute("d"))"""
COLOURS = """(() => { const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return [[0, 1, 2, 3, 4, 5].map((at) => of(`--look-${at}`)), ["--paper", "--card"].map(of)]; })()"""


@dataclass(frozen=True)
class Fixtures:
    """Graphs by name (small, cities, hostile, 300, 2000, 10000) and the page of each."""

    graphs: Mapping[str, Made]
    pages: Mapping[str, Path]


def moved(page: Page, kind: str = "pan", steps: int = 40) -> float:
    """Frames a second while the mouse drags the picture, or its wheel zooms."""
    stage = page.find("#canvas, #mynetwork").rect
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2

    def mouse(name: str, far: float = 0, **more: float) -> None:
        event = {"type": name, "x": x + far, "y": y + far / 2, "button": "left", "buttons": 1, "clickCount": 1, **more}
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    if kind == "pan":
        mouse("mousePressed")
        mouse("mouseMoved", 10)
    page.driver.execute_script(COUNT)
    for step in range(steps):
        if kind == "pan":
            mouse("mouseMoved", 10 + 4 * step)
        else:
            mouse("mouseWheel", deltaX=0, deltaY=-40 if step < steps / 2 else 40)
    times = page.js("(window.counting = false, window.frames_)")
    if kind == "pan":
        mouse("mouseReleased", 10 + 4 * steps)
    return (len(times) - 1) / max(1, times[-1] - times[0]) * 1000


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, #rrggbb each, by WCAG."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def theme(page: Page, dark: bool) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def violations(page: Page) -> list[str]:
    """What axe says is wrong, each with the number of elements."""
    page.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    found = page.driver.execute_async_script(
        "const [tags, done] = arguments; axe.run(document, { runOnly: tags }).then(done)", RULES
    )
    return [f"{each['id']} {len(each['nodes'])}×" for each in found["violations"]]


class Ours:
    """Measures our page; `items` gives the value of each item by its number."""

    def __init__(self, page: Page, made: Fixtures) -> None:
        self.page, self.made = page, made
        self.axe: list[tuple[str, str, str]] = []  # theme, tab, what is wrong
        self.outside = self.errors = self.broken = 0

    def items(self) -> dict[int, str]:
        speed = self.speed()
        measures: tuple[Callable[[], dict[int, str]], ...] = (
            self.sentences, self.facets, self.walks, self.cities, self.files, self.access, self.looks, self.rest,
        )  # fmt: skip
        found = dict(speed)
        for measure in measures:
            found |= measure()
            self.tally()
        found |= self.hostile()
        found[1] = f"{self.outside} requests outside, {self.errors} console errors in this run"
        found[2] = f"policy in the page; {self.broken} violations in this run"
        return found

    def tally(self) -> None:
        """Add up what the console and the policy said since the page was opened."""
        self.page.requests.clear()
        self.errors += len(self.page.logs())
        self.broken += len(self.page.js("window.violations ?? []"))
        self.outside += sum(not url.startswith(("file:", "about:", "blob:", "data:")) for url in self.page.requests)

    def go(self, typed: str) -> None:
        self.page.search(typed)
        self.page.keys(ENTER)

    def speed(self) -> dict[int, str]:
        page, ready, frames, found, sizes = self.page, [], [], [], []
        for nodes in ("300", "2000", "10000"):
            path = self.made.pages[nodes]
            seconds = min(page.open(path) for _ in range(2))
            longest = max(page.js("window.tasks"), default=0)
            ready.append(f"{int(nodes):,}: {seconds:.2f} s, longest task {longest:.0f} ms")
            sizes.append(f"{int(nodes):,}: {path.stat().st_size / 1e6:.2f} MB")
            if nodes == "10000":
                first, found = page.js("__kg.visible.nodes"), self.timed()
                said = page.find(".shown .nodes").text
            page.click("#all")
            page.until("__kg.visible.nodes > 100")
            if nodes != "300":
                frames.append(f"{int(nodes):,}: {moved(page):.0f} and {moved(page, 'zoom', 20):.0f}")
            self.tally()
        return {
            4: "; ".join(ready),
            6: "; ".join(frames) + " frames a second",
            7: f"{first} of 10,000; “{said}”",
            8: "; ".join(found),
            23: "; ".join(sizes),
        }

    def timed(self) -> list[str]:
        """How long the search takes, by what is typed."""
        script = (
            "const [typed] = arguments; const box = document.getElementById('search'); box.value = typed;"
            "const began = performance.now(); box.dispatchEvent(new Event('input')); return performance.now() - began"
        )
        kinds = {"characters": "司法局", "pinyin": "sifaju", "initials": "slgzbm", "full width": "１２３"}
        return [f"{kind} {self.page.driver.execute_script(script, typed):.0f} ms" for kind, typed in kinds.items()]

    def sentences(self) -> dict[int, str]:
        page = self.page
        page.open(self.made.pages["small"])
        drawn = page.js("__kg.drawn")
        time.sleep(1)
        drawn = page.js("__kg.drawn") - drawn
        self.go("gzbm")
        rows, told = len(page.texts("#panel .facts-list > div")), len(page.texts("#panel dd:has(.stated)"))
        self.go("一窗通办")
        page.driver.execute_script(
            "[...document.querySelectorAll('.sentence')].find((e) => /设立/.test(e.textContent)).click()"
        )
        quotes, graph = page.texts(".source > blockquote .quote"), self.made.graphs["small"][0]
        exact = {e.quote.text for relation in graph.relations for e in relation.evidence}
        marks = len(page.texts(".source > blockquote .mark"))
        before = len(page.texts(".source .antecedent"))
        again = ROOT / "build"
        again.mkdir(exist_ok=True)
        write(*self.made.graphs["small"], again)
        same = (again / "graph.html").read_bytes() == self.made.pages["small"].read_bytes()
        (again / "graph.html").unlink()
        return {
            5: f"{drawn} frames drawn in a second at rest; bytes {'equal' if same else 'differ'} when written again",
            9: f"{told} of {rows} attributes with their document, list or name; relations in groups, as sentences",
            10: f"{sum(quote in exact for quote in quotes)} of {len(quotes)} sources equal to the text, newest first, "
            f"{marks} marks, {before} antecedent above",
        }

    def facets(self) -> dict[int, str]:
        page, (graph, _) = self.page, self.made.graphs["300"]
        page.open(self.made.pages["300"])
        facets = page.js("[...document.querySelectorAll('.option input')].map((e) => e.dataset.facet)")
        shown = dict(zip(facets, page.texts(".option .count"), strict=True))
        counted: dict[str, int] = {}
        for name in [f"types {e.type}" for e in graph.entities] + [
            f"predicates {r.predicate}" for r in graph.relations
        ]:
            counted[name] = counted.get(name, 0) + 1
        equal = sum(int(shown.get(name, "0")) == count for name, count in counted.items())
        names = page.js("document.querySelectorAll('.facet').length")
        return {11: f"{names} facets here; {equal} of {len(counted)} counts of types and relations equal to Python's"}

    def walks(self) -> dict[int, str]:
        page, made = self.page, self.made.graphs["300"]
        graph = networkx.Graph([(r.subject, r.object) for r in made[0].relations])
        start = max(sorted(graph), key=lambda node: (graph.degree(node) == 3, node))
        self.go(start.partition("/")[2])
        reached = []
        for steps in (1, 2, 3):
            page.click(f"[data-do=steps-{steps}]")
            if page.all("#all"):
                page.click("#all")
            expected = len(networkx.single_source_shortest_path_length(graph, start, steps))
            reached.append(f"{page.js('__kg.visible.nodes')} of {expected}")
        rows = page.js("__kg.visible.nodes")
        page.click("#tab-table")
        listed = page.texts("[data-kind=entities] .count")[0].partition(" ")[0]
        page.click("#tab-picture")
        lengths = networkx.single_source_shortest_path_length(graph, start)
        end = max(sorted(lengths), key=lambda node: (lengths[node] == 4, node))
        page.click("[data-do=path]")
        self.go(end.partition("/")[2])
        steps_, shown = len(page.all("#panel .step")), len(page.texts("#panel .step .source"))
        return {
            12: f"1, 2, 3 steps reach {', '.join(reached)} (networkx); path of {lengths[end]}: "
            f"{steps_} steps with {shown} passages",
            15: f"{listed} rows, {rows} in the picture",
        }

    def cities(self) -> dict[int, str]:
        page, graph = self.page, self.made.graphs["cities"][0]
        page.open(self.made.pages["cities"])
        page.click("#tab-timeline")
        bars = [int(text or 0) for text in page.texts(".years .bar-count")]
        undated = page.find("#timeline .undated").text
        page.click("#tab-compare")
        page.click(".metric")
        cells, missing = len(page.texts("#compare .value")), len(page.texts("#compare .missing"))
        targets, places = len(page.texts(".value.target")), len(page.texts("#compare tbody tr"))
        page.click("[data-do=figure-0]")
        quote = page.texts("#panel .source .mark.object")[0]
        address, seen = page.js("location.href"), page.js("[__kg.selected, document.querySelectorAll('.value').length]")
        page.driver.get("about:blank")
        page.driver.get(address)
        page.until("window.__kg?.ready")
        back = page.js("[__kg.selected, document.querySelectorAll('.value').length]")
        page.driver.get("about:blank")
        page.driver.get(f"{self.made.pages['cities'].as_uri()}#centre=nobody&tab=__proto__&camera=NaN")
        page.until("window.__kg?.ready")
        bad = page.js("__kg.visible.nodes")
        total = len(graph.relations) + len(graph.figures)
        return {
            13: f"{sum(bars)} of {total} in the bars of {len(bars)} years; {undated.partition('，')[0]}",
            14: f"{places} places, {cells} values, {targets} target apart, {missing} 未提及; a cell opens “{quote}”",
            16: f"{'the same view' if back == seen else 'another view'} from the address; "
            f"a bad one shows the usual {bad} entities",
        }

    def files(self) -> dict[int, str]:
        page, folder = self.page, ROOT / "build" / "downloads"
        folder.mkdir(parents=True, exist_ok=True)
        page.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
        )
        page.open(self.made.pages["small"])
        content = {}
        for kind, ending in (("csv", "csv"), ("graphml", "graphml"), ("turtle", "ttl"), ("svg", "svg"), ("png", "png")):
            page.click("#downloads summary")
            page.click(f"[data-do=download-{kind}]")
            path, end = folder / f"policy-kg.{ending}", time.monotonic() + 30
            # The name may stand there empty while the browser still writes beside it.
            while (list(folder.iterdir()) != [path] or not path.stat().st_size) and time.monotonic() < end:
                time.sleep(0.05)
            content[kind] = path.read_bytes()
            path.unlink()
        rows = len(list(csv.reader(io.StringIO(content["csv"].decode("utf-8-sig"))))) - 1
        nodes = len(networkx.parse_graphml(content["graphml"].decode()))
        triples = len(rdflib.Graph().parse(data=content["turtle"].decode(), format="turtle"))
        shapes = len(list(ElementTree.fromstring(content["svg"].decode()).iter("{http://www.w3.org/2000/svg}path")))
        wide, stage = (
            int.from_bytes(content["png"][16:20], "big"),
            page.js("document.getElementById('stage').clientWidth"),
        )
        return {
            17: f"CSV {rows} rows with BOM; networkx reads {nodes} nodes; rdflib {triples} triples; "
            f"SVG with {shapes} shapes; PNG {wide / stage:.0f}×"
        }

    def access(self) -> dict[int, str]:
        page = self.page
        page.open(self.made.pages["cities"])
        wanted = {
            "#downloads summary": "export",
            "[data-facet]": "facets",
            "#tabs [role=tab]": "tabs",
            "#canvas": "canvas",
        }
        presses = {}
        for press in range(1, 80):
            page.keys(TAB)
            for selector in wanted:
                if selector not in presses and page.js("document.activeElement.matches(arguments[0])", selector):
                    presses[selector] = press
        page.js("document.getElementById('canvas').focus()")
        page.keys("\ue014")
        live = page.find("#live").get_attribute("textContent")
        if AXE.is_file():
            for dark in (False, True):
                theme(page, dark)
                page.open(self.made.pages["cities"])
                for tab in TABS:
                    page.driver.execute_script("document.getElementById(arguments[0]).click()", f"tab-{tab}")
                    self.axe.append(("dark" if dark else "light", tab, "; ".join(violations(page)) or "0"))
                page.driver.execute_script("document.getElementById('tab-compare').click()")
                page.driver.execute_script("document.querySelector('.metric').click()")
                page.driver.execute_script("document.querySelector('[data-do=figure-0]').click()")
                self.axe.append(
                    ("dark" if dark else "light", "a comparison and a panel", "; ".join(violations(page)) or "0")
                )
            theme(page, False)
        page.open(self.made.pages["cities"], 320, 640)
        wide = page.js("document.documentElement.scrollWidth")
        wrong = sum(what != "0" for _, _, what in self.axe)
        axe = f"{wrong} of {len(self.axe)} views with violations" if self.axe else "axe-core is not installed"
        return {
            18: "presses of Tab from the search: "
            + ", ".join(f"{name} {presses.get(selector, 'never')}" for selector, name in wanted.items()),
            19: f"“{live}”",
            20: f"axe: {axe}; {wide} px wide at 320",
        }

    def looks(self) -> dict[int, str]:
        page, least = self.page, 99.0
        page.open(self.made.pages["classes"])
        shapes = page.js(CLASSES)
        for dark in (False, True):
            theme(page, dark)
            colours, grounds = page.js(COLOURS)
            least = min(least, *(contrast(colour, ground) for colour in colours for ground in grounds))
        theme(page, False)
        page.open(self.made.pages["2000"])
        page.until("__kg.labels.length > 5")
        labels = page.js("__kg.labels")
        over = sum(
            not (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
            for a, b in combinations(labels, 2)
        )
        longest = max(len(label["text"]) for label in labels)
        return {
            21: f"{len(set(shapes))} shapes for {len(shapes)} classes; least contrast {least:.1f}:1 in both themes",
            22: f"{over} overlaps of {len(labels)} labels in the first view, the longest of {longest} characters",
        }

    def rest(self) -> dict[int, str]:
        page = self.page
        page.open(self.made.pages["small"])
        foot = page.find("#footer").text
        page.click("#language")
        english = page.find(".shown .nodes").text
        printed = page.driver.execute_cdp_cmd("Page.printToPDF", {})
        kilobytes = len(base64.b64decode(printed["data"])) / 1000
        frame = framed(*self.made.graphs["small"])._repr_html_()
        words = tomllib.loads((ROOT / "ontology" / "messages" / "explorer.toml").read_text(encoding="utf-8"))
        isolated = "allow-same-origin" not in frame
        return {
            24: f"frame {'isolated' if isolated else 'not isolated'}, no file written",
            25: f"“{foot}”; prints ({kilobytes:.0f} kB of PDF)",
            26: f"{len(words['zh'])} and {len(words['en'])} words and tables; “{english}”",
        }

    def hostile(self) -> dict[int, str]:
        page = self.page
        page.open(self.made.pages["hostile"])
        for typed in ("script", "甲", "javascript"):
            self.go(typed)
        for tab in TABS:
            page.click(f"#tab-{tab}")
            for _ in range(2):
                page.driver.execute_script(
                    "document.querySelectorAll('[role=tabpanel]:not([hidden]) button, #panel button')"
                    ".forEach((button) => button.click())"
                )
        page.driver.execute_script("document.querySelectorAll('input[type=checkbox]').forEach((box) => box.click())")
        ran = page.js("window.hacked ?? null")
        drawn = page.js("document.querySelectorAll('img, iframe, math, object, embed, a:not([href^=https])').length")
        self.tally()
        payloads = len(self.made.graphs["hostile"][0].documents)
        return {
            3: f"{payloads} payloads: {'none ran' if ran is None else 'RAN'}; {drawn} elements or links made of them"
        }
