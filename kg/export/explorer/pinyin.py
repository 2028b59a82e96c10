"""Names → how they are read, so that the page can find 深圳市发改委 by "shenzhenshifagaiwei" and by "szsfgw".

One reading a character, and for the few names in which a character is read otherwise (重庆, 银行), what it is there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pypinyin import Style, lazy_pinyin

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
Different = list[int | str]  # position, reading, position, reading …


def readings(names: Sequence[Sequence[str]]) -> dict[str, object]:
    """``chars`` and ``read``: each character's usual reading; ``except``: name group, name in it, what differs there.

    >>> readings([["重庆市"], ["重点", "重要"]])["except"]
    [[0, 0, [0, 'chong']]]
    """
    spelt = [[_syllables(name) for name in group] for group in names]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for group, spellings in zip(names, spelt, strict=True):
        for name, syllables in zip(group, spellings, strict=True):
            for char, syllable in zip(name, syllables, strict=True):
                if syllable:
                    counts[char][syllable] += 1
    usual = {char: min(found, key=lambda read: (-found[read], read)) for char, found in sorted(counts.items())}
    apart: list[list[object]] = []
    for row, (group, spellings) in enumerate(zip(names, spelt, strict=True)):
        for column, (name, syllables) in enumerate(zip(group, spellings, strict=True)):
            different = _different(name, syllables, usual)
            if different:
                apart.append([row, column, different])
    return {"chars": "".join(usual), "read": " ".join(usual.values()), "except": apart}


def _syllables(name: str) -> list[str]:
    """A reading for each character of the name, "" where it has none (letters, digits, marks)."""
    found = [""] * len(name)
    for run in HAN.finditer(name):
        read = lazy_pinyin(run[0], style=Style.NORMAL)
        if len(read) == len(run[0]):
            found[run.start() : run.end()] = read
    return found


def _different(name: str, syllables: Sequence[str], usual: dict[str, str]) -> Different:
    """Where the name is read otherwise than character by character."""
    pairs = [
        (at, read) for at, (char, read) in enumerate(zip(name, syllables, strict=True)) if read and usual[char] != read
    ]
    return [item for pair in pairs for item in pair]
