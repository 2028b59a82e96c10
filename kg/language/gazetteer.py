"""Administrative divisions by every form of their names, and which of them a local word such as 全市 or 市 means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.knowledge import Knowledge, Place

LEVELS = ("province", "prefecture", "county")
FULL = 3  # characters of a name that needs no context: 海西州, not 锡盟
LONGEST = 14  # characters of a place's name


class Gazetteer:
    """The places of the ontology: by surface form, by code, with what lies above them."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")
        self.local_word = re.compile(f"{table['local']}|{table['bare']}")  # 全市, 我区
        self.levels: dict[str, str] = table["levels"]
        self.rare = frozenset(table["short"]["never"])
        self.by_code = {place.code: place for place in knowledge.places}
        self.every_form: dict[str, list[Place]] = defaultdict(list)
        regular = (form for place in knowledge.places for form in place.others if len(form) >= FULL)
        self.full = {*(place.name for place in knowledge.places), *regular}  # 海西州 as well, which is no common word
        self.countries = knowledge.words("countries")
        for place in knowledge.places:
            for form in sorted({place.name, place.short, *place.others}):
                if len(form) > 1:
                    self.every_form[form].append(place)
        self.by_form = {form: places for form, places in self.every_form.items() if form not in self.rare}
        self.ending = re.compile(f"(?:{'|'.join(sorted(self.levels, key=len, reverse=True))})$")
        self.level = re.compile(knowledge.patterns("resolve")["level"])

    def forms(self) -> Iterable[str]:
        """Every form of two characters or more that is no common word."""
        return [*self.by_form, *self.countries]

    def chain(self, code: str) -> Iterator[Place]:
        """The place and those that it lies in, innermost first."""
        while code in self.by_code:
            yield self.by_code[code]
            code = self.by_code[code].parent

    def nested(self, one: str, other: str) -> bool:
        """Whether one of two places lies in the other, or they are the same."""
        pairs = ((one, other), (other, one))
        return one == other or any(place.code == outer for outer, inner in pairs for place in self.chain(inner))

    def choose(self, form: str, home: str) -> Place | None:
        """The place that a form means in a document about `home`: full names before short ones, the nearest first."""
        candidates = self.by_form.get(form)
        if not candidates:
            return None
        kin = [place.code for place in self.chain(home)]

        def rank(place: Place) -> tuple[int, int, str]:
            above = {p.code for p in self.chain(place.code)}
            near = next((i for i, code in enumerate(kin) if code in above), len(kin))
            exact = form in self.full or place.code == home
            return (0 if exact else 1 + LEVELS.index(place.level), near, place.code)

        return min(candidates, key=rank)

    def low(self, place: Place) -> bool:
        """Whether it lies below a prefecture, so that its short form is too often a word: not 仙桃 in its province."""
        above = self.by_code.get(place.parent)
        city = self.levels.get(self.kind_of(place.name)) == "city"
        return place.level == "county" and not (city and above is not None and above.level == "province")

    def local(self, word: str, home: str) -> Place | None:
        """The place that 全市, 我区 or 自治区 means: the nearest above `home` of the kind that it ends in."""
        kind = self.kind_of(word) or self.kind_of(word[:-1])  # 区里
        if not kind:
            return None
        level = self.levels[kind]
        chain = list(self.chain(home))
        alike = [p for p in chain if p.name.endswith(kind)]
        exact = [p for p in chain if p.level == level and not self.ending.search(p.name)]
        return next(iter(alike or exact), None)

    def kind_of(self, word: str) -> str:
        """The kind of place that a local word names: 市 in 全市."""
        match = self.ending.search(word)
        return match.group() if match else ""

    def head(self, name: str, home: str) -> tuple[int, Place | None]:
        """How many characters a body's name begins with that name a place, and which: 盘锦市 or 市 in 市司法局."""
        local = self.level.match(name)
        if local:
            place = self.local(local["word"], home)
            above = place and place.level == "province" and place.code != home and not self.province(local["word"])
            return local.end(), None if above else place
        for size in range(min(LONGEST, len(name) - 1), 1, -1):
            place = self.choose(name[:size], home)
            if place is not None:
                return size, place
        return 0, None

    def innermost(self, name: str, size: int, code: str) -> str:
        """The innermost place of the chain that a name begins with: 天河区 in 广州市天河区教育局."""
        for longer in range(min(LONGEST, len(name) - size - 1), 1, -1):
            place = self.choose(name[size : size + longer], code)
            if place is not None and place.parent in (code, self.by_code[code].parent):
                return place.code
        return code

    def province(self, word: str) -> bool:
        """Whether a local word names a province: 全省, 自治区."""
        return self.levels.get(self.kind_of(word)) == "province"


@lru_cache(maxsize=4)
def gazetteer_of(knowledge: Knowledge) -> Gazetteer:
    """One gazetteer for each ontology, shared by all that ask for places."""
    return Gazetteer(knowledge)
