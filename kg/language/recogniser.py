"""A trained reader votes on names: what the rules missed is added, what it doubts is dropped, ends are moved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language import candidates, hashing
from kg.language.candidates import Candidates, chosen
from kg.language.clauses import Boundaries
from kg.language.crf import Chain, marginals
from kg.language.enumerations import Enumerations
from kg.language.features import Features
from kg.language.gazetteer import FULL, gazetteer_of
from kg.language.introduced import Introduced
from kg.language.labels import KINDS
from kg.language.network import Network, alone
from kg.language.overlaps import Along, settle, several
from kg.language.reading import Name, Reading, Span, in_order
from kg.language.renowned import Renowned
from kg.language.strategies import Strategies
from kg.language.verbs import Verbs
from kg.language.wording import Vote, Wording, called

FILE = "names.npz"
HALF = 0.5
TITLED = "《"  # what stands in it `kg_titles` has read, or knows for no policy
LONG = ("Policy", "Mechanism")  # what is named within other names is not one of these
TEXT = "PolicyDocument"
TYPES = {
    "ORG": ("Organisation", ""),
    "LOC": ("Place", ""),
    "DOC": ("Policy", "PolicyDocument"),
    "PRG": ("Policy", "Programme"),
    "MEC": ("Mechanism", ""),
}


@dataclass(frozen=True)
class Weights:
    """What ``bench/train_names.py`` learnt: labels of words and how they follow, classes of whole stretches."""

    labels: Network
    chain: Chain
    classes: Network

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read ``names.npz``."""
        with np.load(path, allow_pickle=False) as kept:
            chain = Chain(*(kept[part] for part in ("steps", "first", "last")))
            labels, classes = (
                Network.load(kept, name, bits)
                for name, bits in (("labels", hashing.BITS), ("classes", candidates.BITS))
            )
            return cls(labels, chain, classes)


@dataclass(slots=True)
class Belief:
    """Of one stretch: how likely each kind is, and how much of it lies in a name of any kind and extent."""

    kinds: dict[str, float]
    within: float


Beliefs = dict[tuple[int, int], Belief]


