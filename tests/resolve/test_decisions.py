"""A person's judgements: obeyed before every rule, in any order of lines, only where their source is as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import (
    DOC,
    Decision,
    DocumentGraph,
    Entity,
    Evidence,
    Figure,
    FigureTarget,
    Graph,
    Named,
    Quote,
    Relation,
    RelationTarget,
)
from kg.resolve import Decisions, corpus

DAY = "2024-01-31"
FIRST, SECOND = "0" * 64, "1" * 64
BUREAU, PLACE = Named("Organisation", "示例市司法局", "示例市"), Named("Place", "示例市")
POLICY = Named("Policy", "示例市普法办法")
ISSUES = RelationTarget(BUREAU, "issues", POLICY)
CASES = FigureTarget("办结案件", BUREAU)
OFFICE = Named("Organisation", "示例市司法所")


@pytest.fixture
def documents(document: DocumentGraph) -> list[DocumentGraph]:
    """The made-up document, and one that says the same under another name."""
    moved = move(document, "b.txt")
    bureau = replace(moved.entities[1], name="示例市司法办", owner=None)
    return [document, replace(moved, sha256=SECOND, entities=(moved.entities[0], bureau, *moved.entities[2:]))]


def move(graph: DocumentGraph, doc: str) -> DocumentGraph:
    """The same document under another name."""

    def quote(each: Quote | None) -> Quote | None:
        return replace(each, doc=doc) if each else None

    def moved(facts: tuple) -> tuple:
        return tuple(
            replace(
                fact,
                evidence=tuple(replace(e, quote=quote(e.quote), antecedent=quote(e.antecedent)) for e in fact.evidence),
            )
            for fact in facts
        )

    entities = tuple(replace(e, mentions=tuple(map(quote, e.mentions))) for e in graph.entities)
    return replace(graph, doc=doc, entities=entities, relations=moved(graph.relations), figures=moved(graph.figures))


TEXT = "示例市司法局2021年工作报告\n示例市司法局印发《示例市普法办法》。我局办结案件62.5万件，\n占95%以上。"
TEXTS = {"a.txt": TEXT, "b.txt": TEXT}


def decide(documents: list[DocumentGraph], *decisions: Decision) -> tuple[Graph, dict[Decision, str]]:
    found = Decisions(decisions, (each.sha256 for each in documents))
    return corpus(found.corrected(documents, TEXTS), found.identities), found.refused


def judge(
    action: str, target: object, value: object = None, *hashes: str, day: str = DAY, place: str = "d:1"
) -> Decision:
    return Decision(action, target, value, "李", day, hashes, place)


def ids(graph: Graph) -> set[str]:
    return {each.id for each in graph.entities}


def named(graph: Graph, id_: str) -> Entity:
    return next(each for each in graph.entities if each.id == id_)


def passage(wording: str) -> dict[str, object]:
    start = TEXT.index(wording)
    return {"start": start, "end": start + len(wording), "text": wording}


def test_without_judgements_two_names_are_two(documents: list[DocumentGraph]) -> None:
    graph, refused = decide(documents)
    assert {"organisation/示例市/示例市司法局", "organisation/示例市司法办"} <= ids(graph)
    assert refused == {}


def test_what_a_person_holds_for_the_same_is_one_node_with_all_its_facts(documents: list[DocumentGraph]) -> None:
    same = judge("same", Named("Organisation", "示例市司法办"), BUREAU)
    graph, refused = decide(documents, same)
    assert "organisation/示例市司法办" not in ids(graph)
    bureau = named(graph, "organisation/示例市/示例市司法局")
    assert {mention.doc for mention in bureau.mentions} == {"a.txt", "b.txt"}
    issues = [each for each in graph.relations if each.predicate == "issues"]
    assert len(issues) == 1
    assert {each.quote.doc for each in issues[0].evidence} == {"a.txt", "b.txt"}
    assert refused == {}


def test_a_name_that_is_in_no_document_can_be_given(documents: list[DocumentGraph]) -> None:
    graph, _ = decide(documents, judge("same", BUREAU, OFFICE))
    assert "organisation/示例市司法所" in ids(graph)
    assert "organisation/示例市/示例市司法局" not in ids(graph)


def test_what_belongs_to_a_renamed_place_belongs_to_it_under_its_new_name(documents: list[DocumentGraph]) -> None:
    graph, _ = decide(documents, judge("same", PLACE, Named("Place", "示范市")))
    assert {"place/示范市", "organisation/示范市/示例市司法局"} <= ids(graph)


def test_judgements_join_chains_and_circles_and_the_last_day_names(documents: list[DocumentGraph]) -> None:
    other = Named("Organisation", "示例市司法办")
    chain = [judge("same", other, BUREAU), judge("same", BUREAU, OFFICE)]
    assert {i for i in ids(decide(documents, *chain)[0]) if i.startswith("organ")} == {"organisation/示例市司法所"}
    circle = [judge("same", other, BUREAU), judge("same", BUREAU, other, day="2024-02-01")]
    assert {i for i in ids(decide(documents, *circle)[0]) if i.startswith("organ")} == {"organisation/示例市司法办"}


def test_what_a_person_holds_for_different_is_merged_by_no_rule(documents: list[DocumentGraph]) -> None:
    first, second = documents
    quoted = replace(second.entities[2], name="“示例市普法办法”")
    second = replace(second, entities=(*second.entities[:2], quoted))
    plain = [each for each in ids(decide([first, second])[0]) if each.startswith("policy")]
    assert plain == ["policy/示例市普法办法"]
    graph, refused = decide([first, second], judge("different", POLICY, Named("Policy", "“示例市普法办法”")))
    assert {"policy/示例市普法办法", "policy/“示例市普法办法”"} <= ids(graph)
    assert refused == {}


def test_a_contradiction_is_named_and_neither_side_obeyed(documents: list[DocumentGraph]) -> None:
    other = Named("Organisation", "示例市司法办")
    same = judge("same", BUREAU, other, place="d:1")
    graph, refused = decide(documents, same, judge("different", other, BUREAU, place="d:2"))
    assert sorted(refused.values()) == [
        "contradicts d:1; delete the wrong one",
        "contradicts d:2; delete the wrong one",
    ]
    assert graph == decide(documents)[0]
    later = judge("different", other, BUREAU, day="2024-02-01", place="d:3")
    assert decide(documents, same, later)[1] == {}
    chain = (judge("same", BUREAU, OFFICE, place="d:4"), judge("same", OFFICE, other, place="d:5"), later)
    graph, refused = decide(documents, *chain)
    assert {each.place for each in refused} == {"d:3", "d:4", "d:5"}
    assert graph == decide(documents)[0]


def test_two_judgements_of_one_fact_on_one_day_contradict(documents: list[DocumentGraph]) -> None:
    year, next_year = ({"period": year} for year in ("2022", "2023"))
    lines = judge("replace", ISSUES, year, FIRST, place="d:1"), judge("replace", ISSUES, next_year, FIRST, place="d:2")
    graph, refused = decide(documents, *lines)
    assert {each.place for each in refused} == {"d:1", "d:2"}
    graph, refused = decide(documents, lines[0], replace(lines[1], date="2024-02-01"))
    assert refused == {}
    assert {r.period for r in graph.relations if r.evidence[0].quote.doc == "a.txt" and r.predicate == "issues"} == {
        "2023"
    }


def test_a_fact_is_removed_from_the_documents_judged_only(documents: list[DocumentGraph]) -> None:
    graph, _ = decide(
        documents, judge("same", Named("Organisation", "示例市司法办"), BUREAU), judge("remove", ISSUES, None, FIRST)
    )
    issues = [each for each in graph.relations if each.predicate == "issues"]
    assert [each.quote.doc for each in issues[0].evidence] == ["b.txt", "b.txt"]
    graph, _ = decide(documents, judge("remove", ISSUES, None, FIRST))
    assert [each.subject for each in graph.relations if each.predicate == "issues"] == ["organisation/示例市司法办"]


def test_with_an_entity_its_relations_go_and_its_figures_are_the_documents(documents: list[DocumentGraph]) -> None:
    graph, _ = decide(documents[:1], judge("remove", BUREAU, None, FIRST))
    assert graph.relations == ()
    assert {f.metric: f.subject for f in graph.figures} == {"办结案件": ("place/示例市",), "占": (DOC,)}


def test_an_entity_gets_another_type_name_and_owner(documents: list[DocumentGraph]) -> None:
    graph, _ = decide(documents, judge("replace", POLICY, {"type": "Mechanism", "owner": "示例市"}, FIRST))
    assert {"mechanism/示例市/示例市普法办法", "policy/示例市普法办法"} <= ids(graph)
    assert named(graph, "mechanism/示例市/示例市普法办法").kind is None


def test_what_was_replaced_can_be_replaced_again_under_its_new_name(documents: list[DocumentGraph]) -> None:
    lines = [
        judge("replace", BUREAU, {"name": "示例市司法所"}, FIRST),
        judge("replace", Named("Organisation", "示例市司法所", "示例市"), {"owner": None}, FIRST),
        judge("replace", RelationTarget(OFFICE, "issues", POLICY), {"predicate": "implements"}, FIRST),
    ]
    graph, refused = decide(documents[:1], *lines)
    assert refused == {}
    assert ("organisation/示例市司法所", "implements", "policy/示例市普法办法") in {
        (each.subject, each.predicate, each.object) for each in graph.relations
    }


def test_a_figure_is_corrected_in_any_slot(documents: list[DocumentGraph]) -> None:
    value = {"value": 62.5, "unit": "万件", "subject": "doc", "metric": "办结", "upper": 70, "period": None}
    graph, refused = decide(documents[:1], judge("replace", CASES, value, FIRST))
    figure = next(each for each in graph.figures if each.metric == "办结")
    assert (str(figure.value), figure.unit, figure.subject, str(figure.upper), figure.period) == (
        "62.5",
        "万件",
        (DOC,),
        "70",
        None,
    )
    assert refused == {}


def test_facts_are_added_with_their_passage(documents: list[DocumentGraph]) -> None:
    target = RelationTarget(OFFICE, "implements", POLICY, (("period", "2021"),))
    amount = {"text": "62.5万件", "value": 625000, "unit": "件", "bound": "exact"}
    lines = [
        judge("add", OFFICE, {"mentions": [passage("我局")], "kind": "government"}, FIRST),
        judge("add", target, {"evidence": passage("印发《示例市普法办法》"), "status": "done"}, FIRST),
        judge("add", FigureTarget("办案", OFFICE), {"evidence": passage("办结案件62.5万件"), **amount}, FIRST),
    ]
    graph, refused = decide(documents[:1], *lines)
    assert refused == {}
    assert [m.text for m in named(graph, "organisation/示例市司法所").mentions] == ["我局"]
    added = next(each for each in graph.relations if each.predicate == "implements")
    assert (added.period, added.status) == ("2021", "done")
    assert added.evidence == (
        Evidence(Quote("a.txt", *passage("印发《示例市普法办法》").values()), component="decisions"),
    )
    figure = next(each for each in graph.figures if each.metric == "办案")
    assert (figure.subject, int(figure.value), figure.status) == (("organisation/示例市司法所",), 625000, "actual")


def test_a_fact_that_is_there_is_then_a_persons(documents: list[DocumentGraph]) -> None:
    given = {
        "evidence": passage("示例市司法局印发《示例市普法办法》"),
        "period": "2021",
        "role": "lead",
        "status": "done",
    }
    graph, _ = decide(documents[:1], judge("add", ISSUES, given, FIRST))
    issues = [each for each in graph.relations if each.predicate == "issues"]
    assert [(each.component, each.confidence) for each in issues[0].evidence] == [
        ("decisions", 1.0),
        ("kg_relations", 0.5),
    ]


def test_a_passage_that_does_not_stand_there_is_refused(documents: list[DocumentGraph]) -> None:
    line = judge("add", ISSUES, {"evidence": {"start": 1, "end": 4, "text": "示例市"}}, FIRST)
    graph, refused = decide(documents, line)
    assert refused == {line: "'示例市' does not stand at 1:4 of its source"}
    assert graph == decide(documents)[0]


def test_a_line_whose_source_has_changed_is_refused(documents: list[DocumentGraph]) -> None:
    for line in (judge("remove", ISSUES, None, "2" * 64), judge("same", BUREAU, OFFICE, FIRST, "2" * 64)):
        graph, refused = decide(documents, line)
        assert list(refused) == [line]
        assert "no input has the source_hash 222222222222…" in refused[line]
        assert graph == decide(documents)[0]


def test_a_replacement_of_nothing_is_named_and_a_removal_of_nothing_is_done(documents: list[DocumentGraph]) -> None:
    missing = RelationTarget(PLACE, "issues", POLICY)
    line = judge("replace", missing, {"period": "2021"}, FIRST)
    assert decide(documents, line)[1] == {line: "its target is not found in its source"}
    assert decide(documents, judge("remove", missing, None, FIRST))[1] == {}


NAMES = st.sampled_from(
    [BUREAU, OFFICE, PLACE, POLICY, Named("Organisation", "示例市司法办"), Named("Policy", "“示例市普法办法”")]
)
SLOTS = st.fixed_dictionaries({}, optional={"period": st.sampled_from([None, "2021"]), "status": st.just("planned")})
HASHES = st.sampled_from([(FIRST,), (SECOND,), (FIRST, SECOND)])
DAYS = st.sampled_from([DAY, "2024-02-01"])
RELATIONS = st.builds(RelationTarget, NAMES, st.sampled_from(["issues", "jurisdiction"]), NAMES)
FIGURES = st.builds(FigureTarget, st.sampled_from(["办结案件", "占"]), st.one_of(st.none(), NAMES))
EVIDENCE = st.sampled_from(["印发《示例市普法办法》", "我局办结案件", "占95%以上"]).map(
    lambda w: {"evidence": passage(w)}
)
LINES = st.one_of(
    st.builds(Decision, st.sampled_from(["same", "different"]), NAMES, NAMES, st.just("李"), DAYS).filter(lambda d: d.target != d.value),
    st.builds(Decision, st.just("remove"), st.one_of(NAMES, RELATIONS, FIGURES), st.none(), st.just("李"), DAYS, HASHES),
    st.builds(Decision, st.just("replace"), st.one_of(RELATIONS, FIGURES), SLOTS, st.just("李"), DAYS, HASHES),
    st.builds(Decision, st.just("replace"), NAMES, st.sampled_from([{"name": "甲"}, {"owner": "乙"}, {"type": "Policy", "name": "丙"}]), st.just("李"), DAYS, HASHES),
    st.builds(Decision, st.just("add"), RELATIONS, EVIDENCE, st.just("李"), DAYS, HASHES.filter(lambda h: len(h) == 1)),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # frozen records
@given(data=st.data(), lines=st.lists(LINES, max_size=7))
def test_the_order_of_lines_and_documents_does_not_show(
    documents: list[DocumentGraph], data: st.DataObject, lines: list[Decision]
) -> None:
    graph, refused = decide(documents, *lines)
    shuffled = data.draw(st.permutations(lines))
    other, also = decide(data.draw(st.permutations(documents)), *shuffled)
    assert other == graph
    assert set(also) == set(refused)
    known = ids(graph)
    assert all({each.subject, each.object} <= known and each.evidence for each in graph.relations)
    assert all(set(each.subject) <= known | {DOC} and each.subject for each in graph.figures)
    assert all(each.mentions for each in graph.entities)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, max_size=7))
def test_what_was_obeyed_gives_the_same_graph_again(documents: list[DocumentGraph], lines: list[Decision]) -> None:
    found = Decisions(lines, (each.sha256 for each in documents))
    graph = corpus(found.corrected(documents, TEXTS), found.identities)
    again, refused = decide(documents, *found.obeyed)
    assert again == graph
    assert refused == {}


def test_the_judgements_of_the_records_are_json(documents: list[DocumentGraph]) -> None:
    value = json.loads('{"value": 0.1}')
    graph, _ = decide(documents[:1], judge("replace", CASES, value, FIRST))
    assert "0.1" in {str(each.value) for each in graph.figures}
    assert all(isinstance(each, Figure) for each in graph.figures)
    assert all(isinstance(each, Relation) for each in graph.relations)
