"""What a reader gives: the text of a file and what the file says of itself outside its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, and any of the hints ``title``, ``publisher``, ``date``, ``number``, ``url``."""

    text: str
    hints: Mapping[str, str] = field(default_factory=dict)
