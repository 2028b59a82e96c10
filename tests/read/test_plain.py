"""Text files: .txt as written, .md without marks, archives with front matter and HTML inside."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.plain import read_markdown, read_text

PATH = Path("a.txt")


def text_of(written: str) -> str:
    return read_text(written.encode(), PATH).text


def test_line_ends_are_unified_and_nothing_else() -> None:
    assert text_of("甲\r\n乙\r丙\n\n　丁 \u3000\n戊\u2028己") == "甲\n乙\n丙\n\n　丁 \u3000\n戊\n己"


def test_hard_wrapped_lines_stay() -> None:
    wrapped = "云溪县图书馆定于四月起\n延长开放时间，请读者\n周知。\n"
    assert text_of(wrapped) == wrapped


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\r\u2028\u2029<#-", exclude_categories=["Cs", "Cc"])))
def test_plain_text_is_never_changed(text: str) -> None:
    assert text_of("县馆" + text) == "县馆" + text


@pytest.mark.parametrize(
    "text", ["- - - -\n甲\n**注**：*见表*", "甲|乙\n[一](二)", "&nbsp;&amp;", "价<3元", "* 星号\n> 引号", "1\\*2"]
)
def test_a_txt_keeps_what_would_be_marks_in_markdown(text: str) -> None:
    assert text_of(text) == text


def test_archive_with_front_matter_and_html() -> None:
    reading = read_text(
        "---\ntitle: 县馆夜间开放\ndate: 2031-04-02 09:10:11 +0800\nsource: 云溪日报\nlink: https://example.org/1\n"
        "文号: 云图〔2031〕3号\n---\n<p>县馆今起夜间开放。</p>\n <p>读者叫好&nbsp;！</p>\n\n<https://example.org/1>\n\n[返回](/)".encode(),
        PATH,
    )
    assert reading.text == "县馆今起夜间开放。\n读者叫好\xa0！\nhttps://example.org/1\n\n返回"
    assert reading.hints == {
        "title": "县馆夜间开放",
        "date": "2031-04-02",
        "publisher": "云溪日报",
        "url": "https://example.org/1",
        "number": "云图〔2031〕3号",
    }


def test_markdown_headings_in_a_txt() -> None:
    assert text_of("# 云溪县读者条例\n\n<!-- 说明 -->\n\n## 第一章　总　　则\n\n第一条 甲") == (
        "云溪县读者条例\n\n\n\n第一章　总　　则\n\n第一条 甲"
    )


def test_markdown_file() -> None:
    assert read_markdown("标题\n===\n1. **甲**\n2. 乙".encode(), Path("a.md")).text == "标题\n\n1. 甲\n2. 乙"


def test_a_page_named_txt_is_read_as_a_page() -> None:
    page = "<!DOCTYPE html><head><title>县馆公告</title></head><body><nav>首页</nav><p>县馆今起开放。</p></body>"
    assert text_of(page) == "县馆今起开放。"
    assert text_of("---\ndate: 2031-04-01\n---\n" + page) == "县馆今起开放。"
