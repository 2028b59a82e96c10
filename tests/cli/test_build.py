"""``kg build``: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke


def test_all_went_well(report: Path, tmp_path: Path) -> None:
    done = run(app, ["build", str(report.parent), "--output", str(tmp_path / "out")])
    assert (done.exit_code, done.stderr) == (0, "")
    for word in ("documents built", "entities", "  Organisation", "relations", "figures", "peak memory", "graph.html"):
        assert word in done.stdout
    assert (tmp_path / "out" / "records.jsonl").is_file()


def test_it_speaks_the_language_of_the_terminal(report: Path, tmp_path: Path) -> None:
    command = ["build", str(report), "-o", str(tmp_path / "out"), "-e", ""]
    assert "已处理文件" in run(app, command, env={"LC_ALL": "zh_CN.UTF-8"}).stdout
    assert "documents built" in run(app, command, env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE.UTF-8"}).stdout


def test_each_input_that_fails_is_named_with_its_reason(report: Path, tmp_path: Path) -> None:
    folder = report.parent
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(300))
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "nothing").mkdir()
    inputs = [str(folder), str(tmp_path / "nothing"), str(tmp_path / "missing.txt")]
    done = run(app, ["build", *inputs, "-o", str(tmp_path / "out"), "-e", "tables"])
    assert done.exit_code == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 5
    for path, reason in (
        (folder / "empty.txt", "empty file"),
        (folder / "binary.txt", "program"),
        (folder / "table.xlsx", "unknown format .xlsx"),
        (tmp_path / "nothing", "a folder with nothing in it"),
        (tmp_path / "missing.txt", "no such file or folder"),
    ):
        assert any(line.startswith(f"failed: {path}: ") and reason in line for line in lines)
    rows = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert {row["doc"]: row["outcome"] for row in rows} == {
        "in/binary.txt": "failed",
        "in/empty.txt": "failed",
        "in/table.xlsx": "failed",
        "in/报告.txt": "built",
        "missing.txt": "failed",
        "nothing": "failed",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument"),
        (["{in}"], "Missing option"),
        (["{in}", "-o", "{out}", "--exports", "xml"], "'xml' is no export; there are rdf, page, graphml, tables"),
        (["{in}", "-o", "{out}", "--workers", "0"], "Invalid value for '--workers'"),
        (["{in}", "-o", "{in}"], "lies in the output folder"),
        (["{in}", "-o", "{mine}"], "holds files that kg build did not write (thesis.txt)"),
        (["{in}", "-o", "{mine}/thesis.txt"], "a file; give a folder"),
    ],
)
def test_wrong_usage_is_named(report: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine", encoding="utf-8")
    places = {"in": report.parent, "out": tmp_path / "out", "mine": tmp_path / "mine"}
    done = run(app, ["build", *(each.format(**places) for each in arguments)])
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_machine_that_fails_is_named(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run(app, ["build", str(report), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "No space left on device; free space there" in done.stderr
    assert not (tmp_path / "out").exists()


def test_names_that_a_terminal_would_obey_are_shown_as_they_are(report: Path, tmp_path: Path) -> None:
    (report.parent / "\x1b[2J[red].txt").write_bytes(b"")
    done = run(app, ["build", str(report.parent), "-o", str(tmp_path / "out"), "-e", ""])
    assert "\x1b" not in done.stderr
    assert "\\x1b[2J[red].txt" in done.stderr


def test_there_is_a_bar_on_a_terminal_and_none_in_a_file(report: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import app; app()", "build", report, "-o", tmp_path / "out", "-e", ""]
    leader, follower = pty.openpty()
    subprocess.run(list(map(str, command)), stderr=follower, stdout=subprocess.DEVNULL, check=True, timeout=120)
    os.close(follower)
    assert b"/1" in os.read(leader, 100_000)
    os.close(leader)
    quiet = subprocess.run(list(map(str, command)), capture_output=True, check=True, timeout=120)
    assert quiet.stderr == b""


def test_the_help_has_examples_that_fit_a_terminal() -> None:
    for command in ("build", "show", "evaluate"):
        text = run(app, [command, "--help"]).stdout
        assert f"\n  kg {command} " in text
        assert max(map(len, text.splitlines())) <= 80
    assert "build" in run(app, ["--help"]).stdout
    assert run(app, ["--version"]).stdout.startswith("policy-kg 0.")
