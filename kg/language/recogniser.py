"""A trained reader votes on names: what the rules missed is added, what it doubts is dropped, ends are moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language import candidates, hashing
from kg.language.candidates import Candidates, chosen
from kg.language.clauses import Boundaries, Clause
from kg.language.crf import Chain, Scores, Table, marginals
from kg.language.features import Features
from kg.language.labels import KINDS
from kg.language.reading import Name, Reading, Span, within
from kg.language.verbs import Verbs

S = TypeVar("S", bound=Span)
FILE = "names.npz"
REACH = 130  # no name is longer
HALF = 0.5
LONG = ("Policy", "Mechanism")  # what is named within other names is not one of these
TYPES = {
    "ORG": ("Organisation", ""),
    "LOC": ("Place", ""),
    "DOC": ("Policy", "PolicyDocument"),
    "PRG": ("Policy", "Programme"),
    "MEC": ("Mechanism", ""),
}


@dataclass(frozen=True)
class Weights:
    """What ``bench/train_names.py`` learnt: labels of characters and how they follow, classes of whole stretches."""

    labels: Table
    chain: Chain
    classes: Table
    own: Scores

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read ``names.npz``."""
        with np.load(path, allow_pickle=False) as kept:
            labels = Table.of(kept["features"], kept["rows"].astype(np.float32) * kept["scale"], hashing.BITS)
            classes = Table.of(kept["names"], kept["weights"].astype(np.float32) * kept["step"], candidates.BITS)
            return cls(labels, Chain(kept["steps"], kept["first"], kept["last"]), classes, kept["own"])


@dataclass(frozen=True, slots=True)
class Belief:
    """Of one stretch: how likely each kind is, and how much of it lies in a name of any kind and extent."""

    kinds: dict[str, float]
    within: float


Beliefs = dict[tuple[int, int], Belief]


@dataclass(slots=True, unsafe_hash=True)
class Vote(Span):
    """A name that the trained reader sees."""

    kind: str = ""


