"""The records: frozen, of the standard library alone, and a quote is what stands there."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import model
from kg.model import (
    DOC,
    Conflict,
    Decision,
    Document,
    DocumentGraph,
    Entity,
    Evidence,
    Figure,
    FigureTarget,
    Graph,
    Meta,
    Metric,
    Named,
    Quote,
    Relation,
    RelationTarget,
    Source,
)

RECORDS = [
    Conflict,
    Decision,
    Document,
    DocumentGraph,
    Entity,
    Evidence,
    Figure,
    FigureTarget,
    Graph,
    Meta,
    Metric,
    Named,
    Quote,
    Relation,
    RelationTarget,
    Source,
]


@given(st.text(), st.data())
def test_a_quote_is_what_stands_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote.of("a.txt", text, start, end)
    assert (quote.start, quote.end) == (start, end)
    assert quote.text == text[start:end]
    assert len(quote.text) == end - start


def test_offsets_count_code_points() -> None:
    assert Quote.of("a.txt", "😀甲市", 1, 3).text == "甲市"
    assert Quote.of("a.txt", "e\u0301甲", 2, 3).text == "甲"


def test_quotes_are_ordered_by_document_and_place() -> None:
    text = "甲乙丙"
    quotes = [
        Quote.of("b", text, 0, 1),
        Quote.of("a", text, 1, 2),
        Quote.of("a", text, 0, 2),
        Quote.of("a", text, 0, 1),
    ]
    assert [(q.doc, q.start, q.end) for q in sorted(quotes)] == [("a", 0, 1), ("a", 0, 2), ("a", 1, 2), ("b", 0, 1)]


def test_no_record_is_missing_here() -> None:
    assert {each for each in vars(model).values() if dataclasses.is_dataclass(each)} == set(RECORDS)


@pytest.mark.parametrize("record", RECORDS)
def test_records_are_frozen_and_take_no_further_attributes(record: type) -> None:
    fields = dataclasses.fields(record)
    one = record(**{field.name: None for field in fields})
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, fields[0].name, "x")
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("record", [each for each in RECORDS if each is not Source])
def test_records_are_values(record: type) -> None:
    """Equal slots, equal records, of one hash; a Source is a value too, but its hints are a mapping."""
    slots = {field.name: (field.name,) for field in dataclasses.fields(record)}
    assert record(**slots) == record(**slots)
    assert hash(record(**slots)) == hash(record(**slots))


def test_evidence_differs_by_every_slot() -> None:
    quote = Quote("a.txt", 0, 1, "甲")
    one = Evidence(quote, None, "kg_relations/trigger", 0.5)
    others = [
        dataclasses.replace(one, antecedent=quote),
        dataclasses.replace(one, component="kg_figures"),
        dataclasses.replace(one, confidence=0.6),
    ]
    assert len({one, *others}) == 4


def test_the_document_as_a_subject_is_no_entity_id() -> None:
    assert DOC == "doc"
    assert not DOC[1:].isdigit()


def test_the_records_need_nothing_but_the_standard_library() -> None:
    program = (
        "import sys; before = set(sys.modules); import kg.model; new = {name.partition('.')[0] for name in "
        "set(sys.modules) - before}; print(sorted(new - set(sys.stdlib_module_names) - {'kg'}))"
    )
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == "[]"
