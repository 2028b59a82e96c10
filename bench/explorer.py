"""Measure the explorer's page beside the default page of pyvis on the same graphs in one run, in headless Chromium.

usage: explorer.py [--write] [--most SECONDS] [--corpus PAGE]

--write puts the tables into docs/explorer.md, between its two marks; what stands outside them is typed by hand. --most:
after so many seconds a page of pyvis is given up. --corpus: a graph.html of a large build to be timed as well. KG_AXE
names axe.min.js where node_modules/axe-core is not beside the checkout.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import explorer_graphs as graphs
from explorer_browser import Page, chromium, missing
from explorer_ours import ROOT, Fixtures, Ours, moved
from explorer_pyvis import Pyvis, pyvis_page

from kg.export import explorer

PAGE = ROOT / "docs" / "explorer.md"
PICTURE = ROOT / "docs" / "images" / "corpus.png"
BEGIN, END = "<!-- measured: python bench/explorer.py --write -->", "<!-- end of what is measured -->"
NONE = "–"
ITEMS = (
    ("opens from a file, network blocked", "0 requests, 0 errors"),
    ("content security policy", "0 violations"),
    ("hostile payloads", "25, none runs"),
    ("ready after", "0.8 / 1.5 / 2.5 s, no task above 500 ms"),
    ("no motion; same input, same bytes", "0 frames at rest"),
    ("pan and zoom", "2,000: 50, 10,000: 30 frames a second"),
    ("first view", "at most 100, and all are counted"),
    ("search at 10,000", "100 ms"),
    ("entity panel", "each attribute with its document"),
    ("relation panel", "text equal to the source"),
    ("facets with counts", "equal to Python's"),
    ("steps and paths", "as networkx; evidence of each step"),
    ("timeline", "all counted, undated apart"),
    ("comparison", "targets apart, missing said, cells open evidence"),
    ("table", "same rows as the picture"),
    ("permalink", "comes back; a bad one is harmless"),
    ("downloads", "other programs read them"),
    ("keyboard alone", "reaches all"),
    ("screen reader", "name, type, degree"),
    ("axe wcag2a to 22aa; reflow", "0 violations; 320 px"),
    ("a shape each class, contrast", "3:1 in both themes"),
    ("labels", "at most 14 characters, no overlap"),
    ("size", "2,000: 1.2, 10,000: 2.5 MB"),
    ("notebook", "isolated frame, no files"),
    ("foot and print", "version, corpus, date, warning"),
    ("languages", "Chinese and English"),
)


def fixtures(folder: Path) -> Fixtures:
    """All graphs, and the page of each in a folder of its own."""
    made = {
        "small": graphs.small(),
        "cities": graphs.cities(),
        "classes": graphs.classes(),
        "hostile": graphs.hostile(),
        **{str(nodes): graphs.large(nodes, 2 * nodes) for nodes in (300, 2000, 10_000)},
    }
    pages = {}
    for name, graph in made.items():
        (folder / name).mkdir()
        explorer.write(*graph, folder / name)
        pages[name] = folder / name / "graph.html"
    return Fixtures(made, pages)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of Markdown."""
    cells = [
        [cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in (heads, ["---"] * len(heads), *rows)
    ]
    return [f"| {' | '.join(row)} |" for row in cells]


def corpus(page: Page, path: Path) -> tuple[list[str], bytes]:
    """How a page of a large build opens and moves, and a picture of how it begins."""
    ready = page.open(path)
    page.until("__kg.labels.length > 5")
    picture = page.driver.get_screenshot_as_png()
    longest = max(page.js("window.tasks"), default=0)
    pan_first = moved(page)
    said = page.find(".shown .nodes").text
    page.click("#all")
    page.until("document.querySelector('.shown .nodes').textContent.length > 0")
    pan_all, zoom_all = moved(page), moved(page, "zoom", 20)
    page.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    memory = page.js("performance.memory.usedJSHeapSize") / 1e6
    lines = [
        "",
        "## The page of the whole corpus",
        "",
        "![What the page of the whole corpus shows first](images/corpus.png)",
        "",
        f"A build of all of `../shared/corpus` (“{said}”): {path.stat().st_size / 1e6:.1f} MB, of 25 allowed; ready",
        f"after {ready:.1f} s, longest task {longest:.0f} ms; its script holds {memory:.0f} MB.",
        f"Pan {pan_first:.0f} frames a second in the first view, {pan_all:.0f} when all is shown, zoom {zoom_all:.0f}.",
    ]
    return lines, picture


def measured(most: float, large: Path | None) -> tuple[list[str], bytes]:
    """What stands between the marks of the page, and the picture of the large build."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = fixtures(folder)
        sizes = ("300", "2000", "10000", "hostile")
        theirs = {size: pyvis_page(made.graphs[size], folder / f"pyvis-{size}.html") for size in sizes}
        with chromium(folder / "profile") as driver:
            measuring = Ours(Page(driver), made)
            ours = measuring.items()
            more, picture = corpus(measuring.page, large) if large else ([], b"")
        with chromium(folder / "profile of pyvis") as driver:
            pyvis = Pyvis(Page(driver), most).items(theirs)
    load = os.getloadavg()[0]
    rows = [
        (str(number), what, target, ours.get(number, NONE), pyvis.get(number, NONE))
        for number, (what, target) in enumerate(ITEMS, 1)
    ]
    lines = [
        f"One run of headless Chromium without GPU on {os.cpu_count()} cores, for which {load:.0f} programs waited at",
        "its end (the limits of the list are for two cores that nobody else uses).",
        "",
        *table(("", "item", "target", "ours", "pyvis 0.3.2, default page"), rows),
        "",
        f"{NONE}: the page of pyvis has nothing of the kind. One that is not usable after {most:.0f} s is given up.",
        "",
        "## axe-core, by theme and tab",
        "",
        *table(("theme", "view", "violations"), measuring.axe),
        *more,
    ]
    return lines, picture


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=float, default=60)
    parser.add_argument("--corpus", type=Path)
    asked = parser.parse_args(arguments)
    if missing():
        print("no chromium with chromedriver on this machine")
        return 1
    lines, picture = measured(asked.most, asked.corpus)
    print("\n".join(lines))
    if asked.write and picture:
        PICTURE.write_bytes(picture)
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(
            "\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"]), encoding="utf-8", newline="\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
