"""What a reader says when it cannot read a file: which one, why, and what to do."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path) -> str:
    """The path on one line, in characters that any stream can print."""
    name = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


class ReadError(Exception):
    """A file or folder that gives no text. ``str()`` is one line: the path, the reason, the remedy.

    >>> print(ReadError(Path("a.txt"), "empty file; nothing to read"))
    a.txt: empty file; nothing to read
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.reason}"
