"""Folding keeps offsets, and numerals of both scripts give the number that a reader reads."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import SPACES, Folded, fold, number

QUOTES = '"“”「」『』'
# Texts of the genre, of what printers and pages add to it, and of anything at all.
PIECES = [
    "盘锦市",
    "《办法》",
    "，",
    ",",
    "(",
    ")",
    "（",
    "１２",
    "12",
    ".",
    "，000",
    "10:30",
    "GDP",
    "Wi Fi",
    "http://a",
    "😀",
    "𠀀",
    "%",
    "％",
    "!",
    "？",
    "“",
    "”",
    "「",
    "」",
    '"',
]
PIECES += [" ", "\u3000", "\u200b", "\ufeff", "\t", "\n", "\r\n", "\x00", "e\u0301"]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=60))


def plain(text: str) -> str:
    """A text without what folding changes: width, kind of quotation marks, spaces."""
    wide = unicodedata.normalize("NFKC", "".join('"' if char in QUOTES else char for char in text))
    return "".join(char for char in wide if not char.isspace() and char not in SPACES)


def slices(folded: Folded) -> list[tuple[int, int]]:
    size = len(folded.text)
    return [(start, end) for start in range(0, size, 3) for end in range(start + 1, size + 1, 4)]


@given(texts)
def test_every_folded_character_has_its_place_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert all(first < second for first, second in pairwise(folded.offsets))
    assert folded.offsets[-1] == len(text)
    assert all(folded.position(offset) == place for place, offset in enumerate(folded.offsets))


@given(texts)
def test_nothing_but_spaces_is_dropped(text: str) -> None:
    kept = set(fold(text).offsets)
    assert {char for place, char in enumerate(text) if place not in kept} <= {*SPACES, "\t"}


@given(texts)
def test_the_original_of_a_slice_says_the_same(text: str) -> None:
    folded = fold(text)
    for start, end in slices(folded):
        first, last = folded.original(start, end)
        assert first < last
        assert plain(text[first:last]) == plain(folded.text[start:end])


@given(texts)
def test_the_original_of_a_slice_begins_and_ends_with_its_characters(text: str) -> None:
    folded = fold(text)
    for start, end in slices(folded):
        first, last = folded.original(start, end)
        for ours, theirs in ((folded.text[start], text[first]), (folded.text[end - 1], text[last - 1])):
            assert plain(ours) == plain(theirs)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_an_empty_slice_stands_where_it_stands() -> None:
    folded = fold("甲 ，乙")
    assert folded.original(1, 1) == (2, 2)


def test_line_ends_that_only_wrap_are_left_out_and_no_others() -> None:
    text = "行政审\n批局\n司法局"
    folded = fold(text, frozenset({3}))
    assert folded.text == "行政审批局\n司法局"
    start = folded.text.index("行政审批局")
    assert text[slice(*folded.original(start, start + 5))] == "行政审\n批局"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２２年，ＧＤＰ增长５．２％", "2022年，GDP增长5.2%"),
        ("受理 36 件,办结30件;", "受理36件，办结30件；"),
        ("1,234件，10:30，http://a.cn", "1,234件，10:30，http://a.cn"),
        ('"一网通办"和「证照联办」', "“一网通办”和“证照联办”"),
        ("中共中央 国务院", "中共中央 国务院"),
        ("Open AI 模型", "Open AI模型"),
        ('他说"好\n"开头', "他说“好\n“开头"),
    ],
)
def test_width_quotes_and_spaces(text: str, folded: str) -> None:
    assert fold(text).text == folded


# Numbers as Han numerals, written by the rules of the script, independently of the code that reads them.
UNITS = [(10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")]


def han(value: int) -> str:
    """A number under a trillion in Han numerals: 10203 is 一万零二百零三."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    size, unit = next(pair for pair in UNITS if value >= pair[0])
    head, rest = divmod(value, size)
    gap = "零" if 0 < rest < size // 10 else ""
    return han(head) + unit + (gap + han(rest) if rest else "")


def test_the_writer_of_numerals_writes_as_people_do() -> None:
    assert [han(each) for each in (10, 105, 10203, 30_0500)] == ["一十", "一百零五", "一万零二百零三", "三十万零五百"]


@given(st.integers(0, 10**8 - 1))
def test_han_numerals(value: int) -> None:
    assert number(han(value)) == value


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_han_numerals_with_hundred_millions(high: int, low: int) -> None:
    assert number(han(high * 10**8 + low)) == high * 10**8 + low


@given(st.integers(1, 9999), st.integers(10**4, 10**8 - 1))
def test_han_numerals_with_hundred_millions_and_ten_thousands(high: int, low: int) -> None:
    assert number(han(high * 10**8 + low)) == high * 10**8 + low


@given(st.integers(1, 99))
def test_ten_without_a_one_before_it(value: int) -> None:
    assert number(han(value).removeprefix("一") if 10 <= value < 20 else han(value)) == value


@given(st.integers(0, 10**15))
def test_digits_with_and_without_commas(value: int) -> None:
    assert number(str(value)) == number(f"{value:,}") == value


@given(
    st.decimals("0", "99999", places=2),
    st.sampled_from([("", 1), ("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)]),
)
def test_decimals_with_a_unit(value: Decimal, unit: tuple[str, int]) -> None:
    assert number(f"{value}{unit[0]}") == value * unit[1]


@given(st.integers(0, 9999))
def test_years_digit_by_digit(value: int) -> None:
    assert number("".join("〇一二三四五六七八九"[int(digit)] for digit in f"{value:04d}")) == value


@pytest.mark.parametrize(
    ("text", "value"), [("两千", 2000), ("十万", 10**5), ("1百万", 10**6), ("5千万", 5 * 10**7), ("三千亿", 3 * 10**11)]
)
def test_numerals_of_the_genre(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "value"), [("7.5万亿", 7_500_000_000_000), ("两万亿", 2 * 10**12)])
def test_trillions(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "甲", "1.4万余", "5%", "半", "1e5", "１２", "三分之一", "-3"])
def test_what_is_no_numeral(text: str) -> None:
    assert number(text) is None


@given(st.text("0123456789.,零〇一二三四五六七八九十百千万亿两半甲", max_size=12))
def test_any_run_of_numerals_is_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or (value.is_finite() and value >= 0)
