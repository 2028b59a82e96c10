"""A trained reader's vote on names: what the rules missed is added, what it does not believe is dropped, ends are moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.clauses import Boundaries, Clause
from kg.language.crf import Scores, Weights, best, marginals
from kg.language.features import BITS, Features
from kg.language.labels import KINDS, spans
from kg.language.reading import Name, Reading, Span, within
from kg.language.verbs import Verbs

FILE = "names.npz"
TYPES = {
    "ORG": ("Organisation", ""),
    "LOC": ("Place", ""),
    "DOC": ("Policy", "PolicyDocument"),
    "PRG": ("Policy", "Programme"),
    "MEC": ("Mechanism", ""),
}


@dataclass(frozen=True, slots=True)
class Tagged(Span):
    """A name that the trained reader sees."""

    kind: str = ""


class Recogniser:
    """Revises ``reading.places``, ``organisations`` and ``phrases`` by the weights in ``ontology/weights``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.features = Features(knowledge)
        self.weights = Weights.load(knowledge.folder / "weights" / FILE, BITS)
        self.boundaries, self.verbs = Boundaries(knowledge), Verbs(knowledge)
        self.suffixes = knowledge.suffixes
        import os

        self.bias = float(os.environ.get("BIAS", 0))
        self.least: dict[str, float] = {
            "ORG": float(os.environ.get("LO", 0.3)), "LOC": float(os.environ.get("LL", 0.3)), "MEC": float(os.environ.get("LM", 0.3)),
        }

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        if not reading.text:
            return doc
        scores = self.weights.emissions(self.features(reading))
        scores[:, 0] += self.bias
        tagged = [Tagged(*found) for found in spans(best(self.weights, scores, reading.clauses))]
        sure = marginals(self.weights, scores, reading.clauses)
        self.revise(reading, tagged, sure)
        return doc

    def revise(self, reading: Reading, tagged: list[Tagged], sure: Scores) -> None:
        """Put the votes together."""
        reading.organisations = self.bodies(reading, [t for t in tagged if t.kind == "ORG"], sure)
        reading.places = self.areas(reading, tagged, sure)
        reading.phrases = self.phrases(reading, [t for t in tagged if t.kind in ("DOC", "PRG", "MEC")], sure)

    def belief(self, sure: Scores, span: Span, *kinds: str) -> float:
        """How likely the characters belong to names of these kinds: the mean over the span."""
        columns = [1 + 4 * KINDS.index(kind) + i for kind in kinds for i in range(4)]
        return float(sure[span.start : span.end, columns].sum(1).mean())

    def bodies(self, reading: Reading, tagged: list[Tagged], sure: Scores) -> list[Name]:
        """Bodies that the rules and the votes agree on, with those that only one of them is sure of."""
        kept = []
        ends = {t.end: t for t in tagged}
        for name in reading.organisations:
            if name.kind == "self" or self.belief(sure, name, "ORG") >= self.least["ORG"]:
                kept.append(name)
        new = [t for t in tagged if not any(n.overlaps(t) for n in within_reach(kept, t))]
        for t in new:
            text = reading.quote(t)
            kept.append(Name(t.start, t.end, type="Organisation", name=text, kind=self.body_kind(text)))
        return sorted(kept)

    def body_kind(self, text: str) -> str:
        """The kind that the longest known ending gives."""
        for size in range(min(8, len(text)), 0, -1):
            if text[-size:] in self.suffixes:
                return self.suffixes[text[-size:]][0].kind
        return "institution"

    def areas(self, reading: Reading, tagged: list[Tagged], sure: Scores) -> list[Name]:
        """Places that the votes do not doubt, with those that no gazetteer holds."""
        kept = [n for n in reading.places if n.alias or self.belief(sure, n, *KINDS) >= self.least["LOC"]]
        new = [t for t in tagged if t.kind == "LOC" and not any(n.overlaps(t) for n in within_reach(kept, t))]
        new = [t for t in new if not any(n.overlaps(t) for n in within_reach(reading.organisations, t))]
        added = [Name(t.start, t.end, type="Place", name=reading.quote(t), kind="") for t in new]
        return sorted([*kept, *added])

    def phrases(self, reading: Reading, tagged: list[Tagged], sure: Scores) -> list[Name]:
        """Phrases as the votes bound them; of the rules' own those that the votes do not doubt."""
        fixed = [*reading.titles, *reading.organisations]
        fixed.sort()
        same = {(n.start, n.end): n for n in reading.phrases}
        found = []
        for t in tagged:
            if any(n.overlaps(t) for n in within_reach(fixed, t) if n in reading.titles):
                continue
            rule = same.get((t.start, t.end))
            type_, kind = TYPES[t.kind]
            if rule is not None:
                found.append(replace(rule, type=type_, kind=kind))
            else:
                found.append(self.triggered(reading, t, type_, kind))
        found.sort()
        for name in reading.phrases:
            if name.parent == "title" or (
                not any(n.overlaps(name) for n in within_reach(found, name))
                and self.belief(sure, name, "DOC", "PRG", "MEC") >= self.least["MEC"]
            ):
                found.append(name)
        return sorted(set(found))

    def triggered(self, reading: Reading, span: Span, type_: str, kind: str) -> Name:
        """The name at a span, with the verb whose object it is."""
        whole = reading.clause(span.start)
        if span.end > whole.end:
            return Name(span.start, span.end, type=type_, name=reading.quote(span), kind=kind)
        clause: Clause = self.boundaries.clause(reading, whole, [])
        inner = Span(span.start - whole.start, span.end - whole.start)
        verb, _ = self.verbs.trigger(clause, inner, [])
        verb = verb and Span(verb.start + whole.start, verb.end + whole.start)
        return Name(span.start, span.end, type=type_, name=reading.quote(span), kind=kind, verb=verb)


def within_reach(names: Sequence[Name], span: Span, reach: int = 120) -> list[Name]:
    """The sorted names that may overlap a span."""
    return within(names, Span(max(0, span.start - reach), span.end))


@Language.factory("kg_recogniser")
def make(nlp: Language, name: str) -> Recogniser:
    """The factory by which spaCy makes the component."""
    return Recogniser(load())
