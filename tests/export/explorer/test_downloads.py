"""What is in view as files: tables, graphs and pictures that other programs read, with nothing in them that runs."""

import csv
import io
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
import rdflib

from kg.export.rdf import to_rdflib
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py
Saved = Callable[[str], bytes]
ENDING = {"csv": "csv", "graphml": "graphml", "turtle": "ttl", "svg": "svg", "png": "png"}


@pytest.fixture
def saved(browser: Page, tmp_path: Path) -> Saved:
    """Choose an entry of the menu with the mouse and give the file's bytes."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
    )

    def save(kind: str) -> bytes:
        browser.click("#downloads summary")
        browser.click(f"[data-do=download-{kind}]")
        path, end = folder / f"policy-kg.{ENDING[kind]}", time.monotonic() + 30
        # The name may stand there empty while the browser still writes beside it: one file, and not an empty one.
        while list(folder.iterdir()) != [path] or not path.stat().st_size:
            assert time.monotonic() < end, list(folder.iterdir())
            time.sleep(0.05)
        content = path.read_bytes()
        path.unlink()
        return content

    return save


@pytest.fixture
def page(browser: Page, small_page: Path) -> Iterator[Page]:
    browser.open(small_page)
    yield browser
    assert browser.logs() == [] and browser.js("window.violations") == []


def test_csv_has_the_rows_of_the_table(page: Page, saved: Saved, small: Made) -> None:
    page.click("#tab-table")
    page.click("[data-kind=relations]")
    content = saved("csv")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(small[0].relations)
    assert rows[0] == ["主语", "关系", "宾语", "时期", "日期", "原文", "原文", "文件", "文件名"]
    quotes = {e.quote.text for r in small[0].relations for e in r.evidence}
    assert {row[6] for row in rows[1:]} <= quotes


def test_csv_of_figures_has_metric_and_phrase(browser: Page, saved: Saved, phrased: Path) -> None:
    browser.open(phrased / "graph.html")
    browser.click("#tab-table")
    browser.click("[data-kind=figures]")
    rows = list(csv.DictReader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))
    assert {(row["指标"], row["原文说法"], row["主体"]) for row in rows} == {
        ("办结公证案件", "", "盘锦市"),
        ("办结公证案件", "公证案件办结数", "湘潭市"),
    }


def test_graphml_is_read_by_networkx(page: Page, saved: Saved, small: Made) -> None:
    page.search("sfj")
    page.keys("\ue007")
    found = networkx.parse_graphml(saved("graphml").decode())
    assert found.is_directed() and {"nodes": len(found), "edges": found.size()} == page.js("__kg.visible")
    bureau = "organisation/柳塘市司法局"
    assert found.nodes[bureau] == {"name": "柳塘市司法局", "type": "Organisation", "kind": "government"}
    edge = found.get_edge_data(bureau, "mechanism/“一窗通办”平台")
    assert edge["predicate"] == "establishes" and edge["evidence"] == "柳塘市司法局牵头的“一窗通办”平台建立两年来"


def test_turtle_says_what_the_rdf_export_says(page: Page, saved: Saved, small: Made) -> None:
    found = rdflib.Graph().parse(data=saved("turtle").decode(), format="turtle")
    whole = to_rdflib(*small)
    kg = rdflib.Namespace("https://w3id.org/policy-kg/ontology#")
    relations = {(s, p, o) for s, p, o in found if p in {kg[r.predicate] for r in small[0].relations}}
    assert len(relations) == len(small[0].relations)
    assert {triple for triple in found if triple not in whole} == set()


def test_turtle_has_the_metrics_and_the_base_of_the_build(browser: Page, saved: Saved, phrased: Path) -> None:
    browser.open(phrased / "graph.html")
    found = rdflib.Graph().parse(data=saved("turtle").decode(), format="turtle")
    whole = rdflib.Graph().parse(phrased / "graph.ttl")
    assert {triple for triple in found if triple not in whole} == set()
    measured = rdflib.URIRef("https://w3id.org/policy-kg/ontology#metric")
    assert len(set(found.objects(None, measured))) == 1
    assert {str(figure).startswith("https://data.example/id/") for figure in found.subjects(measured)} == {True}


def test_svg_is_valid_and_has_names_and_legend(page: Page, saved: Saved, small: Made) -> None:
    root = ElementTree.fromstring(saved("svg").decode())
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"机构", "政府机关", "地区", "政策文件", "机制", "柳塘市司法局"} <= set(words)
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 1 + len(small[0].entities)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) == len(small[0].relations)


def test_png_is_twice_the_stage(page: Page, saved: Saved) -> None:
    content = saved("png")
    assert content.startswith(b"\x89PNG")
    stage = page.js("(({ clientWidth: w, clientHeight: h }) => [w, h])(document.getElementById('stage'))")
    assert list(struct.unpack(">II", content[16:24])) == [stage[0] * 2, (stage[1] + 40) * 2]
    assert len(content) > 20_000


def test_hostile_names_stay_text_in_every_file(
    browser: Page, hostile: Made, written: Callable[[Made], Path], saved: Saved
) -> None:
    browser.open(written(hostile))
    browser.click("#tab-table")
    assert saved("csv").decode("utf-8-sig").count("\r\n") >= 25
    for kind in ("relations", "figures"):
        browser.click(f"[data-kind={kind}]")
        rows = list(csv.reader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert len(networkx.parse_graphml(saved("graphml").decode())) == 25
    assert len(rdflib.Graph().parse(data=saved("turtle").decode(), format="turtle")) > 100
    browser.click("#tab-picture")
    root = ElementTree.fromstring(saved("svg").decode())
    assert {element.tag.partition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "g",
        "path",
        "polyline",
        "text",
    }
    assert browser.js("window.hacked") is None
    assert browser.logs() == [] and browser.js("window.violations") == []
