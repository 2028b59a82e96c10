"""The door: what every format gives; for every file that gives nothing, one line that names it, why, and a remedy."""

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.read import FORMATS, LIMIT, NAMES, ReadError, inputs, source

TEXT = "云溪县图书馆今起延长开放时间。\n"


def refusal(path: Path, limit: int = LIMIT) -> str:
    with pytest.raises(ReadError) as caught:
        source(path, path.name, limit)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert caught.value.reason in message
    return caught.value.reason


def test_a_source_says_what_it_was_read_from(tmp_path: Path) -> None:
    path = tmp_path / "公告.TXT"
    path.write_bytes(TEXT.encode("gb18030"))
    read = source(path, "库/公告.TXT")
    assert (read.doc, read.text, read.format, read.hints) == ("库/公告.TXT", TEXT, "txt", {})
    assert read.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


def test_every_format_gives_the_same_text(tmp_path: Path, docx: Callable[..., Path], pdf: Callable[..., Path]) -> None:
    (tmp_path / "a.md").write_text(f"**{TEXT.strip()}**", encoding="utf-8")
    (tmp_path / "a.html").write_text(f"<p>{TEXT}</p>", encoding="utf-16")
    docx(f"<w:p><w:r><w:t>{TEXT.strip()}</w:t></w:r></w:p>")
    pdf([(72, 700, 16, TEXT.strip())])
    found = [source(each.path, each.doc) for each in inputs([tmp_path])]
    assert [(each.format, each.text.strip()) for each in found] == [
        (name, TEXT.strip()) for name in ("html", "md", "docx", "pdf")
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty file; nothing to read"),
        ("a.pdf", b"", "empty file; nothing to read"),
        ("a.txt", " \n\u3000\n".encode(), "no text in it"),
        ("a.html", b"<html><script>1</script></html>", "no text in it"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        ("a.txt", bytes(range(256)) * 8, "not a text in a known encoding"),
        ("a.xyz", b"x", "unknown format .xyz; known are .txt"),
        ("README", b"x", "unknown format (no suffix)"),
        ("a.doc", b"x", "save it as .docx"),
        ("a.jpg", b"x", "run OCR first"),
        ("a.docx", b"x", "broken, or not a Word document"),
        ("a.pdf", b"x", "broken, or not a PDF"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason in refusal(path)


def test_bad_paths_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no such file" in refusal(tmp_path / "missing.txt")
    assert "no such file" in refusal(tmp_path / "missing")
    assert "a folder with nothing in it" in refusal(tmp_path / "empty")
    assert "cannot be read" in refusal(tmp_path / "loop.txt")
    assert "neither a file nor a folder" in refusal(tmp_path / "pipe.txt")
    assert "\\n" in str(ReadError(Path("a\nb.txt"), "empty file"))


def test_large_files_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert refusal(path) == "200 MB, over the limit of 50 MB; split it, or raise the limit"
    small = tmp_path / "small.txt"
    small.write_text(TEXT, encoding="utf-8")
    assert "over the limit of 1e-05 MB" in refusal(small, limit=10)
    assert source(small, "small.txt", limit=100).text == TEXT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert "no permission" in refusal(path)


def test_nothing_is_printed_and_no_reader_depends_on_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<div class='b a' id=zoom><p>{TEXT}</p><a href=1>甲</a>", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    program = (
        "import sys; from pathlib import Path; from kg.read import *\n"
        "for each in inputs([Path(sys.argv[1])]):\n"
        "    try: print(repr(source(each.path, each.doc)))\n"
        "    except ReadError as error: print(error)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert not runs[0].stderr


def test_every_suffix_has_a_reader() -> None:
    assert {NAMES.get(suffix, suffix[1:]) for suffix in FORMATS} == {"txt", "md", "html", "docx", "pdf"}
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in FORMATS)


def test_what_workers_send_back_survives_the_way() -> None:
    error = pickle.loads(pickle.dumps(ReadError(Path("a.txt"), "empty file")))
    assert (str(error), error.path, error.reason) == ("a.txt: empty file", Path("a.txt"), "empty file")