class Recogniser:
    """Revises ``reading.places``, ``organisations`` and ``phrases`` by the weights in ``ontology/weights``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("recogniser")
        self.features, self.candidates = Features(knowledge), Candidates(knowledge)
        self.weights = Weights.load(knowledge.folder / "weights" / FILE)
        self.boundaries, self.verbs = Boundaries(knowledge), Verbs(knowledge)
        self.suffixes = knowledge.suffixes
        self.threshold: dict[str, float] = table["threshold"]
        self.keep: dict[str, float] = table["keep"]
        self.lead, self.tail = re.compile(table["lead"]), re.compile(table["tail"])
        self.generic = re.compile(knowledge.patterns("organisations")["law"]["generic"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        if reading.tokens:
            self.revise(reading, *self.votes(reading))
        return doc

    def votes(self, reading: Reading) -> tuple[list[Vote], Beliefs]:
        """The names that the trained reader chooses, and what it believes of those that the rules have read."""
        seen = self.features.seen(reading)
        scores = self.weights.labels.totals(self.features(reading, seen))
        sure = marginals(self.weights.chain, scores, reading.clauses)
        found = self.candidates.proposed(reading, seen, sure)
        if not len(found.starts):
            return [], {}
        described = self.candidates.features(reading, seen, found, sure)
        likely = self.weights.classes.probabilities(described, self.weights.own)
        spans = found.spans()
        thresholds = np.array([self.threshold[kind] for kind in KINDS])
        best = likely[:, 1:].argmax(1)
        gains = 1 - likely[:, 0] - thresholds[best]
        votes = [Vote(spans[i].start, spans[i].end, KINDS[int(best[i])]) for i in chosen(spans, gains.tolist())]
        read = {(n.start, n.end) for n in (*reading.organisations, *reading.places, *reading.phrases)}
        total = np.concatenate([[0.0], np.cumsum(sure[:, 0], dtype=np.float64)])
        apart = (total[found.ends] - total[found.starts]) / (found.ends - found.starts)
        return votes, {
            (s.start, s.end): Belief(dict(zip(KINDS, row[1:], strict=True)), 1 - outside)
            for s, row, outside in zip(spans, likely.tolist(), apart.tolist(), strict=True)
            if (s.start, s.end) in read
        }

    def revise(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> None:
        """Put the votes and what the rules have read together."""
        reading.organisations = self.bodies(reading, [v for v in votes if v.kind == "ORG"], beliefs)
        reading.places = self.areas(reading, votes, beliefs)
        reading.phrases = self.phrases(reading, [v for v in votes if v.kind in ("DOC", "PRG", "MEC")], beliefs)

    def doubted(self, name: Name, kinds: Iterable[str], beliefs: Beliefs, least: float) -> bool:
        """Whether the trained reader gives a name of the rules less than this, and sees no longer name there either."""
        belief = beliefs.get((name.start, name.end))
        return (
            belief is not None
            and sum(belief.kinds[kind] for kind in kinds) < least
            and (name.type in LONG or belief.within < HALF)
        )

    def bodies(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> list[Name]:
        """Bodies that the rules and the votes agree on, with those that only one of them is sure of."""
        votes = [v for v in votes if not several(over(reading.organisations, v), v)]
        ends = {name.end for name in reading.organisations}
        read = {(name.start, name.end) for name in reading.organisations}
        open_votes = [v for v in votes if (v.start, v.end) not in read]
        kept = sorted(
            name
            for name in reading.organisations
            if self.stays(name, votes, beliefs, name.start in ends or not over(open_votes, name))
        )
        new = []
        for vote in votes:
            near = over(kept, vote)
            if not any(n.holds(vote) for n in near):
                text = reading.quote(vote)
                parent = next((n.name for n in near if n.start == vote.start and n.end < vote.end), "")
                new.append(
                    Name(vote.start, vote.end, type="Organisation", name=text, kind=self.kind(text), parent=parent)
                )
        return sorted([*kept, *new])

    def stays(self, name: Name, votes: list[Vote], beliefs: Beliefs, follows: bool) -> bool:
        """Whether a body that the rules have read is one: it begins one voted for, or nothing speaks against it.

        `follows`: whether another one ends where it begins, or the rules have read what is voted for.
        """
        if name.kind == "self" or self.generic.match(name.name):
            return True
        around = over(votes, name)
        if any(v.holds(name) and (v.start == name.start or v.end > name.end or follows) for v in around):
            return True
        agree = all(name.holds(v) for v in around)
        return agree and not self.doubted(name, ["ORG"], beliefs, self.keep["ORG"])

    def kind(self, text: str) -> str:
        """The kind that the longest known ending gives."""
        for size in range(min(8, len(text)), 0, -1):
            if text[-size:] in self.suffixes:
                return self.suffixes[text[-size:]][0].kind
        return "institution"

    def areas(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> list[Name]:
        """Places that the votes do not doubt or that longer names hold, with those that no gazetteer holds."""
        longer = sorted([*votes, *reading.organisations, *reading.titles, *reading.phrases])
        kept = [
            n
            for n in reading.places
            if n.alias
            or any(other.holds(n) for other in over(longer, n))
            or not self.doubted(n, KINDS, beliefs, self.keep["LOC"])
        ]
        taken = sorted([*kept, *reading.organisations])
        new = [v for v in votes if v.kind == "LOC" and not any(n.overlaps(v) for n in over(taken, v))]
        return sorted([*kept, *(Name(v.start, v.end, type="Place", name=reading.quote(v)) for v in new)])

    def phrases(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> list[Name]:
        """Phrases as the votes bound them; of the rules' own those that the votes do not doubt."""
        same = {(n.start, n.end): n for n in reading.phrases}
        bodies = {n.end: n.name for n in reading.organisations}
        found: list[Name] = []
        clauses: dict[Span, Clause] = {}
        for vote in [self.fitted(reading, vote) for vote in votes]:
            if over(reading.titles, vote):
                continue
            type_, kind = TYPES[vote.kind]
            rule = same.get((vote.start, vote.end))
            plain = rule or Name(
                vote.start, vote.end, name=reading.quote(vote), verb=self.trigger(reading, vote, clauses)
            )
            name = replace(plain, type=type_, kind=kind)
            if name.type == "Mechanism" and not name.parent:
                name = replace(name, parent=bodies.get(name.start, ""))
            found.append(name)
        kept = [
            n
            for n in reading.phrases
            if n.parent == "title"
            or (not over(votes, n) and not self.doubted(n, ("DOC", "PRG", "MEC"), beliefs, self.keep["MEC"]))
        ]
        return sorted({*found, *kept})

    def fitted(self, reading: Reading, vote: Vote) -> Vote:
        """A vote without what no name begins with (全国首批), and with the noun behind it that makes it a programme."""
        first = self.lead.match(reading.text, vote.start, vote.end)
        more = self.tail.match(reading.text, vote.end)
        start, end = first.end() if first else vote.start, more.end() if more else vote.end
        return Vote(start, end, "PRG" if more else vote.kind)

    def trigger(self, reading: Reading, span: Span, clauses: dict[Span, Clause]) -> Span | None:
        """The verb whose object a name is; `clauses` holds those that were described already."""
        whole = reading.clause(span.start)
        if span.end > whole.end:
            return None
        if whole not in clauses:
            clauses[whole] = self.boundaries.clause(reading, whole, [])
        verb, _ = self.verbs.trigger(clauses[whole], Span(span.start - whole.start, span.end - whole.start), [])
        return verb and Span(verb.start + whole.start, verb.end + whole.start)


def several(names: Sequence[Name], span: Span) -> bool:
    """Whether a span begins with one name and ends with another: 市民政局、市财政局, 市公安局协助市法院."""
    first = min((n.end for n in names if n.start == span.start), default=span.end)
    return any(n.end == span.end and n.start >= first for n in names)


def over(names: Sequence[S], span: Span) -> list[S]:
    """Of sorted names those that share a character with the span."""
    return [name for name in within(names, Span(max(0, span.start - REACH), span.end)) if name.overlaps(span)]


@Language.factory("kg_recogniser")
def make(nlp: Language, name: str) -> Recogniser:
    """The factory by which spaCy makes the component."""
    return Recogniser(load())
