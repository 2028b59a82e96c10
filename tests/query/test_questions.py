"""The competency questions: each in two languages, with the answers on the samples that stand beside it."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

import kg
from kg import query
from kg.query import EmptyAnswerError, QueryError, Source
from kg.query.writing import to_csv
from kg.resources import ontology_folder

QUESTIONS = query.questions()
CHECKED = re.compile(r"^\| `([a-z-]+)`[^|]*\| (\d+) \| (\d+) \|", re.MULTILINE)
HOSTILE = [
    'x" } INSERT DATA { <urn:a> <urn:b> "',
    "'; DROP ALL #",
    "}}\n} SERVICE <http://a.test> {",
    "\\u0022",
    "\x00",
    "云\u202e",
]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_on_the_samples_is_the_one_that_was_checked(name: str, source: Source) -> None:
    """``KG_WRITE=1 pytest`` writes the answers anew; look at them before they are committed."""
    path = ontology_folder() / "queries" / f"{name}.csv"
    try:
        found = to_csv(query.readable(query.ask(source, name, QUESTIONS[name].example)))
    except EmptyAnswerError:
        found = ""
    if os.environ.get("KG_WRITE"):
        path.write_text(found, encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") == found.replace("\r\n", "\n"), (
        "if it is right, KG_WRITE=1 pytest tests/query"
    )


def test_the_page_of_the_answers_checked_by_hand_counts_their_rows() -> None:
    """Where this fails, read the rows that are new against the texts, then put them on the page."""
    page = (ontology_folder().parent / "docs" / "questions.md").read_text(encoding="utf-8")
    told = {name: (int(rows), int(right)) for name, rows, right in CHECKED.findall(page)}
    answers = {name: (ontology_folder() / "queries" / f"{name}.csv").read_text(encoding="utf-8") for name in QUESTIONS}
    assert {name: len([*csv.reader(text.splitlines(keepends=True))]) - 1 for name, text in answers.items()} == {
        name: rows for name, (rows, _) in told.items()
    }
    rows, right = (sum(each) for each in zip(*told.values(), strict=True))
    assert f"Of {rows} rows {right} are right." in page


def test_there_are_twelve_and_each_says_what_it_asks_in_both_languages() -> None:
    assert len(QUESTIONS) >= 12
    for question in QUESTIONS.values():
        assert set(question.asks) == {"en", "zh"}
        assert all(question.asks.values())
        assert set(question.example) <= {each.name for each in question.parameters}
        assert {each.name for each in question.parameters if each.required} <= set(question.example)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_has_labels_and_evidence(name: str, source: Source) -> None:
    try:
        found = query.ask(source, name, QUESTIONS[name].example)
    except EmptyAnswerError:
        return
    assert found.columns[-1] == "evidence"
    for at, column in enumerate(found.columns):
        if any(cell is not None and cell.value.startswith("https://w3id.org/") for cell in found.column(column)):
            assert found.columns[at + 1] == column + "Label"


def test_every_parameter_has_values_and_takes_them(source: Source) -> None:
    for question in QUESTIONS.values():
        for parameter in question.parameters:
            first = query.values(parameter, source).column("label")[0]
            assert first is not None
            given = {**question.example, parameter.name: first.value}
            if parameter.required or parameter.name in question.example or not question.example:
                filled = question.filled(given, source)
                assert f"VALUES ?{parameter.name} {{ " in filled or f"FILTER (?{parameter.name} IN (" in filled


def test_a_row_without_a_year_is_of_none(source: Source) -> None:
    rate, place = {"metric": "行政机关负责人出庭应诉率"}, {"place": "盘锦市"}
    for name, given in (("metric-by-place", rate), ("place-profile", place)):
        with pytest.raises(EmptyAnswerError, match=r"^no row for year=1999; without that there are some$"):
            query.ask(source, name, {**given, "year": "1999"})
        years = {cell.value for cell in query.ask(source, name, {**given, "year": "2023"}).column("year") if cell}
        assert years == {"2023"}


def test_an_empty_answer_names_the_values_that_have_none(source: Source) -> None:
    for name, given, said in (
        ("policies-by-body", {"body": "盘锦市"}, "no row for body=盘锦市; without"),
        ("sentences", {"subject": "盘锦市司法局", "relation": "repeals"}, "no row for .*relation=repeals"),
        (
            "policies-by-body",
            {"body": "国务院", "policy": "盘锦市2022年普法责任清单"},
            "body=国务院 and policy=.* together",
        ),
    ):
        with pytest.raises(EmptyAnswerError, match=said):
            query.ask(source, name, given)


def test_the_topics_that_are_listed_have_figures(source: Source) -> None:
    (parameter,) = (each for each in query.question("targets-and-results").parameters if each.type == "Topic")
    told = {cell.value for cell in source.ask("SELECT DISTINCT ?l { ?f kg:subject/rdfs:label ?l }").column("l") if cell}
    assert {cell.value for cell in query.values(parameter, source).column("label") if cell} == told


def test_a_parameter_is_given_once_and_with_a_value() -> None:
    for words, said in (
        (["--metric", "a", "metric=b"], "--metric is given twice"),
        (["metric="], "--metric has no value"),
    ):
        with pytest.raises(QueryError, match=said):
            query.pairs(words)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_never_part_of_the_query(value: str, source: Source) -> None:
    for name, parameter in (("metric-by-place", "metric"), ("sentences", "subject"), ("sentences", "relation")):
        with pytest.raises(QueryError, match=f"--{parameter}"):
            query.ask(source, name, {**QUESTIONS[name].example, parameter: value})
    with pytest.raises(QueryError, match="is no year"):
        query.ask(source, "metric-by-place", {**QUESTIONS["metric-by-place"].example, "year": value})


def test_what_there_is_not_is_answered_with_the_nearest(source: Source) -> None:
    for name, given, said in (
        ("metric-by-plac", {}, "the nearest: metric-by-place"),
        ("metric-by-place", {}, "needs --metric"),
        ("metric-by-place", {"metrics": "x"}, "has no parameter 'metrics'; there is metric, place, year"),
        ("metric-by-place", {"metric": "负责人出庭应诉"}, "the nearest: .*行政机关负责人出庭应诉率"),
        ("sentences", {"subject": "盘锦市司法局", "relation": "likes"}, "is no relation; there are issues"),
    ):
        with pytest.raises(QueryError, match=said):
            query.ask(source, name, given)


def test_a_relation_is_known_by_either_language_and_a_policy_with_its_marks(source: Source) -> None:
    asked = [
        query.ask(source, "sentences", {"subject": "盘锦市司法局", "relation": word})
        for word in ("issues", "制定发布", "kg:issues")
    ]
    assert asked[0] == asked[1] == asked[2]
    chain = QUESTIONS["basis-chain"].example["policy"]
    assert query.ask(source, "basis-chain", {"policy": f"《{chain}》"}) == query.ask(
        source, "basis-chain", {"policy": chain}
    )


def test_evidence_is_of_the_relation_that_was_asked_for(source: Source) -> None:
    """盘锦市司法局 has both issued and carried out its 指导意见: two relations of the same two ends."""
    head = "SELECT * { VALUES ?a { <https://w3id.org/policy-kg/id/organisation/盘锦市司法局> } ?a "
    tail = " ?b . FILTER (CONTAINS(STR(?b), '指导意见')) } ORDER BY DESC(?said)"
    for relation, said in (
        ("kg:issues", ["我局制定《"]),
        ("kg:implements", ["依据《"]),
        ("?said", ["我局制定《", "依据《"]),
    ):
        asked = head + relation + tail
        told = [cell.value for cell in query.query(source, asked).column("evidence") if cell]
        assert len(told) == len(said)
        for text, start in zip(told, said, strict=True):
            assert all(quote.startswith("“" + start) for quote in text.split(" | ")), asked


def test_an_empty_frame_has_the_column_of_evidence(samples: Path) -> None:
    frame = kg.load(samples).ask("policies-by-body", body="盘锦市")
    assert frame.empty
    assert list(frame)[-1] == "evidence"
    assert "claim" not in frame


def test_a_document_about_it_shows_a_passage_of_its_own(source: Source) -> None:
    found = query.ask(source, "documents-about", {"entity": "盘锦市营商局"}).to_pandas()
    assert len(found) == 2
    for document, evidence in zip(found.document, found.evidence, strict=True):
        path = document.rpartition("/")[2]
        assert all(f"({path})" in quote for quote in evidence.split(" | "))


def test_python_gives_data_frames_with_numbers(samples: Path) -> None:
    graph = kg.load(samples)
    frame = graph.ask("metric-by-place", metric="行政机关负责人出庭应诉率", year=2023)
    assert frame.value.dtype == "float64"
    assert set(frame.year) == {"2023"}
    assert {"placeLabel", "statusLabel", "evidence"} <= set(frame)
    assert "实际" in set(graph.ask("metric-by-place", labels="zh", metric="行政机关负责人出庭应诉率").statusLabel)


def test_the_answers_are_read_by_a_spreadsheet(source: Source) -> None:
    text = to_csv(query.ask(source, "metric-by-place", QUESTIONS["metric-by-place"].example))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert any(row["value"] == "92.5" for row in rows)
