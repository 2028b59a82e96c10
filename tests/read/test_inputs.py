"""Files and folders as named: each file once, known by its path below the common parent."""

import os
from pathlib import Path

import pytest

from kg.read import inputs


def docs(*paths: Path) -> list[str]:
    return [each.doc for each in inputs(paths)]


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("县馆", encoding="utf-8")
    return root


def test_a_file_is_known_by_its_name_and_a_folder_is_not_named(tmp_path: Path) -> None:
    tree(tmp_path, "库/甲.txt", "库/下/乙.md", "库/丙.xyz")
    assert docs(tmp_path / "库/甲.txt") == ["甲.txt"]
    assert docs(tmp_path / "库") == ["下/乙.md", "丙.xyz", "甲.txt"]
    assert docs(tmp_path) == ["库/下/乙.md", "库/丙.xyz", "库/甲.txt"]


def test_several_inputs_share_the_name_of_their_common_parent(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.txt", "b/1.txt", "b/c/2.txt")
    assert docs(tmp_path / "a", tmp_path / "b") == ["a/1.txt", "b/1.txt", "b/c/2.txt"]
    assert docs(tmp_path / "a/1.txt", tmp_path / "b/c") == ["a/1.txt", "b/c/2.txt"]
    assert docs(tmp_path / "b", tmp_path / "b/c/2.txt") == ["1.txt", "c/2.txt"]


def test_each_file_comes_once_in_an_order_that_does_not_depend_on_the_call(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a.txt", "c/d.txt")
    given = [tmp_path / "c/d.txt", tmp_path, tmp_path / "a.txt", tmp_path / "." / "b.txt"]
    assert inputs(given) == inputs(reversed(given))
    assert docs(*given) == ["a.txt", "b.txt", "c/d.txt"]


def test_hidden_and_temporary_files_are_passed_over_unless_named(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "~$d.docx")
    assert docs(tmp_path) == ["a.txt"]
    assert docs(tmp_path / ".b.txt") == [".b.txt"]


def test_gold_beside_documents_is_no_document(tmp_path: Path) -> None:
    tree(tmp_path, "甲.txt", "甲.gold.json", "标注/乙.gold.json")
    assert docs(tmp_path) == ["甲.txt"]
    assert docs(tmp_path / "甲.gold.json") == ["甲.gold.json"]


def test_links_neither_loop_nor_double(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.txt")
    (tmp_path / "a/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a/self.txt").symlink_to("self.txt")
    (tmp_path / "2.txt").symlink_to(tmp_path / "a/1.txt")
    assert docs(tmp_path) == ["2.txt", "a/self.txt"]


def test_what_is_missing_or_empty_is_an_input_too(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.txt")
    (tmp_path / "empty").mkdir()
    assert docs(tmp_path) == ["a/1.txt", "empty"]
    assert docs(tmp_path / "empty") == ["empty"]
    assert docs(tmp_path / "missing.txt") == ["missing.txt"]
    assert inputs([]) == ()


def test_relative_paths_and_names_that_are_no_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    assert docs(Path()) == ["a.txt"]
    assert inputs([Path("a.txt")])[0].path == Path("a.txt")
    assert docs(tmp_path / os.fsdecode(b"\xff.txt")) == ["\\udcff.txt"]
