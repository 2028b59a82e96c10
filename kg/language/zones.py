"""Zones by whose names others begin: 某综合试验区 in 某综合试验区公共服务平台."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading


class Zones:
    """Names the zone at the beginning of what lies or works in it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.zone = knowledge.compiled("phrases", "zone", "name")

    def __call__(self, reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
        """Each name, behind the zone that it begins with."""
        for name in names:
            match = self.zone.match(reading.text, name.start, name.end) if name.type == "Mechanism" else None
            if match and name.parent != "title":
                yield Name(name.start, match.end(), "Mechanism", match.group())
            yield name
