"""Expressions of time as ISO 8601 periods, resolved with the document's date and the section's reporting period."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.reading import Period, Reading, Span, at
from kg.text import number

REPORT = ("title", "any_title", "delivered", "review", "year_of", "mentioned")
RULES = ("plan", "notice", "law")  # genres in which what holds from a day on holds for good
DATE = "date"
BARE = (DATE, "since", "from")  # kinds of which the year may have been told before
COMPARED = 3  # characters before a time that say that it is only compared with
LONG_YEAR = 5  # characters of a year with its word
OPENING = 6000  # characters in which a report says what year it is about


class Periods:
    """Fills ``reading.periods``, and ``reading.meta["period"]``, the document's own reporting period."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("periods")
        self.patterns = [(row["kind"], row.get("holds", ""), re.compile(row["regex"])) for row in table["pattern"]]
        self.cue = re.compile(table["cue"])
        self.last, self.next = set(table["words"]["last"]), set(table["words"]["next"])
        self.first_half = table["words"]["first_half"]
        self.compared, self.compared_after = (re.compile(table["words"][k]) for k in ("compared", "compared_after"))
        self.plans: dict[str, str] = table["plans"]
        self.report = {key: re.compile(table["report"][key]) for key in REPORT}
        self.today = Today(table)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        reading.meta["today"] = date = self.today(reading)
        reading.meta["period"] = year = self.reporting(reading)
        base = (year or date if reading.meta.get("genre") == "report" or year > date[:4] else date or year)[:4]
        rules = reading.meta.get("genre") in RULES
        taken = bytearray(len(reading.text) + 1)
        told_years: list[tuple[int, str]] = []
        told = [s for s in reading.sentences if self.cue.search(reading.text, s.start, s.end)]
        texts = list(map(reading.quote, told))
        for kind, holds, pattern in self.patterns:
            around = [s for s, text in zip(told, texts, strict=True) if holds in text]
            for match in (m for s in around for m in pattern.finditer(reading.text, s.start, s.end)):
                if match.start() == match.end() or any(taken[match.start() : match.end()]):
                    continue
                parts = match.groupdict()
                year = near(reading, parts, told_years, match.start()) if kind in BARE else ""
                value = self.value(kind, parts, year or base, "" if rules and kind == "from" else date)
                if value and kind == DATE and (parts.get("y") or parts.get("rel")):
                    insort(told_years, (match.start(), value))
                if value is None:
                    continue
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                if self.compares(reading.text, match):
                    continue
                reading.periods.append(Period(match.start(), match.end(), value))
        reading.periods.sort()
        return doc

    def compares(self, text: str, match: re.Match[str]) -> bool:
        """Whether a time is only what another is compared with: 比2019年增长."""
        before = self.compared.search(text, max(0, match.start() - COMPARED), match.start())
        return bool(before or self.compared_after.match(text, match.end()))

    def reporting(self, reading: Reading) -> str:
        """The year that a document is about: from its title, its first headings, or the last year that it tells of."""
        title = reading.meta.get("title", "") or reading.doc.rsplit("/", 1)[-1]
        found = self.report["title"].search(title) or self.report["any_title"].search(title)
        report = reading.meta.get("genre") == "report"
        if report and found and (year := self._delivered(reading, title, found["y"])):
            return year
        if not found and report:
            found = self.report["review"].search(reading.text, 0, OPENING) or self.report["year_of"].search(
                reading.text, 0, OPENING
            )
        if found:
            half = title.startswith(self.first_half, found.start("y") + LONG_YEAR)
            return self.half(found["y"], {"half": self.first_half}) if half else found["y"]
        if not report or reading.meta.get("date"):
            return ""
        if this := self.today.jubilee(reading.text):
            return str(this - 1)
        years = Counter(m["y"] for m in self.report["mentioned"].finditer(reading.text))
        return max(years, key=lambda year: (years[year], year), default="")

    def _delivered(self, reading: Reading, title: str, year: str) -> str:
        """The year before the one in the title of a report that is delivered at its beginning, and reviews that one."""
        review = self.report["review"].search(reading.text, 0, OPENING)
        made = reading.meta.get("date", "")[:4] or year
        if not self.report["delivered"].search(title) or made != year or (review and review["y"] == year):
            return ""
        return str(int(year) - 1)

    def value(self, kind: str, parts: dict[str, str | None], base: str, date: str) -> str | None:
        """The period that an expression of a kind states; None where its year cannot be known."""
        year = parts.get("y") or self.relative(parts.get("rel"), base)
        if kind == "until_now":
            return f"../{date}" if date else None
        if kind == "plan":
            return self.plans.get(parts["plan"] or "")
        if not year:
            return None
        if kind == "year_to_date":
            return f"{year}-01-01/{date}" if date else year
        dates = {"half": self.half, "quarter": self.quarter, "first_months": self.first_months, "months": self.months}
        dates["first_quarters"] = self.first_quarters
        if kind in dates:
            return dates[kind](year, parts)
        if kind == "until_quarter":
            return f"../{self.quarter(year, parts).partition('/')[2]}"
        day = self.day(year, parts.get("m"), parts.get("d"))
        if day is None:
            return None
        if kind == "range":
            last = self.day(parts.get("y2") or year, parts.get("m2"), parts.get("d2"))
            return last and f"{day}/{last}"
        last = date if date and date >= day else ".."
        return {"until": f"../{day}", "since": f"{day}/{last}", "from": f"{day}/{last}"}.get(kind, day)

    def relative(self, word: str | None, base: str) -> str:
        """The year of 今年, 去年, 明年 in a document of the year `base`."""
        if not base:
            return ""
        return str(int(base) + (word in self.next) - (word in self.last))

    def day(self, year: str, month: str | None, day: str | None) -> str | None:
        """Year, month or day as ISO 8601; None if there is no such date."""
        if month is None:
            return year
        if not 1 <= int(month) <= 12:
            return None
        if day is None:
            return f"{year}-{int(month):02d}"
        return (
            f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(day) <= monthrange(int(year), int(month))[1] else None
        )

    def half(self, year: str, parts: dict[str, str | None]) -> str:
        """The months of a half year."""
        return f"{year}-01/{year}-06" if parts["half"] == self.first_half else f"{year}-07/{year}-12"

    def quarter(self, year: str, parts: dict[str, str | None]) -> str:
        """The months of a quarter."""
        index = int(number(parts["q"] or "1") or 1)
        return f"{year}-{3 * index - 2:02d}/{year}-{3 * index:02d}"

    def first_months(self, year: str, parts: dict[str, str | None]) -> str | None:
        """January to the n-th month."""
        count = int(number(parts["n"] or "") or 0)
        return f"{year}-01/{year}-{count:02d}" if 1 <= count <= 12 else None

    def first_quarters(self, year: str, parts: dict[str, str | None]) -> str:
        """January to the end of the n-th quarter."""
        return f"{year}-01/{year}-{3 * int(number(parts['n'] or '') or 1):02d}"

    def months(self, year: str, parts: dict[str, str | None]) -> str | None:
        """From one month to another."""
        first, last = int(parts["m"] or 0), int(parts["m2"] or 0)
        return f"{year}-{first:02d}/{year}-{last:02d}" if 1 <= first <= last <= 12 else None


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


def near(reading: Reading, parts: Mapping[str, str | None], told: list[tuple[int, str]], position: int) -> str:
    """The year of a month or day without one: that of the day told before it in its paragraph, if that is earlier."""
    month, day = parts.get("m"), parts.get("d")
    index = bisect_right(told, (position, "")) - 1
    if parts.get("y") or parts.get("rel") or not month or index < 0:
        return ""
    place, value = told[index]
    year, _, before = value.partition("-")
    here = f"{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    title = at(reading.titles, place) if reading.titles else Span(0, 0)
    if not before or before[: len(here)] > here or title.start <= place < title.end:
        return ""
    return year if at(reading.lines, position).start <= place else ""


@Language.factory("kg_periods")
def make(nlp: Language, name: str) -> Periods:
    """The factory by which spaCy makes the component."""
    return Periods(load())
