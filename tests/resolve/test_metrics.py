"""Phrases of one metric are one metric; figures on which documents disagree are conflicts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.knowledge import load
from kg.model import DOC, Entity, Evidence, Figure, Metric, Quote
from kg.resolve.conflicts import conflicts
from kg.resolve.metrics import Metrics

METRICS = Metrics()


def figure(
    metric: str, text: str = "3件", value: str = "3", unit: str = "件", passage: str = "", doc: str = "a.txt"
) -> Figure:
    quote = Quote(doc, 0, len(passage or metric + text), passage or metric + text)
    said = (Evidence(quote),)
    return Figure(
        f"figure/{doc}/{metric}/{text}",
        text,
        Decimal(value),
        unit,
        "exact",
        metric,
        ("place/甲市",),
        "2021",
        "actual",
        said,
    )


def of(*figures: Figure, entities: tuple[Entity, ...] = ()) -> tuple[Metric, ...]:
    return METRICS.of(figures, entities)


SAME = [
    (("办结公证案件", "件"), ("公证案件办结数", "件"), ("全市办结公证案件", "起")),
    (("发放贷款", "元"), ("贷款发放额", "元"), ("累计发放贷款", "万元")),
    (("“四上”企业", "家"), ("四上企业总数", "家")),
    (("地区生产总值", "元"), ("GDP", "元"), ("地区国内生产总值", "亿元")),
    (("进出口总额同比增长", "%"), ("进出口总额较上年增长", "%"), ("进出口总额比上年提高", "%")),
    (("审批时间", "个工作日"), ("审批时限", "工作日")),
    (("规模以上工业增加值增长", "%"), ("规上工业增加值增速", "%"), ("规上工业增加值确保增长", "%")),
    (("城镇新增就业", "人"), ("新增城镇就业人数", "人"), ("城镇就业新增", "名")),
    (("城居民人均可支配收入", "元"), ("城镇常住居民人均可支配收入", "元")),
    (("外贸进出口总额增长", "%"), ("进出口总值增长", "%"), ("货物进出口同比增长", "%")),
    (("新增市场主体", "户"), ("经营主体新增", "家")),
    (("新建5G基站", "个"), ("新建5G基站", "座")),
    (("优良天数比例", "%"), ("空气质量优良率", "%"), ("环境空气质量优良天数比率", "%")),
    (("全社会研发经费投入强度", "%"), ("研发投入占GDP比重", "%")),
    (("办理市人大代表建议", "件"), ("认真办理人大代表建议", "件"), ("代表建议", "件")),
    (("获批国家企业技术中心", "家"), ("新增国家级企业技术中心", "个")),
    (("粮食总产", "斤"), ("粮食总产量", "吨")),
    (("民生支出占一般公共预算支出比重", "%"), ("民生支出占财政支出比重", "%")),
    (("净增规上工业企业", "户"), ("规模以上工业企业净增", "家")),
    (("地区生产总值总量", "元"), ("GDP", "亿元")),
]
DIFFERENT = [
    (("地区生产总值", "元"), ("地区生产总值增长", "%")),
    (("地区生产总值同比增长", "%"), ("地区生产总值环比增长", "%")),
    (("地区生产总值同比增长", "%"), ("地区生产总值同比下降", "%")),
    (("地区生产总值年均增长", "%"), ("地区生产总值同比增长", "%")),
    (("进出口总额增长", "%"), ("进出口总额增长", "个百分点")),
    (("受理案件", "件"), ("办结案件", "件")),
    (("新增企业", "家"), ("企业", "家")),
    (("审批时限", "个工作日"), ("审批时限", "天")),
    (("企业贷款", "元"), ("企业贷款", "笔")),
    (("城居民人均可支配收入", "元"), ("乡居民人均可支配收入", "元")),
    (("居民人均可支配收入", "元"), ("城镇居民人均可支配收入", "元")),
    (("改造老旧小区", "个"), ("改造老旧小区", "户")),
    (("粮食产量", "吨"), ("粮食产值", "元")),
    (("生猪出栏", "头"), ("生猪存栏", "头")),
    (("提案办结率", "%"), ("提案满意率", "%")),
    (("提案办结率", "%"), ("提案按期办结率", "%")),
    (("人大代表建议", "件"), ("政协提案", "件")),
    (("省级绿色工厂", "家"), ("国家级绿色工厂", "家")),
    (("高技术产业投资增长", "%"), ("高新技术产业投资增长", "%")),
    (("服务热线", "人"), ("服务热线", "人次")),
    (("民生支出占财政总支出比重", "%"), ("民生支出占财政支出比重", "%")),
    (("贷款余额", "元"), ("贷款", "元")),
    (("新增充电桩", "个"), ("充电桩", "个")),
    (("举办全国赛事", "场"), ("举办赛事", "场")),
    (("柳编人数增长", "%"), ("柳编增长", "%")),
]


@pytest.mark.parametrize("phrases", SAME, ids=lambda each: each[0][0])
def test_phrases_of_one_metric(phrases: tuple[tuple[str, str], ...]) -> None:
    found = of(*(figure(metric, f"{n}{unit}", str(n), unit) for n, (metric, unit) in enumerate(phrases)))
    assert [set(each.variants) for each in found] == [{metric for metric, _ in phrases}]


@pytest.mark.parametrize("phrases", DIFFERENT, ids=lambda each: each[0][0])
def test_phrases_of_two_metrics(phrases: tuple[tuple[str, str], ...]) -> None:
    assert len(of(*(figure(metric, f"{n}{unit}", str(n), unit) for n, (metric, unit) in enumerate(phrases)))) == 2


@pytest.mark.parametrize(
    ("metric", "unit", "kind", "basis", "dimension"),
    [
        ("办结公证案件", "件", "count", None, "count"),
        ("拨付资金", "元", "money", None, "money"),
        ("满意率", "%", "share", None, "share"),
        ("办理时限", "天", "duration", None, "time"),
        ("公路里程", "公里", "level", None, "length"),
        ("财政收入同比增长", "%", "growth", "yearly", "share"),
        ("财政收入环比下降", "%", "growth", "sequential-decline", "share"),
        ("财政收入年均增长", "%", "growth", "average", "share"),
        ("财政收入增长", "%", "growth", "yearly", "share"),
        ("居民消费价格涨幅", "%", "growth", "yearly", "share"),
    ],
)
def test_kind_and_dimension(metric: str, unit: str, kind: str, basis: str | None, dimension: str) -> None:
    (found,) = of(figure(metric, unit=unit))
    assert (found.kind, found.basis, found.dimension) == (kind, basis, dimension)


def hotline(name: str = "12345热线", doc: str = "a.txt") -> Entity:
    return Entity(f"mechanism/甲市/{name}", "Mechanism", name, (Quote(doc, 0, len(name), name),), owner="甲市")


def test_the_topic_comes_from_the_sentence() -> None:
    said = figure("办结率", "98%", "98", "%", "12345热线接听来电3万次，办结率98%")
    both = replace(hotline(), mentions=(*hotline().mentions, *hotline(doc="b.txt").mentions))
    whole = figure("12345热线办结率", "97%", "97", "%", doc="b.txt")
    (found,) = of(said, whole, entities=(both,))
    assert (found.topic, found.name) == ("12345热线", "12345热线办结率")
    assert found.variants == ("12345热线办结率", "办结率")
    assert found.comparable


def test_the_subject_of_a_figure_is_its_topic_before_the_sentence() -> None:
    of_subject = replace(
        figure("办结率", "98%", "98", "%", "政务平台上线，办结率98%"), subject=("mechanism/甲市/12345热线",)
    )
    (found,) = of(of_subject, entities=(hotline(), hotline("政务平台")))
    assert found.name == "12345热线办结率"


def test_a_phrase_under_another_name_of_its_topic_is_the_same_metric() -> None:
    full = Entity(
        "m", "Mechanism", "12345政务热线", (Quote("a.txt", 0, 7, "12345热线"), Quote("a.txt", 0, 9, "12345政务热线"))
    )
    figures = figure("12345热线办结率", "98%", "98", "%"), figure("12345政务热线办结率", "97%", "97", "%")
    (found,) = of(*figures, entities=(full,))
    assert found.topic == "12345政务热线"


SILENT = [
    *(("办结率", "%"), ("总产量", "吨"), ("项目", "个"), ("产值增长", "%"), ("省级", "个"), ("新增国家级", "家")),
    *(("惠及企业", "户"), ("解决各类问题", "个"), ("争取上级资金", "元"), ("重点做好以下方面的工作", "个")),
    *(("综合产值", "元"), ("新开工、竣工", "个"), ("项目建设", "个"), ("村分别", "元")),
]


def test_places_in_an_order_count_no_people() -> None:
    (found,) = of(figure("重点城市排名上升", "3位", "3", "位"))
    assert (found.unit, found.kind) == ("位", "growth")
    (people,) = of(figure("接待专家", "3位", "3", "位"), figure("接待专家", "4人", "4", "人"))
    assert people.id.endswith("/人")


@pytest.mark.parametrize(("phrase", "unit"), SILENT)
def test_a_phrase_that_says_nothing_alone_is_not_compared(phrase: str, unit: str) -> None:
    figures = figure(phrase, f"98{unit}", "98", unit), figure(phrase, f"90{unit}", "90", unit, doc="b.txt")
    (found,) = of(*figures)
    assert (found.topic, found.comparable) == (None, False)
    assert conflicts([found], figures) == ()


@pytest.mark.parametrize(
    ("phrase", "passage", "whole"),
    [
        ("产量", "玉米播种面积20万亩、产量3吨", "玉米产量"),
        ("满意率", "信访事项办结率、满意率分别达90%、3吨", "信访事项满意率"),
        ("产量", "新增产值8亿元、产量3吨", "产量"),
        ("项目", "举措实施有力，12345热线上线，项目3吨", "项目"),
    ],
)
def test_what_the_passage_is_about_is_of_what_the_phrase_is(phrase: str, passage: str, whole: str) -> None:
    (found,) = of(figure(phrase, "3吨", "3", "吨", passage), entities=(hotline(),))
    assert found.id.split("/")[1] == (whole + "?" if whole == phrase else whole)


def test_the_figure_right_before_says_what_the_phrase_is_of() -> None:
    first = figure("玉米播种面积", "20万亩", "200000", "亩", "玉米播种面积20万亩")
    quote = Quote("a.txt", 11, 15, "产量9吨")
    after = replace(figure("产量", "9吨", "9", "吨"), evidence=(Evidence(quote),))
    far = replace(figure("产量", "8吨", "8", "吨"), evidence=(Evidence(replace(quote, start=90, end=94)),))
    assert {each.id.split("/")[1]: each.comparable for each in of(first, after, far)} == {
        "玉米播种面积": True,
        "玉米产量": True,
        "产量?": False,
    }


def test_a_share_without_its_part_is_of_what_the_figure_right_before_measures() -> None:
    first = figure("柳编投资", "8亿元", "8", "亿元", "柳编投资8亿元")
    quote = Quote("a.txt", 8, 21, "占固定资产投资比重12%")
    share = replace(figure("占固定资产投资比重", "12%", "12", "%"), evidence=(Evidence(quote),))
    whole = figure("柳编投资占固定资产投资比重", "9%", "9", "%", doc="b.txt")
    found = of(first, share, whole)
    assert {frozenset(each.variants) for each in found} == {
        frozenset({"柳编投资"}),
        frozenset({"占固定资产投资比重", "柳编投资占固定资产投资比重"}),
    }
    (alone,) = of(share)
    assert not alone.comparable


def test_growth_over_another_year_is_another_metric() -> None:
    passage = "柳编收入3亿元、较2019年增长4%"
    since = replace(figure("柳编收入增长", "4%", "4", "%", passage), period="2023")
    last = replace(figure("柳编收入增长", "5%", "5", "%", "柳编收入3亿元、较2022年增长5%", "b.txt"), period="2023")
    plain = replace(figure("柳编收入增长", "6%", "6", "%", doc="c.txt"), period="2023")
    assert sorted(len(each.figures) for each in of(since, last, plain)) == [1, 2]
    (mean,) = of(figure("贷款余额平均增速", "13%", "13", "%"))
    assert (mean.id.split("/")[1], mean.basis) == ("贷款余额", "average")


@given(
    order=st.permutations(
        [figure(metric, f"{n}{unit}", str(n), unit) for n, (metric, unit) in enumerate(sum(SAME, ()))]
    )
)
def test_the_order_of_figures_does_not_show(order: list[Figure]) -> None:
    assert of(*order) == of(*sorted(order, key=lambda each: each.id))
    named = [name for metric in of(*order) for name in metric.figures]
    assert sorted(named) == sorted(each.id for each in order)


def test_the_measure_word_most_used_stands_for_those_that_count_the_same() -> None:
    (found,) = of(
        figure("重点企业", unit="家"), figure("重点企业", "4户", "4", "户"), figure("重点企业", "5家", "5", "家")
    )
    assert found.unit == "家"
    (converted,) = of(figure("发放贷款", "3万元", "3", "万元"), figure("发放贷款", "4万元", "4", "万元"))
    assert converted.unit == "元"


def test_units_convert_only_within_a_dimension() -> None:
    assert METRICS.conversions
    for unit, (base, factor) in METRICS.conversions.items():
        assert METRICS.dimensions.get(unit, METRICS.dimensions[base]) == METRICS.dimensions[base], unit
        assert base not in METRICS.conversions, base
        assert factor > 0
    units = [row["unit"] for _, row in load().rows("conversions")]
    assert len(units) == len(set(units))


def disagree(*figures: Figure) -> bool:
    return bool(conflicts(of(*figures), figures))


def told(text: str, value: str, unit: str = "件", doc: str = "a.txt", **slots: object) -> Figure:
    return replace(figure("办结公证案件", text, value, unit, doc=doc), **slots)


def test_documents_that_disagree_are_a_conflict_with_both_sides() -> None:
    left, right = told("620件", "620"), told("630起", "630", "起", "b.txt")
    (found,) = conflicts(of(left, right), (left, right))
    assert (found.subject, found.period, found.figures) == ("place/甲市", "2021", (left.id, right.id))


@pytest.mark.parametrize(
    "other",
    [
        told("620件", "620", doc="b.txt"),
        told("620起", "620", "起", "b.txt"),
        told("600余件", "600", doc="b.txt", bound="over"),
        told("700件以下", "700", doc="b.txt", bound="under"),
        told("约600件", "600", doc="b.txt", bound="about"),
        told("600—700件", "600", doc="b.txt", upper=Decimal(700)),
        told("6.2百件", "620", doc="b.txt"),
        told("630件", "630", doc="b.txt", period="2022"),
        told("630件", "630", doc="b.txt", period=None),
        told("630件", "630", doc="b.txt", subject=("place/乙市",)),
        told("630件", "630", doc="b.txt", subject=(DOC,)),
        told("630件", "630", doc="b.txt", status="target"),
        told("630件", "630"),
    ],
    ids=lambda each: each.text,
)
def test_what_can_both_be_so_is_no_conflict(other: Figure) -> None:
    assert not disagree(told("620件", "620"), replace(other, id="figure/other"))


def test_a_rounded_number_agrees_with_what_rounds_to_it_only() -> None:
    rounded = told("3.2万件", "32000")
    assert not disagree(rounded, told("32049件", "32049", doc="b.txt"))
    assert disagree(rounded, told("32551件", "32551", doc="b.txt"))
    assert disagree(told("600余件", "600", bound="over"), told("599件", "599", doc="b.txt"))


def test_a_document_that_states_several_values_is_of_parts() -> None:
    assert not disagree(told("620件", "620"), told("20件", "20"), told("630件", "630", doc="b.txt"))
