"""A build of two made-up documents, to show and to judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import flow

REPORT = (
    "盘锦市司法局2021年工作报告\n"
    "盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件620件。我局推行公证便民制度。\n"
    "盘锦市司法局会同盘锦市公安局建立信息通报机制。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "报告.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def built(report: Path, tmp_path: Path) -> Path:
    flow.build([report], tmp_path / "out", ())
    return tmp_path / "out"
