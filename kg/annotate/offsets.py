"""Code points, in which our offsets are, ↔ UTF-16 units, in which those of tools written in JavaScript may be."""

from __future__ import annotations

from itertools import accumulate

BASIC = 0xFFFF  # the last code point that one unit holds


def units(text: str) -> list[int]:
    r"""For each code point, and for the end, the units before it.

    >>> units("a\U0001f600b")
    [0, 1, 3, 4]
    """
    return [0, *accumulate(2 if ord(char) > BASIC else 1 for char in text)]


def from_units(text: str) -> dict[int, int]:
    """For each offset in units the code points before it."""
    return {unit: place for place, unit in enumerate(units(text))}
