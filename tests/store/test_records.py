"""A document ↔ its line: the guidelines' shape, nothing lost, nothing wrong let through."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DocumentGraph, Entity, Evidence, Figure, Meta, Quote, Relation
from kg.store import check, line, parse


def test_the_line_has_the_shape_of_the_guidelines(document: DocumentGraph) -> None:
    record = json.loads(line(document))
    assert list(record) == ["doc", "sha256", "meta", "entities", "relations", "figures"]
    assert record["meta"] == {
        "title": "示例市司法局2021年工作报告",
        "publisher": "示例市司法局",
        "date": "2022-01-05",
        "genre": "report",
        "about": "l1",
        "number": "示司〔2022〕1号",
    }
    assert record["entities"][1] == {
        "id": "o1",
        "type": "Organisation",
        "kind": "government",
        "name": "示例市司法局",
        "owner": "示例市",
        "mentions": [{"text": "示例市司法局", "start": 0, "end": 6}, {"text": "我局", "start": 34, "end": 36}],
    }
    assert record["relations"][0] == {
        "subject": "o1",
        "predicate": "issues",
        "object": "p1",
        "period": "2021",
        "role": "lead",
        "status": "done",
        "evidence": {"text": "示例市司法局印发《示例市普法办法》", "start": 16, "end": 33},
        "confidence": 0.9,
        "component": "kg_relations",
        "also": [
            {
                "evidence": {"text": "《示例市普法办法》", "start": 24, "end": 33},
                "antecedent": {"text": "示例市司法局", "start": 0, "end": 6},
                "confidence": 0.5,
                "component": "kg_relations",
            }
        ],
    }
    assert record["figures"][0]["antecedent"] == {"text": "我局", "start": 34, "end": 36}
    assert record["figures"][1]["subject"] == ["doc"]
    assert record["figures"][1]["period"] is None


def test_whole_numbers_are_integers_and_others_floats(document: DocumentGraph) -> None:
    whole, fraction = json.loads(line(document))["figures"]
    assert (whole["value"], type(whole["value"])) == (625000, int)
    assert (fraction["value"], fraction["upper"], type(fraction["upper"])) == (95.5, 97, int)
    assert "upper" not in whole


def test_a_document_comes_back_as_it_was(document: DocumentGraph) -> None:
    assert parse(line(document)) == document


words = st.text(min_size=1, max_size=12)
quotes = st.builds(
    lambda text, start: Quote("a/文件 1.txt", start, start + len(text), text), words, st.integers(0, 10**6)
)
confidence = st.floats(0, 1)
passages = st.builds(Evidence, quotes, st.none() | quotes, st.text(max_size=9), confidence)
evidence = st.lists(passages, min_size=1, max_size=3).map(tuple)
maybe = st.none() | words
numbers = st.decimals(Decimal(-(10**9)), Decimal(10**9), places=4)
entities = st.builds(
    Entity, words, words, words, st.lists(quotes).map(tuple), maybe, maybe, st.lists(st.tuples(words, words)).map(tuple)
)
relations = st.builds(Relation, words, words, words, evidence, maybe, maybe, maybe)
figures = st.builds(
    Figure,
    id=words,
    text=words,
    value=numbers,
    unit=st.text(max_size=3),
    bound=words,
    metric=words,
    subject=st.lists(words, min_size=1).map(tuple),
    period=maybe,
    status=words,
    evidence=evidence,
    upper=st.none() | numbers,
)
documents = st.builds(
    DocumentGraph,
    st.just("a/文件 1.txt"),
    words,
    st.builds(Meta, maybe, maybe, maybe, maybe, maybe, maybe),
    st.lists(entities, max_size=3).map(tuple),
    st.lists(relations, max_size=3).map(tuple),
    st.lists(figures, max_size=3).map(tuple),
)


@given(documents)
def test_any_document_comes_back_as_it_was(document: DocumentGraph) -> None:
    written = line(document)
    assert parse(written) == document
    assert line(parse(written)) == written
    # One line to every reader of lines, whatever characters the document holds.
    assert written.splitlines() == [written]


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("", "Expecting value"),
        ("[]", "not in the format"),
        ("{}", "no 'doc'"),
        (
            '{"doc": "a", "sha256": "", "meta": {}, "entities": [{"id": "o1"}], "relations": [], "figures": []}',
            "no 'type'",
        ),
        ('{"doc": "a", "sha256": "", "meta": {}, "entities": 1, "relations": [], "figures": []}', "not in the format"),
        ("[" * 100_000, "not in the format"),
    ],
)
def test_what_is_no_record_is_refused(given_: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(given_)


def test_a_value_that_is_no_number_is_refused(document: DocumentGraph) -> None:
    with pytest.raises(ValueError, match="not in the format"):
        parse(line(document).replace('"value": 625000', '"value": "many"'))


def test_a_graph_must_quote_its_text_and_name_its_own_entities(document: DocumentGraph) -> None:
    text = "示例市司法局2021年工作报告\n示例市司法局印发《示例市普法办法》。我局办结案件62.5万件，\n占95%以上。"
    check(document, text)
    moved = replace(document.entities[0], mentions=(Quote("a.txt", 1, 4, "示例市"),))
    with pytest.raises(ValueError, match="does not stand at 1:4"):
        check(replace(document, entities=(moved, *document.entities[1:])), text)
    with pytest.raises(ValueError, match="unknown entity l1"):
        check(replace(document, entities=document.entities[1:]), text)
    bare = replace(document.relations[0], evidence=())
    with pytest.raises(ValueError, match="no evidence"):
        check(replace(document, relations=(bare,)), text)
    lost = replace(document.figures[0], subject=("o9",))
    with pytest.raises(ValueError, match="unknown entity o9"):
        check(replace(document, figures=(lost,)), text)


def test_the_gold_files_are_of_the_same_shape(shared: Path, document: DocumentGraph) -> None:
    """All keys that the gold has, but for the annotator's ``also`` and ``optional``, are ours."""
    ours = json.loads(line(document))
    for path in sorted((shared / "gold" / "dev").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for part in ("entities", "relations", "figures"):
            known = {key for each in ours[part] for key in each}
            assert {key for each in gold[part] for key in each} - {"also", "optional"} <= known
