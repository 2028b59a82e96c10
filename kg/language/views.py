"""What can be seen of pairs of names, as numbers: the words around both and between them, what the rules have read.

Each feature is a number below ``2 ** BITS`` (see `kg.language.hashing`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.features import Seen
from kg.language.hashing import Ids, Numbers, Row, code, hashed, joint, runs
from kg.language.pairs import ACTORS, HERE, Pair
from kg.language.reading import Name, Reading

BITS = 18
EDGE = 5  # words beyond the ends of a document that may be asked for
BEYOND = np.uint64(7)  # the number of what no word of the text is
NEAR, CLOSE = 6, 7  # words from the clause's start, words between two names, above which they are far
MANY, APART = np.uint64(6), np.uint64(9)  # clauses or names between, above which they are many; not in one sentence
FAR = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, 50, 80, 150, 400))  # words between two names
SURE = np.array((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97))
ENDING, SHORT = 4, 2  # characters by which a body is told from others


@dataclass(frozen=True, slots=True)
class Ends:
    """Names in columns: first and last word, what kind of thing, its head, how sure the recogniser is of it.

    `endings` and `short` are of their last characters, `there` says which of them stand in the text.
    """

    first: Ids
    last: Ids
    types: Numbers
    kinds: Numbers
    heads: Numbers
    verbs: Numbers
    sure: Numbers
    endings: Numbers
    short: Numbers
    there: NDArray[np.bool_]

    def taken(self, places: Ids) -> Ends:
        """The names at these places."""
        return Ends(*(getattr(self, column)[places] for column in self.__slots__))


class Views:
    """Describes pairs."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.endings = frozenset([*knowledge.heads, *knowledge.suffixes])
        self.head = lru_cache(maxsize=1 << 16)(self.ended)

    def __call__(self, reading: Reading, seen: Seen, pairs: Sequence[Pair]) -> Ids:
        """One column a pair, one row a kind of feature."""
        columns = [p.subject for p in pairs], [p.object for p in pairs]
        unique = {id(n): n for column in columns for n in column}
        names, order = list(unique.values()), dict(zip(unique, count(), strict=False))
        ends, around = self.ends(reading, seen, names), Around(seen)
        left, right = (np.fromiter(map(order.__getitem__, map(id, column)), np.int64, len(pairs)) for column in columns)
        genre = np.full(len(names), code(reading.meta.get("genre") or ""), np.uint64)
        subject, object_ = ends.taken(left), ends.taken(right)
        gap = Gap(around, pairs, subject, object_)
        objects = hashed(around.object(ends, genre), BITS)  # of each name once, however many pairs it is in
        rows = around.subject(subject, object_, gap, genre[left])
        rows += gap.rows(subject, object_)
        rows += ruled(pairs, gap, subject, object_, genre[left])
        return np.concatenate([objects[:, right], hashed(rows, BITS, len(objects))])

    def ends(self, reading: Reading, seen: Seen, names: Sequence[Name]) -> Ends:
        """The names in columns."""
        bounds = np.array([(n.start, max(n.start, n.end - 1)) for n in names], np.int64).T
        first, last = (np.maximum(np.searchsorted(seen.starts, at, side="right") - 1, 0) for at in bounds)
        beliefs = [reading.beliefs.get((n.start, n.end), 0.0) for n in names]
        return Ends(
            first,
            last,
            types=np.array([code(n.type) for n in names], np.uint64),
            kinds=np.array([code(n.type + n.kind) for n in names], np.uint64),
            heads=np.array([self.head(n.name) for n in names], np.uint64),
            verbs=np.array([code(reading.quote(n.verb)) if n.verb else 0 for n in names], np.uint64),
            sure=np.searchsorted(SURE, beliefs).astype(np.uint64),
            endings=np.array([code(n.name[-ENDING:]) for n in names], np.uint64),
            short=np.array([code(n.name[-SHORT:]) for n in names], np.uint64),
            there=np.array([n.end > n.start for n in names], bool),
        )

    def ended(self, name: str) -> int:
        """The number of the longest known ending of a name, else of its last characters."""
        ends = (name[start:] for start in range(len(name)))
        return code(next((end for end in ends if end in self.endings), name[-SHORT:]))


