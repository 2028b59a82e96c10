"""Programmes of places → those that are the state's: a national document or places of several provinces name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.knowledge import load
from kg.model import Entity
from kg.resolve.contexts import PROGRAMME
from kg.resolve.identities import Key
from kg.resolve.spelling import spelling

PROVINCES = 3  # whose places carry out a programme of one name, from which it is the state's
LONG = 9  # characters of such a name: shorter ones many places find by themselves

LONGER = 12  # characters of one that two do not find by themselves


class Spread:
    """Sees every entity once; then knows under which key programmes of places are held."""

    def __init__(self) -> None:
        table = load().patterns("identity")
        self.locals = re.compile(f"{table['locals']}|{table['beside_state']}")
        self.own_text = re.compile(table["own_text"])
        self.provinces: dict[tuple[str, str], dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.states: set[tuple[str, str]] = set()

    def see(self, entity: Entity, key: Key, home: str) -> None:
        """An entity of a document about the place of this code; "" for one about the country."""
        type_, form, owner = key
        if type_ != "Policy" or entity.kind != PROGRAMME or self.locals.search(form):
            return
        if spelling().named(spelling().plain(entity.name))[0]:  # a place's name says whose it is
            return
        if not owner:
            self.states.add((type_, form))
        else:
            self.provinces[type_, form][key].add(home[:2])

    def held(self) -> dict[Key, Key]:
        """Key of a place's programme → key of the state's."""
        return dict(self._pairs(sorted(self.provinces)))

    def _pairs(self, names: Iterable[tuple[str, str]]) -> Iterator[tuple[Key, Key]]:
        for name in names:
            keys = self.provinces[name]
            provinces = len(set().union(*keys.values()) - {""})
            everywhere = provinces >= PROVINCES and len(name[1]) >= LONG
            told = len(name[1]) >= LONGER and not self.own_text.search(name[1])
            if everywhere or (provinces > 1 and told) or name in self.states:
                yield from ((key, (*name, "")) for key in sorted(keys))
