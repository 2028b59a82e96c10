"""A new build takes the old one's place as a whole; what a person has put there stays; nothing else is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.store import StoreError, drafted


def written(folder: Path, **files: str) -> None:
    """A build of these files."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    names = sorted([*(name.replace("__", "/") for name in files), "manifest.json"])
    manifest = {"program": "policy-kg", "format": 1, "files": names}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if name != "manifest.json"}


def built(output: Path, **texts: str) -> None:
    with drafted(output) as draft:
        written(draft, **texts)


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    built(tmp_path / "a" / "out", records="1")
    assert files(tmp_path / "a" / "out") == {"records": "1"}
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["out"]


def test_a_build_is_replaced_and_what_it_alone_had_goes(tmp_path: Path) -> None:
    built(tmp_path / "out", records="1", graph="1", texts__a="1", texts__sub__b="1")
    built(tmp_path / "out", records="2", texts__c="2")
    assert files(tmp_path / "out") == {"records": "2", "texts/c": "2"}
    assert not (tmp_path / "out" / "texts" / "sub").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_of_a_person_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(out, records="1", texts__a="1")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "texts" / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "empty").mkdir()
    (out / "link").symlink_to(tmp_path)
    built(out, records="2")
    assert files(out) == {"records": "2", "notes.txt": "mine", "texts/mine.txt": "mine"}
    assert (out / "empty").is_dir()
    assert (out / "link").is_symlink()


def test_a_file_of_a_person_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(out, records="1")
    (out / "graph").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="move it away"):
        built(out, records="2", graph="2")
    assert files(out) == {"records": "1", "graph": "mine"}


def test_a_folder_that_is_no_build_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"holds files that kg build did not write \(thesis.docx\)"):
        built(tmp_path, records="1")
    assert files(tmp_path) == {"thesis.docx": "mine"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="a file; give a folder"):
        built(tmp_path / "out", records="1")


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".gitkeep").write_text("", encoding="utf-8")
    built(tmp_path / "out", records="1")
    assert files(tmp_path / "out") == {"records": "1", ".gitkeep": ""}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    built(tmp_path / "real", records="1")
    (tmp_path / "out").symlink_to("real")
    built(tmp_path / "out", records="2")
    assert (tmp_path / "out").is_symlink()
    assert files(tmp_path / "real") == {"records": "2"}


@pytest.mark.parametrize("accident", [KeyboardInterrupt, OSError, ValueError])
def test_an_accident_leaves_the_old_build_as_it_was(tmp_path: Path, accident: type[BaseException]) -> None:
    built(tmp_path / "out", records="1")
    with pytest.raises(accident), drafted(tmp_path / "out") as draft:
        written(draft, records="2")
        raise accident
    assert files(tmp_path / "out") == {"records": "1"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_build_left_is_put_right(tmp_path: Path) -> None:
    out, old = tmp_path / "out", tmp_path / ".out.kg-old"
    built(out, records="1")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    out.rename(old)  # killed between the two renames
    with pytest.raises(ValueError, match="stop"), drafted(out):
        raise ValueError("stop")
    assert files(out) == {"records": "1", "notes.txt": "mine"}

    out.rename(old)  # killed before the person's files were carried over
    written(out, records="2")
    (tmp_path / ".out.kg-new-00000000").mkdir()  # killed while it was written
    built(out, records="3")
    assert files(out) == {"records": "3", "notes.txt": "mine"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_two_builds_at_a_time_do_not_take_each_other_apart(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with drafted(out) as first:
        written(first, records="1")
        with drafted(out) as second:
            written(second, records="2")
        assert files(out) == {"records": "2"}
    assert files(out) == {"records": "1"}
