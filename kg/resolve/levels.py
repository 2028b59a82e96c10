"""A thing of a document → whether its text says that it is of a level beneath the state: 创建省级|卫生城, 省|卫生城.

Names that do not hold the level before them would make a province's award one with the state's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from kg.model import DocumentGraph, Entity, Quote
from kg.resolve.spelling import Spelling

THINGS = ("Policy", "Mechanism")
NEAR, FAR = 12, 8  # passages that are looked at for what stands before a name, and characters of it


class Levels:
    """What the passages of one document's relations say right before its things."""

    def __init__(self, graph: DocumentGraph, spelling: Spelling, table: Mapping[str, str]) -> None:
        self.plain = spelling.plain
        self.national, self.word = re.compile(table["national"]), re.compile(table["lost_level"])
        self.level, self.whole, self.award = (re.compile(table[key]) for key in ("beneath", "beneath_award", "award"))
        self.passages = sorted({each.quote for relation in graph.relations for each in relation.evidence})
        self.starts = [each.start for each in self.passages]

    def beneath(self, entity: Entity) -> bool:
        """Whether a passage says that it is a province's or a city's; what the state's name begins is none."""
        if entity.type not in THINGS or self.national.match(self.plain(entity.name)):
            return False
        before = [self._before(each) for each in entity.mentions]
        granted = self.award.search(entity.name) is not None
        return any(self.level.search(said) or (granted and self.whole.search(said)) for said in before)

    def lost(self, entity: Entity) -> str:
        """The local word that every mention has before the name and the name has not; else nothing."""
        said = {self.plain(each.text) for each in entity.mentions}
        words = {found["word"] for text in said if (found := self.word.match(text))}
        word = next(iter(words)) if len(words) == 1 else ""
        return word if said == {word + self.plain(entity.name)} else ""

    def _before(self, mention: Quote) -> str:
        """The characters before a mention, as far as a passage that is evidence holds them."""
        last = bisect_left(self.starts, mention.start)
        holding = [each for each in self.passages[max(0, last - NEAR) : last] if each.end >= mention.end]
        return max((each.text[: mention.start - each.start][-FAR:] for each in holding), key=len, default="")
