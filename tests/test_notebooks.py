"""The notebooks run from the first cell to the last, and are kept without output."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_two() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"first-steps", "asking-the-graph"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.cell_type == "markdown" or (cell.execution_count is None and not cell.outputs)


@pytest.mark.filterwarnings("ignore")  # of Jupyter's own
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_every_table_has_rows(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(
        env={**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    )
    results = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    tables = [output.data["text/html"] for output in results if "text/html" in output.get("data", {})]
    assert tables
    assert all("<td>" in table for table in tables)
    if path.stem == "asking-the-graph":
        assert any("image/png" in output.get("data", {}) for output in results)
        said = "".join(output.get("text", "") for output in results)
        assert "the nearest: issues" in said
