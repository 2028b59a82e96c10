"""Judgements of what is the same → under which type, name and owner each entity is held, whatever a rule says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Decision, Entity, Named
from kg.resolve.spelling import spelled

IDLE = str.maketrans("", "", "“”‘’《》〈〉「」『』 \t\n\u3000")
OWNERS = ("Organisation", "Place")  # what others belong to
Key = tuple[str, str, str]  # type, name as compared, owner


class Identities:
    """Which entities of different documents are one: those of a type, name and owner, and what a person says.

    Judgements that contradict one another are in `refused`, with the reason, and are not obeyed.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.refused: dict[Decision, str] = {}
        self.owners: dict[str, str] = {}
        self._apart: frozenset[Named] = frozenset()
        self._held: dict[Key, Named] = {}
        latest = self._latest(decisions)
        self._apart = frozenset(
            side for each in latest if each.action == "different" for side in _sides(each) if _alike(*_sides(each))
        )
        # Bodies and places first: what belongs to one that has another name belongs to it under that name.
        for owners in (True, False):
            chosen = [each for each in latest if (each.target.type in OWNERS) == owners]  # type: ignore[union-attr]
            self._join(chosen)
            if owners:
                self.owners = self._renamed()
        self.obeyed = [each for each in latest if each not in self.refused]

    def named(self, entity: Named | Entity) -> Named:
        """The type, name and owner under which it is held."""
        asked = Named(entity.type, entity.name, self.owners.get(entity.owner or "", entity.owner or "") or None)
        return self._held.get(self.key(asked), asked) if self._held else asked

    def key(self, named: Named) -> Key:
        """What tells entities apart: signs and abbreviations do not, unless a person says so."""
        owner = self.owners.get(named.owner or "", named.owner or "")
        if named in self._apart:
            return named.type, named.name, owner
        return named.type, spelled(named.type, named.name, owner), owner

    def judged(self, entity: Named | Entity) -> bool:
        """Whether a person says under which name it is held, or that it is no other."""
        if not self._apart and not self._held:  # most builds have no judgements
            return False
        asked = Named(entity.type, entity.name, self.owners.get(entity.owner or "", entity.owner or "") or None)
        return asked in self._apart or self.key(asked) in self._held

    def _latest(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Of the judgements on two entities those of the last day; none where these contradict one another."""
        pairs: dict[frozenset[Named], list[Decision]] = defaultdict(list)
        for each in decisions:
            if each.action in ("same", "different"):
                pairs[frozenset(_sides(each))].append(each)
        kept = []
        for judged in pairs.values():
            day = max(each.date for each in judged)
            last = [each for each in judged if each.date == day]
            if len({each.action for each in last}) > 1:
                self._refuse(last)
            else:
                kept += last
        return kept

    def _join(self, decisions: Sequence[Decision]) -> None:
        """Hold each group of what is the same under one name."""
        same = [each for each in decisions if each.action == "same"]
        groups = _groups([tuple(map(self.key, _sides(each))) for each in same])
        for each in decisions:
            left, right = map(self.key, _sides(each))
            if each.action == "different" and left in groups and groups.get(left) == groups.get(right):
                members = [other for other in same if groups.get(self.key(_sides(other)[0])) == groups[left]]
                self._refuse([each, *members])
        obeyed = [each for each in same if each not in self.refused]
        joined: dict[Key, list[Decision]] = defaultdict(list)
        for each in obeyed:
            joined[groups[self.key(_sides(each)[0])]].append(each)
        for group in joined.values():
            held = self._name(group)
            for each in group:
                self._held.update((self.key(side), held) for side in _sides(each))

    def _name(self, group: Sequence[Decision]) -> Named:
        """The name that judgements lead to; of several, or in a circle, that of the last day, then the longest."""
        left = {self.key(_sides(each)[0]) for each in group}
        ends = [each for each in group if self.key(_sides(each)[1]) not in left] or list(group)
        day = max(each.date for each in ends)
        last = {_sides(each)[1] for each in ends if each.date == day}
        found = min(last, key=lambda named: (-len(named.name), named.name, named.type, named.owner or ""))
        return replace(found, owner=self.owners.get(found.owner or "", found.owner or "") or None)

    def _renamed(self) -> dict[str, str]:
        """Names of owners and the names that they are held under."""
        names: dict[str, set[str]] = defaultdict(set)
        for (_, name, _), held in self._held.items():
            names[name].add(held.name)
        # The same word may name a place and a body; what belongs to it then keeps the word.
        return {name: min(held) for name, held in names.items() if len(held) == 1 and name not in held}

    def _refuse(self, decisions: Iterable[Decision]) -> None:
        """These contradict one another."""
        listed = sorted(decisions, key=lambda each: each.place)
        for each in listed:
            others = ", ".join(other.place for other in listed if other is not each)
            self.refused[each] = f"contradicts {others}; delete the wrong one"


def _sides(decision: Decision) -> tuple[Named, Named]:
    """The two entities that it speaks of."""
    assert isinstance(decision.target, Named) and isinstance(decision.value, Named)
    return decision.target, decision.value


def _alike(left: Named, right: Named) -> bool:
    """Whether the rule of names would merge them."""
    plain = [(each.type, spelled(each.type, each.name, each.owner or ""), each.owner) for each in (left, right)]
    return plain[0] == plain[1]


def _groups(pairs: Iterable[tuple[Key, ...]]) -> dict[Key, Key]:
    """Each key and the first key of all that it is joined with, by union and find."""
    parents: dict[Key, Key] = {}

    def find(key: Key) -> Key:
        root = key
        while parents.setdefault(root, root) != root:
            root = parents[root]
        while parents[key] != root:
            parents[key], key = root, parents[key]
        return root

    for left, right in pairs:
        one, other = sorted((find(left), find(right)))
        parents[other] = one
    return {key: find(key) for key in list(parents)}
