"""The words before a number that belong to it: without who and when, particles, light verbs and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.language.reading import Name, Reading, Span, Token, at, within

LONGEST_ITEM, LONGEST_DEED, SHORTEST = 40, 6, 2
COUNTRY = "country"
ACTORS = ("Organisation", "Place")
VERBS = ("v", "vi", "vx", "d", "vd")  # parts of speech of what is done; vn is a noun
LONGEST_EXAMPLES = 3  # parts so long on average are names, which stand for the thing that they are examples of


class Items:
    """Reads the item of one number after the other."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        keys = (
            "left",
            "keep",
            "right",
            "examples",
            "list_verb",
            "item_cut",
            "not_actor",
            "done_mark",
            "alone",
            "along",
            "along_end",
            "governs",
        )
        self.time_tail = re.compile(table["time_tail"])
        self.patterns = {key: re.compile(table[key]) for key in keys}
        self.joints = set(table["list_marks"])
        self.particles, self.list_mark, self.new = table["particles"], table["list_mark"], str(table["new"])

    def span(self, reading: Reading, begin: int, end: int) -> Span:
        """The stretch before a number, from the last mark on that ends an item; marks within titles end none."""
        cut = begin
        for match in self.patterns["item_cut"].finditer(reading.text, begin, end):
            title = at(reading.titles, match.start()) if reading.titles else Span(0, 0)
            if match["cut"] and not title.start <= match.start() < title.end:
                cut = match.end()
        return Span(cut, end) if end - self.start(reading, cut, end) >= SHORTEST else Span(begin, end)

    def start(self, reading: Reading, start: int, end: int) -> int:
        """Where an item begins behind particles, times, light verbs and, at the head of a clause, who acts."""
        head = reading.clause(start).start == start
        while start < end:
            time = at(reading.periods, start) if reading.periods else Span(0, 0)
            match = self.patterns["left"].match(reading.text, start, end)
            if time.start == start < time.end <= end:
                start = ending(self.time_tail, reading.text, time.end, end)
            elif match and not self.patterns["keep"].match(reading.text, start, end):
                if match.end() - start == 1 and reading.splits(match.end()):
                    break
                start = match.end()
            elif head and (actor := self.actor(reading, start, end)):
                start = actor.end
            elif head and (behind := self.several(reading, start, end) or self._along(reading, start, end)):
                start = behind
            else:
                break
        return min(start, end)

    def several(self, reading: Reading, start: int, end: int) -> int:
        """The end of places or bodies side by side, of all of which the item is told: 甲省、乙省|…; 0 without them."""
        count = 0
        while (name := longest(reading, start)) and name.type in ACTORS and name.end + SHORTEST <= end:
            count, start = count + 1, name.end
            if reading.text[start] not in self.joints:
                return start if count > 1 else 0
            start += 1
        return 0

    def _along(self, reading: Reading, start: int, end: int) -> int:
        """The end of those with whom, or of the means by which, an item is done: 会同甲、乙|走访企业; else 0."""
        verb = self.patterns["along"].match(reading.text, start, end)
        behind = verb.end() if verb else 0
        while behind and (name := longest(reading, behind)) and name.end + SHORTEST <= end:
            if reading.text[name.end] not in self.joints:
                more = self.patterns["along_end"].match(reading.text, name.end, end)
                return more.end() if more else name.end
            behind = name.end + 1
        return 0

    def actor(self, reading: Reading, start: int, end: int) -> Name | None:
        """The place or body with which an item begins, unless it is a part of the name of something else."""
        for names in (reading.organisations, reading.places):
            name = at(names, start) if names else None
            if not isinstance(name, Name) or name.start != start or name.end + SHORTEST > end:
                continue
            if name.kind == COUNTRY and not name.alias:
                return None  # 中国商飞, 中国标准
            longer = [at(more, start) for more in (reading.titles, reading.phrases, reading.organisations) if more]
            if any(n.start == start and n.end > name.end for n in longer):
                return None
            return None if self.patterns["not_actor"].match(reading.text, name.end) else name
        return None

    def head(self, reading: Reading, begin: int, end: int, noun: bool) -> str:
        """The words of the item that ends at `end`; `noun` tells whether a noun follows the number."""
        start = self.start(reading, begin, end)
        start = max(start, self._governed(reading, start, end) if noun else 0)
        text = reading.text
        said, position = "", start
        for time in within(reading.periods, Span(start, end)):
            if position <= time.start and time.end <= end:
                said, position = said + text[position : time.start], ending(self.time_tail, text, time.end, end)
        head = self.patterns["right"].sub("", self.listed(said + text[position:end], noun))
        return head if head.count("（") <= head.count("）") else head + "）"

    def _governed(self, reading: Reading, start: int, end: int) -> int:
        """Where what a preposition governs begins, if that is the thing counted: 把散落在各部门的|937项检查事项."""
        found = 0
        for match in self.patterns["governs"].finditer(reading.text, start, end):
            if not reading.splits(match.start()) and not reading.splits(match.end()):
                found = match.end()
        while found and (name := longest(reading, found)) and name.type in ACTORS and name.end <= end:
            found = name.end + (reading.text[name.end] in self.joints)
        return self.start(reading, found, end) if found else 0

    def listed(self, item: str, noun: bool) -> str:
        """An item without the examples in it: 开业甲、乙等 → 开业; a list that is too long is its last part."""
        shown = self.patterns["examples"].match(item)
        if shown and (shown["rest"] or noun):
            verb = self.patterns["list_verb"].match(item)
            opening = verb.group() if verb else ""
            parts = shown["names"][len(opening) :].split(self.list_mark)
            bare = len(shown["rest"]) <= SHORTEST and not noun  # 甲、乙等项目 says nothing without them
            if (
                not bare
                and sum(map(len, parts)) >= LONGEST_EXAMPLES * len(parts)
                and (len(parts) > 1 or not shown["rest"])
            ):
                return opening + shown["rest"]
        parts = item.split(self.list_mark)
        if len(parts) > 1 and len(item) > LONGEST_ITEM and len(parts[-1]) >= 4:
            return parts[-1]
        return item

    def words(self, reading: Reading, start: int, end: int) -> list[Token]:
        """The words that begin within a stretch."""
        return reading.tokens.within(Span(start, end))

    def is_done(self, reading: Reading, head: str, end: int) -> bool:
        """Whether the words that end before a number only say what was done."""
        words = self.words(reading, end - len(head.removeprefix(self.new)), end)
        short = 0 < len(head) <= LONGEST_DEED and not self.patterns["alone"].search(head)
        return bool(words) and short and all(word.tag in (*VERBS, "vn") for word in words)

    def noun_end(self, reading: Reading, start: int, end: int) -> int:
        """Where the noun at the head of a stretch ends: before an adverb of what is done, or the last verb."""
        mark = self.patterns["done_mark"].search(reading.text, start + SHORTEST, end)
        if mark:
            return mark.start()
        verbs = [t.start for t in self.words(reading, start + SHORTEST, end) if t.tag in VERBS]
        return verbs[-1] if verbs else end

    def topic_end(self, reading: Reading, start: int, end: int) -> int:
        """Where the noun with which a clause begins ends: before its first verb or adverb."""
        words = self.words(reading, start + SHORTEST, end)
        return next((t.start for t in words if t.tag in (*VERBS, "p")), end)


def longest(reading: Reading, start: int) -> Name | None:
    """The longest name that begins at a place."""
    kinds = (reading.organisations, reading.titles, reading.phrases, reading.places)
    found = (at(many, start) for many in kinds if many)
    names = [name for name in found if isinstance(name, Name) and name.start == start]
    return max(names, key=lambda name: name.end, default=None)


def ending(tail: re.Pattern[str], text: str, position: int, end: int) -> int:
    """The end of a time with the words that still belong to it: 9月|底前."""
    more = tail.match(text, position, end)
    return more.end() if more else position
