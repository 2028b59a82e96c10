"""Quotes of a graph → the stretches of text the page carries, each character once, and where the quotes lie in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kg.model import Entity, Evidence, Graph, Quote

AROUND = 60  # characters of context before and after a quote, at most; assets/passages.js cuts at the same number

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passages:
    """`excerpts`: (document, start, text); `places`: (excerpt, start in it, length); `index`: place of each quote."""

    excerpts: tuple[tuple[int, int, str], ...]
    places: tuple[tuple[int, int, int], ...]
    index: Mapping[Quote, int]


def collect(graph: Graph, texts: Mapping[str, str], documents: Mapping[str, int]) -> Passages:
    """The passages of every evidence and antecedent of the graph; a quote that its text does not hold stands alone."""
    by_doc: dict[str, set[Quote]] = defaultdict(set)
    for evidence in evidences(graph):
        for quote in filter(None, (evidence.quote, evidence.antecedent)):
            by_doc[quote.doc].add(quote)
    excerpts: list[tuple[int, int, str]] = []
    places: list[tuple[int, int, int]] = []
    index: dict[Quote, int] = {}
    for doc in sorted(by_doc, key=lambda name: documents[name]):
        text, quotes = texts.get(doc, ""), sorted(by_doc[doc])
        windows = merged(_window(text, quote) for quote in quotes if _holds(text, quote))
        starts, first = [start for start, _ in windows], len(excerpts)
        excerpts.extend((documents[doc], start, text[start:end]) for start, end in windows)
        for quote in quotes:
            index[quote] = len(places)
            if _holds(text, quote):
                at = bisect_right(starts, quote.start) - 1
                places.append((first + at, quote.start - starts[at], len(quote.text)))
            else:
                places.append((len(excerpts), 0, len(quote.text)))
                excerpts.append((documents[doc], quote.start, quote.text))
    return Passages(tuple(excerpts), tuple(places), index)


def evidences(graph: Graph) -> Iterator[Evidence]:
    """Every evidence of the graph."""
    for relation in graph.relations:
        yield from relation.evidence
    for figure in graph.figures:
        yield from figure.evidence


def spans(entity: Entity, quote: Quote, elsewhere: bool = False) -> list[Span]:
    """Where in the quote the entity stands, counted from the quote's start: its mentions (which must be sorted).

    Without a mention there, its longest wording that occurs, unless it was read `elsewhere`.

    >>> mention = Quote.of("a", "今年市司法局印发", 2, 6)
    >>> spans(Entity("o", "Organisation", "盘锦市司法局", (mention,)), Quote.of("a", "今年市司法局印发", 0, 8))
    [(2, 6)]
    """
    start, found = bisect_left(entity.mentions, Quote(quote.doc, quote.start, -1, "")), []
    for mention in islice(entity.mentions, start, None):
        if (mention.doc, mention.start) >= (quote.doc, quote.end):
            break
        if mention.end <= quote.end:
            found.append((mention.start - quote.start, mention.end - quote.start))
    if found or elsewhere:
        return merged(found)
    wordings = {entity.name, *(mention.text for mention in entity.mentions)}
    for wording in sorted(wordings, key=lambda word: (-len(word), word)):
        if wording and wording in quote.text:
            return [(quote.text.index(wording), quote.text.index(wording) + len(wording))]
    return []


def merged(found: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one.

    >>> merged([(5, 9), (0, 3), (3, 4)])
    [(0, 4), (5, 9)]
    """
    kept: list[Span] = []
    for start, end in sorted(found):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _holds(text: str, quote: Quote) -> bool:
    """Whether the quote stands in the text where it says."""
    return text[quote.start : quote.end] == quote.text


def _window(text: str, quote: Quote) -> Span:
    """The quote with its context, which ends at line ends."""
    left = max(quote.start - AROUND, text.rfind("\n", 0, quote.start) + 1)
    line_end = text.find("\n", quote.end)
    return left, min(quote.end + AROUND, line_end if line_end >= 0 else len(text))
