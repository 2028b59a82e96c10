"""Whose a figure is: who acts in its sentence, the thing that it is of, the text, the reporting body, its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from kg.knowledge import Knowledge
from kg.language.homes import home_place
from kg.language.reading import Name, Quantity, Reading, Span, at, within

THINGS = ("Mechanism", "Policy")
HEAD = 4  # characters by which a metric is known again
NEAR = 4  # characters of a clause between a time and the name with which it begins
BACK = 300  # characters before a number in which what it is of is looked for
OPEN = "“"
OFTEN = 3  # mentions that make a text one about the country
OPENING = 2  # lines in which a text says where it plays


class Subjects:
    """Candidates for the subject of a figure, best first."""

    def __init__(self, knowledge: Knowledge, reading: Reading) -> None:
        self.reading, self.names = reading, reading.names()
        self.table, words = knowledge.patterns("resolve"), knowledge.patterns("figures")["subject"]
        self.department = re.compile(self.table["department"])
        self.here, self.taken_up = re.compile(words["here"]), re.compile(words["taken_up"])
        self.announces, self.whole = re.compile(words["announces"]), re.compile(words["whole_country"])
        self.lies = re.compile(words["lies"])
        self.modifies = re.compile(words["modifies"])
        self.bears, self.listed = re.compile(words["bears"]), re.compile(words["listed"])
        self.place = home_place(reading)
        self.countries = [n for n in reading.places if n.kind == "country" and n.name in self.table["own_country"]]
        self.genre = reading.meta.get("genre") or ""
        self.news, self.law = self.genre in words["news"], self.genre in words["laws"]
        self.local = not self.news or self.opens_with_place()
        reporter = reading.reporter
        speaks = self.genre in self.table["self_genres"] and reporter and self.department.search(reporter.name)
        self.reporter = reporter if speaks else None
        self.voice = self.place is not None and not self.news and not speaks
        self.rules = self.genre in words["rules"]
        self.things_of = THINGS if self.voice and not self.rules else (*THINGS, "Organisation")
        self.meeting = None if self.place else meeting(reading, re.compile(words["meets"]))
        self.approved = self.titled() if self.genre in words["replies"] and not self.place else None

    def opens_with_place(self) -> bool:
        """Whether the title or the first lines name the place that the document is about."""
        lines = self.reading.lines[:OPENING]
        end = lines[-1].end if lines else 0
        return any(n.name == self.reading.home for n in within(self.reading.places, Span(0, end)))

    def titled(self) -> Name | None:
        """The policy that the document's title names."""
        title = self.reading.meta.get("title", "")
        return next((n for n in self.names if n.type == "Policy" and n.name in title), None)

    def ranked(self, quantity: Quantity) -> Iterator[tuple[str, Name]]:
        """Candidates with the reason for each, best first; none where only the document itself is left."""
        reading, position = self.reading, quantity.span.start
        if quantity.subject:
            yield "row", quantity.subject
        sentence, line = reading.sentence(position), at(reading.lines, position)
        yield from because("described", described(reading, line, self.lies))
        yield from because("owner", self.owner(quantity))
        sentence = Span(max(sentence.start, position - BACK), min(sentence.end, position + BACK))
        line = Span(max(line.start, position - BACK), min(line.end, position + BACK))
        yield from because("again", self.again(sentence, position))
        if self.rules:
            yield from because("bears", self.bearing(within(reading.organisations, Span(line.start, position))))
        yield from self._acts(sentence, line, position)
        if reading.own:
            yield "own", reading.own
        yield from because("stands", self.standing(sentence, line, position))
        if self.approved:
            yield "approved", self.approved
        if not self.news and not self.law and (first := self.acting(position)):
            yield "lasts", first

    def _acts(self, sentence: Span, line: Span, position: int) -> Iterator[tuple[str, Name]]:
        """Who acts in the sentence, the place where it is named after that, or what the sentence is about."""
        reading, first = self.reading, self.acting(position)
        stays = first is None or first.name == reading.home or first.kind in self.table["jurisdiction"]
        stretch = reading.clause(position) if self.voice and not stays else sentence
        acts = first is not None and stretch.start <= first.start < stretch.end
        here = [m.start() for m in self.here.finditer(reading.text, sentence.start, position)]
        if here and self.place and self.local and not (first and acts and first.start >= here[-1]):
            yield "here", self.place
        if first and acts and self.news and self.announces.match(reading.text, first.end):
            yield from because("country", within(self.countries, Span(first.end, position))[-1:])
            if self.whole.search(reading.text, first.end, position):
                yield from because("country", self.countries[:1])
        if first and acts and not (self.news and first.kind == "country"):
            yield "acts", first
        if self.genre not in self.table["self_genres"]:
            yield from because("thing", self.things(sentence, position))
        if first and (acts or (not self.place and line.start <= first.start < position)):
            yield "acted", first
        if first and self.news and told(reading, first, line, self.table["jurisdiction"]):
            yield "told", first

    def acting(self, position: int) -> Name | None:
        """Who acts at a place, unless it is only one of a list of examples."""
        actor = self.reading.actor(position)
        first = actor.names[0] if actor and actor.names[0].end else None
        example = first and first.type == "Place" and first.name != self.reading.home
        return None if first and example and self.listed.match(self.reading.text, first.end) else first

    def owner(self, quantity: Quantity) -> Iterator[Name]:
        """Whom a clause begins with: a place right before what is measured of it (某盟|出庭应诉率为100%), or a body."""
        clause, text = self.reading.clause(quantity.span.start), self.reading.text
        for place in within(self.reading.places, Span(clause.start, clause.start + 1)):
            metric = quantity.metric.removeprefix(self.reading.quote(place))
            if (metric and text.startswith(metric[:HEAD], place.end)) or (self.news and place.kind != "country"):
                yield place
        bodies = within(self.reading.organisations, Span(clause.start, clause.start + 1))
        body = max(bodies, key=lambda n: n.end, default=None)
        if body and body.kind in self.table["jurisdiction"] and not self.modifies.match(text, body.end):
            yield body

    def things(self, sentence: Span, position: int) -> Iterator[Name]:
        """What the sentence is about: the body, policy or mechanism with which it begins, or one taken up again."""
        reading = self.reading
        named = [n for n in within(self.names, Span(sentence.start, position)) if n.type in self.things_of]
        for name in reversed(named):
            start = reading.clause(name.start).start
            if name.start == start or self.told_by(start, name):
                yield name

    def bearing(self, bodies: list[Name]) -> Iterator[Name]:
        """The bodies that have to do what a sentence of a rule says, the last one first."""
        yield from (name for name in reversed(bodies) if self.bears.match(self.reading.text, name.end))

    def again(self, sentence: Span, position: int) -> Iterator[Name]:
        """A body, policy or mechanism named before that the clause or sentence takes up by its last word."""
        clause = self.reading.clause(position).start
        for start in (clause, sentence.start):
            if word := self.taken_up.match(self.reading.text, start):
                before = within(self.names, Span(max(0, start - BACK), start))
                head = word["head"]
                yield from (n for n in reversed(before) if n.type != "Place" and self.reading.quote(n).endswith(head))

    def told_by(self, start: int, name: Name) -> bool:
        """Whether between the start of a clause and a name stands nothing but a time."""
        time = next(iter(within(self.reading.periods, Span(start, name.start))), None)
        return time is not None and name.start - time.end <= NEAR and time.start - start <= NEAR

    def standing(self, sentence: Span, line: Span, position: int) -> Iterator[Name]:
        """The department that reports on itself, unless the sentence names the place; then the place."""
        reading = self.reading
        stretch = Span(sentence.start, position + 1)
        said = (n for n in within(reading.places, stretch) if reading.text[n.start - 1 : n.start] != OPEN)
        named = any(n.name == reading.home and n.alias for n in said)
        if self.reporter and not named:
            yield self.reporter
        if self.law:
            if self.place and self.here.search(reading.text, line.start, position):
                yield self.place
            return
        if self.meeting:
            yield self.meeting
        if self.news:
            yield from (n for n in within(reading.places, Span(line.start, position)) if n.name == reading.home)
        if self.place and self.local:
            yield self.place
        if not self.place:
            yield from within(self.countries, line)[:1]
            if len(self.countries) >= (1 if self.news else OFTEN):
                yield self.countries[0]


