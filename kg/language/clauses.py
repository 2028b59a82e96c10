"""A clause with its words and what bounds noun phrases in it; where the phrase that ends with a head begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, Span, Token, Tokens

LONGEST, SHORTEST = 32, 2  # characters of a phrase before its head
PLACE = "ns"  # the segmentation's part of speech for place names: the verb after one is what the place does


@dataclass(slots=True)
class Clause:
    """A clause; offsets count from its own start.

    `edges` are words at which a phrase can end to the left, `places` the ends of place names, `masks` quotations,
    `blocks` names already read.
    """

    text: str
    tokens: Tokens
    edges: list[Token]
    places: list[int]
    masks: list[Span]
    blocks: list[Span]


class Boundaries:
    """Reads a clause's edges and finds the left end of a phrase."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("phrases")
        self.verbs, self.heads = knowledge.verbs, knowledge.heads
        self.boundary, self.inner = set(table["boundary"]), set(table["inner"])
        self.tags = set(table["boundary_tags"])
        self.nominal, self.free = set(table["nominal"]), set(table["free"])
        self.closed, self.light = tuple(self.heads.keys() - set(table["loose"])), set(table["light"])
        self.auxiliary, self.conjunctions = set(table["auxiliary"]), set(table["conjunctions"])
        self.quoted, self.cut, self.pause = (re.compile(table[key]) for key in ("quoted", "cut", "pause"))
        self.list_mark: str = table["list_mark"]
        self.parting = frozenset([*self.verbs, *self.boundary, *self.conjunctions])

    def clause(self, reading: Reading, span: Span, taken: Sequence[Name]) -> Clause:
        """The clause at `span`, in which the names `taken` are already read."""
        blocks = [Span(n.start - span.start, n.end - span.start) for n in taken]
        words = reading.clause_words.get(span)
        if words is None:
            words = reading.clause_words[span] = self.words(reading, span)
        return Clause(*words, blocks)

    def words(self, reading: Reading, span: Span) -> tuple[str, Tokens, list[Token], list[int], list[Span]]:
        """The text of a clause, its words, its edges, ends of places and quotations; nobody may change them."""
        text = reading.quote(span)
        masks = [Span(m.start(), m.end()) for m in self.quoted.finditer(text)]
        tokens = part(reading.tokens, span)
        edges = [
            Token(start, end, word, tag)
            for start, end, word, tag in zip(tokens.starts, tokens.ends, tokens.words, tokens.tags, strict=True)
            if word in self.parting or (tag in self.tags and word not in self.inner)
        ]
        if masks:
            edges = [t for t in edges if not any(m.overlaps(t) for m in masks)]
        tags = tokens.tags
        places = [end for end, tag in zip(tokens.ends, tags, strict=True) if tag == PLACE] if PLACE in tags else []
        return text, tokens, edges, places, masks

    def quotes(self, reading: Reading, span: Span) -> bool:
        """Whether there is a quotation in the clause at `span`."""
        return self.quoted.search(reading.text, span.start, span.end) is not None

    def left(self, clause: Clause, head: int) -> int:
        """Where the phrase whose head starts at `head` begins."""
        left = floor = max((b.end for b in clause.blocks if b.end <= head), default=0)
        near = [e for e in clause.edges if floor < e.end <= head]
        for index in range(len(near) - 1, -1, -1):
            edge = near[index]
            named = edge.start in clause.places or any(b.end == edge.start for b in clause.blocks)
            acts = named and edge.word in self.verbs and edge.end < head
            if acts or not self.is_noun(clause.text, edge, head, near[:index]):
                left = edge.end
                break
        for mark in self.cut.finditer(clause.text, left, head):
            if not any(mask.start < mark.start() < mask.end - 1 for mask in clause.masks):
                left = mark.end()
        return max(left, head - LONGEST)

    def is_noun(self, text: str, edge: Token, head: int, before: list[Token]) -> bool:
        """Whether a word that can part phrases is in one here: before the head, after a noun or a light verb."""
        last = before[-1] if before else Token(0, 0)
        adjoins = last.end == edge.start
        if edge.word in self.conjunctions:
            return self.joins(text, edge)
        if edge.word in self.nominal or edge.word in self.free:
            opens = last.word in self.light or (edge.word in self.free and last.word in self.verbs)
            if adjoins and opens and last.word not in self.auxiliary and last.word + edge.word not in self.verbs:
                return True
            if edge.end == head and not (adjoins and last.word in self.auxiliary):
                return True
            if edge.end < head and text[edge.end : head] in self.nominal and not adjoins:
                return True
        if (
            edge.end == head
            and edge.start - last.end >= SHORTEST
            and edge.word not in self.auxiliary
            and edge.tag[:1] in "vn"
        ):
            return True
        return edge.word in self.free and not adjoins and edge.start > 0 and not self.pause.match(text[edge.start - 1])

    def joins(self, text: str, conjunction: Token) -> bool:
        """Whether a conjunction is within a name (激励和约束机制): before it stands no name or list."""
        before = text[max(0, conjunction.start - 4) : conjunction.start]
        stretch = self.pause.split(text[: conjunction.start])[-1]
        headed = before.endswith(self.closed)
        return not headed and self.list_mark not in text[: conjunction.start] and len(stretch) >= SHORTEST


def part(tokens: Tokens, stretch: Span) -> Tokens:
    """The words that start within a stretch, their places counted from where it starts."""
    first = bisect_left(tokens.starts, stretch.start)
    last = bisect_left(tokens.starts, stretch.end, first)
    starts, ends = ([at - stretch.start for at in column[first:last]] for column in (tokens.starts, tokens.ends))
    return Tokens(starts, ends, tokens.words[first:last], tokens.tags[first:last])
