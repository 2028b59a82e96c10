"""Numbers with units, as they stand: value, upper end of a range, unit, bound. No slots yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.knowledge import Knowledge, expand
from kg.language.cues import Cued
from kg.language.reading import Quantity, Reading, Span
from kg.text import number

FOUR = Decimal("0.0001")
LOOK = 6  # characters before a number that tell what it is
REACH = 30  # characters before a number in which a word makes it a bound, or one of several
HUNDRED = 100
CHECKS = (
    "not_before",
    "not_after",
    "han_not_before",
    "han_units",
    "idiom",
    "round",
    "dated",
    "sharing",
    "unit_in_word",
    "rank",
)


class Numbers:
    """Finds quantities in a text."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = dict(knowledge.patterns("figures"))
        units = sorted(knowledge.words("units"), key=lambda u: (-len(u), u))
        unit = f"(?:{'|'.join(re.escape(unit) for unit in units)}){table['per']}"
        numeral, digits, scale, more = (f"(?:{expand(table, key)})" for key in ("numeral", "digits", "scale", "more"))
        first = "".join(sorted(filter(str.isalnum, set(table["before"]))))
        self.quantity = re.compile(
            f"(?=[\\d{first}]|{expand(table, 'han')})"  # so that most places are passed over in one step
            f"(?P<before>{table['before']})(?P<a>{numeral})(?P<p0>{more})(?P<s>{scale})(?P<p>{more})"
            f"(?:(?P<ua>{unit})?{table['range_mark']}(?P<b>{numeral})(?P<s2>{scale})(?P<p2>{more}))?"
            f"(?P<unit>{unit}|{table['no_unit']})(?P<p3>{more})(?P<after>{table['after']})"
        )
        fraction = f"(?P<before>{table['before']}){table['fraction']}(?P<after>{table['after']})"
        self.fraction = Cued(fraction, table["fraction_holds"])
        self.plain = Cued(table["plain"], r"\.\d")
        self.shared = Cued(
            f"(?<![\\d.])(?P<a>{digits})(?=(?:{table['joined']}{digits})*{table['joined']}{digits}"
            f"(?P<s>{scale})(?P<unit>{unit}))",
            rf"{table['joined']}\d",
        )
        self.least: list[str] = table["least"]
        self.up_to = re.compile(f"{expand(table, 'up_to')}(?P<unit>{unit}){table['most']}")
        self.checks = {key: re.compile(table[key]) for key in CHECKS}
        self.inner = re.compile(table["inner"])
        self.han = re.compile(expand(table, "han"))
        self.digits, self.years, self.loose = (set(table[key]) for key in ("single", "years", "loose_units"))
        self.ranked, self.opening = set(table["ranked"]), str(table["open_quote"])
        self.months, self.counting = set(table["months"]), set(table["item_units"])
        self.bounds = {word: bound for bound in ("over", "under", "about") for word in table["bound"][bound]}
        self.ahead = [(bound, re.compile(table["bound"][f"{bound}_ahead"])) for bound in ("over", "under")]

    def find(self, reading: Reading) -> Iterator[Quantity]:
        """Every quantity outside titles, quotations and names."""
        text = reading.text
        quoted = [Span(m.start(), m.end()) for m in re.finditer("“[^“”\n]*”", text)]
        closed: list[Span] = [*reading.titles, *reading.organisations, *reading.places, *quoted]
        closed += [n for n in reading.phrases if self.inner.search(reading.quote(n))]
        blocked = bytearray(len(text) + 1)
        for span in closed:
            blocked[span.start : span.end] = b"\1" * (span.end - span.start)
        for match in self.fraction.finditer(text):
            quantity = None if blocked[match.start()] else self.part(match)
            if quantity:
                blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                yield quantity
        for match in self.plain.finditer(text):
            if not blocked[match.start()]:
                yield Quantity(Span(*match.span()), match.group(), Decimal(match.group()), None, "", "exact")
        for match in self.shared.finditer(text):
            if not blocked[match.start()] and self.checks["sharing"].search(text, max(0, match.start() - REACH)):
                value = number(match["a"] + match["s"]) or Decimal(0)
                yield Quantity(Span(*match.span()), match["a"], value, None, match["unit"], "exact")
        position = 0
        while found := self.quantity.search(text, position):
            position = found.end()
            if blocked[found.start("a")] or not self.counts(text, found) or self.heads(reading, found):
                position = found.end("a")
                continue
            quantity = self.read(text, found)
            top = self.up_to.match(text, position) if found["after"] in self.least and not found["b"] else None
            if top and top["unit"] == found["unit"] and (whole := self.between(text, quantity, top)):
                position, quantity = top.end(), whole
            yield quantity

    def heads(self, reading: Reading, match: re.Match[str]) -> bool:
        """Whether it is the number of a heading, with a space before the words: 2　组织机构."""
        start, end = match.start("a"), match.start("unit")
        if start and reading.text[start - 1] != "\n":
            return False
        first, last = reading.folded.original(start, match.end("unit"))
        return last - first > match.end("unit") - start and end == match.end("a")

    def counts(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number is a quantity rather than a date, an ordinal or part of a word."""
        start, after = match.start("a"), self.checks["not_after"]
        lead = text[max(0, match.start() - LOOK) : match.start()]
        unit = match.start("unit")
        if after.match(text, unit, match.end() + 4) or after.match(text, match.end(), match.end() + 5):
            return False
        if self.checks["unit_in_word"].match(text, unit):
            return False
        if self.checks["not_before"].search(text, max(0, start - LOOK), start) or self.is_year(match):
            return False
        if match["a"][:1] == "0" and match["a"][1:2].isdigit():
            return False  # 07 is a name
        if match["unit"] in self.ranked and self.checks["rank"].search(lead):
            return False
        if match["unit"] in self.months and self.checks["dated"].search(lead):
            return False
        if match["before"] == "" and (text[start - 1 : start].isdigit() or self.numbers_line(text, match)):
            return False
        return not self.han.fullmatch(match["a"]) or self.counts_in_han(text, match)

    def numbers_line(self, text: str, match: re.Match[str]) -> bool:
        """Whether it is the number of a heading or item that begins with a measure word: 5.4|通信保障, 2.|2人户."""
        opens = match.start() == 0 or text[match.start() - 1] == "\n"
        return opens and "." in match["a"] and not match["s"] and match["unit"] in self.counting

    def counts_in_han(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number in Han numerals is a quantity rather than part of a word."""
        start, rest = match.start("a"), match["s"] + match["p"] + match["unit"]
        if self.checks["han_not_before"].search(text, max(0, start - LOOK), start) or number(match["a"]) is None:
            return False
        bare = not match["before"] and not (match["p0"] or match["p"])
        if bare and self.checks["round"].fullmatch(match["a"] + match["s"]):
            return False
        if not match["before"] and not match["after"] and self.checks["idiom"].match(text, start):
            return False
        if match["a"] in self.digits and text.startswith(self.opening, match.end()):
            return False  # three “things” are known by that name
        small = match["a"] in self.digits and not match["s"]
        return bool(self.checks["han_units"].match(rest)) and not (small and match["unit"] in self.loose)

    def is_year(self, match: re.Match[str]) -> bool:
        """Whether it is 2022年 or 2021—2025年, in either script."""
        if match["unit"] not in self.years or match["s"]:
            return False
        last = match["b"] or match["a"]
        return len(last) == 4 and str(number(last))[:2] in ("19", "20")

    def read(self, text: str, match: re.Match[str]) -> Quantity:
        """The quantity that a match states."""
        scale = match["s"] or (match["s2"] or "" if match["b"] and not match["ua"] else "")
        value = number(match["a"] + scale) or Decimal(0)
        upper = number(match["b"] + (match["s2"] or "")) if match["b"] else None
        more = match["p0"] or match["p"] or match["p2"] or match["p3"]
        bound = self.bound(text, match) or ("over" if more else "exact")
        return Quantity(Span(match.start(), match.end()), match.group(), value, upper, match["unit"], bound)

    def between(self, text: str, lower: Quantity, top: re.Match[str]) -> Quantity | None:
        """A range that two bounds state: 五千元以上|二万元以下; none where the second is below the first."""
        span = Span(lower.span.start, top.end())
        upper = number(top["b"] + top["s2"])
        if upper is None or upper < lower.value:
            return None
        return replace(lower, span=span, text=text[span.start : span.end], upper=upper, bound="exact")

    def bound(self, text: str, match: re.Match[str]) -> str:
        """The bound that the words at the number state, else that a word further before it states; or nothing."""
        here = self.bounds.get(match["after"]) or self.bounds.get(match["before"])
        if here:
            return here
        lead = text[max(0, match.start() - REACH) : match.start()]
        return next((bound for bound, pattern in self.ahead if pattern.search(lead)), "")

    def part(self, match: re.Match[str]) -> Quantity | None:
        """A fraction as a decimal with four places; hundredths are a percentage."""
        over, under = match["num"] or match["n2"], match["den"] or match["d2"]
        top, bottom = number(over), number(under)
        if not top or not bottom:
            return None
        upper = number(match["upper"]) if match["upper"] else None
        bound = self.bounds.get(match["after"]) or self.bounds.get(match["before"]) or "exact"
        span = Span(match.start(), match.end())
        if bottom == HUNDRED:
            return Quantity(span, match.group(), top, upper, "%", bound)
        return Quantity(span, match.group(), (top / bottom).quantize(FOUR), None, "", bound)