def because(reason: str, names: Iterable[Name]) -> Iterator[tuple[str, Name]]:
    """Names, each with the reason."""
    return ((reason, name) for name in names)


def told(reading: Reading, first: Name, line: Span, kinds: Collection[str]) -> bool:
    """Whether news or an interview tell of a body that acts since its paragraph began, or for which is spoken."""
    spoken = first == reading.reporter or any(first in voice.names for voice in reading.voices)
    body = first.type == "Organisation" and first.kind in (*kinds, "self", "unit")
    return spoken or (body and first.start >= line.start)


def meeting(reading: Reading, meets: re.Pattern[str]) -> Name | None:
    """The body that meets, as the title or the file's name of the news of a meeting says."""
    title = reading.meta.get("title", "") or reading.doc.rsplit("/", 1)[-1]
    if not meets.search(title):
        return None
    bodies = (n for n in reading.organisations if reading.quote(n) in title)
    return min(bodies, key=lambda n: (title.find(reading.quote(n)), n.start - n.end), default=None)


def described(reading: Reading, line: Span, lies: re.Pattern[str]) -> Iterator[Name]:
    """The town or village that a paragraph describes from its first word on: 某村属某镇, 位于江南."""
    places = within(reading.places, Span(line.start, line.start + 1))
    place = max(places, key=lambda n: n.end, default=None)
    if place and place.name != reading.home and lies.match(reading.text, place.end):
        yield place
