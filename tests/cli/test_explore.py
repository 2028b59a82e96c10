"""``kg explore`` opens the page, or says which one to open, or that there is none."""

import webbrowser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app


@pytest.mark.parametrize(("opens", "said"), [(True, "opened "), (False, "open ")])
def test_the_page_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: bool, said: str) -> None:
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) or opens)
    page = tmp_path / "输出 1" / "graph.html"
    page.parent.mkdir()
    page.write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["explore", str(page.parent)], env={"LC_ALL": "C.UTF-8"})
    assert done.exit_code == 0 and asked == [page.resolve().as_uri()]
    assert done.output.startswith(f"{said}{page}")


def test_a_folder_without_a_page_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["explore", str(tmp_path)], env={"LC_ALL": "C.UTF-8"})
    assert done.exit_code == 2 and str(tmp_path / "graph.html") in done.output
