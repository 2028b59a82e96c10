"""Which names share characters with a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kg.language.reading import Name, Span, within

S = TypeVar("S", bound=Span)
REACH = 130  # no name is longer


def several(names: Sequence[Name], span: Span) -> bool:
    """Whether a span begins with one name and ends with another: 市民政局、市财政局, 市公安局协助市法院."""
    first = min((n.end for n in names if n.start == span.start), default=span.end)
    return any(n.end == span.end and n.start >= first for n in names)


def over(names: Sequence[S], span: Span) -> list[S]:
    """Of sorted names those that share a character with the span."""
    return [name for name in within(names, Span(max(0, span.start - REACH), span.end)) if name.overlaps(span)]
