"""Relations as they are marked → the predicates of the pairs of names that were read.

A mark and a name may differ a little in extent and kind; a body and its place speak with one voice where the text names
neither. What may be read either way is `UNKNOWN`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from marked import Marked, Stated
from numpy.typing import NDArray

from kg.knowledge import load
from kg.language.gazetteer import gazetteer_of
from kg.language.judge import PREDICATES
from kg.language.pairs import Pair
from kg.language.reading import Name, Reading, Span
from kg.resolve.clusters import Clusters

UNKNOWN = -1
ALIKE = 0.6  # of what a mark and a name take up together, the part that they share
KINDS = {"Organisation": "ORG", "Place": "LOC", "Mechanism": "MEC", "PolicyDocument": "DOC", "Programme": "PRG"}
MIXED = ({"PRG", "MEC", "DOC"}, {"ORG", "MEC"})  # kinds that one reader takes for the other
LAW = "law"
Ids = NDArray[np.int64]
Said = set[tuple[object, str]]


class Folding:
    """Places of an excerpt → places of the folded text."""

    def __init__(self, reading: Reading, start: int) -> None:
        self.offsets, self.start = np.array(reading.folded.offsets), start

    def span(self, place: tuple[int, int]) -> Span:
        """The characters of a place."""
        return Span(*(int(np.searchsorted(self.offsets, self.start + at)) for at in place))


class Labels:
    """The relations that are marked in an excerpt, between the names that were read there."""

    def __init__(self, reading: Reading, marked: Marked, folded: Folding) -> None:
        self.reading, self.folded = reading, folded
        self.clusters = Clusters(load(), gazetteer_of(load()), reading)
        self.names = reading.names()
        for name in self.names:
            self.key(name)
        self.kinds = {(start, end): kind for start, end, kind, _ in marked.names}
        home = self.key(Name(0, 0, type="Place", name=reading.home)) if reading.home else None
        reporter = self.key(reading.reporter) if reading.reporter else None
        adopted = reading.meta.get("genre") == LAW  # who adopts a law does not do what it orders
        self.voices = [key for key in (None if adopted and home else reporter, home) if key]
        self.begins = folded.span((0, 1)).start
        self.sure: dict[tuple[int, int], Said] = defaultdict(set)
        self.spared: dict[tuple[int, int], Said] = defaultdict(set)
        self.anywhere: set[tuple[object, object]] = set()
        for each in marked.relations or ():
            self.add(each)

    def key(self, name: Name) -> object:
        """What tells the thing from others: 市司法局 is 某市司法局."""
        return self.clusters.add(name) or (name.type, name.name)

    def name(self, place: tuple[int, int]) -> Name | None:
        """The name that was read where one is marked."""
        span, kind = self.folded.span(place), self.kinds.get(place, "")
        likely = [(shared(span, name), name) for name in self.names if name.overlaps(span) and self.fits(kind, name)]
        best = max(likely, key=lambda each: each[0], default=None)
        return best[1] if best and best[0] >= ALIKE else None

    def fits(self, kind: str, name: Name) -> bool:
        """Whether a mark of this kind may be this name."""
        mine = KINDS.get(name.kind) or KINDS.get(name.type, "PRG")
        return kind in ("", mine) or any({kind, mine} <= kinds for kinds in MIXED)

    def add(self, each: Stated) -> None:
        """Take a relation in; whom the document speaks for is who the rules say, of its body and its place."""
        object_ = self.name(each.object)
        if object_ is None:
            return
        place = (object_.start, object_.end)
        acting = self.reading.actor(object_.start)
        acts = [self.key(name) for name in acting.names] if acting else []
        if each.subject:
            subject = self.name(each.subject)
            who = [self.key(subject)] if subject else []
        else:
            who = [next((key for key in acts if key in self.voices), None) or next(iter(self.voices), None)]
            if acting and acting.since < self.begins:
                self.spared[place] |= {(key, each.predicate) for key in acts}
        if set(who) & set(self.voices):
            self.spared[place] |= {(key, each.predicate) for key in self.voices}
        (self.sure if each.sure else self.spared)[place] |= {(key, each.predicate) for key in who if key}
        self.anywhere |= {(key, self.key(object_)) for key in (*who, *(self.voices if not each.subject else ()))}
        if each.predicate == "cooperatesWith" and each.subject and (other := self.name(each.subject)):
            self.sure[other.start, other.end].add((self.key(object_), each.predicate))

    def of(self, found: Sequence[Pair]) -> Ids:
        """The predicate of each pair by number, 0 for none."""
        classes = np.zeros(len(found), np.int64)
        for index, pair in enumerate(found):
            place, key = (pair.object.start, pair.object.end), self.key(pair.subject)
            said = [PREDICATES.index(predicate) for who, predicate in self.sure.get(place, ()) if who == key]
            spared = any(who == key for who, _ in self.spared.get(place, ()))
            if said:
                classes[index] = min(said)
            elif spared or (key, self.key(pair.object)) in self.anywhere:
                classes[index] = UNKNOWN
        return classes


def shared(first: Span, second: Span) -> float:
    """Of what two spans take up together, the part that both have."""
    both = min(first.end, second.end) - max(first.start, second.start)
    return both / (max(first.end, second.end) - min(first.start, second.start))
