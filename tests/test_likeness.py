"""Wordings are compared without what does not count, and the comparison is even-handed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.likeness import alike, dice, plain


def test_width_case_quotes_and_spaces_do_not_count() -> None:
    assert plain("《“Ａ Ｂ”　计划》") == "ab计划"


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_at_most_one(left: str, right: str) -> None:
    for measure in (alike, dice):
        assert 0.0 <= measure(left, right) == measure(right, left) <= 1.0
    assert dice(left, left) == 1.0


def test_a_growth_rate_is_never_like_a_level() -> None:
    assert alike("地区生产总值", "地区生产总值增长") == 0.0
    assert alike("地区生产总值同比增长", "地区生产总值增长") > 0.5
