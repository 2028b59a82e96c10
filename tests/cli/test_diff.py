"""``kg diff``: what is new, gone and changed between two builds, with evidence, as text, tables and RDF."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, Dataset, URIRef
from typer.testing import CliRunner

from kg import diff, flow, query, store
from kg.cli import app
from kg.export.rdf import to_rdflib
from kg.model import Decision, Figure, Graph, Named, Relation, RelationTarget

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
BASE = "https://w3id.org/policy-kg/id/"
KG = "https://w3id.org/policy-kg/ontology#"
OLD = "盘锦市司法局2021年工作报告\n盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件620件。盘锦市司法局会同盘锦市公安局建立信息通报机制。\n"
NEW = "盘锦市司法局2021年工作报告\n盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件650件。盘锦市司法局印发《盘锦市普法办法》。\n"


@pytest.fixture
def builds(tmp_path: Path) -> tuple[str, str]:
    folders = []
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "报告.txt"
        path.write_text(text, encoding="utf-8")
        flow.build([path], tmp_path / f"{name}-out", ())
        folders.append(str(tmp_path / f"{name}-out"))
    return folders[0], folders[1]


def test_what_is_new_gone_and_changed_is_told_with_its_passage(builds: tuple[str, str]) -> None:
    done = run(app, ["diff", *builds])
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    new = next(n for n, line in enumerate(lines) if line.startswith("+ 盘锦市司法局 issues 盘锦市普法办法"))
    assert "盘锦市司法局印发《盘锦市普法办法》" in lines[new + 1]
    assert any(line.startswith("- 盘锦市司法局 establishes ") for line in lines)
    changed = next(n for n, line in enumerate(lines) if line.startswith("~ "))
    assert "办结公证案件: 620件 → 650件" in lines[changed]
    assert "620件" in lines[changed + 1] and "650件" in lines[changed + 2]
    assert "公证便民办法" not in "".join(line for line in lines if line[0] in "+-")
    assert "changed: 1" in lines[-1]


def test_turned_round_what_was_new_is_gone(builds: tuple[str, str]) -> None:
    there, back = (diff.between(*map(Path, order)).changes for order in (builds, builds[::-1]))
    assert [(each.old, each.new) for each in there] == [(each.new, each.old) for each in back]


def test_a_build_does_not_differ_from_itself(builds: tuple[str, str]) -> None:
    done = run(app, ["diff", builds[0], builds[0]], env={"LC_ALL": "zh_CN.UTF-8"})
    assert done.stdout == "新增 0 条，消失 0 条，变化 0 条\n"


def test_the_table_has_both_passages(builds: tuple[str, str]) -> None:
    told = run(app, ["diff", *builds, "--format", "csv"]).stdout
    rows = list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"))))
    (changed,) = [row for row in rows if row["change"] == "changed"]
    assert (changed["predicate"], changed["oldValue"], changed["value"]) == ("办结公证案件", "620件", "650件")
    assert "620件" in changed["oldEvidence"] and "650件" in changed["evidence"]
    assert changed["document"] == changed["oldDocument"] == "报告.txt"
    found = json.loads(run(app, ["diff", *builds, "--format", "json"]).stdout)
    assert len(found["results"]["bindings"]) == len(rows)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_rdf_has_what_is_new_and_what_is_gone_in_graphs(builds: tuple[str, str]) -> None:
    data = Dataset()
    data.parse(data=run(app, ["diff", *builds, "--format", "trig"]).stdout, format="trig")
    body, issues = URIRef(BASE + "organisation/盘锦市司法局"), URIRef("https://w3id.org/policy-kg/ontology#issues")
    new = (body, issues, URIRef(BASE + "policy/盘锦市普法办法"))
    assert [str(graph) for *_, graph in data.quads((*new, None))] == [BASE + "diff/added"]
    ((now, _, before, graph),) = data.quads((None, URIRef("http://www.w3.org/ns/prov#wasRevisionOf"), None, None))
    assert str(graph) == BASE + "diff/changed"
    value = URIRef("https://w3id.org/policy-kg/ontology#value")
    values = {(str(number), str(graph)) for _, _, number, graph in data.quads((None, value, None, None))}
    assert values == {("650", BASE + "diff/changed"), ("620", BASE + "diff/before")}
    assert (now, value, None, URIRef(BASE + "diff/changed")) in data
    assert (before, value, None, URIRef(BASE + "diff/before")) in data


def changed(graph: Graph, name: str, **said: object) -> Graph:
    """The graph with other words in the relation or figure of that object or metric."""

    def edit(fact: Relation | Figure) -> Relation | Figure:
        here = fact.object if isinstance(fact, Relation) else fact.metric
        return replace(fact, **said) if here == name else fact  # type: ignore[arg-type]

    return replace(graph, relations=tuple(map(edit, graph.relations)), figures=tuple(map(edit, graph.figures)))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_text_table_and_rdf_count_the_same_changes_and_name_the_facts_of_the_builds(builds: tuple[str, str]) -> None:
    old, new = (flow.loaded(Path(folder)) for folder in builds)
    policy = "policy/盘锦市公证便民办法"
    # A relation that both have, with another status and period; a relation of two periods, one of which is new.
    new = changed(new, policy, status="planned", period="2022")
    twice = next(each for each in new.relations if each.object == "policy/盘锦市普法办法")
    kept = replace(twice, period="2020")
    old, new = (replace(graph, relations=(*graph.relations, kept)) for graph in (old, new))
    found = diff.difference(old, new)
    counts = Counter(each.kind for each in found.changes)
    assert counts["changed"] == 2
    assert min(counts.values()) > 0
    rows = [str(cell.value) for cell in diff.to_answer(found).column("change") if cell]
    assert Counter(rows) == counts
    data = Dataset()
    data.parse(data=diff.to_trig(found), format="trig")
    claims = Counter(
        str(graph).removeprefix(BASE + "diff/")
        for kind in ("Statement", "Figure")
        for *_, graph in data.quads((None, RDF.type, URIRef("https://w3id.org/policy-kg/ontology#" + kind), None))
    )
    assert claims == {**counts, "before": counts["changed"]}
    revised = list(data.quads((None, URIRef("http://www.w3.org/ns/prov#wasRevisionOf"), None, None)))
    assert len(revised) == counts["changed"]
    assert all(now != before for now, _, before, _ in revised)
    for whole, name in ((new, "added"), (new, "changed"), (old, "gone")):
        known = {str(node) for node in to_rdflib(whole).subjects(RDF.type, URIRef(KG + "Statement"))}
        told = {
            str(s) for s, *_ in data.quads((None, RDF.type, URIRef(KG + "Statement"), URIRef(f"{BASE}diff/{name}")))
        }
        assert told <= known, name
        assert told


def test_what_a_relation_was_is_told(builds: tuple[str, str]) -> None:
    graph = flow.loaded(Path(builds[0]))
    found = diff.difference(graph, changed(graph, "policy/盘锦市公证便民办法", status="planned", period="2022"))
    (row,) = diff.to_answer(found).rows
    told = dict(zip(diff.to_answer(found).columns, (cell and cell.value for cell in row), strict=True))
    assert (told["change"], told["oldValue"], told["value"]) == ("changed", "done", "2022, planned")


def test_judgements_are_obeyed_in_a_difference_and_in_answers(builds: tuple[str, str], tmp_path: Path) -> None:
    body, policy = Named("Organisation", "盘锦市司法局"), Named("Policy", "盘锦市普法办法")
    (document,) = store.documents(Path(builds[1]))
    wrong = Decision("remove", RelationTarget(body, "issues", policy), None, "li", "2024-01-31", (document.sha256,))
    store.append_decisions(tmp_path / "new" / "decisions.jsonl", [wrong])
    flow.build([tmp_path / "new"], tmp_path / "judged", ())
    (change,) = diff.between(Path(builds[1]), tmp_path / "judged").changes
    assert isinstance(change.fact, Relation)
    assert (change.kind, change.fact.object) == ("gone", "policy/盘锦市普法办法")
    asked = "SELECT ?policy { ?body kg:issues ?policy }"
    for folder, count in ((Path(builds[1]), 2), (tmp_path / "judged", 1)):
        assert len(query.opened(folder).ask(asked).rows) == count


def test_a_folder_that_is_no_build_is_named(builds: tuple[str, str], tmp_path: Path) -> None:
    done = run(app, ["diff", builds[0], str(tmp_path)])
    assert done.exit_code == 2
    assert "not the output of kg build" in done.stderr
