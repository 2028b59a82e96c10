"""``kg show``: an entity with its sentences and passages, or the nearest names."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke


def test_an_entity_is_shown_with_the_passage_of_every_sentence(built: Path) -> None:
    done = run(app, ["show", str(built), "盘锦市司法局"])
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("盘锦市司法局  (Organisation")
    assert "also called: 我局 ×1" in lines
    assert "named in 1 of 1 documents" in lines
    issued = next(n for n, line in enumerate(lines) if line.startswith("  盘锦市司法局 issues 盘锦市公证便民办法"))
    assert lines[issued + 1].startswith("      “")
    assert lines[issued + 1].endswith("报告.txt")
    assert "印发《盘锦市公证便民办法》" in lines[issued + 1]
    counted = next(n for n, line in enumerate(lines) if line.startswith("  办结公证案件: 620件"))
    assert "620件" in lines[counted + 1]


def test_sentences_are_in_the_language_of_the_terminal(built: Path) -> None:
    done = run(app, ["show", str(built), "盘锦市司法局"], env={"LC_ALL": "zh_CN.UTF-8"})
    assert "盘锦市司法局制定发布盘锦市公证便民办法" in done.stdout


def test_any_name_leads_to_it(built: Path) -> None:
    for name in ("我局", "《盘锦市公证便民办法》", "organisation/盘锦市司法局"):
        assert run(app, ["show", str(built), name]).exit_code == 0


def test_how_much_is_shown_can_be_limited(built: Path) -> None:
    one = run(app, ["show", str(built), "盘锦市司法局", "--limit", "1"]).stdout
    everything = run(app, ["show", str(built), "盘锦市司法局", "--limit", "0"]).stdout
    assert "--limit 0 shows all" in one
    assert "--limit 0 shows all" not in everything
    assert len(one.splitlines()) < len(everything.splitlines())


def test_the_nearest_names_are_suggested_where_there_is_none(built: Path) -> None:
    done = run(app, ["show", str(built), "盘锦市司法厅"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no entity of this name" in done.stderr
    assert "the nearest: 盘锦市司法局" in done.stderr


def test_a_folder_that_is_no_build_is_named(tmp_path: Path) -> None:
    done = run(app, ["show", str(tmp_path), "盘锦市"])
    assert done.exit_code == 2
    assert "not the output of kg build" in done.stderr
