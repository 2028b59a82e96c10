"""The filters beside the picture: the counts are Python's, values of a facet add, facets restrict."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import DOC, Graph

Made = tuple[Graph, dict[str, str]]
Page = Any  # of conftest.py
Facets = dict[str, set[str]]


@pytest.fixture(scope="module")
def many(large: Callable[[int, int], Made]) -> Made:
    return large(300, 600)


@pytest.fixture
def filtering(browser: Page, request: pytest.FixtureRequest, written: Callable[[Made], Path]) -> Iterator[Page]:
    path = written(request.getfixturevalue("cities"))
    browser.open(path)
    yield browser
    browser.clean(path)


def said(graph: Graph) -> list[Facets]:
    """What each relation and figure can be found by, as Python reads the records."""
    entities = {entity.id: entity for entity in graph.entities}
    documents = {document.doc: document for document in graph.documents}
    home = {r.subject: r.object for r in graph.relations if r.predicate == "jurisdiction"}
    found = []
    for claim in (*graph.relations, *graph.figures):
        docs = {evidence.quote.doc for evidence in claim.evidence}
        ends = (claim.subject, claim.object) if hasattr(claim, "predicate") else claim.subject
        named = [entities[end] for end in ends if end != DOC]
        about = {documents[doc].meta.about for doc in docs} - {None}
        if hasattr(claim, "predicate"):
            places = {entity.id for entity in named if entity.type == "Place"} | about
        elif named and named[0].type == "Place":
            places = {named[0].id}
        else:
            places = {home[ends[0]]} if ends[0] in home else about
        moment = (claim.period or "").split("/")[-1] or max(documents[doc].meta.date or "" for doc in docs)
        best = max(evidence.confidence for evidence in claim.evidence)
        found.append(
            {
                "places": {entities[place].name for place in places},
                "bodies": {entity.name for entity in named if entity.type == "Organisation"},
                "years": {moment[:4] or "日期不详"},
                "documents": {documents[doc].meta.title or doc for doc in docs},
                "sureness": {
                    next(
                        name
                        for least, name in ((0.9, "0.9–1"), (0.7, "0.7–0.9"), (0.5, "0.5–0.7"), (0, "0–0.5"))
                        if best >= least
                    )
                },
            }
        )
    return found


def shown(page: Page, facet: str) -> dict[str, int]:
    page.unfold(facet)
    rows = page.js(
        "[...document.querySelectorAll(arguments[0])].map((e) => ['.label', '.count'].map((part) => e.querySelector(part).textContent))",
        f"[data-name={facet}] .option",
    )
    return {name: int(count) for name, count in rows if count != "0"}


def counted(claims: list[Facets], facet: str) -> Counter[str]:
    return Counter(value for claim in claims for value in claim[facet])


FACETS = ("places", "bodies", "years", "documents", "sureness")


def test_counts_are_pythons(filtering: Page, cities: Made) -> None:
    claims = said(cities[0])
    for facet in FACETS:
        assert shown(filtering, facet) == counted(claims, facet), facet


def test_values_add_and_facets_restrict(filtering: Page, cities: Made) -> None:
    claims = said(cities[0])

    def choose(facet: str, name: str) -> None:
        shown(filtering, facet)
        filtering.driver.execute_script(
            "[...document.querySelectorAll(`[data-name=${arguments[0]}] .option`)].find((e) => e.querySelector('.label').textContent === arguments[1]).querySelector('input').click()",
            facet,
            name,
        )

    choose("places", "柳塘市")
    choose("places", "白石县")
    here = [claim for claim in claims if claim["places"] & {"柳塘市", "白石县"}]
    for facet in FACETS:
        assert shown(filtering, facet) == counted(claims if facet == "places" else here, facet), facet
    choose("sureness", "0.5–0.7")
    both = [claim for claim in here if "0.5–0.7" in claim["sureness"]]
    assert shown(filtering, "years") == counted(both, "years")
    filtering.click("#tab-timeline")
    assert filtering.texts("#timeline h3 .count") == [str(len(both))]
    filtering.click("[data-do=clear]")
    assert shown(filtering, "years") == counted(claims, "years")


def test_long_lists_are_counted_and_searched(browser: Page, many: Made, written: Callable[[Made], Path]) -> None:
    path = written(many)
    browser.open(path)
    browser.unfold("bodies")
    bodies = sorted(
        {end for r in many[0].relations for end in (r.subject, r.object) if end.startswith("organisation/")}
    )
    listed = len(browser.all("[data-name=bodies] .option"))
    assert browser.find("[data-name=bodies] .more").text == f"再看 {len(bodies) - listed} 条"
    name = bodies[-1].partition("/")[2]
    browser.find("[data-name=bodies] .within").send_keys(name)
    assert name in browser.texts("[data-name=bodies] .label")
    assert len(browser.all("[data-name=bodies] .option")) < 5
    browser.click("[data-name=bodies] .option input")
    assert browser.js("__kg.visible.edges") == sum(bodies[-1] in (r.subject, r.object) for r in many[0].relations)
    browser.clean(path)
