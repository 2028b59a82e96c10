"""Files and folders as a person names them → each file once, with the name by which its document is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TEMPORARY = "~$"  # what Word leaves beside a document that is open
GOLD = ".gold.json"  # what a person says of the document beside it: no document itself
DECISIONS = "decisions.jsonl"  # what a person has judged of the documents beside it


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read, and its `doc`: the path relative to the common parent of all inputs, with "/".

    A path that is missing, and a folder with nothing in it, are inputs too: reading them says so.
    """

    doc: str
    path: Path


def inputs(paths: Iterable[Path]) -> tuple[Input, ...]:
    """Every file that `paths` name or hold, sorted by `doc`; hidden files, gold, decisions are passed over."""
    given = [Path(path) for path in paths]
    if not given:
        return ()
    parents = [_absolute(path if path.is_dir() else path.parent) for path in given]
    parent = os.path.commonpath(parents)
    found: dict[str, Input] = {}
    folders: set[str] = set()
    for path in given:
        for file in _files(path, folders):
            identity = os.path.realpath(file)
            candidate = Input(_doc(file, parent), file)
            found[identity] = min(candidate, found.get(identity, candidate))
    return tuple(sorted(found.values()))


def _absolute(path: Path) -> str:
    """The path from the root; a link keeps the name by which it was given."""
    return os.path.abspath(path)  # noqa: PTH100


def _doc(path: Path, parent: str) -> str:
    relative = os.path.relpath(_absolute(path), parent).replace(os.sep, "/")
    # A name that is no UTF-8 cannot be written to the records as it is.
    return relative.encode("utf-8", "backslashreplace").decode("utf-8") if relative != "." else path.resolve().name


def _files(path: Path, folders: set[str]) -> Iterator[Path]:
    """The files below `path`, itself if it is one or is missing, and folders without anything to read in them."""
    if not path.is_dir():
        yield path
        return
    identity = os.path.realpath(path)
    if identity in folders:  # a link back up, or a folder named twice
        return
    folders.add(identity)
    try:
        inner = sorted(path.iterdir())
    except OSError:  # not permitted: reading it says so
        inner = []
    judged = [entry for entry in inner if entry.name.endswith(GOLD) or entry.name == DECISIONS]
    visible = [entry for entry in inner if not entry.name.startswith((".", TEMPORARY)) and entry not in judged]
    if not visible and not judged:
        yield path
    for entry in visible:
        yield from _files(entry, folders)
