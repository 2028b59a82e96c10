"""``kg evaluate``: the scorer's numbers, as tables and as JSON, and the errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import flow
from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke

GOLD = {
    "doc": "报告.txt",
    "meta": {"title": "盘锦市司法局2021年工作报告", "genre": "report"},
    "entities": [
        {"id": "o1", "type": "Organisation", "name": "盘锦市司法局", "mentions": ["盘锦市司法局", "我局"]},
        {"id": "o2", "type": "Organisation", "name": "盘锦市法院", "mentions": ["市法院"]},
    ],
    "relations": [],
    "figures": [],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "报告.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path / "gold"


def test_the_numbers_are_printed_by_kind_slot_and_document(built: Path, gold: Path) -> None:
    done = run(app, ["evaluate", str(gold), str(built)])
    assert (done.exit_code, done.stderr) == (0, "")
    rows = {line.split("  ")[0]: line.split() for line in done.stdout.splitlines()}
    assert rows["entity Organisation"][-4:] == ["0.500", "0.500", "0.500", "2"]
    assert rows["name"] == ["name", "1.000", "1"]
    assert rows["doc title"][-1] == "1"
    assert "报告.txt" in rows
    assert done.stdout.splitlines()[-1].startswith("overall 0.")


def test_the_errors_are_listed(built: Path, gold: Path) -> None:
    done = run(app, ["evaluate", str(gold), str(built / "records.jsonl"), "--errors", "50"])
    assert "  - Organisation 盘锦市法院" in done.stdout.splitlines()
    assert "  + Organisation 盘锦市公安局" in done.stdout.splitlines()
    one = run(app, ["evaluate", str(gold), str(built), "-n", "1"]).stdout
    assert len(one.splitlines()) < len(done.stdout.splitlines())


def test_what_cannot_be_judged_is_named(built: Path, tmp_path: Path) -> None:
    done = run(app, ["evaluate", str(tmp_path), str(built)])
    assert done.exit_code == 2
    assert "no *.gold.json in it" in done.stderr


def test_the_numbers_are_those_of_the_project_scorer(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "dev"
    flow.build(sorted(gold.glob("m1*.txt")), tmp_path / "out", ())
    ours = run(app, ["evaluate", str(gold), str(tmp_path / "out"), "--json"])
    scorer = [sys.executable, shared / "gold" / "score.py", gold, tmp_path / "out" / "records.jsonl", "--json"]
    theirs = subprocess.run(list(map(str, scorer)), capture_output=True, text=True, check=True)
    assert json.loads(ours.stdout) == json.loads(theirs.stdout)