class Recogniser:
    """Revises ``reading.places``, ``organisations`` and ``phrases`` by the weights in ``ontology/weights``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("recogniser")
        self.features, self.candidates = Features(knowledge), Candidates(knowledge)
        self.weights = Weights.load(knowledge.folder / "weights" / FILE)
        self.boundaries, self.verbs = Boundaries(knowledge), Verbs(knowledge)
        self.gazetteer = gazetteer_of(knowledge)
        self.threshold: dict[str, float] = table["threshold"]
        self.keep: dict[str, float] = table["keep"]
        self.wording, self.renowned, self.introduced = Wording(knowledge), Renowned(knowledge), Introduced(knowledge)
        self.enumerations, self.strategies = Enumerations(knowledge), Strategies(knowledge)
        self.own, self.centre, self.bodily = *map(re.compile, (table["own"], table["centre"])), set(table["bodily"])
        self.undoubted = re.compile(f"{knowledge.patterns('organisations')['law']['generic']}|{table['undoubted']}")

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        if reading.tokens:
            with alone():
                self.revise(reading, *self.votes(reading))
        return doc

    def votes(self, reading: Reading) -> tuple[list[Vote], Beliefs]:
        """The names that the trained reader chooses, and what it believes of those that the rules have read."""
        reading.seen = seen = self.features.seen(reading)
        scores = self.weights.labels.scores(self.features(reading, seen))
        sure = marginals(self.weights.chain, scores, seen.clauses)
        found = self.candidates.proposed(reading, seen, sure)
        if not len(found.starts):
            return [], {}
        described = self.candidates.features(reading, seen, found, sure)
        likely = self.weights.classes.probabilities(described)
        spans, bounds = found.spans(), list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
        thresholds = np.array([self.threshold[kind] for kind in KINDS])
        best = likely[:, 1:].argmax(1)
        gains = 1 - likely[:, 0] - thresholds[best]
        picked = [i for i in chosen(spans, gains.tolist()) if reading.quote(spans[i]).isprintable()]
        votes = [Vote(spans[i].start, spans[i].end, KINDS[int(best[i])]) for i in picked]
        read = {(n.start, n.end) for n in (*reading.organisations, *reading.places, *reading.phrases)}
        taken = read.union((vote.start, vote.end) for vote in votes)
        nothing = likely[:, 0].tolist()
        reading.beliefs = {place: 1 - none for place, none in zip(bounds, nothing, strict=True) if place in taken}
        total = np.concatenate([[0.0], np.cumsum(sure[:, 0], dtype=np.float64)])
        apart = (total[found.last + 1] - total[found.first]) / (found.last + 1 - found.first)
        rows = zip(bounds, likely.tolist(), apart.tolist(), strict=True)
        return votes, {
            place: Belief(dict(zip(KINDS, row[1:], strict=True)), 1 - outside)
            for place, row, outside in rows
            if place in read
        }

    def revise(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> None:
        """Put the votes and what the rules have read together."""
        reading.organisations = self.bodies(reading, [v for v in votes if v.kind == "ORG"], beliefs)
        reading.places = self.areas(reading, votes, beliefs)
        reading.phrases = self.phrases(reading, [v for v in votes if v.kind in ("DOC", "PRG", "MEC")], beliefs)
        settle(reading, self.bodily, self.centre)

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
        votes = [part for vote in votes for part in self.wording.bodies(reading.text, vote)]
        bodies = Along(reading.organisations)
        votes = [v for v in votes if not several(bodies.over(v), v)]
        ends = {name.end for name in reading.organisations}
        read = {(name.start, name.end) for name in reading.organisations}
        all_votes, open_votes = Along(votes), Along([v for v in votes if (v.start, v.end) not in read])
        kept = in_order(
            name
            for name in reading.organisations
            if self.stays(name, all_votes, beliefs, name.start in ends or not open_votes.over(name))
        )
        along, new = Along(kept), list[Name]()
        for vote in votes:
            near = along.over(vote)
            if not any(n.holds(vote) for n in near):
                text = reading.quote(vote)
                parent = next((n.name for n in near if n.start == vote.start and n.end < vote.end), "")
                kind = self.wording.kind(text)
                new.append(Name(vote.start, vote.end, "Organisation", text, kind, parent=parent))
        return self.introduced(reading, self.renowned(reading, in_order([*kept, *new])))

    def stays(self, name: Name, votes: Along[Vote], beliefs: Beliefs, follows: bool) -> bool:
        """Whether a body that the rules have read is one: it begins one voted for, or nothing speaks against it.

        `follows`: whether another one ends where it begins, or the rules have read what is voted for.
        """
        if name.kind in ("self", "unit") or self.undoubted.match(name.name):
            return True
        around = votes.over(name)
        if any(v.holds(name) and (v.start == name.start or v.end > name.end or follows) for v in around):
            return True
        agree = all(name.holds(v) for v in around)
        return agree and not self.doubted(name, ["ORG"], beliefs, self.keep["ORG"])

    def areas(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> list[Name]:
        """Places that the votes do not doubt or that longer names hold, with those that no gazetteer holds."""
        longer = Along(in_order([*votes, *reading.organisations, *reading.titles, *reading.phrases]))
        kept = [
            n
            for n in reading.places
            if n.alias
            or (n.kind == "country" and not reading.home)
            or self.sure(reading.quote(n))
            or any(other.holds(n) for other in longer.over(n))
            or not self.doubted(n, KINDS, beliefs, self.keep["LOC"])
        ]
        taken = Along(in_order([*kept, *reading.organisations]))
        new = [v for v in votes if v.kind == "LOC" and all(n.alias and v.holds(n) for n in taken.over(v))]
        return in_order([*kept, *(self.area(reading, v) for v in new)])

    def sure(self, form: str) -> bool:
        """Whether a form is a place's full name and no common word: 增城区, which words are cut as 增|城区."""
        return len(form) >= FULL and form in self.gazetteer.full

    def area(self, reading: Reading, vote: Vote) -> Name:
        """A place voted for: the one of the gazetteer that its words mean, or one that no gazetteer holds."""
        form = reading.quote(vote)
        local = self.gazetteer.local(form, reading.home) if self.gazetteer.local_word.fullmatch(form) else None
        known = local or self.gazetteer.choose(form, reading.home)
        if known is None:
            return Name(vote.start, vote.end, type="Place", name=form)
        return Name(vote.start, vote.end, type="Place", name=known.code, kind=known.level, alias=local is not None)

    def phrases(self, reading: Reading, votes: list[Vote], beliefs: Beliefs) -> list[Name]:
        """Phrases as the votes bound them; of the rules' own those that the votes do not doubt."""
        same = {(n.start, n.end): n for n in reading.phrases}
        bodies = {n.end: n.name for n in reading.organisations}
        titles, along, found = Along(reading.titles), Along(votes), list[Name]()
        for vote in [self.wording.fitted(reading.text, vote) for vote in votes]:
            if titles.over(vote) or reading.text[vote.start] == TITLED or self.own.fullmatch(reading.quote(vote)):
                continue
            type_, kind = TYPES[vote.kind]
            rule = same.get((vote.start, vote.end))
            if rule and rule.kind == TEXT:
                type_, kind = rule.type, TEXT
            text, verb = (rule.name, rule.verb) if rule else (reading.quote(vote), self.trigger(reading, vote))
            parent = (rule.parent if rule else "") or (bodies.get(vote.start, "") if type_ == "Mechanism" else "")
            name = Name(vote.start, vote.end, type_, text, kind, verb, parent)
            found += self.wording.members(reading, name) if type_ in LONG else [name]
        kept = [
            n
            for n in reading.phrases
            if n.parent == "title"
            or (not along.over(n) and not self.doubted(n, ("DOC", "PRG", "MEC"), beliefs, self.keep["MEC"]))
        ]
        every = (called(self.wording.example, reading, name) for name in (*found, *kept))
        names = self.enumerations(reading, list(every), self.trigger)
        return self.wording.completed(reading, in_order([*names, *self.strategies(reading, names, self.trigger)]))

    def trigger(self, reading: Reading, span: Span) -> Span | None:
        """The verb whose object a name is."""
        whole = reading.clause(span.start)
        if span.end > whole.end:
            return None
        clause = self.boundaries.clause(reading, whole, [])
        verb, _ = self.verbs.trigger(clause, Span(span.start - whole.start, span.end - whole.start), [])
        return verb and Span(verb.start + whole.start, verb.end + whole.start)


@Language.factory("kg_recogniser")
def make(nlp: Language, name: str) -> Recogniser:
    """The factory by which spaCy makes the component."""
    return Recogniser(load())
