"""``kg review`` and ``kg build --decisions``: a judgement is made, the build repeated, and the judgement still there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg import flow
from kg.cli import app
from kg.doubts import doubts
from kg.model import Entity

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
FIRST = "盘锦市投资促进服务局2021年工作报告\n盘锦市投资促进服务局印发《盘锦市惠企办法》，推行首违不罚制度。\n"
SECOND = "盘锦市2022年工作报告\n盘锦市投资局印发《盘锦市便民办法》。盘锦市投资局会同盘锦市公安局建立信息通报机制。\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def out(reports: Path, tmp_path: Path) -> Path:
    flow.build([reports], tmp_path / "out", ("tables",))
    return tmp_path / "out"


def bureaus(out: Path) -> list[str]:
    return [each.name for each in kg.load(out).entities if "投" in each.name]


def answers(out: Path) -> str:
    """One line for each doubt: the same for the two names of the bureau, wrong for all else."""
    graph = kg.load(out).graph
    return "".join("s\n" if isinstance(doubt.left, Entity) else "n\n" for doubt in doubts(graph, []))


def test_a_judgement_is_made_and_every_rebuild_obeys_it(reports: Path, out: Path, tmp_path: Path) -> None:
    assert bureaus(out) == ["盘锦市投资促进服务局", "盘锦市投资局"]
    line = "s\n" if isinstance(doubts(kg.load(out).graph, [])[0].left, Entity) else "\ns\n"
    done = run(app, ["review", str(out), "--decisions", str(reports / "decisions.jsonl"), "--by", "李"], input=line)
    assert done.exit_code == 0, done.output
    assert "Are these one and the same?" in done.stdout
    assert "1 answers written to" in done.stdout
    made = json.loads((reports / "decisions.jsonl").read_text(encoding="utf-8"))
    assert (made["action"], made["by"], made["value"]["name"]) == ("same", "李", "盘锦市投资促进服务局")
    assert bureaus(out) == ["盘锦市投资促进服务局", "盘锦市投资局"]
    files = []
    for _ in range(2):
        assert run(app, ["build", str(reports), "--output", str(out), "--exports", "tables"]).exit_code == 0
        assert bureaus(out) == ["盘锦市投资促进服务局"]
        files.append({path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert files[0] == files[1]
    assert "decided.jsonl" in files[0]
    kg.load(out).save(tmp_path / "copy", ("tables",))
    assert {p.name: p.read_bytes() for p in (tmp_path / "copy").rglob("*") if p.is_file()} == files[0]


def test_the_order_of_lines_changes_no_byte(reports: Path, out: Path) -> None:
    file = reports / "decisions.jsonl"
    run(app, ["review", str(out), "-d", str(file), "--by", "李", "--limit", "0"], input=answers(out))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 2
    built = []
    for order in (lines, lines[::-1]):
        file.write_text("\n".join(order), encoding="utf-8")
        assert run(app, ["build", str(reports), "--output", str(out)]).exit_code == 0
        built.append({path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert built[0] == built[1]
    assert [each.name for each in kg.load(out).entities if "投" in each.name] == ["盘锦市投资促进服务局"]


def test_without_a_file_the_answers_stay_in_the_output_folder_and_are_not_asked_again(reports: Path, out: Path) -> None:
    count = len(doubts(kg.load(out).graph, []))
    done = run(app, ["review", str(out), "--by", "李", "--limit", "0"], input=answers(out))
    assert f"{count} answers written" in done.stdout
    assert "nothing is doubtful" in run(app, ["review", str(out), "--by", "李"]).stdout
    assert run(app, ["build", str(reports), "--output", str(out)]).exit_code == 0
    assert (out / "decisions.jsonl").is_file()
    assert bureaus(out) == ["盘锦市投资促进服务局"]


def test_facts_are_confirmed_and_given_another_predicate(reports: Path, out: Path) -> None:
    asked = doubts(kg.load(out).graph, [])
    facts = [each for each in asked if not isinstance(each.left, Entity)]
    assert len(facts) >= 2
    typed = iter(["y\n", "p\n", "nonsense\n", "directs\n"])
    lines = ""
    for doubt in asked:
        if isinstance(doubt.left, Entity):
            lines += "\n"
        else:  # the first fact is right, the second gets another predicate
            lines += next(typed) if "y" not in lines else "".join(typed)
    done = run(app, ["review", str(out), "--by", "李", "--limit", "0"], input=lines)
    assert "please one of" in done.stdout
    actions = [
        json.loads(each)["action"] for each in (out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert actions == ["add", "replace"]
    assert run(app, ["build", str(reports), "--output", str(out)]).exit_code == 0
    relations = kg.load(out).relations
    assert "directs" in {each.predicate for each in relations}
    assert sum(e.component == "decisions" for each in relations for e in each.evidence) == 1


def test_a_line_that_is_not_applied_is_reported_by_line(reports: Path, out: Path) -> None:
    file = reports.parent / "judged.jsonl"
    run(app, ["review", str(out), "-d", str(file), "--by", "李", "--limit", "0"], input=answers(out))
    file.write_text("no line\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    (reports / "b.txt").write_text(SECOND.replace("印发", "发布"), encoding="utf-8")
    command = ["build", str(reports), "--output", str(out), "--decisions", str(file)]
    done = run(app, command)
    assert done.exit_code == 3
    assert "failed: judged.jsonl:1: no JSON" in done.stderr
    assert "its source has changed or is left out; not applied" in done.stderr
    assert bureaus(out) == ["盘锦市投资促进服务局", "盘锦市投资局"]
    (reports / "b.txt").write_text(SECOND, encoding="utf-8")
    assert "no input has the source_hash" not in run(app, command).stderr
    assert bureaus(out) == ["盘锦市投资促进服务局"]


def test_it_speaks_chinese_where_the_terminal_does(out: Path) -> None:
    done = run(app, ["review", str(out), "--by", "李"], input="q\n", env={"LC_ALL": "zh_CN.UTF-8"})
    assert "第 1 问" in done.stdout
    assert not (out / "decisions.jsonl").exists()


def test_a_folder_that_is_no_build_is_named(tmp_path: Path) -> None:
    assert run(app, ["review", str(tmp_path)]).exit_code == 2
