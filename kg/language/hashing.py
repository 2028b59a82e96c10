"""Arrays of numbers for what is seen, and features by hashing (Weinberger et al. 2009): no dictionary is needed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BITS = 21  # of a character's feature; two features that share a number are told apart by nothing
PRIMES = np.array((0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93), np.uint64)
ROW = np.uint64(0x51ED2701)
BLOCK = 1_024  # columns that are hashed together
BASE = np.uint64(0x2545F4914F6CDD1D)
INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))

Numbers = NDArray[np.uint64]
Ids = NDArray[np.int64]
Row = tuple[Numbers, ...]  # what one kind of feature is made of, up to four columns; see `joint`


@lru_cache(maxsize=1 << 16)
def code(word: str) -> int:
    """A number for a word, the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def codes(words: Iterable[str]) -> Numbers:
    """The numbers of words."""
    return np.array([code(word) for word in words], np.uint64)


def classes(text: str) -> Numbers:
    """Code points, with all digits as one and all Latin letters as one."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    points[(points >= ord("0")) & (points <= ord("9"))] = ord("0")
    letters = ((points | 32) >= ord("a")) & ((points | 32) <= ord("z")) & (points < 128)
    points[letters] = ord("a")
    return points


def shifted(values: Numbers, by: int) -> Numbers:
    """At each place the value `by` places further on, 0 beyond the ends."""
    if by == 0:
        return values
    moved = np.zeros_like(values)
    if abs(by) >= len(values):
        return moved
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def joint(*parts: Numbers) -> Numbers:
    """One number for a combination of up to four (overflow is meant)."""
    total: Numbers = parts[0] * PRIMES[0]
    for part, prime in zip(parts[1:], PRIMES[1:], strict=False):
        total ^= total >> np.uint64(29)
        total += part * prime
    return total


def hashed(rows: Sequence[Row], bits: int = BITS, first: int = 0) -> Ids:
    """Feature numbers, a row for each kind: of the columns that are joint there, the kinds told apart from `first` on.

    Block by block, so that all of one stays in the processor's cache.
    """
    size, order = len(rows[0][0]), sorted(range(len(rows)), key=lambda i: -len(rows[i]))
    many = [sum(len(row) > place for row in rows) for place in range(len(PRIMES))]
    kinds = (np.array(order, np.uint64) + np.uint64(first))[:, None] * ROW
    found = np.empty((len(rows), size), np.int64)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        total = np.array([rows[i][0][block] for i in order])
        total *= PRIMES[0]
        for place in range(1, len(PRIMES)):
            if many[place]:
                further = total[: many[place]]  # the kinds made of most columns are the first
                further ^= further >> np.uint64(29)
                further += np.array([rows[i][place][block] for i in order[: many[place]]]) * PRIMES[place]
        found[order, block] = mixed(total, kinds, bits)
    return found


def mixed(values: Numbers, kinds: Numbers, bits: int) -> Numbers:
    """The features' numbers in the table, the rows told apart by `kinds` (`values` is used up)."""
    values ^= kinds
    values *= PRIMES[1]
    values ^= values >> np.uint64(31)
    values *= PRIMES[3]
    values >>= np.uint64(64 - bits)
    return values


def runs(values: Numbers, starts: Ids, ends: Ids) -> Numbers:
    """A number for each run of values, the same wherever it stands."""
    size = len(values) + 1
    powers, inverse = (np.multiply.accumulate(np.full(size, base, np.uint64)) for base in (BASE, INVERSE))
    total = np.concatenate([np.zeros(1, np.uint64), np.add.accumulate((values + np.uint64(1)) * powers[:-1])])
    found: Numbers = (total[ends] - total[starts]) * inverse[starts]
    return found


def repeated(text: Numbers) -> Numbers:
    """How many candidates have the same characters, to three."""
    _, index, counts = np.unique(text, return_inverse=True, return_counts=True)
    return np.minimum(counts[index], 3).astype(np.uint64)
