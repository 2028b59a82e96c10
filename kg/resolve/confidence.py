"""A relation as read → how likely it is right: a logistic model whose weights ``bench/calibrate.py`` fits on gold.

What is known of a relation are words such as ``rule trigger`` or ``actor far``; each has a weight in
``ontology/weights/confidence.csv``, and the likelihood is the logistic function of their sum. All of it can be seen in
the records, so `kg explain` can say later what made a confidence up.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.knowledge import Knowledge, KnowledgeError, load
from kg.model import Entity, Evidence, Relation

FILE = "confidence.csv"
BASE = "base"  # what every relation has
NEAR, FAR = 60, 400  # characters between the passage and the place where the actor stands
BESIDE, AWAY = 6, 15  # characters before the object in its passage
SCORES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)  # of the judge
SHORT, LONG = 6, 12  # characters of a name
DIGITS = 3  # of a confidence
LEAST = 0.005
ENDING = 8  # characters of the longest noun that a name ends with
TITLED = "《"
OF = (  # what each of a claim's facts is of
    "rule",
    "predicate",
    "actor",
    "subject",
    "object",
    "object's ending",
    "object's name",
    "object worded in",
    "object",
    "judge",
    "passages",
)
Facts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is known of a relation, and what it adds to the logit of its being right."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage of a relation of one document, with what stands at its ends."""

    relation: Relation
    evidence: Evidence
    subject: Entity
    object: Entity

    @property
    def rule(self) -> str:
        """By which rule it was read: ``kg_relations/trigger`` → ``trigger``."""
        return self.evidence.component.rpartition("/")[2]


class Confidence:
    """The weights of one ontology folder."""

    def __init__(self, knowledge: Knowledge) -> None:
        path = knowledge.folder / "weights" / FILE
        self.weights: dict[str, float] = {}
        self.likely = lru_cache(maxsize=1 << 14)(self.weighed)
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                try:
                    self.weights[row["known"]] = float(row["weight"])
                except (KeyError, TypeError, ValueError) as error:
                    raise KnowledgeError(f"{path}:{reader.line_num}: a word and a number are needed") from error

    def __call__(self, claim: Claim) -> float:
        """How likely it is that the passage is read right."""
        return self.likely(facts(claim))

    def weighed(self, what: Facts) -> float:
        """How likely a claim is right of which these things are known."""
        logit = sum(self.weights.get(name, 0.0) for name in worded(what))
        return round(min(1 - LEAST, max(LEAST, 1 / (1 + math.exp(-logit)))), DIGITS)

    def reasons(self, claim: Claim) -> tuple[Reason, ...]:
        """What made it up, the base first, then what weighs most; what has no weight is left out."""
        found = [Reason(name, self.weights[name]) for name in known(claim) if self.weights.get(name)]
        return tuple(sorted(found, key=lambda each: (each.name != BASE, -abs(each.weight), each.name)))


@cache
def confidence() -> Confidence:
    """The model of the package's ontology."""
    return Confidence(load())


def assessed(relations: Iterable[Relation], entities: Iterable[Entity]) -> tuple[Relation, ...]:
    """The relations with how likely each passage is read right, the likeliest first."""
    sure, found = confidence(), []
    by_id = {entity.id: entity for entity in entities}
    for relation in relations:
        ends = by_id[relation.subject], by_id[relation.object]
        evidence = [
            Evidence(each.quote, each.antecedent, each.component, sure(Claim(relation, each, *ends)), each.score)
            for each in relation.evidence
        ]
        if len(evidence) > 1:
            evidence.sort(key=lambda each: (-each.confidence, each.quote.start, each.quote.end))
        slots = relation.period, relation.role, relation.status
        found.append(Relation(relation.subject, relation.predicate, relation.object, tuple(evidence), *slots))
    return tuple(found)


def facts(claim: Claim) -> Facts:
    """What is known of a claim, in the order of `OF`."""
    relation, evidence, other = claim.relation, claim.evidence, claim.object
    return (
        claim.rule,
        relation.predicate,
        actor(claim),
        class_of(claim.subject),
        class_of(other),
        "known" if ends_as_known(other.name) else "unknown",
        size(len(other.name), SHORT, LONG),
        "several ways" if len(other.mentions) > 1 else "one way",
        place(other, evidence),
        judged(evidence.score),
        ("one", "two", "more")[min(2, len(relation.evidence) - 1)],
    )


def known(claim: Claim) -> Iterator[str]:
    """What is known of a claim, in words."""
    return worded(facts(claim))


def worded(what: Facts) -> Iterator[str]:
    """The words by which the weights are known, that of every relation first."""
    yield BASE
    yield from map(" ".join, zip(OF, what, strict=True))


def actor(claim: Claim) -> str:
    """How far from the passage the actor stands."""
    before, passage = claim.evidence.antecedent, claim.evidence.quote
    if before is None:
        return "in the passage" if any(m.text in passage.text for m in claim.subject.mentions) else "not in the text"
    gap = max(passage.start - before.end, before.start - passage.end, 0)
    return "near" if gap <= NEAR else "farther" if gap <= FAR else "far"


def judged(score: float | None) -> str:
    """How likely the trained judge makes it, in steps."""
    if score is None:
        return "not asked"
    return f"from {SCORES[bisect_right(SCORES, score) - 1]}"


def class_of(entity: Entity) -> str:
    """What an end is; a body that no known ending tells the kind of is an institution."""
    return entity.kind if entity.kind and entity.type in ("Organisation", "Policy") else entity.type


def place(entity: Entity, evidence: Evidence) -> str:
    """Where in the passage an object stands, and whether in title marks, by which rules know a title."""
    text = evidence.quote.text
    forms = [mention.text for mention in entity.mentions if mention.text in text]
    if not forms:
        return "elsewhere"
    form = max(forms, key=len)
    if form.startswith(TITLED) or TITLED + form in text:
        return "titled"
    return size(text.find(form), BESIDE, AWAY) + " way in"


@lru_cache(maxsize=100_000)
def ends_as_known(name: str) -> bool:
    """Whether a name ends with a noun of the lists, as all that rules read; others only the trained reader takes."""
    lists = load().suffixes, load().heads, load().forms
    return any(name[-length:] in words for length in range(1, ENDING + 1) for words in lists)


def size(length: int, least: int, most: int) -> str:
    """A length in words."""
    return "short" if length <= least else "middling" if length <= most else "long"
