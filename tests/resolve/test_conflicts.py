"""Figures of one metric, subject and period on which documents disagree are reported, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import DOC, Figure
from kg.resolve.conflicts import conflicts
from kg.resolve.metrics import Metrics
from tests.resolve.test_metrics import figure as read

METRICS = Metrics()


def said(doc: str, text: str, value: str, unit: str = "件", metric: str = "办结公证案件", **slots: object) -> Figure:
    made = read(metric, text, value, unit, doc=doc)
    fields = {name: getattr(made, name) for name in Figure.__slots__} | slots
    return Figure(**fields)


def disagreeing(*figures: Figure) -> list[set[str]]:
    return [{name.split("/")[1] for name in each.figures} for each in conflicts(METRICS.of(figures, ()), figures)]


def test_two_documents_that_give_other_values_disagree() -> None:
    one, other = said("a.txt", "312件", "312"), said("b.txt", "321件", "321", metric="公证案件办结数")
    (found,) = conflicts(METRICS.of((one, other), ()), (one, other))
    assert (found.subject, found.period) == ("place/甲市", "2021")
    assert set(found.figures) == {one.id, other.id}


AGREEING = [
    (said("a.txt", "3万元", "30000", "元", "发放贷款"), said("b.txt", "30000元", "30000", "元", "贷款发放额")),
    (said("a.txt", "3.2万件", "32000"), said("b.txt", "32187件", "32187")),
    (said("a.txt", "300余件", "300", bound="over"), said("b.txt", "312件", "312")),
    (said("a.txt", "近320件", "320", bound="about"), said("b.txt", "312件", "312")),
    (said("a.txt", "300至320件", "300", upper=Decimal(320)), said("b.txt", "312件", "312")),
    (said("a.txt", "2公里", "2", "公里", "绿道长度"), said("b.txt", "2000米", "2000", "米", "绿道长度")),
]
APART = {
    "another period": {"period": "2022"},
    "another subject": {"subject": ("place/乙市",)},
    "a target": {"status": "target"},
    "an estimate": {"status": "estimate"},
    "no period": {"period": None},
    "the document itself": {"subject": (DOC,)},
}


@pytest.mark.parametrize("both", AGREEING, ids=lambda both: both[0].text)
def test_values_that_can_both_be_so_agree(both: tuple[Figure, Figure]) -> None:
    assert len(METRICS.of(both, ())) == 1
    assert disagreeing(*both) == []


@pytest.mark.parametrize("slots", APART.values(), ids=APART)
def test_what_is_said_of_something_else_is_no_conflict(slots: dict[str, object]) -> None:
    assert disagreeing(said("a.txt", "312件", "312"), said("b.txt", "321件", "321", **slots)) == []


def test_two_targets_disagree_and_a_former_value_with_a_result() -> None:
    targets = said("a.txt", "90%", "90", "%", status="target"), said("b.txt", "95%", "95", "%", status="target")
    assert disagreeing(*targets) == [{"a.txt", "b.txt"}]
    before = said("a.txt", "312件", "312", status="baseline"), said("b.txt", "321件", "321")
    assert disagreeing(*before) == [{"a.txt", "b.txt"}]


def test_a_document_that_states_several_values_speaks_of_parts() -> None:
    parts = said("a.txt", "312件", "312"), said("a.txt", "12件", "12")
    assert disagreeing(*parts, said("b.txt", "321件", "321")) == []


def test_a_document_that_repeats_its_value_is_one_voice() -> None:
    twice = said("a.txt", "312件", "312"), said("a.txt", "312 件", "312")
    assert disagreeing(*twice) == []


def test_a_phrase_that_says_nothing_alone_is_not_compared() -> None:
    assert disagreeing(said("a.txt", "90%", "90", "%", "办结率"), said("b.txt", "95%", "95", "%", "办结率")) == []
