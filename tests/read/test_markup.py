"""Markdown and HTML inside a text: the marks go, nothing else does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.markup import has_headings, has_html, without_html, without_markdown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>县馆一层</p>\n <p>县馆二层</p>", "县馆一层\n县馆二层"),
        ("<p>　　缩进仍在</p><p>另一段</p>", "　　缩进仍在\n另一段"),
        ("上一行<br>下一行<br/>\n再下一行", "上一行\n下一行\n再下一行"),
        ("<b>粗</b>体与<span style='x'>样式</span>", "粗体与样式"),
        (
            "<table><tr><td>馆名</td>\n<td>座位</td></tr><tr><td>东馆</td><td>80</td></tr></table>",
            "馆名\t座位\n东馆\t80",
        ),
        ("甲<!-- 注释\n两行 -->乙", "甲乙"),
        ("<p>&lt;通知&gt;&nbsp;&#8226;&amp;copy</p>", "<通知>\xa0•&copy"),
        ("<script>var 甲 = 1;</script><p>乙</p><style>p{}", "乙"),
        ("a < b，c > d，<云溪县公报>", "a < b，c > d，<云溪县公报>"),
        ("未闭合的 <!-- 注释", "未闭合的 <!-- 注释"),
    ],
)
def test_html(written: str, read: str) -> None:
    assert without_html(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# 县馆公告\n\n## 一、时间 ##", "县馆公告\n\n一、时间"),
        ("**请注意**：_不_变，*斜体*，~~删~~", "请注意：_不_变，斜体，删"),
        ("见[附件一](files/1.pdf)和![图](a.png)<https://example.org/a>", "见附件一和https://example.org/a"),
        ("> 引文\n\n---\n\n- 条目\n* 条目", "引文\n\n\n\n条目\n条目"),
        ("| 馆名 | 座位 |\n|---|:-:|\n| 东馆 | 80 |", "馆名\t座位\n东馆\t80"),
        ("第1\\. 条，2\\*3", "第1. 条，2*3"),
        ("3 * 4 = 12，**未完", "3 * 4 = 12，**未完"),
        ("#标签 和 1# 楼", "#标签 和 1# 楼"),
        ("（一）增加5%—6%，约1.5~2倍", "（一）增加5%—6%，约1.5~2倍"),
    ],
)
def test_markdown(written: str, read: str) -> None:
    assert without_markdown(written) == read


def test_what_counts_as_markup() -> None:
    assert has_html("<p>甲</p>")
    assert has_html("甲<br />乙")
    assert not has_html("若 a<b 且 b>c，见<云溪县公报>")
    assert has_headings("# 题\n\n正文")
    assert not has_headings("# 1号楼\n2号楼")
    assert not has_headings("正文\n# 注\n")


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="<>&*_~`#|[]!\\-+=\r", exclude_categories=["Cs"])))
def test_text_without_marks_is_never_changed(text: str) -> None:
    assert without_markdown(text) == text
    assert without_html(text) == text


@pytest.mark.parametrize(
    "line", ["# a" + " #" * 30_000 + "b", "| -" + " " * 30_000 + "x", "- " * 30_000 + "x", "<p " * 30_000]
)
def test_hostile_lines_take_no_longer_than_they_are(line: str) -> None:
    assert without_markdown(line)
    assert without_html(line)
