"""Bytes → characters: every encoding in which Chinese documents are found, and what is no text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.encoding import decode
from kg.read.errors import ReadError

PATH = Path("a.txt")
TEXT = "云溪县图书馆关于延长开放时间的公告\n自2031年4月1日起，周五开放至21:30。\n\t特此公告。\n"
PROSE = st.lists(st.sampled_from([*"云溪县图书馆开放时间，。：；（）《》“”—…0123456789 ABC\n\t　"]), min_size=12).map(
    "".join
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), PATH) == TEXT


@settings(deadline=None)
@given(PROSE, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_round_trip(text: str, encoding: str) -> None:
    assert decode((TEXT + text).encode(encoding), PATH) == TEXT + text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_never_changed(text: str) -> None:
    """Any character: Kangxi radicals, compatibility forms, private use, beyond the first plane, unassigned."""
    kept = text.removeprefix("\ufeff")
    assert decode(kept.encode("utf-8"), PATH) == kept


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_cut_in_the_middle_of_a_character(encoding: str) -> None:
    data = TEXT.rstrip().encode(encoding)
    assert decode(data[:-1], PATH) == TEXT.rstrip()[:-1]


def test_a_broken_byte_is_marked_and_the_rest_kept() -> None:
    data = (TEXT * 5).encode()
    assert decode(data[:300] + b"\xff" + data[300:], PATH).replace("\ufffd", "") == TEXT * 5


def test_declared_encoding_is_used_where_it_fits_and_ignored_where_not() -> None:
    traditional = "雲溪縣圖書館關於延長開放時間之公告，自四月一日起實施。"
    assert decode(traditional.encode("big5"), PATH, "big5") == traditional
    assert decode(TEXT.encode("utf-8"), PATH, "gb2312") == TEXT
    assert decode(TEXT.encode("gbk"), PATH, "utf-8") == TEXT
    assert decode(TEXT.encode("gbk"), PATH, "no-such-encoding") == TEXT


def test_encodings_of_several_bytes_are_guessed_and_of_one_byte_never() -> None:
    traditional = "雲溪縣圖書館關於延長開放時間之公告，自四月一日起實施，請各位讀者周知。" * 3
    assert decode(traditional.encode("big5"), PATH) == traditional
    with pytest.raises(ReadError, match="save it as UTF-8"):
        decode(
            ("La bibliothèque est ouverte jusqu'à neuf heures du soir, été comme hiver. " * 5).encode("latin-1"), PATH
        )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        (b"\0\1\2\3" * 40, "not a text"),
        (b"\xff" * 400, "not a text"),
        (b"text with \0 in it", "binary"),
        (b"\1\2\3\4\5\6" * 20 + b"text", "binary"),
        (bytes(range(256)) * 20, "not a text"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        decode(data, PATH)
    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)
