"""A new build takes the place of the old one at its end, in two renames: an interrupted one leaves the old as it was.

Beside the output `out` stands ``.out.kg-new-…`` while a build is written, and for a moment ``.out.kg-old``. Files in
`out` that no build wrote are a person's: they are carried over, never deleted or written over.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path, PurePosixPath

from kg.store import manifest
from kg.store.errors import StoreError

if sys.platform != "win32":
    import fcntl


@contextmanager
def drafted(output: Path) -> Iterator[Path]:
    """A new folder to write a build into; when the block ends without an error, it becomes `output`.

    Raises `StoreError` if `output` is a file, or holds files but is not the output of kg build.
    """
    target = output.resolve()  # a link stays a link; what it points to is replaced
    _recover(target)
    _refuse(target, output)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.kg-new-{secrets.token_hex(4)}")
    draft.mkdir()
    try:
        with _held(draft):
            yield draft
            _place(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # nothing is there if it was placed


def _refuse(target: Path, output: Path) -> None:
    """Let only a new folder, an empty one and a build be written over."""
    if target.exists() and not target.is_dir():
        raise StoreError(output, "a file; give a folder for the output")
    visible = sorted(p.name for p in target.iterdir() if not p.name.startswith(".")) if target.is_dir() else []
    if visible and not manifest.is_build(target):
        shown = ", ".join(visible[:3]) + (", …" if len(visible) > 3 else "")
        raise StoreError(output, f"holds files that kg build did not write ({shown}); give a new or empty folder")


def _place(draft: Path, target: Path) -> None:
    """Put the draft where the target is, and carry over what a person has put there."""
    if not target.exists():
        draft.rename(target)
        return
    for path in _foreign(target):
        ours = draft / path.relative_to(target)
        if ours.exists() and not (_is_folder(path) and ours.is_dir()):
            raise StoreError(path, "not written by kg build, but the build has a file of this name; move it away")
    old = _old(target)
    target.rename(old)
    try:
        draft.rename(target)
    except BaseException:  # an interrupt as well: the old build goes back to its place whatever happens
        old.rename(target)
        raise
    _settle(old, target)


def _settle(old: Path, target: Path) -> None:
    """Move what a person has put into the old folder to the new one, and remove the old."""
    for path in _foreign(old):
        destination = target / path.relative_to(old)
        if _is_folder(path):
            destination.mkdir(parents=True, exist_ok=True)
        else:
            destination.parent.mkdir(parents=True, exist_ok=True)
            path.rename(destination)
    shutil.rmtree(old)


def _foreign(folder: Path) -> Iterator[Path]:
    """Everything in a build folder that the build did not write."""
    files = manifest.owned(folder)
    folders = {parent.as_posix() for name in files for parent in PurePosixPath(name).parents}
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).as_posix() not in (folders if _is_folder(path) else files):
            yield path


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _recover(target: Path) -> None:
    """Finish or undo what a build that was killed has left beside the target."""
    old = _old(target)
    if old.is_dir() and target.exists():
        _settle(old, target)
    elif old.is_dir():
        old.rename(target)
    for draft in target.parent.glob(f".{escape(target.name)}.kg-new-*"):
        with _held(draft) as ours:
            if ours:
                shutil.rmtree(draft, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.kg-old")


@contextmanager
def _held(draft: Path) -> Iterator[bool]:
    """Hold the draft while the block runs; gives whether it is ours. The system lets go of what a killed build held."""
    if sys.platform == "win32":  # no such lock there: what a killed build has left stays
        yield False
        return
    handle = os.open(draft, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # held by another, or a file system without locks
            yield False
        else:
            yield True
    finally:
        os.close(handle)
