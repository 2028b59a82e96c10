"""What the components have read of a document so far: one `Reading` a `Doc`, filled from left to right of the pipeline.

All places in it are offsets into ``folded.text``; `Reading.original` gives those of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from kg.text import Folded


@dataclass(slots=True, unsafe_hash=True)
class Span:
    """Characters ``start:end`` of the folded text.

    Never changed once made. It is not frozen as the others are: a frozen dataclass takes three times as long to make,
    and a document has a span a word.
    """

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        """Order of the text, for spans of every class; of two at one place, the shorter first."""
        return (self.start, self.end) < (other.start, other.end)

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True, unsafe_hash=True)
class Line(Span):
    """A line; `level` is 0 for text, 1 … for headings, `topic` the end of the heading within a line that goes on."""

    level: int = 0
    topic: int = 0


@dataclass(slots=True, unsafe_hash=True)
class Name(Span):
    """A named thing in the text.

    `type` is Organisation, Place, Policy or Mechanism; `name` what it is called (the document's form, local words not
    yet resolved); `kind` as in the ontology; `verb` the trigger whose object it is.
    """

    type: str = ""
    name: str = ""
    kind: str = ""
    verb: Span | None = None
    parent: str = ""  # the name of what it is a unit of, where the text composes the two
    alias: bool = False  # a short form that stands for a name given elsewhere


@dataclass(slots=True, unsafe_hash=True)
class Token(Span):
    """A word of the segmentation with its part of speech; evidence for boundaries, never a name's limit by itself."""

    word: str = ""
    tag: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Period(Span):
    """A stretch of time as ISO 8601 (see the guidelines), or a relative one still to be resolved."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and what was read of its slots."""

    span: Span
    text: str
    value: Decimal
    upper: Decimal | None
    unit: str
    bound: str
    metric: str = ""
    period: str | None = None
    status: str = "actual"
    subject: Name | None = None
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts from `since` on: one or more names, with their roles where a task list gives them."""

    since: int
    names: tuple[Name, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as read: two names, the passage, where the actor was read if elsewhere, by which rule, how sure."""

    subject: Name
    predicate: str
    object: Name
    evidence: Span
    rule: str
    antecedent: Span | None = None
    confidence: float = 0.5
    period: str | None = None
    role: str | None = None
    status: str | None = None


@dataclass(slots=True)
class Reading:
    """The state of reading one document; each component fills its own part."""

    folded: Folded
    doc: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    clauses: list[Span] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    places: list[Name] = field(default_factory=list)
    organisations: list[Name] = field(default_factory=list)
    titles: list[Name] = field(default_factory=list)
    phrases: list[Name] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # short form → full name, as the document introduces it
    periods: list[Period] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attributes: list[tuple[Name, str, str]] = field(default_factory=list)  # of a policy: property of policy.ttl, value
    meta: dict[str, str] = field(default_factory=dict)
    home: str = ""  # GB/T 2260 code of the place that the document is about, or its bare name
    own: Name | None = None  # the policy that the document itself is
    reporter: Name | None = None  # the body that signs, publishes or reports

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def quote(self, span: Span) -> str:
        """The folded characters of a span."""
        return self.folded.text[span.start : span.end]

    def sentence(self, position: int) -> Span:
        """The sentence that holds a position."""
        return at(self.sentences, position)

    def clause(self, position: int) -> Span:
        """The clause (between commas) that holds a position."""
        return at(self.clauses, position)

    def splits(self, position: int) -> bool:
        """Whether a word of the segmentation goes on across a position: 示范|县, 桂华村|民."""
        token = at(self.tokens, position) if self.tokens else Span(0, 0)
        return token.start < position < token.end

    def actor(self, position: int) -> Actor | None:
        """Who acts at a position; None where nobody is known to."""
        index = bisect_right(self.actors, position, key=lambda a: a.since) - 1
        return self.actors[index] if index >= 0 else None

    def names(self) -> list[Name]:
        """All names, in order of the text."""
        return sorted([*self.places, *self.organisations, *self.titles, *self.phrases])


S = TypeVar("S", bound=Span)


def at(spans: Sequence[Span], position: int) -> Span:
    """The last of the sorted spans that starts at or before a position."""
    index = bisect_right(spans, position, key=lambda s: s.start) - 1
    return spans[max(0, index)]


def within(spans: Sequence[S], stretch: Span) -> list[S]:
    """The sorted spans that start within a stretch."""
    first = bisect_right(spans, stretch.start - 1, key=lambda s: s.start)
    last = bisect_right(spans, stretch.end - 1, key=lambda s: s.start)
    return list(spans[first:last])
