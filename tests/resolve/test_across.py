"""Entities of several documents → what is one node, what lies in what, and which document is another's copy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import DocumentGraph, Entity, Figure, Graph, Meta, Quote
from kg.resolve import corpus
from kg.resolve.copies import copies

TEXTS = {
    "a.txt": "湘潭市司法局2022年工作总结\n湘潭市发改委会同湘潭市公安局开通12345政务服务便民热线，全市调解纠纷1.2万件。我市推进“清源”矛盾调处行动。",
    "b.txt": "湘潭市政务服务中心2023年工作总结\n湘潭市发展和改革委员会依托12345热线建立绿色通道。湘潭市公安局交警支队参加。",
    "c.txt": "株洲市司法局2023年工作总结\n我局建立绿色通道，开通12345热线，全市调解纠纷1.5万件。湖南省司法厅指导。",
}


@pytest.fixture(scope="module")
def graphs(graph_of: Callable[..., DocumentGraph]) -> list[DocumentGraph]:
    return [graph_of(text, doc) for doc, text in TEXTS.items()]


@pytest.fixture(scope="module")
def merged(graphs: list[DocumentGraph]) -> Graph:
    return corpus(graphs)


def entity(graph: Graph, id_: str) -> Entity:
    return next(each for each in graph.entities if each.id == id_)


def test_a_body_is_one_node_under_its_full_name(merged: Graph) -> None:
    found = entity(merged, "organisation/湘潭市发展和改革委员会")
    assert {quote.doc for quote in found.mentions} == {"a.txt", "b.txt"}
    assert "organisation/湘潭市发改委" not in {each.id for each in merged.entities}


def test_a_hotline_is_one_node_in_each_city(merged: Graph) -> None:
    lines = [each for each in merged.entities if "12345" in each.name and each.type == "Mechanism"]
    assert sorted(each.owner or "" for each in lines) == ["株洲市", "湘潭市"]


def test_things_of_two_places_are_instances_of_one_type(merged: Graph) -> None:
    """Which places have one is one question."""
    found = [each for each in merged.entities if each.name == "绿色通道"]
    assert len({each.owner for each in found}) == 2
    assert {dict(each.attributes)["instanceOf"] for each in found} == {"mechanism/绿色通道"}
    lines = [each for each in merged.entities if "12345" in each.name and each.type == "Mechanism"]
    assert len({dict(each.attributes)["instanceOf"] for each in lines}) == 1


def test_a_place_lies_in_the_nearest_one_that_the_graph_holds(merged: Graph) -> None:
    places = {each.name: dict(each.attributes).get("within") for each in merged.entities if each.type == "Place"}
    assert places["湘潭市"] == ("place/湖南省" if "湖南省" in places else None)


def test_a_unit_is_part_of_the_body_that_another_document_names(merged: Graph) -> None:
    found = [
        each
        for each in merged.relations
        if (each.subject, each.predicate) == ("organisation/湘潭市公安局交警支队", "partOf")
    ]
    assert [each.object for each in found] == ["organisation/湘潭市公安局"]
    assert all(each.evidence[0].quote.text in TEXTS[each.evidence[0].quote.doc] for each in found)


@given(order=st.permutations(range(len(TEXTS))))
@settings(max_examples=10)
def test_the_order_of_documents_does_not_show(graphs: list[DocumentGraph], merged: Graph, order: list[int]) -> None:
    assert corpus(graphs[at] for at in order) == merged


def place(doc: str, name: str, code: str) -> Entity:
    return Entity("l1", "Place", name, (Quote(doc, 0, len(name), name),), "county", None, (("code", code),))


def body(doc: str, name: str) -> Entity:
    return Entity("o1", "Organisation", name, (Quote(doc, 0, len(name), name),), "government")


def graph(doc: str, *entities: Entity, about: str | None = None) -> DocumentGraph:
    return DocumentGraph(doc, doc, Meta(about=about), entities, (), ())


def test_places_of_one_name_and_their_bodies_stay_apart() -> None:
    one = graph("a", place("a", "鼓楼区", "320106"), body("a", "鼓楼区司法局"), about="l1")
    other = graph("b", place("b", "鼓楼区", "350102"), body("b", "鼓楼区司法局"), about="l1")
    found = {each.id for each in corpus([one, other]).entities}
    assert found == {
        "place/南京市鼓楼区",
        "place/福州市鼓楼区",
        "organisation/南京市鼓楼区司法局",
        "organisation/福州市鼓楼区司法局",
    }


def test_a_place_is_one_under_its_full_short_and_former_name() -> None:
    forms = [("a", "襄阳市", "420600"), ("b", "襄阳", "420600"), ("c", "襄樊市", "")]
    found = corpus([graph(doc, place(doc, name, code)) for doc, name, code in forms]).entities
    assert [each.id for each in found] == ["place/襄阳市"]
    assert {quote.text for quote in found[0].mentions} == {"襄阳市", "襄阳", "襄樊市"}


def programme(doc: str, name: str, owner: str | None) -> Entity:
    return Entity("p1", "Policy", name, (Quote(doc, 0, len(name), name),), "programme", owner)


def test_a_programme_that_a_national_document_names_is_the_states() -> None:
    codes = {"a": "430300", "b": "430200"}
    locals_ = [
        graph(doc, place(doc, name, code), programme(doc, "碧水行动", name), about="l1")
        for (doc, code), name in zip(codes.items(), ("湘潭市", "株洲市"), strict=True)
    ]
    assert {each.owner for each in corpus(locals_).entities if each.type == "Policy"} == {"湘潭市", "株洲市"}
    found = corpus([*locals_, graph("c", programme("c", "碧水行动", None))]).entities
    assert [(each.id, each.owner) for each in found if each.type == "Policy"] == [("policy/碧水行动", None)]


def test_what_is_of_a_place_beside_the_state_is_no_states() -> None:
    """中央和省… means another province in each report, and so does 省级… and a province's award."""
    places = {"a": ("湘潭市", "430300"), "b": ("南昌市", "360100"), "c": ("兰州市", "620100")}
    names = ("中央和省柳编督查问题整改", "柳编之乡建设与提升省级试点工程", "重点领域柳编安全隐患排查整治行动")
    graphs = [
        graph(doc, place(doc, *at), *(programme(doc, name, at[0]) for name in names), about="l1")
        for doc, at in places.items()
    ]
    owners = [(each.name, each.owner) for each in corpus(graphs).entities if each.type == "Policy"]
    assert sorted(owners) == sorted((name, at[0]) for name in names for at in places.values())


