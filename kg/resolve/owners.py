"""Whose a figure is, chosen among all that the rules and its paragraph name, by what is seen of each.

The rules of `kg.resolve.subjects` rank some candidates, each for a reason; a trained choice (`kg.language.choice`)
weighs these reasons, and where and how each name stands. What the rules say stays where the choice is not sure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.knowledge import Knowledge
from kg.language.choice import Sight, choice_of
from kg.language.reading import Name, Quantity, Reading, Span, within
from kg.resolve.subjects import Subjects

REPORT = "report"
FIRM = ("row", "owner", "country", "described")  # reasons of rules that are never overruled
TEXT = ""  # the id of the text itself
DONE = ("Mechanism", "Policy")
UNRANKED, MANY = 9, 3  # what the rules do not name; above so many are alike
NAMES = 12  # names before a number that are looked at
NEAR = 2  # characters beside a name, and ends of names and metrics, that are looked at
TITLE = 6  # characters by which a name is known again in the title
OFTEN = (0, 1, 2, 4, 8)  # mentions in a text, in steps


@dataclass(slots=True)
class Owner:
    """Who or what a figure may be of: the rank and reasons that rules give, where its names stand near the number."""

    id: str
    name: Name | None = None
    rank: int = UNRANKED
    reasons: list[str] = field(default_factory=list)
    stands: list[Name] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """The first reason."""
        return self.reasons[0] if self.reasons else ""


class Owners:
    """Chooses the subjects of a document's figures."""

    def __init__(self, knowledge: Knowledge, reading: Reading, id_of: Callable[[Name], str | None]) -> None:
        self.knowledge, self.reading, self.id_of = knowledge, reading, id_of
        self.rules, self.rates = Subjects(knowledge, reading), set(knowledge.patterns("figures")["owner"]["rates"])

    @cached_property
    def eyes(self) -> Eyes:
        """What is seen of candidates; most texts are read without."""
        return Eyes(self.knowledge, self.rules, self.id_of)

    def __call__(self) -> list[tuple[Name | None, str]]:
        """Of each figure the name that it is of and its id; neither where it is the text's."""
        if not self.local():
            firsts = (next(self.ruled(quantity), ("", None, TEXT)) for quantity in self.reading.quantities)
            return [(name, id_) for _, name, id_ in firsts]
        quantities, before = self.reading.quantities, TEXT
        groups, sights = list[list[Owner]](), list[Sight]()
        for quantity in quantities:
            owners = self.owners(quantity)
            sights += (self.eyes(owner, owners, quantity, before) for owner in owners)
            groups.append(owners)
            before = owners[0].id
        choice, start, chosen = choice_of(self.knowledge), 0, list[Owner]()
        scores = choice(sights)
        for owners in groups:
            mine = scores[start : start + len(owners)]
            best = max(range(len(owners)), key=lambda at: mine[at])
            sure = mine[best] - mine[0] >= choice.sure and owners[0].reason not in FIRM
            chosen.append(owners[best if sure else 0])
            start += len(owners)
        return [(owner.name, owner.id) for owner in chosen]

    def local(self) -> bool:
        """Whether the text is of a kind that the choice has learnt: of a place, and not a government's own report."""
        return bool(self.reading.home) and not (self.rules.voice and self.rules.genre == REPORT)

    def owners(self, quantity: Quantity) -> list[Owner]:
        """The candidates: first those that rules name, best first, or the text itself; then names and voices nearby."""
        position, found = quantity.span.start, dict[str, Owner]()
        for reason, name, id_ in self.ruled(quantity):
            owner = found.setdefault(id_, Owner(id_, name, len(found)))
            owner.reasons += [reason] * (reason not in owner.reasons)
        found.setdefault(TEXT, Owner(TEXT, rank=UNRANKED if found else 0))
        for name, id_ in self.eyes.near(quantity):
            if self.rated(name, quantity):
                continue
            found.setdefault(id_, Owner(id_, name)).stands.append(name)
        for name in (*self.eyes.voices.values(), *acting(self.reading, position)):
            if (said := self.id_of(name)) is not None:
                found.setdefault(said, Owner(said, name))
        return list(found.values())

    def ruled(self, quantity: Quantity) -> Iterator[tuple[str, Name, str]]:
        """The candidates that rules name, with the reason for each and their ids, best first."""
        for reason, name in self.rules.ranked(quantity):
            if (id_ := self.id_of(name)) is not None and not self.rated(name, quantity):
                yield reason, name, id_

    def rated(self, name: Name, quantity: Quantity) -> bool:
        """Whether a metric is the rate at which somebody does what a name tells: 行政机关负责人出庭应诉|率."""
        said = self.reading.quote(name)
        return name.type in DONE and quantity.metric.startswith(said) and quantity.metric[len(said) :] in self.rates


