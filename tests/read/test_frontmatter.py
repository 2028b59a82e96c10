"""The head of archived texts: YAML, what only looks like it, and what is meant to harm."""

import pytest

from kg.read.frontmatter import split


def test_values_stay_as_written() -> None:
    text = '---\ntitle: "县馆公告：开放"\nDate: 2031-04-01 08:00:00 +0800\ncount: 010\ntags: [一, 二]\n---\n正文\n'
    assert split(text) == ({"title": "县馆公告：开放", "date": "2031-04-01 08:00:00 +0800", "count": "010"}, "正文\n")


def test_a_head_that_is_no_yaml_is_read_line_by_line() -> None:
    fields, text = split("---\ntitle: 【公告】县馆: 开放 [二]: 时间\ndate: 2031-04-01\n---\n正文")
    assert fields == {"title": "【公告】县馆: 开放 [二]: 时间", "date": "2031-04-01"}
    assert text == "正文"


@pytest.mark.parametrize(
    "text",
    [
        "正文\n---\n甲: 乙\n---\n",
        "---\n一段话\n---\n正文",
        "---\ntitle: 没有结尾\n正文",
        "---\n- 甲\n- 乙\n---\n正文",
        "",
        "---",
    ],
)
def test_what_is_no_head_stays_text(text: str) -> None:
    assert split(text) == ({}, text)


def test_hostile_heads_do_no_harm() -> None:
    anchors = "a: &a [x]\n" + "".join(f"b{n}: [{'*a, ' * 8}x]\n" for n in range(500))
    assert split(f"---\ntitle: 甲\n{anchors}---\n正文")[0] == {"title": "甲"}
    assert split("---\na: !!python/object/apply:os.system ['exit 1']\nb: c\n---\n正文")[0]["b"] == "c"
    deep = "---\n" + "[" * 50_000 + "\n---\n正文"
    assert split(deep) == ({}, deep)
    long = "---\ntitle: " + "长" * 100_000 + "\n---\n正文"
    assert split(long) == ({}, long)
