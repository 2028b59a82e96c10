"""A trained judge of relations: adds what the rules missed, and says of what they read how likely it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.carriers import OPEN
from kg.language.moods import Moods
from kg.language.negation import Negation
from kg.language.network import Network, alone
from kg.language.pairs import Pair, pairs
from kg.language.reading import Link, Reading, Section, Span
from kg.language.views import BITS, Views
from kg.model import SYMMETRIC

FILE = "relations.npz"
PREDICATES = (  # by number, as the weights have them; 0 is none
    "",
    "issues",
    "establishes",
    "implements",
    "provides",
    "basedOn",
    "partOf",
    "cooperatesWith",
    "directs",
    "amends",
    "repeals",
)
ISSUES, DONE_WITH = "issues", ("issues", "establishes", "implements")  # predicates that have a status
DIGITS = 3  # of a score
FAR = 24  # characters before a text that may tell that others have made it


class Judge:
    """Revises ``reading.links`` by the weights in ``ontology/weights``."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("judge")
        self.add, self.beside = float(table["add"]), float(table["beside"])
        self.toward, self.theirs = re.compile(table["toward"]), re.compile(table["theirs"])
        self.detailed = knowledge.compiled("relations", "policy", "detailed")
        self.views, self.moods, self.negation = Views(knowledge), Moods(knowledge), Negation(knowledge)
        with np.load(knowledge.folder / "weights" / FILE, allow_pickle=False) as kept:
            self.network = Network.load(kept, "relations", BITS)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        every = pairs(reading)
        if every and reading.seen:
            with alone():
                likely = self.network.probabilities(self.views(reading, reading.seen, every))
            added = list(self.added(reading, every, likely))
            reading.links = [*scored(reading.links, every, likely), *added]
        return doc

    def added(self, reading: Reading, every: Sequence[Pair], likely: NDArray[np.float32]) -> Iterator[Link]:
        """The relations that no rule has read and the judge is sure of."""
        read = {(id(link.object), link.predicate) for link in reading.links}
        joined = {frozenset((id(x.subject), id(x.object))) for x in reading.links if x.predicate == SYMMETRIC}
        sections = self.moods.find(reading)
        best = likely[:, 1:].argmax(1) + 1
        sure = 1 - likely[:, 0]
        for place in np.flatnonzero(sure >= self.add).tolist():
            pair, predicate = every[place], PREDICATES[best[place]]
            least = self.beside if pair.links or (id(pair.object), predicate) in read else self.add
            told = any(link.predicate == predicate for link in pair.links)
            told |= predicate == SYMMETRIC and frozenset((id(pair.subject), id(pair.object))) in joined
            told |= predicate == ISSUES and self.detailed.match(reading.text, pair.object.end) is not None
            told |= self.toward.search(reading.text, max(0, pair.object.start - 1), pair.object.start) is not None
            before = max(0, pair.object.start - FAR)
            told |= predicate == ISSUES and self.theirs.search(reading.text, before, pair.object.start) is not None
            if sure[place] >= least and not told and not self.negation(reading, pair.object):
                yield self.link(reading, pair, predicate, round(float(sure[place]), DIGITS), sections)

    def link(self, reading: Reading, pair: Pair, predicate: str, score: float, sections: list[Section]) -> Link:
        """A relation with the passage from the subject, the verb or the clause's start to the object."""
        subject, name = pair.subject, pair.object
        clause = reading.clause(name.start)
        verb = name.verb if name.verb and clause.start <= name.verb.start < name.start else None
        start = min(verb.start if verb else clause.start, name.start)
        passage, antecedent = Span(start, name.end), None
        if subject.end > subject.start and clause.start <= subject.start < clause.end:
            passage = Span(min(subject.start, start if verb else name.start), max(subject.end, name.end))
        elif subject.end:
            antecedent = Span(subject.start, subject.end)
        settled = predicate == ISSUES and reading.text[name.start] in OPEN
        acts = verb or Span(name.start, name.start)
        status = self.moods.of(reading, acts, sections, settled) if predicate in DONE_WITH else None
        return Link(subject, predicate, name, passage, "judge", antecedent, status=status, score=score)


def scored(links: Sequence[Link], every: Sequence[Pair], likely: NDArray[np.float32]) -> list[Link]:
    """The links that the rules have read, with how likely the judge makes each."""
    said = [(link, row) for row, pair in enumerate(every) for link in pair.links if link.predicate in PREDICATES]
    columns = [PREDICATES.index(link.predicate) for link, _ in said]
    sure = likely[[row for _, row in said], columns].tolist()
    scores = {id(link): round(each, DIGITS) for (link, _), each in zip(said, sure, strict=True)}
    return [with_score(link, scores[id(link)]) if id(link) in scores else link for link in links]


def with_score(link: Link, score: float) -> Link:
    """The link with its score; `dataclasses.replace` takes three times as long."""
    ends = link.subject, link.predicate, link.object
    return Link(*ends, link.evidence, link.rule, link.antecedent, link.period, link.role, link.status, score)


@Language.factory("kg_judge")
def make(nlp: Language, name: str) -> Judge:
    """The factory by which spaCy makes the component."""
    return Judge(load())