class Eyes:
    """What is seen of candidates for the subject of a figure."""

    def __init__(self, knowledge: Knowledge, rules: Subjects, id_of: Callable[[Name], str | None]) -> None:
        self.reading, self.id_of = rules.reading, id_of
        self.words, self.public = knowledge.patterns("figures")["owner"], knowledge.patterns("resolve")["jurisdiction"]
        reading, names = self.reading, self.reading.names()
        self.ids = {id(name): id_ for name in names if (id_ := id_of(name)) is not None}
        inner = {name.start for name in names if name.type == "Place"}  # 四川省|南充市 is the city
        outer = {id(name) for name in names if name.type == "Place" and name.end in inner}
        self.names = [name for name in names if id(name) in self.ids and id(name) not in outer]
        self.counts = Counter(self.ids.values())
        self.lines = [line.start for line in reading.lines]
        self.numbers = [quantity.span.start for quantity in reading.quantities]
        self.title = reading.meta.get("title", "")
        said = {"home": rules.place, "reports": reading.reporter, "own": reading.own}
        self.voices = {word: name for word, name in said.items() if name}
        self.voiced = defaultdict[str | None, str](str)
        for word, name in self.voices.items():
            self.voiced[id_of(name)] += word
        genre = reading.meta.get("genre") or ""
        self.genre = self.words["genres"].get(genre, genre) + ("" if reading.home else "-")
        self.stated = defaultdict[tuple[int, int], set[str]](set)
        for link in reading.links:
            self.stated[link.subject.start, link.subject.end].add(f"{link.predicate}-")
            self.stated[link.object.start, link.object.end].add(f"-{link.predicate}")

    def near(self, quantity: Quantity) -> list[tuple[Name, str]]:
        """The names of the paragraph and the line before it up to the number, those behind it in its clause."""
        position = quantity.span.start
        line = max(0, bisect_right(self.lines, position) - 2)
        before = within(self.names, Span(self.lines[line], position))[-NAMES:]
        behind = within(self.names, Span(position, max(self.reading.clause(position).end, quantity.span.end)))
        return [(name, self.ids[id(name)]) for name in (*before, *behind)]

    def __call__(self, owner: Owner, owners: list[Owner], quantity: Quantity, last: str) -> Sight:
        """What is seen of a candidate beside its rivals; `last` is the id that rules give the figure before."""
        reading, position, top = self.reading, quantity.span.start, owners[0]
        name = next((n for n in reversed(owner.stands) if n.start < position), next(iter(owner.stands), None))
        clause = reading.clause(position).start
        acts = any(self.id_of(actor) == owner.id for actor in acting(reading, position))
        return (
            *(self.type(owner), self.genre, str(min(owner.rank, MANY)), owner.reason),
            *(" ".join(owner.reasons), top.reason),
            *(self.stands(name, owner, position) if name else ("",) * STANDS),
            shared(reading.quote(name), quantity.metric) if name else "",
            *(self.voiced[owner.id], str(sum(self.counts[owner.id] > step for step in OFTEN))),
            str(owner.name is not None and owner.name.name[-TITLE:] in self.title),
            *(self.words["units"].get(quantity.unit, ""), quantity.status, reading.text[clause : clause + NEAR]),
            *(str(acts), str(owner.id == last)),
        )

    def type(self, owner: Owner) -> str:
        """The kind of thing that a candidate is; of bodies, whether they are public, or units of others."""
        if owner.name is None or owner.name.type != "Organisation":
            return owner.id[:1]
        kind = owner.name.kind
        return "public" if kind in self.public else self.words["kinds"].get(kind, "body")

    def stands(self, name: Name, owner: Owner, position: int) -> Sight:
        """Where a name stands, what is between it and the number, the characters beside it, what is stated of it."""
        text, start, end = self.reading.text, name.start, name.end
        reading, line = self.reading, self.lines[max(0, bisect_right(self.lines, start) - 1)]
        opens = [start <= line + 1, start <= reading.sentence(start).start, start <= reading.clause(start).start]
        between = [n for n in within(self.names, Span(end, position)) if self.ids[id(n)] != owner.id]
        rivals = sum(n.type == name.type for n in between)
        numbers = bisect_right(self.numbers, position - 1) - bisect_right(self.numbers, end - 1)
        return (
            *(self.place(name, position), str(sum(opens)), str(min(rivals, MANY)), str(min(len(between), MANY))),
            *(str(min(numbers, MANY)), text[end : end + 1], text[end : end + NEAR]),
            *(text[max(0, start - 1) : start], text[max(0, start - NEAR) : start]),
            " ".join(sorted(self.stated[start, end])) if (start, end) in self.stated else "",
        )

    def place(self, name: Name, position: int) -> str:
        """In which clause, sentence or line a name stands, counted back from the number."""
        reading, text = self.reading, self.reading.text
        if name.start >= position:
            return "behind"
        if name.start >= reading.clause(position).start:
            return "clause"
        if name.start >= reading.sentence(position).start:
            return f"sentence {min(MANY, sum(text.count(mark, name.end, position) for mark in self.words['pauses']))}"
        if name.start >= self.lines[bisect_right(self.lines, position) - 1]:
            return f"line {min(MANY, text.count(self.words['stop'], name.end, position))}"
        return "earlier"


STANDS = 10  # what `Eyes.stands` tells


def acting(reading: Reading, position: int) -> tuple[Name, ...]:
    """Who acts at a place."""
    actor = reading.actor(position)
    return actor.names if actor else ()


def shared(name: str, metric: str) -> str:
    """Which ends a name and a metric share, and what is measured of the name that the metric holds: 出庭应诉|率."""
    of = metric.partition(name)[2][:1]
    return f"{metric[-NEAR:] in name} {name[-NEAR:] in metric} {metric in name} {of}"
