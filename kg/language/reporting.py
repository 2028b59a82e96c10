"""What time a document is about: the year of its title or headings, the part of a year, the term of a plan."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kg.language.reading import Reading, Span, within
from kg.language.sections import RULES
from kg.language.today import OPENING, Today
from kg.text import number

WORDS = ("title", "any_title", "years", "term", "lasts", "delivered", "review", "year_of", "mentioned")
STRETCHES = ("half", "first_quarters", "quarter", "first_months", "months")  # kinds of parts of a year
NEAR = 3  # characters between the word for a plan's term and the term
LONGEST = 100  # months or years that a plan may run

Pattern = tuple[str, str, re.Pattern[str]]  # kind, what all that it finds holds, expression
Value = Callable[[str, dict[str, str | None], str, str], str | None]  # of a kind, its parts, the year, the day


class Reporting:
    """Finds the reporting period of a document."""

    def __init__(self, table: Mapping[str, Any], patterns: Sequence[Pattern], value: Value, today: Today) -> None:
        self.words = {key: re.compile(table["report"][key]) for key in WORDS}
        self.months, self.patterns, self.value, self.today = set(table["words"]["months"]), patterns, value, today

    def __call__(self, reading: Reading) -> str:
        """The time that a document is about: from its title, its first headings, or the last year that it tells of."""
        title = reading.meta.get("title", "") or reading.doc.rsplit("/", 1)[-1]
        if reading.meta.get("genre") in RULES and (run := self.words["years"].search(title)):
            return f"{run['y']}/{run['y2']}"
        found = self.words["title"].search(title) or self.words["any_title"].search(title)
        report = reading.meta.get("genre") == "report"
        if report and found and (year := self._delivered(reading, title, found["y"])):
            return year
        if not found and report:
            found = self.words["review"].search(reading.text, 0, OPENING) or self.words["year_of"].search(
                reading.text, 0, OPENING
            )
        if found:
            return self.stretch(title, found["y"]) or found["y"]
        if not report or reading.meta.get("date"):
            return ""
        if this := self.today.jubilee(reading.text):
            return str(this - 1)
        years = Counter(m["y"] for m in self.words["mentioned"].finditer(reading.text))
        return max(years, key=lambda year: (years[year], year), default="")

    def stretch(self, title: str, year: str) -> str:
        """The part of a year that a title names: 2023年上半年, 1—9月, 前三季度; "" where it names none."""
        for kind, _, pattern in self.patterns:
            if kind in STRETCHES and (match := pattern.search(title)):
                return self.value(kind, match.groupdict(), year, "") or ""
        return ""

    def _delivered(self, reading: Reading, title: str, year: str) -> str:
        """The year before the one in the title of a report that is delivered at its beginning, and reviews that one."""
        review = self.words["review"].search(reading.text, 0, OPENING)
        made = reading.meta.get("date", "")[:4] or year
        if not self.words["delivered"].search(title) or made != year or (review and review["y"] == year):
            return ""
        return str(int(year) - 1)

    def term(self, reading: Reading) -> str:
        """From when to when a plan says that it runs; "" where it does not."""
        for match in self.words["term"].finditer(reading.text):
            near = within(reading.periods, Span(match.end(), match.end() + NEAR))
            if near and "/" in near[0].value and near[0].value[0].isdigit() and near[0].value[-1].isdigit():
                return near[0].value
            lasts = self.words["lasts"].match(reading.text, near[0].end) if near else None
            count = int(number(lasts["n"]) or 0) if lasts else 0
            if lasts and (last := after(near[0].value, count, lasts["unit"] in self.months)):
                return f"{near[0].value}/{last}"
        return ""


def after(first: str, count: int, months: bool) -> str:
    """The last day of so many months or years from a day or month on; "" where that is no date.

    >>> after("2024-07-01", 18, True), after("2024-03", 1, False)
    ('2025-12-31', '2025-02')
    """
    parts = [int(part) for part in first.split("-") if part.isdigit()]
    if not 0 < count < LONGEST or len(parts) < 2:
        return ""
    total = parts[0] * 12 + parts[1] - 1 + count * (1 if months else 12)
    if len(parts) == 2:
        return f"{(total - 1) // 12}-{(total - 1) % 12 + 1:02d}"
    year, month = total // 12, total % 12 + 1
    end = date(year, month, min(parts[2], monthrange(year, month)[1])) - timedelta(days=1)
    return end.isoformat()
