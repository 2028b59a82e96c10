"""Expressions of time as ISO 8601 periods, resolved with the document's date and the section's reporting period."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from calendar import monthrange
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.reading import Period, Reading, Span, at
from kg.language.reporting import Reporting
from kg.language.sections import NEWS, RULES
from kg.language.today import Today
from kg.text import number

DATE = "date"
BARE = (DATE, "since", "from")  # kinds of which the year may have been told before
AHEAD = 16  # characters before a month that say that it is to come
COMPARED = 3  # characters before a time that say that it is only compared with


class Periods:
    """Fills ``reading.periods``, and ``reading.meta["period"]``, the document's own reporting period."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("periods")
        self.patterns = [(row["kind"], row.get("holds", ""), re.compile(row["regex"])) for row in table["pattern"]]
        self.cue = re.compile(table["cue"])
        self.last, self.next = set(table["words"]["last"]), set(table["words"]["next"])
        self.first_half = table["words"]["first_half"]
        self.compared, self.compared_after = (re.compile(table["words"][k]) for k in ("compared", "compared_after"))
        self.coming, self.until = (re.compile(table["words"][k]) for k in ("coming", "until"))
        self.plans: dict[str, str] = table["plans"]
        self.today = Today(table)
        self.reporting = Reporting(table, self.patterns, self.value, self.today)

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
                if not year and kind in BARE and self.gone(reading, match, date):
                    year = str(int(date[:4]) - 1)
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
        if rules and "/" not in reading.meta["period"]:
            reading.meta["period"] = self.reporting.term(reading) or reading.meta["period"]
        return doc

    def gone(self, reading: Reading, match: re.Match[str], date: str) -> bool:
        """Whether a month without a year that is later than the day of news was that of the year before."""
        parts = match.groupdict()
        if reading.meta.get("genre") not in NEWS or not date or parts.get("y") or parts.get("rel"):
            return False
        later = int(parts.get("m") or 0) > int(date[5:7])
        before = reading.text[max(0, match.start() - AHEAD) : match.start()]
        return later and not (self.coming.search(before) or self.until.match(reading.text, match.end()))

    def compares(self, text: str, match: re.Match[str]) -> bool:
        """Whether a time is only what another is compared with: 比2019年增长."""
        before = self.compared.search(text, max(0, match.start() - COMPARED), match.start())
        return bool(before or self.compared_after.match(text, match.end()))

    def value(self, kind: str, parts: dict[str, str | None], base: str, date: str) -> str | None:
        """The period that an expression of a kind states; None where its year cannot be known."""
        year = parts.get("y") or self.relative(parts.get("rel"), base)
        if kind == "begin":
            return f"{year or base}-01" if year or base else None
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
