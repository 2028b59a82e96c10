"""Pairs of names of which the text may state a relation: who may act on each name, and where that one stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from kg.language.agents import shares, wide
from kg.language.reading import Link, Name, Reading, Span

# Where a subject is known from, as bits.
CLAUSE, SENTENCE, BEHIND, ACTS, ACTED, REPORTS, HOME, OWN, RULED = (1 << bit for bit in range(9))
HERE = CLAUSE | SENTENCE  # both ends stand in one sentence
BACK = 8  # changes of actor looked back for the one before
ACTORS = ("Organisation", "Place")
SUBJECTS = {  # by the object's type: types of subject, how many of each are looked at before it and behind it
    "Policy": {"Organisation": (8, 4), "Place": (3, 1), "Policy": (2, 2)},
    "Mechanism": {"Organisation": (8, 4), "Place": (3, 1), "Policy": (2, 1), "Mechanism": (2, 2)},
    "Organisation": {"Organisation": (8, 4), "Place": (2, 0), "Mechanism": (2, 2)},
}

START, DISTANCE = attrgetter("start"), itemgetter(0)


@dataclass(slots=True)
class Pair:
    """A name, who may act on it, where that one is known from, and which links the rules have read between them."""

    subject: Name
    object: Name
    known: int
    links: Sequence[Link]


def pairs(reading: Reading) -> list[Pair]:
    """All pairs of a document, in order of their objects."""
    names = standing(reading)
    ruled: dict[int, list[Link]] = {}
    for link in reading.links:
        ruled.setdefault(id(link.object), []).append(link)
    elsewhere, found = Elsewhere(reading), list[Pair]()
    sentence, first, last = Span(0, 0), 0, 0
    for place, name in enumerate(names):
        if name.start >= sentence.end or not place:
            sentence, first = reading.sentence(name.start), place
            last = bisect_left(names, sentence.end, place, key=START) if sentence.end > name.start else place + 1
        if name.type in SUBJECTS:
            here = near(names, first, place, last)
            found += of(reading, name, here, elsewhere(name.start), ruled.get(id(name), []))
    return found


def of(
    reading: Reading, name: Name, here: list[Name], others: Sequence[tuple[Name, int]], links: list[Link]
) -> list[Pair]:
    """The pairs of one object; each subject once, where it stands nearest."""
    found: dict[tuple[str, str], Pair] = {}
    clause, same = reading.clause(name.start), (name.type, name.name)
    first, last = clause.start, clause.end
    for subject in here:
        key = (subject.type, subject.name)
        if key not in found:
            known = CLAUSE if first <= subject.start < last else SENTENCE
            found[key] = Pair(subject, name, known | (BEHIND if subject.start > name.start else 0), ())
    admitted = SUBJECTS[name.type]
    for subject, known in others:
        key = (subject.type, subject.name)
        if key in found:
            found[key].known |= known
        elif subject.type in admitted and key != same:
            found[key] = Pair(subject, name, known, ())
    for link in links:
        key = (link.subject.type, link.subject.name)
        if key not in found:
            found[key] = Pair(link.subject, name, 0, ())
        found[key].known |= RULED
        found[key].links = [*found[key].links, link]
    return list(found.values())


def near(names: Sequence[Name], first: int, place: int, last: int) -> list[Name]:
    """Of a sentence's names (`first` to `last`) those that may act on the one at a place, the nearest first."""
    name = names[place]
    start, end = name.start, name.end
    found: list[tuple[int, Name]] = []
    for side, run in ((0, range(place - 1, first - 1, -1)), (1, range(place + 1, last))):
        left = {kind: many[side] for kind, many in SUBJECTS[name.type].items()}
        for index in run:
            subject = names[index]
            kind = subject.type
            if not left.get(kind) or (subject.start < end and start < subject.end):
                continue
            if subject.name != name.name or kind != name.type:
                left[kind] -= 1
                found.append((max(start - subject.end, subject.start - end), subject))
                if not left[kind] and not any(left.values()):
                    break
    return [subject for _, subject in sorted(found, key=DISTANCE)]


class Elsewhere:
    """Who acts at a place, who acted before, who reports, the place that the document is about, its own policy."""

    def __init__(self, reading: Reading) -> None:
        self.actors = reading.actors
        self.since = [actor.since for actor in reading.actors]
        home = Name(0, 0, type="Place", name=reading.home) if reading.home else None
        voices = ((reading.reporter, REPORTS), (home, HOME), (reading.own, OWN))
        self.voices = [(name, known) for name, known in voices if name]
        self.found: dict[int, list[tuple[Name, int]]] = {}

    def __call__(self, position: int) -> list[tuple[Name, int]]:
        """These names, each with how it is known."""
        index = bisect_right(self.since, position) - 1
        if index not in self.found:
            acting = self.actors[index].names if index >= 0 else ()
            earlier = reversed(self.actors[max(0, index - BACK) : max(0, index)])
            before = next((actor.names for actor in earlier if actor.names != acting), ())
            told = [*((name, ACTS) for name in acting), *((name, ACTED) for name in before)]
            self.found[index] = [*told, *self.voices]
        return self.found[index]


def standing(reading: Reading) -> list[Name]:
    """The names that can be ends: not those within others, unless both are written as one; no title's parts."""
    phrases = (n for n in reading.phrases if n.parent != "title")
    titles = (n for n in reading.titles if n.parent not in ("within", "number"))
    found: list[Name] = []
    for name in sorted((*reading.places, *reading.organisations, *titles, *phrases), key=wide):
        outer = last_holding(found, name)
        if outer is None or (outer.type == name.type == "Organisation" and shares(outer, name)):
            found.append(name)
    return found


def last_holding(found: list[Name], name: Name) -> Name | None:
    """The name among the last ones that another lies in."""
    return next((outer for outer in reversed(found[-4:]) if outer.end >= name.end and outer.start <= name.start), None)
