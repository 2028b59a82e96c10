"""Numbers with units, as they stand: value, upper end of a range, unit, bound. No slots yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.knowledge import Knowledge, expand
from kg.language.reading import Quantity, Reading, Span
from kg.text import number

FOUR = Decimal("0.0001")


class Numbers:
    """Finds quantities in a text."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = dict(knowledge.patterns("figures"))
        units = sorted(knowledge.words("units"), key=lambda u: (-len(u), u))
        table["units"] = "|".join(re.escape(unit) for unit in units)
        numeral, scale, more = (f"(?:{expand(table, key)})" for key in ("numeral", "scale", "more"))
        self.quantity = re.compile(
            f"(?P<before>{table['before']})(?P<a>{numeral})(?P<p0>{more})(?P<s>{scale})(?P<p>{more})"
            f"(?:(?P<ua>%|{table['units']})?{table['range_mark']}(?P<b>{numeral})(?P<s2>{scale})(?P<p2>{more}))?"
            f"(?P<unit>{table['units']})(?P<p3>{more})(?P<after>{table['after']})"
        )
        self.fraction = re.compile(f"(?P<before>{table['before']}){table['fraction']}(?P<after>{table['after']})")
        self.not_before, self.not_after = re.compile(table["not_before"]), re.compile(table["not_after"])
        self.han_units, self.han = re.compile(table["han_units"]), re.compile(expand(table, "han"))
        self.digits, self.years, self.loose = (set(table[key]) for key in ("single", "years", "loose_units"))
        self.idiom = re.compile(table["idiom"])
        self.bounds = {word: bound for bound in ("over", "under", "about") for word in table["bound"][bound]}

    def find(self, reading: Reading) -> Iterator[Quantity]:
        """Every quantity outside titles, quotations and names."""
        quoted = [Span(m.start(), m.end()) for m in re.finditer("“[^“”\n]*”", reading.text)]
        closed: list[Span] = [*reading.titles, *reading.organisations, *quoted]
        blocked = bytearray(len(reading.text) + 1)
        for span in closed:
            blocked[span.start : span.end] = b"\1" * (span.end - span.start)
        for match in self.fraction.finditer(reading.text):
            quantity = None if blocked[match.start()] else self.part(match)
            if quantity:
                blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                yield quantity
        position = 0
        while found := self.quantity.search(reading.text, position):
            position = found.end()
            if blocked[found.start("a")] or not self.counts(reading.text, found):
                position = found.end("a")
                continue
            yield self.read(found)

    def counts(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number is a quantity rather than a date, an ordinal or part of a word."""
        start = match.start("a")
        if self.not_before.search(text, max(0, start - 4), start) or self.not_after.match(
            text[match.start("unit") : match.end() + 3]
        ):
            return False
        if self.not_after.match(text[match.end() : match.end() + 4]) or self.is_year(match):
            return False
        if match["before"] == "" and text[start - 1 : start].isdigit():
            return False
        if self.han.fullmatch(match["a"]):
            rest = match["s"] + match["p"] + match["unit"]
            small = match["a"] in self.digits
            ok = (
                self.han_units.match(rest)
                and not self.idiom.match(text, start)
                and (not small or match["unit"] not in self.loose)
            )
            return bool(ok) and number(match["a"]) is not None
        return True

    def is_year(self, match: re.Match[str]) -> bool:
        """Whether it is 2022年 or 2021—2025年."""
        last = match["b"] or match["a"]
        return match["unit"] in self.years and len(last) == 4 and last[:2] in ("19", "20") and not match["s"]

    def read(self, match: re.Match[str]) -> Quantity:
        """The quantity that a match states."""
        scale = match["s"] or (match["s2"] or "" if match["b"] and not match["ua"] else "")
        value = number(match["a"] + scale) or Decimal(0)
        upper = number(match["b"] + (match["s2"] or "")) if match["b"] else None
        more = match["p0"] or match["p"] or match["p2"] or match["p3"]
        bound = self.bounds.get(match["after"]) or self.bounds.get(match["before"]) or ("over" if more else "exact")
        return Quantity(Span(match.start(), match.end()), match.group(), value, upper, match["unit"], bound)

    def part(self, match: re.Match[str]) -> Quantity | None:
        """A fraction as a decimal with four places."""
        over, under = match["num"] or match["n2"], match["den"] or match["d2"]
        top, bottom = number(over), number(under)
        if not top or not bottom:
            return None
        if bottom == 100:
            return Quantity(Span(match.start(), match.end()), match.group(), top, None, "%", "exact")
        bound = self.bounds.get(match["after"]) or self.bounds.get(match["before"]) or "exact"
        return Quantity(Span(match.start(), match.end()), match.group(), (top / bottom).quantize(FOUR), None, "", bound)
