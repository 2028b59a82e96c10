"""Administrative divisions by every form of their names, and which of them a local word such as 全市 or 市 means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.knowledge import Knowledge, Place

LEVELS = ("province", "prefecture", "county")


class Gazetteer:
    """The places of the ontology: by surface form, by code, with what lies above them."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")
        self.levels: dict[str, str] = table["levels"]
        never = set(table["short"]["never"])
        self.by_code = {place.code: place for place in knowledge.places}
        self.by_form: dict[str, list[Place]] = defaultdict(list)
        self.full = {place.name for place in knowledge.places}
        self.countries = knowledge.words("countries")
        for place in knowledge.places:
            forms = {place.name, place.short, place.other} - {""} - never
            for form in sorted(f for f in forms if len(f) > 1):
                self.by_form[form].append(place)
        self.ending = re.compile(f"(?:{'|'.join(sorted(self.levels, key=len, reverse=True))})$")

    def forms(self) -> Iterable[str]:
        """Every form of two characters or more."""
        return [*self.by_form, *self.countries]

    def chain(self, code: str) -> Iterator[Place]:
        """The place and those that it lies in, innermost first."""
        while code in self.by_code:
            yield self.by_code[code]
            code = self.by_code[code].parent

    def choose(self, form: str, home: str) -> Place | None:
        """The place that a form means in a document about `home`: full names before short ones, the nearest first."""
        candidates = self.by_form.get(form, ())
        kin = [place.code for place in self.chain(home)]

        def rank(place: Place) -> tuple[int, int, str]:
            above = {p.code for p in self.chain(place.code)}
            near = next((i for i, code in enumerate(kin) if code in above), len(kin))
            level = LEVELS.index(place.level)
            return (0 if form == place.name else 1 + level, near, place.code)

        return min(candidates, key=rank, default=None)

    def local(self, word: str, home: str) -> Place | None:
        """The place that 全市, 我区 or 自治区 means: the nearest above `home` of the kind that it ends in."""
        match = self.ending.search(word)
        if match is None:
            return None
        kind, level = match.group(), self.levels[match.group()]
        chain = list(self.chain(home))
        if level == "city":  # a city below a prefecture is a county; 全市 is the prefecture then, unless there is none
            chain.sort(key=lambda p: p.level == "county")
        alike = [p for p in chain if p.name.endswith(kind)]
        exact = [p for p in chain if p.level == level and not self.ending.search(p.name)]
        return next(iter(alike or exact), None)


@lru_cache(maxsize=4)
def gazetteer_of(knowledge: Knowledge) -> Gazetteer:
    """One gazetteer for each ontology, shared by all that ask for places."""
    return Gazetteer(knowledge)
