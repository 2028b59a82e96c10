"""``kg validate``: a build keeps the rules; what breaks one is named with fact, documents and rule."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Dataset, Graph, Literal
from typer.testing import CliRunner

from kg import flow
from kg.cli import app
from kg.resources import ontology_folder
from kg.validate import violations

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture
def sound(report: Path, tmp_path: Path) -> Path:
    flow.build([report], tmp_path / "sound", ("rdf",))
    return tmp_path / "sound"


def spoil(folder: Path, old: str, new: str) -> Path:
    path = folder / "graph.trig"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_the_samples_and_a_build_without_rdf_keep_every_rule(built: Path, tmp_path: Path) -> None:
    samples = shutil.copytree(ROOT / "output", tmp_path / "samples", ignore=shutil.ignore_patterns(".store*"))
    for folder in (samples, built):
        done = run(app, ["validate", str(folder)])
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.endswith(": no rule is broken\n")


def test_a_violation_names_fact_document_and_rule(sound: Path) -> None:
    spoil(sound, "rdf:predicate kg:issues", "rdf:predicate kg:directs")
    done = run(app, ["validate", str(sound)])
    assert done.exit_code == 1
    assert (
        "盘锦市司法局 directs 盘锦市公证便民办法\n  rule: the plain triple of this statement is missing" in done.stdout
    )
    assert "no kg:Statement says where this relation was read" in done.stdout
    assert "  read in: 报告.txt\n" in done.stdout
    chinese = run(app, ["validate", str(sound)], env={"LC_ALL": "zh_CN.UTF-8"}).stdout
    assert "规则：缺少此陈述的三元组（Statement）" in chinese
    assert "见于：报告.txt" in chinese


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kg:unit", "kg:wording", "unit is missing (Figure)"),
        (
            "kg:status kg:status-actual",
            "kg:status kg:bound-over",
            "status: “over” is none of the words allowed (Figure)",
        ),
        ("a kg:Policy", "a kg:Place, kg:Policy", "must be exactly one of organisation, place, policy and mechanism"),
        ("oa:exact ", "oa:exact 'x', ", "the quote is not as long as its position says (Passage)"),
    ],
)
def test_the_rules_are_said_in_words(sound: Path, old: str, new: str, said: str) -> None:
    printed = run(app, ["validate", str(spoil(sound, old, new)), "--limit", "0"]).stdout
    assert said in printed


def test_violations_are_data_too(sound: Path) -> None:
    spoil(sound, "kg:unit", "kg:wording")
    done = run(app, ["validate", str(sound), "--json"])
    assert done.exit_code == 1
    missing = next(each for each in json.loads(done.stdout) if each["constraint"] == "MinCount")
    assert missing["path"].endswith("#unit")
    assert missing["documents"] == ["报告.txt"]
    assert "620件" in missing["fact"]


def test_the_report_is_shacl_and_holds_what_the_text_tells(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.ttl"
    before = run(app, ["validate", str(sound)])
    done = run(app, ["validate", str(sound), "--report", str(path)])
    assert (done.exit_code, done.stdout) == (before.exit_code, before.stdout) == (0, f"{sound}: no rule is broken\n")
    assert list(Graph().parse(path).objects(None, SH.conforms)) == [Literal(True)]
    spoil(sound, "kg:unit", "kg:wording")
    spoil(sound, "rdf:predicate kg:issues", "rdf:predicate kg:directs")
    done = run(app, ["validate", str(sound), "--limit", "0", "--report", str(path)])
    assert done.exit_code == 1
    found = Graph().parse(path)
    (whole,) = found.subjects(RDF.type, SH.ValidationReport)
    assert found.value(whole, SH.conforms) == Literal(False)
    results = set(found.objects(whole, SH.result))
    assert f"violations: {len(results)}\n" in done.stdout
    assert {str(found.value(each, SH.focusNode)) for each in results} == {each.node for each in violations(sound)}
    assert not [term for triple in found for term in triple if isinstance(term, BNode)]
    for each in results:
        for asked in (SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity, SH.resultMessage):
            assert found.value(each, asked) is not None
    missing = found.value(None, SH.sourceConstraintComponent, SH.MinCountConstraintComponent, any=True)
    assert str(found.value(missing, SH.resultPath)).endswith("#unit")
    assert str(found.value(missing, SH.resultMessage)) == "unit is missing"


def test_the_report_needs_a_name_and_a_place(sound: Path, tmp_path: Path) -> None:
    for name, said in (("report.json", "must end with .ttl"), ("none/report.ttl", "No such file or directory")):
        done = run(app, ["validate", str(sound), "--report", str(tmp_path / name)])
        assert done.exit_code in (1, 2)
        assert said in done.stderr


def test_an_independent_validator_finds_the_same_nodes(sound: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    spoil(sound, "rdf:predicate kg:issues", "rdf:predicate kg:directs")
    spoil(sound, "kg:unit", "kg:wording")
    data = Dataset(default_union=True)
    data.parse(sound / "graph.trig")
    merged = Graph()
    for subject, predicate, value, _ in data.quads():
        merged.add((subject, predicate, value))
    _, theirs, _ = pyshacl.validate(merged, shacl_graph=Graph().parse(ontology_folder() / "shapes.ttl"))
    results = theirs.subjects(RDF.type, SH.ValidationResult)
    assert {str(theirs.value(each, SH.focusNode)) for each in results} == {each.node for each in violations(sound)}


def test_a_folder_that_is_no_build_is_named(tmp_path: Path) -> None:
    done = run(app, ["validate", str(tmp_path)])
    assert done.exit_code == 2
    assert "not the output of kg build" in done.stderr
