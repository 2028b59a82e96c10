"""The day from which a text speaks, and the year that its anniversaries tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.language.reading import Reading
from kg.text import number

OPENING = 6000  # characters in which a report says what year it is about


class Today:
    """The day from which a text speaks."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.file, self.said, self.year = (re.compile(table["today"][key]) for key in ("file", "said", "year"))
        self.jubilees = [(re.compile(pattern), int(year)) for pattern, year in table["jubilees"].items()]

    def __call__(self, reading: Reading) -> str:
        """The document's date, else that of its file, else the day that it calls today; "" where nothing tells."""
        if date := reading.meta.get("date", ""):
            return date
        if found := self.file.match(reading.doc.rsplit("/", 1)[-1]):
            return "-".join(found.group("y", "m", "d"))
        said = self.said.search(reading.text)
        years = Counter(self.year.findall(reading.text)) if said else None
        if said is None or not years:
            return ""
        year = max(years, key=lambda y: (years[y], y))
        return f"{year}-{int(said['m'] or said['m1']):02d}-{int(said['d'] or said['d1']):02d}"

    def jubilee(self, text: str) -> int:
        """The year in which a text says that this year is an anniversary; 0 where it does not."""
        for pattern, start in self.jubilees:
            if found := pattern.search(text, 0, OPENING):
                return start + int(number(found["n"]) or 0)
        return 0