def test_a_level_that_only_the_mentions_say_makes_a_thing_the_provinces() -> None:
    award = Entity("p1", "Policy", "柳编示范城", (Quote("a", 0, 6, "省柳编示范城"),), "programme", "湘潭市")
    own = graph("a", place("a", "湘潭市", "430300"), award, about="l1")
    found = corpus([own, graph("b", programme("b", "柳编示范城", None))]).entities
    assert {each.owner for each in found if each.type == "Policy"} == {"湖南省", None}


def test_what_the_text_calls_a_provinces_is_not_the_states(graph_of: Callable[..., DocumentGraph]) -> None:
    texts = {
        "a.txt": "湘潭市2023年工作总结\n我市成功创建省级柳编之乡建设示范市。",
        "b.txt": "2023年柳编工作通知\n国务院推进全国柳编之乡建设示范市创建。",
        "c.txt": "株洲市2023年工作总结\n我市成功创建全国柳编之乡建设示范市。",
    }
    found = corpus([graph_of(text, doc) for doc, text in texts.items()]).entities
    nodes = {q.doc: each.id for each in found if "柳编之乡建设示范市" in each.name for q in each.mentions}
    assert nodes["a.txt"] != nodes["c.txt"]


def test_a_provinces_thing_is_no_short_form_of_the_states(graph_of: Callable[..., DocumentGraph]) -> None:
    graph = graph_of("湘潭市2023年工作总结\n我市成功创建国家级柳编产业园，推动建设省级柳编产业园。", "a.txt")
    assert {"国家级柳编产业园", "省级柳编产业园"} <= {each.name for each in graph.entities}


def test_kinds_of_bodies_are_of_the_place_of_their_text() -> None:
    one = graph("a", place("a", "湘潭市", "430300"), body("a", "财政部门"), about="l1")
    other = graph("b", place("b", "南昌市", "360100"), body("b", "财政部门"), about="l1")
    states = graph("c", body("c", "财政部门"))
    found = [each.name for each in corpus([one, other, states]).entities if each.type == "Organisation"]
    assert sorted(found) == ["财政部门", "财政部门 (南昌市)", "财政部门 (湘潭市)"]


def test_reports_to_sessions_under_one_title_are_several() -> None:
    def report(doc: str) -> DocumentGraph:
        name = "关于柳编资格审查的报告"
        return graph(doc, Entity("p1", "Policy", name, (Quote(doc, 0, len(name), name),), "document"))

    assert len(corpus([report("a"), report("b")]).entities) == 2


@pytest.mark.parametrize("name", ["城发集团", "产业创新研究院", "贸促会", "互联网医院"])
def test_a_body_that_every_place_has_is_each_places_own(name: str) -> None:
    one = graph("a", place("a", "湘潭市", "430300"), body("a", name), about="l1")
    other = graph("b", place("b", "南昌市", "360100"), body("b", name), about="l1")
    found = {each.name for each in corpus([one, other]).entities if each.type == "Organisation"}
    assert found == {"湘潭市" + name, "南昌市" + name}


def test_a_plan_of_many_places_takes_no_name_of_one() -> None:
    name = "粤港澳大湾区柳编规划"
    plan = Entity("p1", "Policy", name, (Quote("a", 0, len(name), name),), "document")
    found = corpus([graph("a", place("a", "广州市", "440100"), plan, about="l1")]).entities
    assert name in {each.name for each in found}


def figures(found: Graph) -> list[Figure]:
    return [each for each in found.figures if each.value == 12000]


def test_a_copy_is_told_and_what_it_repeats_counts_once(graph_of: Callable[..., DocumentGraph]) -> None:
    text = (
        TEXTS["a.txt"]
        + "湘潭市民政局、湘潭市财政局、湘潭市水利局制定《湘潭市普法办法》，湘潭市审计局推行容缺受理制度。"
    )
    notice, page = graph_of(text, "a.txt"), graph_of("首页\n" + text + "\n打印本页", "page.html")
    found = corpus([notice, page, graph_of(TEXTS["c.txt"], "c.txt")])
    assert {each.doc: each.copy_of for each in found.documents} == {"a.txt": None, "c.txt": None, "page.html": "a.txt"}
    alone = corpus([notice])
    assert len(figures(found)) == len(figures(alone)) == 1
    counted = {(each.subject, each.predicate, each.object): len(each.evidence) for each in found.relations}
    for each in alone.relations:
        assert counted[each.subject, each.predicate, each.object] == len(each.evidence)


def test_another_year_is_no_copy(graph_of: Callable[..., DocumentGraph]) -> None:
    text = TEXTS["a.txt"] + "湘潭市民政局、湘潭市财政局、湘潭市水利局制定《湘潭市普法办法》。"
    one, other = (graph_of(text, f"{year}.txt", {"date": f"{year}-01-05"}) for year in (2022, 2023))
    assert copies([one, other]) == {}
