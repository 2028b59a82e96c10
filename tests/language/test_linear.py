"""Reading takes time in proportion to the text: ten times the characters take no more than four times as long each."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from kg.resolve import document

pytestmark = pytest.mark.long

SHORT, LONG, FACTOR = 20_000, 200_000, 4

# Texts that grow: what a report repeats, and what makes every word wait for every other.
KINDS: Mapping[str, Callable[[int], str]] = {
    "a report": lambda i: (
        "松阳县司法局印发《松阳县普法办法》，建立山区调解联动机制，全县受理案件1.2万余件，同比增长5%。"
        "县公安局会同县法院开展“护茶”专项行动。\n"
    ),
    "names that are all different": lambda i: (
        f"松阳县制定《第{i}号普法办法》，建立第{i}村联动机制，甲{i}科技有限公司受理案件{i}件。\n"
    ),
    "titles that are never closed": lambda i: "《普法办法\n",
    "titles that stand for others": lambda i: "根据《办法》办理。",
    "that bureau": lambda i: "松阳县司法局开会，该局办案。",
    "names without a mark between them": lambda i: "松阳县司法局建立联动机制",
    "words without a mark between them": lambda i: "天地玄黄宇宙洪荒",
    "figures without a mark between them": lambda i: f"{i}件",
    "figures between commas": lambda i: "受理案件5件，",
    "quotation marks that are never closed": lambda i: "“甲",
    "brackets that are never closed": lambda i: "（",
    "list marks": lambda i: "一、",
    "short lines": lambda i: "甲\n",
}


def text_of(kind: str, size: int) -> str:
    """At least so many characters of a kind."""
    pieces: list[str] = []
    length = 0
    for index in count(1):
        if length >= size:
            break
        pieces.append(KINDS[kind](index))
        length += len(pieces[-1])
    return "".join(pieces)


def cost(reader: Callable[..., Any], text: str) -> float:
    """Seconds a character, the better of two runs for a short text."""
    taken = []
    for _ in range(2 if len(text) <= SHORT else 1):
        start = time.perf_counter()
        document(*reader(text))
        taken.append(time.perf_counter() - start)
    return min(taken) / len(text)


@pytest.mark.parametrize("kind", list(KINDS))
def test_reading_is_linear(reader: Callable[..., Any], kind: str) -> None:
    short = cost(reader, text_of(kind, SHORT))
    long = cost(reader, text_of(kind, LONG))
    assert long < FACTOR * short, f"{short * 1e6:.0f} µs a character at {SHORT}, {long * 1e6:.0f} at {LONG}"
