"""A build folder → its manifest, its documents one after the other, and its texts, each read when it is asked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kg.model import DocumentGraph
from kg.store import manifest
from kg.store.errors import StoreError
from kg.store.manifest import Manifest
from kg.store.records import parse

RECORDS = "records.jsonl"
TEXTS = "texts"
SUFFIX = ".txt"
LONGEST = 255  # bytes that a file system takes for one name
KEPT = 64  # texts held in memory at a time


def opened(folder: Path) -> tuple[Manifest, Texts]:
    """What a build folder says of itself, and its texts; `StoreError` if it is none."""
    found = manifest.read(folder)
    return found, Texts(folder, (outcome.doc for outcome in found.outcomes if not outcome.reason))


def documents(folder: Path) -> Iterator[DocumentGraph]:
    """The documents of ``records.jsonl``, in its order; `StoreError` names a line that cannot be read."""
    path = folder / RECORDS
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, text in enumerate(lines, 1):
                try:
                    yield parse(text)
                except ValueError as error:
                    raise StoreError(path, f"line {number}: {error}; run kg build again") from error
    except FileNotFoundError as error:
        raise StoreError(path, "no such file; run kg build again") from error


class Texts(Mapping[str, str]):
    """Each document's text as read, from its file in ``texts/``; a few are kept in memory."""

    def __init__(self, folder: Path, docs: Iterable[str]) -> None:
        self._folder = folder
        self._docs = dict.fromkeys(docs)
        self._read = lru_cache(maxsize=KEPT)(self._read_file)

    def __getitem__(self, doc: str) -> str:
        if doc not in self._docs:
            raise KeyError(doc)
        return self._read(doc)

    def __iter__(self) -> Iterator[str]:
        return iter(self._docs)

    def __len__(self) -> int:
        return len(self._docs)

    def _read_file(self, doc: str) -> str:
        path = self._folder / text_path(doc)
        try:
            with path.open(encoding="utf-8", newline="") as file:  # the text's own line ends on every platform
                return file.read()
        except FileNotFoundError as error:
            raise StoreError(path, "no such file; run kg build again") from error


def text_path(doc: str) -> str:
    """Where in the build folder the text of the document stands; `ValueError` for a name that would lead out of it.

    >>> text_path("通知/a.docx")
    'texts/通知/a.docx.txt'
    """
    parts = PurePosixPath(doc).parts
    foreign = "\\:" if os.name == "nt" else ""  # what parts folders and names drives there
    if not parts or parts[0] == "/" or ".." in parts or any(char in doc for char in "\0" + foreign):
        raise ValueError(f"{doc!r} is no relative path of a document")
    return "/".join([TEXTS, *parts[:-1], _shortened(parts[-1] + SUFFIX)])


def _shortened(name: str) -> str:
    """The name if the file system takes it, else its beginning and a hash of the whole."""
    if len(name.encode()) <= LONGEST:
        return name
    tail = f"~{hashlib.sha256(name.encode()).hexdigest()[:16]}{SUFFIX}"
    head = name.encode()[: LONGEST - len(tail)].decode("utf-8", "ignore")
    return head + tail
