"""Numbers that stand in a row and are of several things: each gets the metric that is its own."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.metrics import Metrics
from kg.language.reading import Name, Quantity, Reading, Span, within

ALIKE = 2  # characters of the word that an item shares with the last one


class Shares:
    """甲、乙X分别为1、2; 甲、乙增长1%、2%; 甲、乙各1家."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        table = metrics.table
        self.respectively, self.split = (re.compile(table[key]) for key in ("respectively", "split"))
        self.beside = re.compile(table["beside"])
        self.bounding, self.last_bound = re.compile(table["shared_bound"]), re.compile(table["last_bound"])
        self.each, self.pairs = re.compile(table["each"]), table["pairs"]

    def distribute(self, reading: Reading, done: list[Quantity]) -> list[Quantity]:
        """The quantities, those of a row with metrics of their own; one for each of several things, repeated."""
        index, result = 0, list[Quantity]()
        while index < len(done):
            size = self.run(reading, done, index)
            clause = reading.clause(done[index].span.start)
            floor = max(clause.start, done[index - 1].span.end if index else 0)
            lead = reading.text[floor : done[index].span.start]
            row = done[index : index + size]
            if size == 1 and self.each.search(lead):
                items = self.items(reading, row[0].metric, row[0])
                result += [replace(row[0], metric=item) for item in items] if len(items) > 1 else row
            elif size > 1:
                shares = self.shares(reading, done, index, row, lead)
                told = [replace(q, metric=m, evidence=row[0].evidence) for q, m in zip(row, shares, strict=True)]
                if len(set(shares)) == size and self.bounding.match(row[0].text):
                    told = [replace(q, bound=row[0].bound) if q.bound == "exact" else q for q in told]
                if self.respectively.search(lead) and self.last_bound.search(row[-1].text):
                    told = [replace(q, bound=row[-1].bound) if q.bound == "exact" else q for q in told]
                told = [
                    replace(q, subject=n) for q, n in zip(told, self.owners(reading, row, floor), strict=False)
                ] or told
                former = row[0].status == "baseline"  # holds for all values that something had before
                result += [replace(q, status="baseline", period=row[0].period) for q in told] if former else told
            else:
                result += row
            index += size
        return result

    def owners(self, reading: Reading, row: list[Quantity], floor: int) -> list[Name]:
        """The places before a row of numbers, if they are as many and side by side: 甲县、乙县分别为1、2."""
        stretch = Span(floor, row[0].span.start)
        if not self.respectively.search(reading.text, stretch.start, stretch.end):
            return []
        listed: list[Name] = []
        for name in within(reading.places, stretch):
            if listed and name.start < listed[-1].end:
                listed[-1] = max(listed[-1], name, key=lambda n: (n.start == listed[-1].start, n.end))
                continue
            joined = listed and self.beside.fullmatch(reading.text, listed[-1].end, name.start)
            listed = [*listed, name] if joined else [name]
        return listed if len(listed) == len(row) else []

    def run(self, reading: Reading, done: list[Quantity], index: int) -> int:
        """How many quantities stand joined with nothing but list marks between them."""
        size = 1
        while index + size < len(done):
            between = reading.text[done[index + size - 1].span.end : done[index + size].span.start]
            if not self.split.fullmatch(between):
                break
            size += 1
        return size

    def shares(self, reading: Reading, done: list[Quantity], index: int, row: list[Quantity], lead: str) -> list[str]:
        """The metrics of a row: as many items before it, or the quantities before, with the growth word."""
        stated = self.respectively.search(lead) is not None
        whole = self.respectively.sub("", row[0].metric)
        growth = self.metrics.growth.search(whole)
        word = growth.group() if growth else ""
        items = self.items(reading, self.metrics.growth.sub("", whole), row[0])
        if len(items) == len(row):
            return [item + word for item in items]
        before = done[index - len(row) : index] if index >= len(row) else []
        bare = self.metrics.growth.sub("", self.respectively.sub("", lead).strip(self.metrics.table["marks"]))
        near = before and reading.sentence(before[0].span.start) == reading.sentence(row[0].span.start)
        if near and word and not bare.strip(self.metrics.particles):
            return [(self.metrics.growth.sub("", q.metric) or q.metric) + word for q in before]
        said = [self.respectively.sub("", q.metric) if stated else q.metric for q in row]
        noun = said[-1] if stated and said[-1] != said[0] and not said[-1].startswith(said[0]) else ""
        return [said[0] + noun] * len(row) if noun and len(set(said[:-1])) == 1 else said

    def items(self, reading: Reading, metric: str, quantity: Quantity) -> list[str]:
        """The single things that a metric of several names, each with the noun that they share."""
        for pair, parts in self.pairs.items():
            if pair in metric and not self.split.search(metric):
                left, right = metric.split(pair, 1)
                return [left + part + right for part in parts]
        verb = self.metrics.patterns["list_verb"].match(metric)
        opening = verb.group() if verb else ""
        items = [item for item in self.split.split(metric[len(opening) :]) if item]
        if len(items) < 2:
            return items
        tail = self.tail(reading, items, quantity.span.start)
        whole = self.metrics.patterns["whole"]  # 工业投资、民间投资占比 shares its last noun, which is none of these
        own = [whole.search(tail) and whole.search(opening + item) for item in items]
        complete = [item is items[-1] or item.endswith(tail) or own[at] for at, item in enumerate(items)]
        return [opening + item + ("" if done else tail) for item, done in zip(items, complete, strict=True)]

    def tail(self, reading: Reading, items: list[str], end: int) -> str:
        """The noun that the last item shares with those before it: 粮食、蔬菜产量 → 产量."""
        last, other = items[-1], items[-2]
        if other[-1:] == last[-1:]:
            return ""
        if len(other) >= ALIKE and other[-ALIKE:] in last:
            return last[last.rindex(other[-ALIKE:]) + ALIKE :]
        place = reading.text.rfind(last, max(0, end - 80), end)
        if place < 0:
            return last[len(other) :]
        words = reading.tokens.within(Span(place + 1, place + len(last)))
        bounds = [t.start - place for t in words if t.start - place <= len(last) - ALIKE]
        fitting = [b for b in bounds if b >= len(other)] or bounds[-1:]
        cut = fitting[0] if fitting else len(last)
        return last[cut if cut - len(other) < ALIKE else len(other) :]
