"""Text in one width with its offsets kept, and numerals of both scripts as numbers.

Documents mix full-width and half-width punctuation, straight and curly quotes, spaces inside dates and line breaks
inside names. `fold` gives one form to read, and says for every character of it where it stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

WIDE = str.maketrans({w: chr(ord(w) - 0xFEE0) for w in map(chr, range(0xFF10, 0xFF5B)) if w.isalnum()}) | str.maketrans(
    "％．﹪＋－「」『』﹙﹚⑴", "%.%+-“”“”（）⑴"
)
WIDE_ONES = re.compile(f"[{''.join(map(chr, WIDE))}]")  # few: `translate` would ask for every character
NARROW = str.maketrans(",;:!?()", "，；：！？（）")
SPACES = " \u3000\xa0\u2002\u2003\u2009\u200b\ufeff"
PLAIN = re.compile(r"[0-9A-Za-z]")
MARKS = re.compile(f'[{SPACES}\t\n“”",;:!?()]')


@dataclass(frozen=True, slots=True)
class Folded:
    """The text to read, and `offsets[i]`: where its character `i` stands in the original (one more at the end)."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original text of ``text[start:end]``."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]

    def position(self, offset: int) -> int:
        """The place in the folded text of an offset of the original (of the next kept character, if it was dropped)."""
        return bisect_left(self.offsets, offset)


def fold(text: str, joined: frozenset[int] = frozenset()) -> Folded:
    """One width, one kind of quotes, no idle spaces; line ends at the offsets in `joined` are left out.

    >>> fold("２０２２年 8月(全市)").text
    '2022年8月（全市）'
    >>> fold("下放权力, 共 3 项").offsets[-1]
    11
    """
    wide = WIDE_ONES.sub(lambda one: one.group().translate(WIDE), text)
    kept: list[str] = []
    offsets: list[int] = []
    open_quote, done = False, 0
    for mark in MARKS.finditer(wide):
        index, char = mark.start(), mark.group()
        if index > done:
            kept.append(wide[done:index])
            offsets.extend(range(done, index))
        done = index + 1
        if char in SPACES:
            if not _parts(wide, index):
                continue
            char = " "
        elif char == "\t" and (not kept or kept[-1][-1] in "\n\t"):
            continue  # indentation; other tabs part the cells of a table
        elif char == "\n":
            if index in joined:
                continue
            open_quote = False
        elif char == "“":
            open_quote = True
        elif char == "”":
            open_quote = False
        elif char == '"':
            char, open_quote = ("”", False) if open_quote else ("“", True)
        elif char in ",;:!?()" and not _between_plain(wide, index):
            char = char.translate(NARROW)
        kept.append(char)
        offsets.append(index)
    return Folded("".join([*kept, wide[done:]]), (*offsets, *range(done, len(text) + 1)))


def _parts(text: str, index: int) -> bool:
    """Whether a space stands between two words: two names in Chinese, or two words in Latin letters."""
    if index == 0 or index + 1 == len(text) or text[index - 1] in SPACES:
        return False
    after = text[index + 1 :].lstrip(SPACES)[:1] if text[index + 1] in SPACES else text[index + 1]
    before = text[index - 1]
    if before.isascii() and before.isalpha():
        return after.isascii() and after.isalnum()
    return _is_han(before) and _is_han(after)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char in "》”"


def _between_plain(text: str, index: int) -> bool:
    """Whether the mark stands within a number, a time or an address: 1,234 or 10:30 or http://."""
    if text[index] in "()":
        return index > 0 and text[index - 1].isascii() and text[index - 1].isalpha()
    if not 0 < index < len(text) - 1:
        return False
    return PLAIN.match(text[index - 1]) is not None and (
        PLAIN.match(text[index + 1]) is not None or text[index + 1] == "/"
    )


DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
LONGEST_NUMERAL = 24  # within the 28 digits of a Decimal


@lru_cache(maxsize=1 << 12)
def number(text: str) -> Decimal | None:
    """The number that a numeral in either script, or a mixture of both, stands for; None if it is no numeral.

    >>> number("1.4万"), number("三千五百"), number("二〇二二"), number("10亿"), number("1,234.5")
    (Decimal('14000'), Decimal('3500'), Decimal('2022'), Decimal('1000000000'), Decimal('1234.5'))
    """
    text = text.replace(",", "")
    if not 0 < len(text) <= LONGEST_NUMERAL:
        return None
    if all(c in DIGITS for c in text):
        return Decimal(int("".join(str(DIGITS[c]) for c in text)))
    total, section, digits, last = Decimal(0), Decimal(0), "", 0
    for char in text:
        if char.isascii() and (char.isdigit() or char == "."):
            digits += char
        elif char in DIGITS:
            digits += str(DIGITS[char])
        elif digits.count(".") > 1:
            return None
        elif char in POWERS:
            section += (_decimal(digits) if digits else Decimal(1)) * POWERS[char]
            digits = ""
        elif char in MYRIADS:
            section += _decimal(digits) if digits else Decimal(0)
            grown, digits = MYRIADS[char], ""  # 万亿 multiplies all that stands before it, 3亿5千万 only the last part
            total = (total + section or Decimal(1)) * grown if grown > last else total + (section or Decimal(1)) * grown
            last, section = grown, Decimal(0)
        else:
            return None
    if digits.count(".") > 1:
        return None
    value = total + section + (_decimal(digits) if digits else Decimal(0))
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.strip(".") or "0")
