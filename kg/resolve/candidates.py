"""Names → pairs of names that may mean the same, found by blocking: time grows with the names, not with their pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from kg.knowledge import load
from kg.model import Named
from kg.resolve.identities import IDLE

ALIKE = 0.5  # Dice's coefficient over pairs of neighbouring characters from which two names are compared
LARGEST = 100  # names of one block: of more the pair of characters is too common to tell anything
SHORTEST = 3  # characters of a name that can be short for another

Pair = tuple[Named, Named, float]  # the fuller name first, and how alike they are


def candidates(names: Iterable[Named]) -> Iterator[Pair]:
    """Pairs of one type, of owners that do not differ, of which one name may be short for the other.

    Each name stands in the blocks of its rarest pairs of characters, as many as two names as alike as `ALIKE` must
    share one of (prefix filtering, Chaudhuri and others 2006), apart by first and last character, which both have; a
    pair is given in the first block that holds both.
    The same pairs in the same order for any order of names; memory grows with the names alone.
    """
    listed = sorted(set(names), key=lambda named: (named.type, named.name, named.owner or ""))
    by_type: dict[str, list[Named]] = defaultdict(list)
    for named in listed:
        by_type[named.type].append(named)
    for same_type in by_type.values():
        yield from _of_type(same_type)


def short_for(short: str, full: str) -> bool:
    """Whether a name may be short for another: its characters stand there in this order, from first to last.

    What the full name has besides must not be a place: 沈阳市司法局 is not short for 沈阳市沈河区司法局.

    >>> short_for("盘锦市营商局", "盘锦市营商环境建设局"), short_for("沈阳市司法局", "沈阳市沈河区司法局")
    (True, False)
    """
    if not SHORTEST <= len(short) < len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    besides, rest = "", iter(full)
    for char in short:
        for other in rest:
            if other == char:
                break
            besides += other
        else:
            return False
    besides += "".join(rest)
    return not any(level in besides for level in _levels()) and not any(char.isdigit() for char in besides)


def _of_type(names: Sequence[Named]) -> Iterator[Pair]:
    """The pairs among names of one type."""
    plain = [named.name.translate(IDLE).lower() for named in names]
    tokens = [[text[0] + text[-1] + pair for pair in _pairs(text)] for text in plain]
    common = Counter(token for each in tokens for token in each)
    # Each name's pairs of characters, the rarest first.
    order = [sorted(each, key=lambda token: (common[token], token)) for each in tokens]
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, pairs in enumerate(order):
        for pair in pairs[: _prefix(len(pairs))]:
            if 1 < common[pair] <= LARGEST:
                blocks[pair].append(at)
    held = [frozenset(text) for text in plain]
    for pair in sorted(blocks):
        for left, right in combinations(blocks[pair], 2):
            # The cheapest first: nearly all pairs end here.
            if not (held[left] <= held[right] or held[right] <= held[left]):
                continue
            if _first(order[left], order[right], common) == pair and _agree(names[left], names[right]):
                yield from _compared(names[left], names[right], plain[left], plain[right])


def _compared(left: Named, right: Named, one: str, other: str) -> Iterator[Pair]:
    """The pair, if one name may be short for the other."""
    short, full = sorted((one, other), key=len)
    likeness = 2 * len(_pairs(one) & _pairs(other)) / (len(_pairs(one)) + len(_pairs(other)))
    if likeness >= ALIKE and (one == other or short_for(short, full)):
        first, second = (left, right) if (-len(one), one) <= (-len(other), other) else (right, left)
        yield first, second, likeness


def _agree(left: Named, right: Named) -> bool:
    """Whether nothing says that they are of different owners."""
    return left.owner == right.owner or not (left.owner and right.owner)


def _first(left: Sequence[str], right: Sequence[str], common: Mapping[str, int]) -> str:
    """The rarest pair of characters that both names have and that is a block."""
    held = set(right[: _prefix(len(right))])
    shared = (pair for pair in left[: _prefix(len(left))] if pair in held and common[pair] <= LARGEST)
    return next(shared, "")


def _prefix(pairs: int) -> int:
    """How many of the rarest pairs two names as alike as `ALIKE` share one of."""
    jaccard = ALIKE / (2 - ALIKE)
    return pairs - -int(-(pairs * jaccard) // 1) + 1 if pairs else 0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


@cache
def _levels() -> tuple[str, ...]:
    """The words that names of places end with."""
    return tuple(sorted(load().words("levels")))
