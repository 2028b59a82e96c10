"""A build folder is read as it was written, and nothing outside of it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DocumentGraph
from kg.store import RECORDS, StoreError, Texts, documents, line, opened, text_path


def test_documents_are_read_line_by_line(tmp_path: Path, document: DocumentGraph) -> None:
    (tmp_path / RECORDS).write_text(line(document) + "\n" + line(document) + "\n", encoding="utf-8")
    assert list(documents(tmp_path)) == [document, document]


def test_a_damaged_line_is_named(tmp_path: Path, document: DocumentGraph) -> None:
    (tmp_path / RECORDS).write_text(line(document) + "\n{\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"records.jsonl: line 2: .*; run kg build again"):
        list(documents(tmp_path))


def test_missing_records_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"records\.jsonl: no such file"):
        list(documents(tmp_path))


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (None, "not the output of kg build"),
        ("{", "not the output of kg build"),
        ('{"program": "another"}', "not the output of kg build"),
        ('{"program": "policy-kg", "format": 99}', "of another version"),
        ('{"program": "policy-kg", "format": 1}', "damaged"),
    ],
)
def test_a_folder_that_is_no_build_is_refused(tmp_path: Path, manifest: str | None, said: str) -> None:
    if manifest:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreError, match=said):
        opened(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        opened(tmp_path / "out")


def test_texts_keep_every_character(tmp_path: Path) -> None:
    text = "一\u3000二\u2003三\x85\x0b\ufeff四\n\n五\U00020000"
    path = tmp_path / text_path("甲/乙.txt")
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
    texts = Texts(tmp_path, ["甲/乙.txt", "丙.txt"])
    assert texts["甲/乙.txt"] == text
    assert list(texts) == ["甲/乙.txt", "丙.txt"]
    with pytest.raises(KeyError):
        texts["丁.txt"]
    with pytest.raises(StoreError, match="no such file"):
        texts["丙.txt"]


@pytest.mark.parametrize("doc", ["../a.txt", "/etc/passwd", "a/../../b.txt", "", "a\0.txt", ".."])
def test_a_document_cannot_name_a_file_outside_of_the_folder(doc: str) -> None:
    with pytest.raises(ValueError, match="no relative path"):
        text_path(doc)


def test_names_at_the_limit_of_the_file_system_can_be_written(tmp_path: Path) -> None:
    long = "关于印发" * 20 + "通知.txt"  # 253 bytes, 257 with the ending of a text
    other = "关于印发" * 20 + "通告.txt"
    assert text_path(long) != text_path(other)
    path = tmp_path / text_path(long)
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    assert len(path.name.encode()) <= 255


@given(st.lists(st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1), min_size=1, max_size=4))
def test_every_text_stays_in_the_folder(parts: list[str]) -> None:
    doc = "/".join(parts)
    try:
        path = text_path(doc)
    except ValueError:
        assert ".." in parts or doc.startswith("/") or set(parts) <= {"."}
    else:
        assert Path("out", path).resolve().is_relative_to(Path("out/texts").resolve())
