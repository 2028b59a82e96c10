"""One metric over places and years: the table and the chart say what the RDF says, and every value opens its sentence."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export.rdf import to_rdflib
from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py

# A figure's place: its subject, if that is a place; where the subject has jurisdiction; what its document is about.
QUERY = """
PREFIX kg: <https://w3id.org/policy-kg/ontology#>
SELECT DISTINCT ?place ?period ?wording WHERE {
  ?figure a kg:Figure ; kg:metric/rdfs:label "按时办结率" ; kg:unit "%" ; kg:wording ?wording ; kg:subject ?subject .
  OPTIONAL { ?figure kg:period ?period }
  OPTIONAL { ?subject a kg:Place ; rdfs:label ?itself }
  OPTIONAL { ?subject kg:jurisdiction/rdfs:label ?home }
  OPTIONAL { ?subject kg:about/rdfs:label ?about }
  BIND(COALESCE(?itself, ?home, ?about) AS ?place)
  FILTER(BOUND(?place))
}
"""


@pytest.fixture
def compared(browser: Page, cities_page: Path) -> Iterator[Page]:
    """The comparison of 按时办结率, as a person comes to it."""
    browser.open(cities_page)
    browser.click("#tab-compare")
    browser.find("#compare .within").send_keys("办结")
    browser.click("#compare .metric")
    yield browser
    browser.clean(cities_page)


def cells(page: Page) -> dict[tuple[str, str], list[str]]:
    """(place, year) → wordings."""
    return {
        (place, year): values
        for place, year, values in page.js(
            """[...document.querySelectorAll(".comparison tbody tr")].flatMap((row) => {
              const years = [...document.querySelectorAll(".comparison thead th")].map((e) => e.textContent);
              return [...row.children].slice(1).map((cell, at) => [row.children[0].textContent, years[at + 1],
                cell.className === "missing" ? [cell.textContent] : [...cell.querySelectorAll(".amount")].map((e) => e.textContent)]);
            })"""
        )
    }


def test_catalogue_says_how_far_each_metric_reaches(browser: Page, cities_page: Path) -> None:
    browser.open(cities_page)
    browser.click("#tab-compare")
    assert browser.texts("#compare .metric") == ["按时办结率3 地 · 2 年 · 10 个数据"]
    browser.find("#compare .within").send_keys("没有的")
    assert browser.texts("#compare .metric") == []
    assert browser.find("#compare .note").text == "列出 0 / 0 个指标"


def test_cells_are_what_sparql_answers(compared: Page, cities: Made) -> None:
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place, period, wording in to_rdflib(*cities).query(QUERY):
        expected[str(place), str(period or "未说明")].add(str(wording))
    found = cells(compared)
    assert {key: sorted(values) for key, values in found.items() if values != ["未提及"]} == {
        key: sorted(values) for key, values in expected.items()
    }
    assert len(expected) == 5
    assert found["白石县", "2022"] == found["青杉市", "未说明"] == ["未提及"]


def test_targets_bounds_and_two_accounts_are_told_apart(compared: Page) -> None:
    assert cells(compared)["柳塘市", "2023"] == ["约为94%", "95%以上"]
    assert compared.texts(".value.target .tag") == ["目标"]
    assert compared.texts(".differs") == ["说法不一"]
    assert compared.js("document.querySelectorAll('.chart .target .dot').length") == 1
    assert compared.js("document.querySelectorAll('.chart .bound').length") == 3
    assert compared.js("document.querySelectorAll('.chart .range').length") == 1
    assert compared.texts(".chart .place") == ["青杉市", "柳塘市", "白石县"], "by the latest result"
    assert {"● 实际", "◇ 目标", "→ 以上", "← 以下", "~ 约数"} == set(compared.texts(".key span"))


def test_what_is_left_out_is_counted(compared: Page) -> None:
    note = compared.find("#compare .scroll > .note").text
    assert "3 个地区，8 个数据，单位：%" in note and "另有 1 个数据没有说明地区" in note and "另有 1 种单位" in note
    compared.driver.execute_script(
        "const unit = document.querySelector('[data-do=unit]'); unit.value = '件'; unit.dispatchEvent(new Event('change'))"
    )
    assert cells(compared) == {("白石县", "未说明"): ["312件"]}


def test_a_value_opens_its_sentence_from_table_and_chart(compared: Page) -> None:
    compared.driver.execute_script("document.querySelector('.value.target').focus()")
    compared.keys("\ue007")
    assert compared.js("__kg.selected") == "figure/1"
    assert compared.texts("#panel .source > blockquote .mark.object") == ["95%以上"]
    assert "全市按时办结率为91.5%" in compared.find("#panel .source > blockquote").text
    compared.driver.execute_script(
        "document.querySelector('[data-figure=\"4\"]').dispatchEvent(new MouseEvent('click'))"
    )
    assert compared.js("__kg.selected") == "figure/4"


def test_other_accounts_stand_beside_a_figure(compared: Page) -> None:
    compared.click("[data-do=figure-0]")
    assert compared.texts("#panel .rivals .beside .amount") == ["91.5%", "89%"]
    assert compared.texts("#panel .rivals .here .amount") == ["91.5%"]
    assert compared.texts("#panel .rivals .link") == ["柳塘/2022", "柳塘/旧闻"]
    compared.click("#panel .rivals button.value")
    assert compared.js("__kg.selected") == "figure/3"


def test_filters_restrict_the_comparison(compared: Page) -> None:
    compared.unfold("years")
    compared.click("[data-facet='years 2023']")
    assert {year for _, year in cells(compared)} == {"2023", "未说明"}
    assert "只含符合当前筛选的数据" in compared.find("#compare .scroll > .note").text
    compared.click("[data-do=clear]")
    assert len(cells(compared)) == 9


def test_the_same_said_again_is_one_value_with_a_way_to_each_sentence(compared: Page) -> None:
    assert cells(compared)["柳塘市", "2022"] == ["91.5%", "89%"]
    assert compared.texts(".again") == ["2"]
    compared.click(".again")
    assert compared.js("__kg.selected") == "figure/9"
    assert compared.texts("#panel .source > blockquote .mark.object") == ["91.5%"]


def test_phrases_of_one_metric_are_compared_as_one(browser: Page, phrased: Path) -> None:
    browser.open(phrased / "graph.html")
    browser.click("#tab-compare")
    browser.find("#compare .within").send_keys("公证案件办结数")
    assert browser.texts("#compare .metric") == ["办结公证案件2 地 · 1 年 · 2 个数据"]
    browser.click("#compare .metric")
    assert cells(browser) == {("盘锦市", "2022"): ["620件"], ("湘潭市", "2022"): ["410件"]}
    assert browser.texts("#compare .value .times") == ["公证案件办结数"]
    browser.click("#compare .value:not(.target)")
    browser.clean(phrased / "graph.html")


def test_a_metric_is_found_and_listed_with_what_the_document_calls_it(browser: Page, phrased: Path) -> None:
    browser.open(phrased / "graph.html")
    assert "办结公证案件 公证案件办结数" in browser.search("公证案件办结数")
    assert "办结公证案件" in browser.search("bjgzaj")
    browser.keys("\ue00c")
    browser.click("#tab-table")
    browser.click("[data-kind=figures]")
    assert browser.texts("#table tbody .row") == ["办结公证案件", "办结公证案件公证案件办结数"]
    browser.clean(phrased / "graph.html")
