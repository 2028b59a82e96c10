"""Where an organisation's name begins: at a department's stem, a place, another body, or a run of free words."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.gazetteer import gazetteer_of
from kg.language.reading import Span

LONGEST_STEM, LONGEST_PLACE, SHORTEST_STEM = 14, 14, 3
STEM_GAP, PLACE_GAP = 12, 9  # free characters between a place and a suffix


class Anchors:
    """Left ends of names, by what stands before the suffix."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("organisations")
        gazetteer = gazetteer_of(knowledge)
        self.bodies, self.stems, self.levels = (knowledge.words(name) for name in ("bodies", "departments", "levels"))
        self.places = {
            f for f in gazetteer.forms() if len(f) > 2 or any(p.level != "county" for p in gazetteer.by_form.get(f, ()))
        }
        self.limit: int = table["open"]["limit"]
        self.stop, self.lead = re.compile(table["open"]["stop"]), re.compile(table["open"]["lead"])
        self.word = re.compile(table["open"]["word"])
        prefix = table["prefix"]
        self.party, self.body, self.shared = (
            re.compile(rf"(?:{prefix[key]})\Z") for key in ("party", "body", "shared")
        )
        self.ministries = knowledge.ministries
        self.no_level = re.compile(prefix["no_level"])
        self.session = re.compile(table["unit"]["session"])
        self.seated = re.compile(rf"(?:{table['unit']['session']})\Z")
        self.whole = re.compile(f"(?:{table['open']['whole']})$")
        self.leads = re.compile(f"(?:{prefix['leads']})$")
        self.township = re.compile(prefix["township"])
        self.apart, self.acts = re.compile(f"(?:{prefix['apart']})$"), re.compile(prefix["acts"])

    def stem(self, text: str, end: int) -> int:
        """How long the department's stem is that ends at `end`; 0 if there is none."""
        return next((n for n in range(min(LONGEST_STEM, end), 1, -1) if text[end - n : end] in self.stems), 0)

    def by_stem(self, text: str, span: Span) -> int | None:
        """Start of [place or body] + stem + suffix (盘锦市|司法|局), else of place + free words + suffix."""
        size = self.stem(text, span.start)
        if not size:
            return self.by_gap(text, span, STEM_GAP)
        start = span.start - size
        left = self.above(text, start, text[start : span.end] in self.bodies)
        return left if left < start or span.end - start > SHORTEST_STEM or self.stands(text, start, span.end) else None

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether a name as short as 财政局 stands free: in a list, or where one who acts is named."""
        return self.apart.search(text, max(0, start - 4), start) is not None and self.acts.match(text, end) is not None

    def above(self, text: str, end: int, central: bool) -> int:
        """Start of the body or place that ends at `end`: 自治区党委, 盘锦市; 公安部 before what is not `central`."""
        body = self.body.search(text, max(0, end - 6), end)
        if body is None:
            sizes = () if central else range(min(LONGEST_STEM, end), 2, -1)
            return end - next((n for n in sizes if text[end - n : end] in self.ministries), end - self.place(text, end))
        organ = body.group()
        inner = body.start() + (len(organ) - 1 if organ[0] in self.levels else 0)
        return self.place(text, inner) if organ not in self.bodies else body.start()

    def by_gap(self, text: str, span: Span, widest: int) -> int | None:
        """Start of a place with at most `widest` free characters before the suffix."""
        for gap in range(1, min(widest, span.start)):
            middle = span.start - gap
            if self.stop.match(text, middle):
                return None
            start = self.place(text, middle)
            whole = middle - start > 1 or self._opens(text, start)
            if start < middle and whole and gap > 1:
                return start
        return None

    def _opens(self, text: str, start: int) -> bool:
        """Whether a name may begin here: no word goes on, or one ends that stands before names (被|区安委办)."""
        free = start == 0 or not self.word.match(text[start - 1])
        return free or self.leads.search(text, max(0, start - 2), start) is not None

    def by_place(self, text: str, span: Span) -> int | None:
        """Start of a place or local word right before the suffix, with a party's name before or between."""
        end = span.end
        shared = self.shared.search(text, max(0, end - 8), end)
        if shared:
            start = self.place(text, shared.start() + (shared.group()[0] != text[shared.start()]))
            return start if start < shared.start() else None
        seated = self.seated.search(text, max(0, span.start - 8), span.start)
        at = seated.start() if seated else span.start
        start = self.place(text, at)
        start = start if start < at else span.start
        lead = self.party.search(text, max(0, start - 12), start)
        if start < span.start:
            return lead.start() if lead else start
        return self.by_gap(text, span, PLACE_GAP) if span.end - span.start > 2 else None

    def by_words(self, text: str, span: Span) -> int | None:
        """Start of a run of free words before the suffix, from a place if there is one."""
        limit = max(0, span.start - self.limit)
        start = max((m.end() for m in self.stop.finditer(text, limit, span.start)), default=limit)
        lead = self.lead.match(text[start : span.start])
        start += lead.end() if lead else 0
        anchored = next((i for i in range(start, span.start) if self.starts_place(text, i, span.start)), start)
        if self.whole.search(text, start, anchored):  # a body and its branch there: 人民医院三亚分院
            anchored = start
        return anchored if span.start - anchored >= 2 else None

    def starts_place(self, text: str, index: int, end: int) -> bool:
        """Whether a full place name begins here."""
        return any(text[index : index + size] in self.places for size in range(2, min(LONGEST_PLACE, end - index) + 1))

    def place(self, text: str, end: int) -> int:
        """Start of the chain of places and local words that ends at `end` (`end` itself if there is none)."""
        start = end
        while True:
            size = next(
                (n for n in range(min(LONGEST_PLACE, start), 1, -1) if text[start - n : start] in self.places), 0
            )
            if not size and not self.no_level.search(text, max(0, start - 2), start):
                size = next((n for n in (3, 2, 1) if start >= n and text[start - n : start] in self.levels), 0)
            town = None if size > 1 else self.township.search(text, max(0, start - 5), start)
            if town and not self.stop.search(town.group()):
                size = town.end() - self.after_place(text, town.start(), town.end())
            if not size or (size == 1 and start != end and text[start] in self.levels):
                return start
            start -= size

    def after_place(self, text: str, start: int, end: int) -> int:
        """Where the part of a stretch begins that follows a known place in it."""
        return next(
            (
                i
                for i in range(start + 1, end - 1)
                if any(text[i - n : i] in self.places for n in range(2, LONGEST_PLACE))
            ),
            start,
        )