class Around:
    """The words of a document, beyond whose ends there is nothing."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.words, self.fine = (
            np.pad(column, EDGE, constant_values=BEYOND if column is seen.words else np.uint64(0))
            for column in (seen.words, seen.fine)
        )
        self.at = np.flatnonzero(seen.verbs)

    def word(self, places: Ids, by: int) -> Numbers:
        """The words so many places further on."""
        return self.words[places + (EDGE + by)]

    def cluster(self, places: Ids, by: int) -> Numbers:
        """The clusters of these words."""
        return self.fine[places + (EDGE + by)]

    def verb(self, ends: Ends, by: int) -> Numbers:
        """The verb so many verbs before (or behind) a name in its clause, 0 if there is none."""
        if not len(self.at):
            return np.zeros(len(ends.first), np.uint64)
        places = ends.first if by < 0 else ends.last
        index = np.searchsorted(self.at, places, side="left" if by < 0 else "right") + (by if by < 0 else by - 1)
        there = (index >= 0) & (index < len(self.at))
        found = self.at[np.clip(index, 0, len(self.at) - 1)]
        there &= (found >= self.seen.opens[ends.first]) & (found < self.seen.closes[ends.first])
        return np.where(there, self.seen.words[found], 0).astype(np.uint64)

    def object(self, ends: Ends, genre: Numbers) -> list[Row]:
        """A name on which somebody may act: its words, the words and verbs around it."""
        first, last, kinds, heads = ends.first, ends.last, ends.kinds, ends.heads
        l1, l2, l3 = (self.word(first, -k) for k in (1, 2, 3))
        r1, r2, r3 = (self.word(last, k) for k in (1, 2, 3))
        f1, f2 = (self.cluster(first, -k) for k in (1, 2))
        before, earlier, after = (self.verb(ends, by) for by in (-1, -2, 1))
        opens = self.seen.opens[first]
        opening, lead = self.seen.words[opens], np.minimum(first - opens, NEAR).astype(np.uint64)
        return [
            *((kinds,), (heads,), (kinds, genre), (kinds, heads)),
            *((l1,), (l2,), (l3,), (l2, l1), (l3, l2, l1), (l1, kinds), (l1, heads)),
            *((f1, kinds), (f2, f1, kinds), (f1, heads)),
            *((r1,), (r1, kinds), (r1, heads), (r1, r2), (r1, r2, r3)),
            (self.cluster(last, 1), self.cluster(last, 2), kinds),
            *((before,), (before, kinds), (before, heads), (before, genre)),
            *((earlier, before), (after, kinds), (before, after)),
            *((ends.verbs,), (ends.verbs, kinds), (ends.verbs, heads), (ends.verbs, genre, kinds)),
            *((opening,), (opening, kinds), (lead, kinds)),
            *((self.seen.words[first],), (self.seen.words[last],)),
            *((ends.sure, kinds), (ends.sure, heads), (ends.sure, before)),
        ]

    def subject(self, subject: Ends, object_: Ends, gap: Gap, genre: Numbers) -> list[Row]:
        """A name that may act, with what is known of it and the words beside it."""
        both, known = gap.both, gap.known
        before, l1, r1 = self.verb(object_, -1), self.word(object_.first, -1), self.word(object_.last, 1)
        a1, a2 = (np.where(gap.there, self.word(subject.last, k), BEYOND) for k in (1, 2))
        b1, b2 = (np.where(gap.there, self.word(subject.first, -k), BEYOND) for k in (1, 2))
        return [
            *((known,), (known, both), (known, genre), (known, gap.endings)),
            *((subject.kinds, object_.kinds), (subject.kinds, known), (gap.endings,)),
            *((gap.short, genre), (both, genre), (both, object_.heads), (subject.sure, both)),
            *((both, before), (both, l1), (both, r1), (both, self.verb(object_, 1))),
            *((both, self.verb(object_, -2), before), (known, before), (known, l1), (known, r1)),
            *((a1,), (a1, both), (a1, known), (a1, a2), (a1, before), (a1, l1)),
            *((b1,), (b1, both), (b1, known), (b2, b1), (b1, a1), (b1, before)),
        ]


class Gap:
    """What lies between two names."""

    def __init__(self, around: Around, pairs: Sequence[Pair], subject: Ends, object_: Ends) -> None:
        seen = around.seen
        self.around = around
        self.known = np.array([p.known for p in pairs], np.uint64)
        self.there, self.endings, self.short = subject.there, subject.endings, subject.short
        self.both = joint(subject.types, object_.kinds)
        self.here = (self.known & np.uint64(HERE)) > 0
        behind = subject.first > object_.first
        self.start = np.where(behind, object_.last, subject.last) + 1
        self.end = np.maximum(self.start, np.where(behind, subject.first, object_.first))
        far = np.searchsorted(FAR, self.end - self.start).astype(np.uint64)
        self.far = np.where(self.there, far, APART * APART)
        clauses = np.cumsum(np.diff(seen.opens, prepend=-1) > 0)
        crossed = np.minimum(np.abs(clauses[object_.first] - clauses[subject.first]), MANY).astype(np.uint64)
        self.crossed = np.where(self.here, crossed, APART)
        self.between = np.where(self.here, self.others(pairs), APART)

    def others(self, pairs: Sequence[Pair]) -> Numbers:
        """How many others who may act stand between the two."""
        groups: dict[int, list[int]] = {}
        for pair in pairs:
            if pair.known & HERE and pair.subject.type in ACTORS:
                groups.setdefault(id(pair.object), []).append(pair.subject.start)
        for starts in groups.values():
            starts.sort()
        found = [0] * len(pairs)
        for place, pair in enumerate(pairs):
            if pair.known & HERE and (near := groups.get(id(pair.object))):
                start, end = sorted((pair.subject.start, pair.object.start))
                found[place] = max(0, bisect_left(near, end) - bisect_right(near, start))
        return np.minimum(np.array(found, np.uint64), MANY)

    def rows(self, subject: Ends, object_: Ends) -> list[Row]:
        """How far they are apart and which words lie between."""
        seen, both, known = self.around.seen, self.both, self.known
        close = self.here & (self.end - self.start <= CLOSE)
        start, end = np.where(close, self.start, 0), np.where(close, self.end, 0)
        words, tags = (np.where(close, runs(column, start, end), BEYOND) for column in (seen.words, seen.tags))
        size = len(seen.words) - 1
        first, last = (
            np.where(self.here, seen.words[np.clip(at, 0, size)], BEYOND) for at in (self.start, self.end - 1)
        )
        return [
            *((self.far, both), (self.far, known), (self.crossed, both), (self.crossed, known)),
            *((self.between, known), (self.between, both, self.crossed)),
            *((words,), (words, both), (tags, both)),
            *((first, both), (last, both), (first, last, both), (first, known)),
        ]


def ruled(pairs: Sequence[Pair], gap: Gap, subject: Ends, object_: Ends, genre: Numbers) -> list[Row]:
    """What the rules say of each pair, and what they say of its object with others."""
    around = gap.around
    said = [
        " ".join(sorted({f"{link.predicate} {link.rule}" for link in pair.links})) if pair.links else ""
        for pair in pairs
    ]
    every: dict[int, set[str]] = {}
    for pair, words in zip(pairs, said, strict=True):
        if words:
            every.setdefault(id(pair.object), set()).add(words)
    beside: dict[tuple[int, str], str] = {}  # of most pairs of an object nothing is said: these are alike
    for of, told in every.items():
        for words in ("", *told):
            beside[of, words] = "|".join(sorted(told - {words}))
    others = [beside.get((id(pair.object), words), "") for pair, words in zip(pairs, said, strict=True)]
    mine, other = (np.array([code(words) if words else 0 for words in each], np.uint64) for each in (said, others))
    before, l1, r1 = around.verb(object_, -1), around.word(object_.first, -1), around.word(object_.last, 1)
    return [
        *((mine,), (other,), (mine, other), (mine, gap.both), (other, gap.both)),
        *((mine, gap.known), (other, gap.known), (mine, genre), (mine, before)),
        *((mine, l1), (mine, r1), (mine, around.word(subject.last, 1)), (mine, object_.heads)),
        *((mine, gap.far), (mine, gap.crossed), (mine, gap.between), (mine, subject.kinds)),
        *((mine, object_.sure), (mine, object_.sure, object_.kinds)),
    ]
