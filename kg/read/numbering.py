"""The numbers that Word shows before the paragraphs of its lists (``第一条``), which no run of text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.read.flow import Element
from kg.read.words import Numerals, words

DEEPEST = 9  # levels of a list
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
COUNTING = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
DIGITS = frozenset(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"))


def local(element: Element) -> str:
    """The name of an element without its namespace: Word has two of them for the same names."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element by its name without namespace."""
    if element is None:
        return None
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that local name."""
    return (inner for inner in element if local(inner) == name) if element is not None else iter(())


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts and what it shows; ``%1`` in `shown` stands for the number of the first level."""

    kind: str
    shown: str
    start: int
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted. `before` is to be called for each paragraph in order."""

    levels: Mapping[str, Mapping[int, Level]]  # by list
    lists: Mapping[str, str]  # list that a paragraph names → list that counts
    styles: Mapping[str, tuple[str | None, str | None, str | None]]  # style → its list, level, the style it is based on
    counts: dict[str, list[int]] = field(default_factory=dict)

    def before(self, properties: Element | None) -> str:
        """What is shown before a paragraph with these properties; empty if it is in no list, or in one of bullets."""
        number, depth = self._place(properties)
        levels = self.levels.get(number or "", {})
        level = levels.get(depth)
        if level is None or number is None:
            return ""
        counts = self.counts.setdefault(self.lists[number], [0] * DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        if level.kind in ("bullet", "none"):
            return ""
        shown = {str(at + 1): numeral(counts[at] or inner.start, inner.kind) for at, inner in levels.items()}
        text = re.sub(r"%(\d)", lambda match: shown.get(match[1], ""), level.shown)
        return text + level.suffix if text else ""

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        number = value(child(properties, "numPr", "numId"))
        depth = value(child(properties, "numPr", "ilvl"))
        style = value(child(properties, "pStyle"))
        seen: set[str] = set()
        while style is not None and style not in seen and number is None:
            seen.add(style)
            number, styled, style = self.styles.get(style, (None, None, None))
            depth = depth or styled
        return number, min(int(depth), DEEPEST - 1) if depth and depth.isdecimal() else 0


def numbering(lists: Element | None, styles: Element | None) -> Numbering:
    """From the parts ``numbering.xml`` and ``styles.xml``, either of which may be missing."""
    abstract = {value(element, "abstractNumId") or "": element for element in children(lists, "abstractNum")}
    levels: dict[str, dict[int, Level]] = {}
    owners: dict[str, str] = {}
    for element in children(lists, "num"):
        number, owner = value(element, "numId") or "", value(child(element, "abstractNumId")) or ""
        overrides = list(children(element, "lvlOverride"))
        levels[number] = dict(map(_level, children(abstract.get(owner), "lvl")))
        for override in overrides:
            _override(levels[number], override)
        owners[number] = f"{owner}/{number}" if overrides else owner
    named = {value(style, "styleId") or "": _style(style) for style in children(styles, "style")}
    return Numbering(levels, owners, named)


def _style(style: Element) -> tuple[str | None, str | None, str | None]:
    place = child(style, "pPr", "numPr")
    return value(child(place, "numId")), value(child(place, "ilvl")), value(child(style, "basedOn"))


def _level(element: Element) -> tuple[int, Level]:
    start = value(child(element, "start")) or "1"
    suffix = "" if value(child(element, "suff")) == "nothing" else " "
    kind = value(child(element, "numFmt")) or "decimal"
    level = Level(kind, value(child(element, "lvlText")) or "", int(start) if start.isdecimal() else 1, suffix)
    return _depth(element), level


def _depth(element: Element) -> int:
    depth = value(element, "ilvl") or "0"
    return min(int(depth), DEEPEST - 1) if depth.isdecimal() else 0


def _override(levels: dict[int, Level], override: Element) -> None:
    depth, start = _depth(override), value(child(override, "startOverride")) or ""
    if (element := child(override, "lvl")) is not None:
        levels[depth] = _level(element)[1]
    if depth in levels and start.isdecimal():
        level = levels[depth]
        levels[depth] = Level(level.kind, level.shown, int(start), level.suffix)


def numeral(number: int, kind: str) -> str:
    """A number as a list of that kind shows it; kinds that are not known are shown in Arabic digits.

    >>> numeral(12, "chineseCounting"), numeral(105, "chineseCountingThousand"), numeral(4, "upperRoman")
    ('十二', '一百零五', 'IV')
    """
    known = words().numerals
    if kind in COUNTING:
        return _counted(number, known.counting)
    if kind in LEGAL:
        return _counted(number, known.legal)
    if kind in DIGITS:
        return "".join(known.digits[int(digit)] for digit in str(number))
    return _lettered(number, kind, known)


def _lettered(number: int, kind: str, known: Numerals) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if kind.startswith("decimalFullWidth"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if kind in ("ideographTraditional", "ideographZodiac"):
        cycle = known.stems if kind == "ideographTraditional" else known.branches
        return cycle[(number - 1) % len(cycle)]
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _counted(number: int, numerals: Sequence[str]) -> str:
    digits, units = numerals
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        if not digit:
            zero = bool(written)
            continue
        written += (digits[0] if zero else "") + digits[digit] + (units[place - 1] if place else "")
        zero = False
    return written[1:] if 10 <= number < 20 else written  # ten is written without its one


def _roman(number: int) -> str:
    written = ""
    for worth, letters in ROMAN:
        count, number = divmod(number, worth)
        written += letters * count
    return written
