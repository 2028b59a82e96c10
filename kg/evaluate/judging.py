"""The gold graph of a document and the extracted one → a `Score`, by the definitions of the annotation guidelines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.evaluate import figures, matching
from kg.evaluate.predicates import predicates
from kg.evaluate.scores import Score
from kg.evaluate.texts import overlap, wording
from kg.likeness import plain

Json = Mapping[str, Any]
Triple = tuple[str, str, str]  # predicate, subject, object; the ends sorted where the predicate is symmetric

META = ("title", "publisher", "date", "genre")
PART_OF, JURISDICTION = "partOf", "jurisdiction"


def judge(gold: Json, found: Json) -> Score:
    """Judge one document; what was not extracted at all is an empty object."""
    score = Score()
    ends = _entities(gold["entities"], [e for e in found.get("entities", ()) if e.get("type") != "Document"], score)
    _relations(gold, found, ends, score)
    figures.judge(gold["figures"], found.get("figures", ()), ends.gold, score)
    meta = found.get("meta") or {}
    for slot in META:
        if wanted := gold["meta"].get(slot):
            score.judge(f"doc {slot}", plain(str(meta.get(slot) or "")) == plain(wanted))
    return score


@dataclass(frozen=True, slots=True)
class Ends:
    """The entities that relations and figures point at: extracted id → its gold entity, if it has one; and its name."""

    gold: Mapping[str, Json]
    names: Mapping[str, str | None]

    def optional(self, entity: str) -> bool:
        """Whether it stands for one that need not be found."""
        return bool(self.gold.get(entity, {}).get("optional"))


def _entities(gold: list[Json], found: list[Json], score: Score) -> Ends:
    matched = matching.entities(gold, found)
    for number, ours in enumerate(found):
        theirs = gold[matched[number]] if number in matched else None
        if theirs is None:
            score.count("extra", "entity", f"entity {ours['type']}")
            score.errors.append(f"+ {ours['type']} {ours.get('name')}")
        elif not theirs.get("optional"):
            score.count("found", "entity", f"entity {theirs['type']}")
            score.judge("name", plain(ours.get("name") or "") == plain(theirs["name"]))
    for number, theirs in enumerate(gold):
        if number not in matched.values() and not theirs.get("optional"):
            score.count("missed", "entity", f"entity {theirs['type']}")
            score.errors.append(f"- {theirs['type']} {theirs['name']}")
    return Ends({found[i]["id"]: gold[j] for i, j in matched.items()}, {e["id"]: e.get("name") for e in found})


class Wanted:
    """The gold relations: those to be found, those that may be, and the passages of each."""

    def __init__(self, gold: Json) -> None:
        optional = {entity["id"] for entity in gold["entities"] if entity.get("optional")}
        self.required: set[Triple] = set()
        self.spare: set[Triple] = set()
        self.passages: dict[Triple, list[str]] = defaultdict(list)
        self.parent: dict[str, str] = {}
        self.places: dict[str, set[str]] = defaultdict(set)
        for relation in gold["relations"]:
            subject, predicate, other = relation["subject"], relation["predicate"], relation["object"]
            triple = triple_of(subject, predicate, other)
            (self.spare if relation.get("optional") or {subject, other} & optional else self.required).add(triple)
            self.passages[triple].append(relation["evidence"])
            if predicate == PART_OF:
                self.parent[subject] = other
            elif predicate == JURISDICTION:
                self.places[subject].add(other)

    def excused(self, triple: Triple) -> bool:
        """Whether it is a unit's jurisdiction over its parent's place, which is neither required nor punished."""
        predicate, subject, place = triple
        parent = self.parent.get(subject, "")
        return predicate == JURISDICTION and triple not in self.required and place in self.places.get(parent, ())


def triple_of(subject: str, predicate: str, other: str) -> Triple:
    """The relation as it is compared."""
    if predicate in predicates().symmetric:
        subject, other = sorted((subject, other))
    return predicate, subject, other


def _relations(gold: Json, found: Json, ends: Ends, score: Score) -> None:
    wanted = Wanted(gold)
    done: set[Triple] = set()
    for relation in found.get("relations", ()):
        subject, predicate, other = relation["subject"], relation["predicate"], relation["object"]
        if predicate not in predicates().scored:
            continue
        ours, theirs = ends.gold.get(subject), ends.gold.get(other)
        triple = triple_of(ours["id"], predicate, theirs["id"]) if ours and theirs else None
        if triple and (triple in wanted.spare or triple in done or wanted.excused(triple)):
            continue
        if triple in wanted.required:
            done.add(triple)
            score.count("found", "relation", f"relation {predicate}")
            quoted = wording(relation.get("evidence"))
            score.judge("relation evidence", any(overlap(quoted, passage) for passage in wanted.passages[triple]))
        elif not ends.optional(subject) and not ends.optional(other):
            score.count("extra", "relation", f"relation {predicate}")
            score.errors.append(f"+ {ends.names.get(subject)} --{predicate}--> {ends.names.get(other)}")
    names = {entity["id"]: entity["name"] for entity in gold["entities"]}
    for predicate, subject, other in sorted(wanted.required - done):
        score.count("missed", "relation", f"relation {predicate}")
        score.errors.append(f"- {names[subject]} --{predicate}--> {names[other]}")
