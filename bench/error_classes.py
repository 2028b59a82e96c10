"""The errors of a set of documents → how many of each class: what kind of item, and what went wrong with it.

Every line of the list of errors falls into one class, so the counts add up to the number of lines. The counts of a
round of work are kept in bench/error_classes.json (`score.py --round NAME`), beside how many documents they are of.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.evaluate import Score, matching
from kg.evaluate.texts import wording
from kg.likeness import plain

Json = Mapping[str, Any]

RELATION = re.compile(r"([+-]) (.*) --(\w+)--> (.*)", re.S)
SLOT = re.compile(r"~ figure .*? (metric|subject|bound|period|status): (.*)", re.S)
SIDE = {"+": "extra", "-": "missed"}
ROUNDS = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class Round:
    """How many errors of each class there were in how many documents."""

    documents: int
    classes: Mapping[str, int]


def rounds(path: Path = ROUNDS) -> dict[str, Round]:
    """What was kept, in the order in which it was."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: Round(**each) for name, each in kept.items()}


def keep(name: str, counted: Round, path: Path = ROUNDS) -> None:
    """Keep the counts as those of the round of this name; one of the same name is replaced."""
    kept = {**rounds(path), name: Round(counted.documents, dict(sorted(counted.classes.items())))}
    written = json.dumps({each: asdict(its) for each, its in kept.items()}, ensure_ascii=False, indent=1)
    path.write_text(written + "\n", encoding="utf-8", newline="\n")


def classes(gold: Mapping[str, Json], records: Mapping[str, Json], scores: Mapping[str, Score]) -> Counter[str]:
    """Class → count over all documents."""
    found: Counter[str] = Counter()
    for doc, score in scores.items():
        found.update(_classes(gold[doc], records.get(doc, {}), score.errors))
    return found


def _classes(gold: Json, record: Json, errors: Sequence[str]) -> Iterator[str]:
    wanted, read = gold["entities"], [e for e in record.get("entities", ()) if e["type"] != "Document"]
    matched = matching.entities(wanted, read)
    lone_read = [e for i, e in enumerate(read) if i not in matched]
    lone_wanted = [e for j, e in enumerate(wanted) if j not in matched.values()]
    known = {"+": {read[i]["name"] for i in matched}, "-": {wanted[j]["name"] for j in matched.values()}}
    yield from (_entity("extra", each, lone_wanted) for each in lone_read)
    yield from (_entity("missed", each, lone_read) for each in lone_wanted if not each.get("optional"))
    for error in errors:
        if relation := RELATION.fullmatch(error):
            side, subject, predicate, other = relation.groups()
            yield _relation(side, predicate, known[side], subject, other)
        elif slot := SLOT.fullmatch(error):
            yield _slot(*slot.groups())
        elif error[1:].startswith(" figure "):
            yield f"figure {SIDE[error[0]]}"


def _entity(side: str, entity: Json, others: Sequence[Json]) -> str:
    """Whether the other side has the name with another type, or another cut of the name, or nothing like it."""
    mine = _wordings(entity)
    if any(each["type"] != entity["type"] and mine & _wordings(each) for each in others):
        return f"{entity['type']} {side}: read as another type"
    for each in others:
        if each["type"] == entity["type"] and any(a in b or b in a for a in mine for b in _wordings(each)):
            return f"{entity['type']} {side}: its name is cut or resolved otherwise"
    return f"{entity['type']} {side}: nothing like it on the other side"


def _wordings(entity: Json) -> set[str]:
    return {plain(wording(each)) for each in (*entity["mentions"], entity.get("name"))} - {""}


def _relation(side: str, predicate: str, known: set[str], subject: str, other: str) -> str:
    unknown = {subject, other} - known
    return f"{predicate} {SIDE[side]}: {'an end is not matched' if unknown else 'both ends are matched'}"


def _slot(slot: str, values: str) -> str:
    if slot == "period" and values.startswith("None for"):
        return "figure period: none read"
    if slot == "period" and values.endswith("for None"):
        return "figure period: read where there is none"
    return f"figure {slot}: another one read"
