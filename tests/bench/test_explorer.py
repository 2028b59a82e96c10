"""The page of measurements of the explorer: every item of the list has its row; contrast is WCAG's."""

from __future__ import annotations

import pytest

pytest.importorskip("selenium", reason="no selenium: the explorer page is not measured")
pytest.importorskip("pyvis", reason="no pyvis to measure it beside")

import explorer
import explorer_graphs
import explorer_ours


def test_contrast_is_that_of_wcag() -> None:
    assert explorer_ours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert explorer_ours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert explorer_ours.contrast("#123456", "#123456") == 1


def test_cells_of_a_table_cannot_break_it() -> None:
    assert explorer.table(("a", "b"), [("1|2", "x\ny")]) == ["| a | b |", "| --- | --- |", "| 1\\|2 | x y |"]


def test_every_item_has_a_row_of_measured_values_between_the_marks() -> None:
    text = explorer.PAGE.read_text(encoding="utf-8")
    measured = text.partition(explorer.BEGIN)[2].partition(explorer.END)[0]
    rows = [line.split(" | ") for line in measured.splitlines() if line.startswith("| ") and line[2:3].isdigit()]
    assert [row[0] for row in rows] == [f"| {number}" for number in range(1, 27)]
    assert all(len(row) == 5 and row[3] != explorer.NONE for row in rows), "ours has a value for each"
    assert "## axe-core" in measured and "## The page of the whole corpus" in measured
    assert explorer.PICTURE.is_file()


def test_the_graph_of_classes_has_every_kind_once() -> None:
    graph, _ = explorer_graphs.classes()
    kinds = [(entity.type, entity.kind) for entity in graph.entities]
    assert len(set(kinds)) == len(kinds) == 19
