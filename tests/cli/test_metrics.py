"""``kg metrics``: what figures measure; of one metric places by years, targets apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import flow
from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
REPORT = (
    "{place}2021年法治政府建设工作报告\n2021年，{place}办结公证案件{number}件，行政机关负责人出庭应诉率达到{rate}%。\n"
    "2022年，力争行政机关负责人出庭应诉率达到99%以上。\n"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("metrics")
    for name, place, number, rate in (("a", "盘锦市", 620, 91), ("b", "咸宁市", 512, 95), ("c", "盘锦市", 628, 91)):
        text = REPORT.format(place=place, number=number, rate=rate)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    flow.build([folder / f"{name}.txt" for name in "abc"], folder / "out", ())
    return folder / "out"


def test_all_metrics_with_kind_and_measure_word(out: Path) -> None:
    done = run(app, ["metrics", str(out)])
    assert done.exit_code == 0
    assert "办结公证案件 [件]  (count)  ×3" in done.stdout.splitlines()
    assert "results" not in done.stdout


def test_one_metric_is_a_table_of_places_by_years_with_targets_apart(out: Path) -> None:
    lines = run(app, ["metrics", str(out), "应诉率"]).stdout.splitlines()
    results = next(n for n, line in enumerate(lines) if line.startswith("results"))
    targets = next(n for n, line in enumerate(lines) if line.startswith("targets"))
    assert results < targets
    assert lines[results].split() == ["results", "2021"]
    assert {tuple(line.split()) for line in lines[results + 1 : targets] if line} == {
        ("盘锦市", "91%"),
        ("咸宁市", "95%"),
    }
    assert lines[targets].split()[-1] == "2022"
    assert "99%" in lines[targets + 1]


def test_where_documents_disagree(out: Path) -> None:
    lines = run(app, ["metrics", str(out), "--conflicts"]).stdout.splitlines()
    assert "1" in lines[0]
    assert any("盘锦市" in line and "2021" in line for line in lines)
    assert [line.split()[0] for line in lines if line.startswith("    ")] == ["620件", "628件"]
