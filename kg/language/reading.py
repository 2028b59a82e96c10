"""What the components have read of a document so far: one `Reading` a `Doc`, filled from left to right of the pipeline.

All places in it are offsets into ``folded.text``; `Reading.original` gives those of the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from kg.text import Folded

if TYPE_CHECKING:
    from kg.language.features import Seen


@dataclass(slots=True, unsafe_hash=True)
class Span:
    """Characters ``start:end`` of the folded text; never changed, but made in a third of the time of a frozen one."""

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


@dataclass(slots=True)
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

    def __hash__(self) -> int:
        return hash((self.start, self.end))  # few names share a place


@dataclass(slots=True, unsafe_hash=True)
class Token(Span):
    """A word of the segmentation with its part of speech; evidence for boundaries, never a name's limit by itself."""

    word: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of the segmentation in columns, which take a fraction of the time that objects do."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    words: Sequence[str] = ()
    tags: Sequence[str] = ()

    def __len__(self) -> int:
        """How many words."""
        return len(self.ends)

    def within(self, stretch: Span) -> list[Token]:
        """The words that start within a stretch."""
        first = bisect_left(self.starts, stretch.start)
        last = bisect_left(self.starts, stretch.end, first)
        columns = self.starts, self.ends, self.words, self.tags
        return list(map(Token, *(column[first:last] for column in columns)))

    def at(self, position: int) -> Token:
        """The word that holds a position; an empty one where there is no word."""
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return Token(0, 0)
        return Token(self.starts[index], self.ends[index], self.words[index], self.tags[index])


@dataclass(slots=True, unsafe_hash=True)
class Period(Span):
    """A stretch of time as ISO 8601 (see the guidelines), or a relative one still to be resolved."""

    value: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch from `start` on: the period that it reports on, and whether it looks ahead."""

    start: int
    period: str | None
    ahead: bool


@dataclass(slots=True, unsafe_hash=True)
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


@dataclass(slots=True, unsafe_hash=True)
class Actor:
    """Who acts from `since` on: one or more names, with their roles where a task list gives them; none, if unknown."""

    since: int
    names: tuple[Name, ...]
    roles: tuple[str, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class Link:
    """A relation as read: two names, passage, where the actor was read if elsewhere, rule, the judge's score."""

    subject: Name
    predicate: str
    object: Name
    evidence: Span
    rule: str
    antecedent: Span | None = None
    period: str | None = None
    role: str | None = None
    status: str | None = None
    score: float | None = None


@dataclass(slots=True)
class Reading:
    """The state of reading one document; each component fills its own part."""

    folded: Folded
    text: str = field(init=False)  # the folded one
    doc: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    clauses: list[Span] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)  # of `sentences`: numbers are found faster than spans
    clause_starts: list[int] = field(default_factory=list)
    clause_words: dict[Span, tuple[str, Tokens, list[Token], list[int], list[Span]]] = field(default_factory=dict)
    tokens: Tokens = field(default_factory=Tokens)
    places: list[Name] = field(default_factory=list)
    organisations: list[Name] = field(default_factory=list)
    titles: list[Name] = field(default_factory=list)
    phrases: list[Name] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # short form → full name, as the document introduces it
    periods: list[Period] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    voices: list[Actor] = field(default_factory=list)  # for whom a text is spoken that speaks for several
    links: list[Link] = field(default_factory=list)
    attributes: list[tuple[Name, str, str]] = field(default_factory=list)  # of a policy: property of policy.ttl, value
    meta: dict[str, str] = field(default_factory=dict)
    home: str = ""  # GB/T 2260 code of the place that the document is about, or its bare name
    own: Name | None = None  # the policy that the document itself is
    reporter: Name | None = None  # the body that signs, publishes or reports
    seen: Seen | None = None  # the words as arrays
    beliefs: dict[tuple[int, int], float] = field(default_factory=dict)  # how likely the recogniser makes a name

    def __post_init__(self) -> None:
        self.text = self.folded.text

    def quote(self, span: Span) -> str:
        """The folded characters of a span."""
        return self.text[span.start : span.end]

    def sentence(self, position: int) -> Span:
        """The sentence that holds a position."""
        if len(self.sentence_starts) != len(self.sentences):
            self.sentence_starts = list(map(START, self.sentences))
        return self.sentences[(bisect_right(self.sentence_starts, position) or 1) - 1]

    def clause(self, position: int) -> Span:
        """The clause (between commas) that holds a position."""
        if len(self.clause_starts) != len(self.clauses):
            self.clause_starts = list(map(START, self.clauses))
        return self.clauses[(bisect_right(self.clause_starts, position) or 1) - 1]

    def splits(self, position: int) -> bool:
        """Whether a word of the segmentation goes on across a position: 示范|县, 桂华村|民."""
        place = bisect_right(self.tokens.starts, position) - 1
        return place >= 0 and self.tokens.starts[place] < position < self.tokens.ends[place]

    def actor(self, position: int) -> Actor | None:
        """Who acts at a position; None where nobody is known to."""
        index = bisect_right(self.actors, position, key=lambda a: a.since) - 1
        return self.actors[index] if index >= 0 and self.actors[index].names else None

    def names(self) -> list[Name]:
        """All names, in order of the text."""
        return in_order([*self.places, *self.organisations, *self.titles, *self.phrases])


S = TypeVar("S", bound=Span)
START, PLACE = attrgetter("start"), attrgetter("start", "end")


def in_order(spans: Iterable[S]) -> list[S]:
    """The spans in order of the text, the shorter of two at one place first; four times as fast as by `Span.__lt__`."""
    return sorted(spans, key=PLACE)


def at(spans: Sequence[Span], position: int) -> Span:
    """The last of the sorted spans that starts at or before a position."""
    index = bisect_right(spans, position, key=START) - 1
    return spans[max(0, index)]


def within(spans: Sequence[S], stretch: Span) -> list[S]:
    """The sorted spans that start within a stretch."""
    first = bisect_left(spans, stretch.start, key=START)
    last = bisect_left(spans, stretch.end, first, key=START) if stretch.end > stretch.start else first
    return list(spans[first:last])
