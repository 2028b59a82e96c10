"""Gold and extracted entities and figures → which is which, one to one, the best pairs first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.evaluate.texts import wording
from kg.likeness import dice, plain

Json = Mapping[str, Any]
Pair = tuple[float, int, int]  # how good it is; place among the extracted, among the gold
SHARED = 1 / 3  # of all wordings, for two entities neither of whose names the other knows


def entities(gold: Sequence[Json], found: Sequence[Json]) -> dict[int, int]:
    """Extracted entity → gold entity: of one type (or one that the gold allows), sharing a name or enough wordings."""
    gold_wordings = [_wordings(entity) for entity in gold]
    pairs: list[Pair] = []
    for i, ours in enumerate(found):
        mine, name = _wordings(ours), plain(ours.get("name") or "")
        for j, theirs in enumerate(gold):
            if ours["type"] != theirs["type"] and ours["type"] not in theirs.get("also", ()):
                continue
            shared, wanted = len(mine & gold_wordings[j]), plain(theirs["name"])
            if not shared:
                continue
            share = shared / len(mine | gold_wordings[j])
            if name in gold_wordings[j] or wanted in mine or share >= SHARED:
                pairs.append((share + (name == wanted) + 0.1 * (ours["type"] == theirs["type"]), i, j))
    return _best(pairs)


def figures(gold: Sequence[Json], found: Sequence[Json]) -> dict[int, int]:
    """Extracted figure → gold figure of the same value and unit, the likest passage and metric; required first."""
    pairs = [
        (_likeness(ours, theirs), i, j)
        for i, ours in enumerate(found)
        for j, theirs in enumerate(gold)
        if _same_amount(ours, theirs)
    ]
    required = _best(pair for pair in pairs if not gold[pair[2]].get("optional"))
    optional = _best(pair for pair in pairs if gold[pair[2]].get("optional") and pair[1] not in required)
    return {**optional, **required}


def _wordings(entity: Json) -> set[str]:
    """All that the entity is called."""
    names = [*map(wording, entity.get("mentions", ())), entity.get("name") or ""]
    return {plain(name) for name in names} - {""}


def _same_amount(ours: Json, theirs: Json) -> bool:
    """Whether value and unit are equal, fractions to a rounding of four places."""
    if ours.get("value") is None or plain(ours.get("unit") or "") != plain(theirs["unit"]):
        return False
    value = theirs["value"]
    return bool(abs(float(ours["value"]) - float(value)) <= (5e-4 if abs(value) < 1 else 1e-9 * abs(value)))


def _likeness(ours: Json, theirs: Json) -> float:
    mine, gold = plain(wording(ours.get("evidence"))), plain(theirs["evidence"])
    near = bool(mine and gold) and (gold in mine or mine in gold)
    same = plain(ours.get("text") or "") == plain(theirs["text"])
    return 2 * near + dice(ours.get("metric") or "", theirs["metric"]) + 0.5 * same


def _best(pairs: Iterable[Pair]) -> dict[int, int]:
    """One to one, the best first, ties in the order of the documents."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, ours, theirs in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if ours not in found and theirs not in taken:
            found[ours] = theirs
            taken.add(theirs)
    return found
