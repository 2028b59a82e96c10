"""What is said where a build cannot be read or written: which path, why, and what to do."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """``str()`` is one line: the path, the reason, the remedy.

    >>> print(StoreError(Path("out"), "no such folder; run kg build first"))
    out: no such folder; run kg build first
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
