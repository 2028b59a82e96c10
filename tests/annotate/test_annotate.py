"""Out to doccano and Label Studio and back: nothing changed is nothing judged; what is corrected is in the next build."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

import kg
from kg import annotate, flow
from kg.annotate import Annotated, AnnotationError
from kg.annotate.spans import Arrow, Span
from kg.cli import app
from kg.store import line

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
FIRST = (
    "盘锦市司法局2021年工作报告\n"
    "盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件620件。我局推行公证便民制度。\n"
    "盘锦市司法局会同盘锦市公安局建立信息通报机制。\n"
    "盘锦市档案馆\U0001f600开展了送档案进社区，接待市民300人。\n"
)
SECOND = "盘锦市财政局2021年工作报告\n盘锦市财政局印发《盘锦市惠企资金办法》，拨付资金3亿元。\n"
TOOLS = ("doccano", "label-studio")
Json = dict[str, Any]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b.txt").write_text(SECOND, encoding="utf-8")
    flow.build([folder], tmp_path / "out", ())
    return tmp_path / "out"


def export(out: Path, tool: str) -> Path:
    file = out.parent / "tasks"
    done = run(app, ["annotate", "export", str(out), str(file), "--format", tool])
    assert (done.exit_code, done.stderr) == (0, "")
    return file


def submitted(file: Path, tool: str, change: Callable[[Json], None] = lambda _: None) -> None:
    """What a person does in the tool: every document is looked at, and the first one changed."""
    if tool == "doccano":
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for line in lines:
            # The tool gives ids of its own.
            for each in line["entities"]:
                each["id"] += 1000
            for each in line["relations"]:
                each |= {"from_id": each["from_id"] + 1000, "to_id": each["to_id"] + 1000}
        change(lines[0])
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    else:
        tasks = json.loads(file.read_text(encoding="utf-8"))
        for task in tasks:
            task["annotations"] = [{"result": task["predictions"][0]["result"], "was_cancelled": False}]
        change(tasks[0])
        file.write_text(json.dumps(tasks), encoding="utf-8")


def import_(out: Path, file: Path) -> tuple[list[Json], Json]:
    decisions, gold = out.parent / "reports" / "decisions.jsonl", out.parent / "gold"
    command = ["annotate", "import", str(out), str(file), "-d", str(decisions), "-g", str(gold), "--by", "李"]
    done = run(app, command)
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in decisions.read_text(encoding="utf-8").splitlines()]
    return lines, json.loads((gold / "a.gold.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_not_changed_is_not_judged_and_is_gold(out: Path, tool: str) -> None:
    file = export(out, tool)
    submitted(file, tool)
    lines, _ = import_(out, file)
    assert lines == []
    scores = kg.evaluate.evaluate(out.parent / "gold", out).total.report()
    assert [scores[name]["f1"] for name in ("entity", "relation", "figure")] == [1.0, 1.0, 1.0]


def at(words: str) -> tuple[int, int]:
    return FIRST.index(words), FIRST.index(words) + len(words)


NEW = (("盘锦市档案馆", "Organisation"), ("送档案进社区", "Policy"), ("2021年", "Figure"))
GONE = [at(words) for words in ("盘锦市公安局", "300人", *(words for words, _ in NEW))]


def in_units(words: str) -> tuple[int, int]:
    start, end = (len(FIRST[:place].encode("utf-16-le")) // 2 for place in at(words))
    return start, end


def correct_doccano(task: Json) -> None:
    """A new body and what it carries out; a policy of another type; no bureau of security; no figure of people."""
    gone = set()
    units = {in_units(FIRST[start:end]) for start, end in GONE}
    for each in task["entities"]:
        place = each["start_offset"], each["end_offset"]
        if place in units:
            gone.add(each["id"])
        if place == in_units("《盘锦市公证便民办法》"):
            each["label"] = "Mechanism"
    task["entities"] = [each for each in task["entities"] if each["id"] not in gone]
    kept = [r for r in task["relations"] if not {r["from_id"], r["to_id"]} & gone and r["type"] != "issues"]
    for number, (words, label) in enumerate(NEW, 1):
        start, end = in_units(words)
        task["entities"].append({"id": number, "label": label, "start_offset": start, "end_offset": end})
    task["relations"] = [*kept, {"id": 1, "from_id": 1, "to_id": 2, "type": "implements"}]


def correct_labelstudio(task: Json) -> None:
    """The same in the other tool, the offsets as its older versions count them."""
    result = task["annotations"][0]["result"]
    gone = set()
    for each in result:
        place = (each["value"]["start"], each["value"]["end"]) if each["type"] == "labels" else None
        if place in GONE:
            gone.add(each["id"])
        if place == at("《盘锦市公证便民办法》"):
            each["value"]["labels"] = ["Mechanism"]
    kept = [
        e
        for e in result
        if not {e.get("id"), e.get("from_id"), e.get("to_id")} & gone and e.get("labels") != ["issues"]
    ]
    for number, (words, label) in enumerate(NEW, 1):
        start, end = in_units(words)
        value = {"start": start, "end": end, "text": words, "labels": [label]}
        kept.append({"id": f"x{number}", "from_name": "label", "to_name": "text", "type": "labels", "value": value})
    kept.append({"type": "relation", "from_id": "x2", "to_id": "x1", "direction": "left", "labels": ["implements"]})
    result[:] = kept


@pytest.mark.parametrize(("tool", "correct"), list(zip(TOOLS, (correct_doccano, correct_labelstudio), strict=True)))
def test_what_is_corrected_there_is_in_the_next_build_and_is_gold(
    out: Path, tool: str, correct: Callable[[Json], None]
) -> None:
    file = export(out, tool)
    submitted(file, tool, correct)
    lines, gold = import_(out, file)
    assert {each["by"] for each in lines} == {"李"}
    assert {"add", "remove", "replace"} <= {each["action"] for each in lines}
    _, manifest = flow.build([out.parent / "reports"], out, ())
    assert manifest.refused == ()
    graph = kg.load(out)
    ids = {each.id for each in graph.entities}
    assert {"mechanism/盘锦市公证便民办法", "organisation/盘锦市档案馆", "policy/送档案进社区"} <= ids | {
        i.replace("/盘锦市/", "/") for i in ids
    }
    assert "organisation/盘锦市公安局" not in ids
    said = {(r.subject.split("/")[-1], r.predicate, r.object.split("/")[-1]) for r in graph.relations}
    assert ("盘锦市档案馆", "implements", "送档案进社区") in said
    assert ("盘锦市司法局", "implements", "盘锦市公证便民办法") not in said
    assert not [p for _, p, _ in said if p == "cooperatesWith"]
    assert "300人" not in {figure.text for figure in graph.figures}
    assert {each["name"] for each in gold["entities"]} >= {"盘锦市档案馆", "送档案进社区"}
    corrected = out.parent / "corrected.jsonl"  # records.jsonl stays what kg has read, which is what is evaluated
    corrected.write_text("".join(line(each) + "\n" for each in flow.corrected(out)), encoding="utf-8")
    before, after = (kg.evaluate.evaluate(out.parent / "gold", each).total.report() for each in (out, corrected))
    assert [after[name]["f1"] for name in ("entity", "relation", "figure")] == [1.0, 1.0, 1.0]
    assert all(before[name]["f1"] < 1 for name in ("entity", "relation", "figure"))
    again = export(out, tool)
    submitted(again, tool)
    command = ["annotate", "import", str(out), str(again), "-d", str(out.parent / "none.jsonl")]
    assert ", 0 judgements" in run(app, command).stdout


def test_a_figure_marked_anew_is_named_and_not_taken_in(out: Path) -> None:
    file = export(out, "doccano")
    submitted(file, "doccano", correct_doccano)
    done = run(app, ["annotate", "import", str(out), str(file), "-d", str(out.parent / "d.jsonl")])
    assert "a span does not say what a figure measures: a.txt:6: 2021年" in done.stderr


def test_the_interface_of_label_studio_names_every_label(out: Path) -> None:
    export(out, "label-studio")
    view = ElementTree.fromstring((out.parent / "tasks.xml").read_text(encoding="utf-8"))
    labels = {each.get("value") for each in view.iter("Label")}
    assert labels == {"Organisation", "Place", "Policy", "Mechanism", "Figure"}
    assert {"issues", "partOf"} <= {each.get("value") for each in view.iter("Relation")}


def test_tasks_that_nobody_has_submitted_are_left_out(out: Path) -> None:
    file = export(out, "label-studio")
    assert annotate.parse(file.read_text(encoding="utf-8")) == []


def test_a_file_of_another_version_or_build_is_refused(out: Path) -> None:
    file = export(out, "doccano")
    held = file.read_text(encoding="utf-8")
    cases = {
        held.replace("620件", "621件"): "annotated in another version",
        held.replace('"doc": "a.txt"', '"doc": "c.txt"'): "c.txt is no document of",
        held.replace('"entities"', '"labels"'): "no 'entities' where the format asks for one",
        "{": "not in the format",
    }
    for text, said in cases.items():
        file.write_text(text, encoding="utf-8")
        done = run(app, ["annotate", "import", str(out), str(file)])
        assert done.exit_code == 2
        assert said in done.stderr


@pytest.mark.parametrize("tool", TOOLS)
def test_a_document_comes_back_as_it_went(tool: str) -> None:
    text = "甲\U0001f600乙印发丙"
    subject, other = Span(2, 3, "Organisation"), Span(5, 6, "Policy")
    document = Annotated("a.txt", "0" * 64, text, (subject, other), (Arrow(subject, "issues", other),))
    dumped = annotate.FORMATS[tool].dump([document])
    if tool == "label-studio":
        task = json.loads(dumped)[0]
        dumped = json.dumps([{**task, "annotations": task["predictions"]}])
    assert annotate.parse(dumped) == [document]


def test_a_span_that_quotes_other_words_is_refused() -> None:
    value = {"start": 0, "end": 1, "text": "乙", "labels": ["Place"]}
    result = [{"id": "a", "type": "labels", "value": value}]
    task = {"data": {"text": "甲乙", "doc": "a", "sha256": ""}, "annotations": [{"result": result}]}
    with pytest.raises(AnnotationError, match="does not stand at 0:1"):
        annotate.parse(json.dumps([task]))
