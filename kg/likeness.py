"""Two wordings → whether they are the same but for width, quotation marks and spaces, and how alike they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise

from kg.knowledge import load


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """The wording in one width and case, without quotation marks and spaces: what names are compared by.

    >>> plain("《１２３４５ 热线》") == plain("12345热线")
    True
    """
    return unicodedata.normalize("NFKC", text).translate(_ignored()).lower()


def dice(left: str, right: str) -> float:
    """Twice the characters that both have over all of both, 0 to 1; 1 where both are empty."""
    return _overlap(Counter(plain(left)), Counter(plain(right)), 1.0)


def alike(left: str, right: str) -> float:
    """The same over pairs of neighbouring characters; 0 for a growth rate and a level.

    >>> alike("办结率", "按时办结率") > 0.5 > alike("办结率", "办结率同比增长")
    True
    """
    if bool(_growth().search(left)) != bool(_growth().search(right)):
        return 0.0
    return _overlap(_pairs(plain(left)), _pairs(plain(right)), 0.0)


def _pairs(text: str) -> Counter[str]:
    """Neighbouring characters; the characters themselves where there is but one."""
    return Counter(map("".join, pairwise(text))) or Counter(text)


def _overlap(left: Counter[str], right: Counter[str], empty: float) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else empty


@cache
def _ignored() -> dict[int, None]:
    return dict.fromkeys(map(ord, load().patterns("likeness")["ignored"]))


@cache
def _growth() -> re.Pattern[str]:
    return load().compiled("likeness", "growth")
