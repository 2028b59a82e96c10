"""What a rate or an amount of a row measures, whose head is said once: 标准为甲1元、乙2元; 按甲75%、乙90%报销."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.language.items import Items
from kg.language.reading import Quantity, Reading

REACH = 120  # characters before a number in which the head of its row stands


class Scales:
    """Gives each number of such a row its own modifier and the head that all share."""

    def __init__(self, table: Mapping[str, Any], items: Items) -> None:
        self.items, self.marks, self.joining = items, str(table["marks"]), "".join(table["list_marks"])
        self.units = frozenset(table["scale_units"])
        keys = ("scale", "scale_by", "scale_row", "scale_next", "scale_verb", "scale_each")
        self.patterns = {key: re.compile(table[key]) for key in keys}

    def metric(self, reading: Reading, quantity: Quantity) -> str:
        """The metric of a number of such a row; nothing for other numbers."""
        if quantity.unit not in self.units:
            return ""
        start = quantity.span.start
        begin = max(reading.sentence(start).start, start - REACH)
        for key in ("scale", "scale_by"):
            heads = list(self.patterns[key].finditer(reading.text, begin, start))
            row = self.patterns["scale_row"].fullmatch(reading.text, heads[-1].end(), start) if heads else None
            if row and self.alike(reading.text, quantity, row["before"]):
                first = self.items.start(reading, heads[-1].start("head"), heads[-1].end("head"))
                head = reading.text[first : heads[-1].end("head")].strip(self.marks)
                return self.named(reading, quantity, head, row["of"], key == "scale_by")
        return ""

    def alike(self, text: str, quantity: Quantity, before: str) -> bool:
        """Whether a number of the same unit stands before it in the row, or else behind it."""
        if before:
            return before.rstrip(self.marks + self.joining).endswith(quantity.unit)
        following = self.patterns["scale_next"].match(text, quantity.span.end)
        return following is not None and text.startswith(quantity.unit, following.end())

    def named(self, reading: Reading, quantity: Quantity, head: str, of: str, by: bool) -> str:
        """Modifier, head, what each gets (每人每月), and what is done by rates (报销); nothing where nothing tells."""
        each = self.patterns["scale_each"].match(of)
        each_of, of = (each.group(), of[each.end() :]) if each else ("", of)
        done = self.patterns["scale_verb"].match(reading.text, quantity.span.end) if by else None
        if not of or (by and not done):
            return ""
        return of + head + each_of + (done["verb"] if done else "")
