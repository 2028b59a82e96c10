"""Who acts where: the actor that a clause names, else the section's, else the reporting body, and where it stands."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.gazetteer import gazetteer_of
from kg.language.reading import Actor, Line, Name, Reading, Span, Token, at, within

TASK_ROLES = ("participant", "lead", "responsible")


class Actors:
    """Fills ``reading.actors``: from each `since` on, these names act, until the next entry."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")
        self.gazetteer = gazetteer_of(knowledge)
        self.government = re.compile(table["actor"]["government"])
        self.lead = re.compile(table["actor"]["lead"])
        self.by = re.compile(table["actor"]["by"])
        self.tags = set(table["actor"]["tags"])
        self.words = (*table["actor"]["words"], *knowledge.verbs)
        self.not_words = tuple(table["actor"]["not_words"])
        self.lasting = set(table["actor"]["lasting"])
        self.joining = re.compile(table["actor"]["joining"].replace("<together>", table["actor"]["together"]))
        self.silent = re.compile(table["actor"]["silent"])
        self.bracket, self.line = re.compile(table["task"]["bracket"]), re.compile(table["task"]["line"])
        self.roles = {role: re.compile(table["task"][role]) for role in TASK_ROLES}

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        default = self.reporter(reading)
        names = sorted(n for n in [*reading.organisations, *reading.places] if n.kind != "country" or n.alias)
        numbered = sum(1 for line in reading.lines if line.level in (1, 2)) >= 2
        found: list[Actor] = [Actor(0, default)] if default else []
        for index, line in enumerate(reading.lines):
            if default and (line.level in (1, 2) or (not numbered and index)):
                found.append(Actor(line.start, default))
            tasks = self.tasks(reading, line, index)
            if tasks:
                found.append(tasks)
                continue
            if not self.silent.search(reading.quote(line)):
                found += self.paragraph(reading, line, names, found[-1:])
        reading.actors = found
        return doc

    def paragraph(self, reading: Reading, line: Line, names: list[Name], before: list[Actor]) -> list[Actor]:
        """The actors of a line; one that an aside names (another place, a firm) acts to the end of its sentence."""
        found: list[Actor] = []
        lasting = before
        for sentence in within(reading.sentences, line):
            aside = False
            for clause in within(reading.clauses, sentence):
                actor = self.explicit(reading, clause, within(names, clause))
                if actor is None:
                    continue
                found.append(actor)
                aside = not self.lasts(reading, actor.names[0])
                lasting = lasting if aside else [actor]
            if aside and lasting:
                found.append(Actor(sentence.end, lasting[0].names))
        return found

    def lasts(self, reading: Reading, name: Name) -> bool:
        """Whether an actor goes on acting in the sentences that name none."""
        if name.type == "Place":
            return name.name == reading.home and self.speaks_for_place(reading)
        place = self.gazetteer.head(name.name, reading.home)[1] if reading.home else None
        return name.kind in self.lasting and (place is None or place.code == reading.home)

    def speaks_for_place(self, reading: Reading) -> bool:
        """Whether the document's own voice is the place's: its government's, or nobody's."""
        return reading.reporter is None or self.government.search(reading.reporter.name) is not None

    def reporter(self, reading: Reading) -> tuple[Name, ...]:
        """The reporting body, else the place that the document is about."""
        if reading.reporter:
            return (reading.reporter,)
        place = next((n for n in reading.places if n.name == reading.home), None)
        if place is None and reading.home:
            place = Name(0, 0, type="Place", name=reading.home)
        country = next((n for n in reading.places if n.kind == "country"), None)
        return (place,) if place else (country,) if country else ()

    def explicit(self, reading: Reading, clause: Span, names: list[Name]) -> Actor | None:
        """The names that a clause starts with, if what follows lets them act."""
        text = reading.text
        lead = self.lead.match(text[clause.start : clause.end])
        start = clause.start + (lead.end() if lead else 0)
        first = next((n for n in sorted(names, key=lambda n: (n.start, -n.end)) if n.start == start), None)
        by = False
        if first is None:
            first = next(
                (n for n in names if n.type == "Organisation" and self.by.search(text, clause.start, n.start)), None
            )
            by = first is not None
        if first is None:
            return None
        group, end = self.group(reading, first, names)
        if by or self.acts(reading, first, end, clause):
            return Actor(first.start, tuple(group))
        return Actor(first.start, (first,)) if self.acts(reading, first, first.end, clause) else None

    def group(self, reading: Reading, first: Name, names: list[Name]) -> tuple[list[Name], int]:
        """The names that are joined with the first one, and where the last of them ends."""
        group, end = [first], first.end
        for name in sorted(names, key=lambda n: (n.start, -n.end)):
            if name.type == first.type and first.holds(name) and shares(first, name):
                group.append(name)
            if name.start < end or name.type != first.type:
                continue
            if name.start == end or self.joining.fullmatch(reading.text[end : name.start]):
                group.append(name)
                end = name.end
        return group, end

    def acts(self, reading: Reading, name: Name, end: int, clause: Span) -> bool:
        """Whether the word after the name is one that an actor's name is followed by."""
        if end >= clause.end:
            return name.type == "Organisation" and end < len(reading.text) and reading.text[end] in "，"
        if reading.text.startswith(self.not_words, end):
            return False
        token = at(reading.tokens, end)
        assert isinstance(token, Token)
        if reading.text.startswith(self.words, end):  # a trigger acts whatever the segmentation calls it
            return True
        return token.tag in self.tags if token.start == end else True

    def tasks(self, reading: Reading, line: Line, index: int) -> Actor | None:
        """The bodies that a task's closing bracket, or the line after it, makes responsible for it."""
        match = next(reversed(list(self.bracket.finditer(reading.text, line.start, line.end))), None)
        stretch = Span(match.start("body"), match.end("body")) if match else None
        following = reading.lines[index + 1] if index + 1 < len(reading.lines) else None
        if stretch is None and following and self.line.match(reading.quote(following)):
            stretch = following
        if stretch is None:
            return None
        names: list[Name] = []
        roles: list[str] = []
        for name in within(reading.organisations, stretch):
            role = self.role(reading, name, stretch)
            if not any(n.holds(name) for n in names):
                names.append(name)
                roles.append(role)
        return Actor(line.start, tuple(names), tuple(roles)) if names else None

    def role(self, reading: Reading, name: Name, stretch: Span) -> str:
        """What the words around a name in a task's bracket make it: lead, responsible or participant."""
        text = reading.quote(stretch)
        part_start = max(text.rfind(mark, 0, name.start - stretch.start) for mark in "；，。\n") + 1
        ends = [i for i in (text.find(mark, name.end - stretch.start) for mark in "；，。\n") if i >= 0]
        part = text[part_start : min(ends, default=len(text))]
        return next((role for role, pattern in self.roles.items() if pattern.search(part)), "responsible")


def shares(outer: Name, inner: Name) -> bool:
    """Whether two names are written as one rather than the one within the other: 市、区人民政府."""
    alike = outer.name.startswith(inner.name) or outer.name.endswith(inner.name)
    return outer != inner and not inner.parent and not outer.parent and not alike


@Language.factory("kg_actors")
def make(nlp: Language, name: str) -> Actors:
    """The factory by which spaCy makes the component."""
    return Actors(load())
