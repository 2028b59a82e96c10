"""Firms without an ending of their own, as a list that 等企业 closes names them: 甲、乙等龙头企业."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, Span, within

REACH = 120  # characters of a list


class Firms:
    """Finds the items of such lists, where the segmentation knows most of them as names or does not know them."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("organisations")
        firms = table["firms"]
        self.closing, self.mark = re.compile(firms["closing"]), firms["mark"]
        self.lead = re.compile(f"{firms['lead']}|{table['open']['stop']}")
        self.item, self.proper = re.compile(firms["item"]), frozenset(firms["proper"])

    def __call__(self, reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
        """The firms that overlap none of the names."""
        for match in self.closing.finditer(reading.text):
            clause = reading.clause(match.start())
            items = self.items(reading.text, max(clause.start, match.start() - REACH), match.start())
            likely = [self.likely(reading, item) for item in items]
            if len(items) < 2 or 2 * sum(likely) <= len(items):
                continue
            near = within(names, Span(clause.start, match.start()))
            for item in items:
                if self.item.fullmatch(reading.quote(item)) and not any(n.overlaps(item) for n in near):
                    yield Name(item.start, item.end, type="Organisation", name=reading.quote(item), kind="company")

    def items(self, text: str, start: int, end: int) -> list[Span]:
        """The items of the list that ends here; the first without the verb before it."""
        found: list[Span] = []
        while end > start:
            mark = text.rfind(self.mark, start, end)
            if mark < 0:
                first = max((m.end() for m in self.lead.finditer(text, start, end)), default=start)
                return [Span(first, end), *found] if first < end else found
            found.insert(0, Span(mark + 1, end))
            end = mark
        return found

    def likely(self, reading: Reading, item: Span) -> bool:
        """Whether the segmentation knows a part of it as a name, or breaks it up into characters."""
        tokens = reading.tokens.within(item)
        return any(t.tag in self.proper or t.end - t.start == 1 for t in tokens)
