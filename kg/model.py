"""The records: what is read from one document, and what a graph of many holds. Standard library only.

A `Quote` is an exact run of characters of a document's text; an `Evidence` is the quote that shows a statement, with
the place where its actor was read if that stands elsewhere. Nothing is held without one. The same `Entity`, `Relation`
and `Figure` serve one document (ids such as ``o1``, one document's quotes) and the merged graph (ids such as
``organisation/盘锦市司法局``, quotes of every document that says it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

DOC = "doc"  # the id by which a figure names the document itself as its subject
QUALIFIERS = ("period", "role", "status")  # what tells relations of the same ends and predicate apart
SYMMETRIC = "cooperatesWith"  # the predicate that holds both ways and is said once
BASE = "https://w3id.org/policy-kg/id/"  # what IRIs begin with, unless a build has one of its own


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Characters ``start:end`` (code points) of the text of document `doc`, and what stands there.

    >>> Quote.of("a.txt", "盘锦市司法局印发", 0, 6)
    Quote(doc='a.txt', start=0, end=6, text='盘锦市司法局')
    """

    doc: str
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, doc: str, text: str, start: int, end: int) -> Quote:
        """Quote `text` from `start` to `end`."""
        return cls(doc, start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that shows a statement, who read it, and how sure it is (0 to 1).

    `score`: how likely the trained judge of relations makes it (0 to 1), of which and of other things `confidence` is
    made; None where it was not asked.
    """

    quote: Quote
    antecedent: Quote | None = None  # where the actor was read, if the passage does not name it
    component: str = ""
    confidence: float = 1.0
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read from its file: text without markup, line ends as ``\\n``, no other character changed.

    `hints` holds what the file states about itself outside its text (front matter, HTML meta): any of ``title``,
    ``publisher``, ``date``, ``number``, ``url``.
    """

    doc: str  # path relative to the common parent of the inputs, with "/"
    text: str
    format: str  # txt, md, html, docx, pdf
    sha256: str  # of the file's bytes
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document itself; `about` is the id of its main Place, dates are ISO 8601."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    genre: str | None = None
    about: str | None = None
    number: str | None = None  # 发文字号


@dataclass(frozen=True, slots=True)
class Entity:
    """A body, place, policy or mechanism: one node. `owner` is the name of the place or body a local one belongs to."""

    id: str
    type: str
    name: str
    mentions: tuple[Quote, ...]
    kind: str | None = None  # of a Policy: document or programme; of an Organisation: court, government, …
    owner: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()  # form, documentNumber, issuedOn, inForceFrom, code: of policy.ttl
    stated: tuple[tuple[str, ...], ...] = ()  # of a merged entity: of each attribute the documents that it was read in


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, predicate, object (entity ids), with every passage that says so, best first."""

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    period: str | None = None  # ISO 8601, as in the annotation guidelines
    role: str | None = None  # lead, responsible, participant, host, cohost
    status: str | None = None  # done, planned, required


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated quantity; `subject` holds entity ids, best first, or `DOC`. `text` is the wording it was read from."""

    id: str
    text: str
    value: Decimal
    unit: str
    bound: str  # exact, about, over, under
    metric: str
    subject: tuple[str, ...]
    period: str | None
    status: str  # actual, estimate, target, baseline
    evidence: tuple[Evidence, ...]
    upper: Decimal | None = None  # of a range


@dataclass(frozen=True, slots=True)
class Metric:
    """What figures measure: phrases of one meaning, under the most frequent of them, with the `figures` by id."""

    id: str
    name: str
    variants: tuple[str, ...]
    topic: str | None  # the mechanism or programme that it is of, from the sentence where the phrase does not say
    kind: str  # level, share, growth, count, money, duration
    basis: str | None  # of growth: yearly (同比), sequential (环比), with -decline where numbers count downwards
    dimension: str | None
    unit: str  # the measure word most used; of units that convert into one another the base
    comparable: bool  # false where nothing says what it is of
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one metric, subject and period (all by id) of different documents, which cannot all be so."""

    metric: str
    subject: str
    period: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """What one document says: a line of ``records.jsonl``."""

    doc: str
    sha256: str
    meta: Meta
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the merged graph knows it; ``meta.about`` is a graph id here.

    `copy_of`: the document of which it is a copy (a reprint, a web page of the same notice); what both say counts once.
    """

    doc: str
    sha256: str
    meta: Meta
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Many documents as one graph. Each tuple is sorted by id (relations by subject, predicate, object).

    As RDF, an id stands behind `base`; `version` is that of the program that read the documents, "" if not known.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    metrics: tuple[Metric, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    base: str = BASE
    version: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What tells an entity apart in every build: type, name and owner."""

    type: str
    name: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class RelationTarget:
    """A relation that a person judges; a qualifier that is not given fits any."""

    subject: Named
    predicate: str
    object: Named
    qualifiers: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """A figure that a person judges, by metric and first subject (none: the document); slots not given fit any."""

    metric: str
    subject: Named | None
    slots: tuple[tuple[str, str | None], ...] = ()


Target = Named | RelationTarget | FigureTarget


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's judgement, a line of ``decisions.jsonl``.

    ``same`` and ``different`` hold for every document. ``add``, ``remove`` and ``replace`` hold for the documents whose
    files have the hashes in `source_hash`. `value` is an entity (same, different), what is put in its place (replace),
    or what is added with its passage (add).
    """

    action: str  # same, different, add, remove, replace
    target: Target
    value: Named | Mapping[str, Any] | None = field(hash=False)  # what an object of JSON holds has no hash
    by: str
    date: str  # ISO 8601
    source_hash: tuple[str, ...] = ()
    place: str = field(default="", compare=False, repr=False)  # file and line that it was read from
