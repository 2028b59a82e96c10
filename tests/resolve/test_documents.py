"""Whatever the text is, reading it ends, and the graph holds nothing that the text does not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import DocumentGraph

GraphOf = Callable[..., DocumentGraph]
Faults = Callable[[DocumentGraph, str], list[str]]

NAMES = "盘锦市|市司法局|盘锦市司法局|自治区|党委政府|市委|国务院|该委|我局|全市|朝阳区人民法院|民盟|甲公司|12345热线|“蒙企通”平台"
WORDS = (
    "印发|建立|建立健全|落实|会同|联合|指导|对|的监督|经|同意|由|牵头|将|尚未|根据|以下简称|机制|制度|专项行动|工作|等"
)
FIGURES = "2022年|二〇二二年三月一日|2022年8月31日|1.2万余|3—5|件|%|三分之二|同比增长|分别为|从|到|截至目前|前3个月|2023-06-12|3/4|０"
MARKS = '《|》|〈|〉|“|”|"|（|）|(|)|，|。|、|：|；|\n|\n\n|\r\n| |　|一、|（二）|1.|第一条|责任单位：|#|| --- |〔2022〕5号|——'
ODD = "\x00|\x1b[0m|\u200b|\u202e|\ufeff|\u2028|\ue000|😀|👩‍👩‍👧|𠀀|e\u0301|٣|１|\ufffd|<b>|{{x}}|%s"
PIECES = "|".join((NAMES, WORDS, FIGURES, MARKS, ODD)).split("|")

SPECS = sorted((Path(__file__).resolve().parent.parent / "specs").glob("*.toml"))
CASES = [case for path in SPECS for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
TEXTS = [case["text"] for case in CASES if "unmet" not in case]
COMPANY = (
    "镇赉县政务服务提速\n\n4月8日，吉林省镇赉县召开会议。"
    "镇赉县法院与吉林天河科技有限公司商定，全年培训法官120人次，办结案件860件。\n"
)
OUR_BUREAU = "我局关于开展普法的通知\n请大家参加。"

mixtures = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
slices = st.tuples(st.sampled_from(TEXTS), st.integers(0, 40), st.integers(0, 90)).map(
    lambda cut: cut[0][cut[1] : cut[2]]
)
patchworks = st.lists(st.one_of(slices, st.sampled_from(PIECES)), max_size=8).map("".join)
sandwiches = st.tuples(mixtures, anything, mixtures).map("".join)

HOSTILE: Mapping[str, str] = {
    "nothing": "",
    "line ends only": "\n\r\n\n",
    "an unclosed title": "盘锦市司法局印发《普法办法",
    "titles that are never closed": "《普法办法\n" * 200,
    "titles in titles": "《" * 60 + "办法" + "》" * 60,
    "closed before opened": "》”）盘锦市司法局建立联动机制《“（",
    "quotes in quotes": "“" * 30 + "一网通办" + "”" * 30 + "机制",
    "straight quotes without end": '"' * 31 + "建立机制",
    "a very long line without punctuation": "盘锦市司法局建立联动机制" * 300,
    "one clause after the other": "办案5件，" * 600,
    "brackets": "（" * 500 + "牵头单位：市司法局",
    "control characters": "盘锦市\x00司法局\x07建立\x1b[31m联动机制\x7f",
    "emoji with joiners": "👩‍👩‍👧‍👦盘锦市👍🏽司法局建立联动机制，办案5件👏。",
    "right to left": "\u202e盘锦市司法局\u202c建立联动机制",
    "marks that combine": "盘\u0301锦\u0302市\u0303司\u0304法\u0305局\u0306",
    "a number of sixty digits": "受理案件" + "1" * 60 + "件",
    "digits of other scripts": "受理案件١٢٣件，办结३件",
    "days that do not exist": "2022年13月45日，截至2022年2月31日，1—0月，前0个月，第0季度，受理5件",
    "a division by nothing": "受理0分之5，办结百分之零，占5/0、0/0",
    "empty titles": "根据《》制定《 》（以下简称《》）",
    "tables": "| 甲 |\n| --- |\n" * 50,
    "only list marks": "一、（一）1.（1）①" * 40,
}


def check(faults: Faults, graph: DocumentGraph, text: str) -> None:
    found = faults(graph, text)
    assert not found, found[:5]


@given(text=mixtures)
@settings(max_examples=400)
def test_mixtures_of_the_genre(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@given(text=patchworks)
@settings(max_examples=400)
def test_patchworks_of_the_cases(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@given(text=anything)
@settings(max_examples=150)
def test_anything_at_all(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@given(text=sandwiches)
@settings(max_examples=150)
def test_anything_between_pieces_of_the_genre(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@pytest.mark.long
@example(text=OUR_BUREAU)
@given(text=st.one_of(mixtures, patchworks))
@settings(max_examples=10_000)
def test_many_mixtures_and_patchworks(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@given(text=mixtures, hint=anything)
@settings(max_examples=100)
def test_anything_as_a_hint(graph_of: GraphOf, faults: Faults, text: str, hint: str) -> None:
    hints = dict.fromkeys(("title", "publisher", "date", "number", "url"), hint)
    check(faults, graph_of(text, doc=hint or "a.txt", hints=hints), text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(graph_of: GraphOf, faults: Faults, text: str) -> None:
    check(faults, graph_of(text), text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_does_not_hide_what_follows(graph_of: GraphOf, text: str) -> None:
    graph = graph_of(f"{text}\n\n盘锦市司法局建立行刑衔接机制。\n")
    assert "行刑衔接机制" in {entity.name for entity in graph.entities}


def test_a_title_that_says_our_bureau(graph_of: GraphOf, faults: Faults) -> None:
    check(faults, graph_of(OUR_BUREAU), OUR_BUREAU)


def test_a_place_within_a_name_that_may_own_a_figure_is_no_mention(graph_of: GraphOf) -> None:
    province = next(entity for entity in graph_of(COMPANY).entities if entity.name == "吉林省")
    assert [mention.text for mention in province.mentions] == ["吉林省"]


@pytest.mark.parametrize("text", ["盘锦市\ud800司法局", "\udfff"])
def test_half_a_surrogate_pair_is_refused(graph_of: GraphOf, text: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        graph_of(text)


@given(text=mixtures)
@settings(max_examples=60)
def test_the_same_text_gives_the_same_graph(graph_of: GraphOf, text: str) -> None:
    assert graph_of(text) == graph_of(text)
