"""Bytes → `Source`: the text of a file and what the file says of itself; or `ReadError`, which says why not.

    for each in inputs([Path("corpus")]):
        print(source(each.path, each.doc).text)

Reading removes markup and unifies line ends; it changes no character. A further format is a function in `FORMATS`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.model import Source
from kg.read import pdf, plain, web, word
from kg.read.errors import ReadError
from kg.read.inputs import DECISIONS, Input, inputs
from kg.read.reading import Reading

__all__ = ["DECISIONS", "FORMATS", "LIMIT", "Input", "ReadError", "Reading", "inputs", "source"]

Reader = Callable[[bytes, Path], Reading]
LIMIT = 50_000_000  # bytes of a file

FORMATS: Mapping[str, Reader] = {
    ".txt": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".html": web.read,
    ".htm": web.read,
    ".shtml": web.read,
    ".docx": word.read,
    ".pdf": pdf.read,
}
NAMES: Mapping[str, str] = {".markdown": "md", ".htm": "html", ".shtml": "html"}  # of formats with another suffix
REMEDIES: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".docm"), "save it as .docx"),
    **dict.fromkeys((".ofd", ".ceb"), "export it as .pdf"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"), "run OCR first"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "unpack it"),
    **dict.fromkeys((".mht", ".mhtml"), "save the page as .html"),
}


def source(path: Path, doc: str, limit: int = LIMIT) -> Source:
    """The document in the file `path`, to be known as `doc`; `ReadError` if it gives none, or is over `limit` bytes."""
    suffix = path.suffix.lower()
    data = _open_for_reading(path, limit)
    if suffix not in FORMATS:
        raise ReadError(path, _unknown(suffix))
    reading = FORMATS[suffix](data, path)
    if not reading.text.strip():
        raise ReadError(path, "no text in it; give a file that holds some, or leave it out")
    return Source(doc, reading.text, NAMES.get(suffix, suffix[1:]), hashlib.sha256(data).hexdigest(), reading.hints)


def _open_for_reading(path: Path, limit: int) -> bytes:
    """The bytes of a file, refused by name if it has none or too many."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(path, _folder(path))
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(path, "neither a file nor a folder; give a file")
        if status.st_size > limit:
            size, most = status.st_size / 1_000_000, limit / 1_000_000
            raise ReadError(path, f"{size:.0f} MB, over the limit of {most:g} MB; split it, or raise the limit")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(path, "no such file or folder; check the path") from error
    except PermissionError as error:
        raise ReadError(path, "no permission to read it; change its permissions") from error
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}); check the disk or the path") from error
    if not data:
        raise ReadError(path, "empty file; nothing to read")
    return data


def _folder(path: Path) -> str:
    """Why a folder is no document."""
    if not os.access(path, os.R_OK | os.X_OK):
        return "no permission to read the folder; change its permissions"
    return "a folder with nothing in it; put documents there, or leave it out"


def _unknown(suffix: str) -> str:
    if remedy := REMEDIES.get(suffix):
        return f"format {suffix} is not read; {remedy}"
    known = ", ".join(FORMATS)
    return f"unknown format {suffix or '(no suffix)'}; known are {known}"
