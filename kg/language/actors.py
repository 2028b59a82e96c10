"""Who acts where: the actor that a clause names, else the section's, else the reporting body, and where it stands."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.addressees import Addressees
from kg.language.agents import Agents
from kg.language.cosigners import Cosigners
from kg.language.overlaps import Along
from kg.language.reading import Actor, Line, Name, Reading, Span, in_order, within
from kg.language.tasks import Tasks

ITEMS = (2, 4)  # levels of the items of an article, which its subject does


class Parts(NamedTuple):
    """A document's sentences, clauses and the names that may act, to be asked for by place."""

    sentences: Along[Span]
    clauses: Along[Span]
    names: Along[Name]


class Actors:
    """Fills ``reading.actors``: from each `since` on, these names act, until the next entry."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")["actor"]
        self.agents, self.tasks = Agents(knowledge), Tasks(knowledge)
        self.addressees, self.cosigners = Addressees(knowledge), Cosigners(knowledge)
        self.government, self.silent = (
            knowledge.compiled("relations", "actor", "government"),
            knowledge.compiled("relations", "actor", "silent"),
        )
        self.preposed = knowledge.compiled("relations", "actor", "preposed")
        self.agrees = knowledge.compiled("relations", "actor", "agrees")
        self.article = knowledge.compiled("organisations", "law", "article")
        self.came, self.honoured = (knowledge.compiled("relations", "actor", key) for key in ("wrote", "honoured"))
        self.heading, self.signed, self.about = (
            knowledge.compiled("relations", "second", key) for key in ("heading", "signed", "about")
        )
        self.own_country: list[str] = table["own_country"]
        self.lasting, self.superior = set(table["lasting"]), set(table["superior"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        default = self.reporter(reading)
        names = in_order(n for n in [*reading.organisations, *reading.places] if n.kind != "country" or n.alias)
        along = Parts(Along(reading.sentences), Along(reading.clauses), Along(names))
        numbered = sum(1 for line in reading.lines if line.level in (1, 2)) >= 2
        articles = sum(1 for line in reading.lines if self.article.match(reading.quote(line))) >= 2
        found: list[Actor] = [Actor(0, default)] if default else []
        told, addressed = self.addressees.told(reading)
        for index, line in enumerate(reading.lines):
            default = tuple(addressed) if addressed and line.start > told else default
            if other := self.second(reading, index):
                default = other
                found.append(Actor(line.start, default))
            parts = line.level not in ITEMS if articles else line.level in (1, 2, 3)
            if parts or (not numbered and not articles and index):
                found.append(Actor(line.start, default))
            tasks = self.tasks(reading, line, index)
            if tasks:
                found.append(tasks)
                continue
            if not self.silent.search(reading.quote(line)):
                found += self.paragraph(reading, line, along, found[-1:])
            elif line.level:
                found += self.headed(reading, line, along.names)
        reading.actors = found
        return doc

    def second(self, reading: Reading, index: int) -> tuple[Name, ...]:
        """Who issues the document whose title a line is, behind the signature of another; nobody elsewhere."""
        line, lines = reading.lines[index], reading.lines[max(0, index - 2) : index]
        if not index or not self.heading.fullmatch(reading.text, line.start, line.end):
            return ()
        if not any(self.signed.search(reading.quote(each)) for each in lines):
            return ()
        names = [n for n in within(reading.organisations, line) if self.about.match(reading.text, n.end)]
        return tuple(n for n in names if n.start == line.start)[:1]

    def paragraph(self, reading: Reading, line: Line, along: Parts, before: list[Actor]) -> list[Actor]:
        """The actors of a line; one that an aside names (another place, a firm) acts to the end of its sentence."""
        found: list[Actor] = []
        lasting = before
        for sentence in along.sentences.within(line.start, line.end):
            aside, before_whom = False, -1
            for clause in along.clauses.within(sentence.start, sentence.end):
                here = along.names.within(clause.start, clause.end)
                actor = self.agents(reading, clause, here)
                joined = (
                    self.agents.joined(reading, clause, here, (found or before)[-1:]) if here and not actor else None
                )
                if actor is None and joined is None:
                    preposed = self.preposed.match(reading.text, clause.start, clause.end)
                    before_whom = clause.start if preposed else -1
                    if self.agents.nobody(reading, clause):
                        found.append(Actor(clause.start, ()))
                        aside = True
                    elif aside and lasting and self.agents.opens(reading, clause, here):
                        found.append(Actor(clause.start, lasting[0].names))
                    continue
                if actor and before_whom >= 0 and actor.names[0].type == "Organisation":
                    found.append(Actor(before_whom, actor.names))
                before_whom = -1
                last = (found or before)[-1:]
                found.append(actor or joined or Actor(0, ()))
                party = actor.names[:1] if actor and len(actor.names) > 1 else last[0].names if joined and last else ()
                if party and self.agrees.search(reading.text, clause.start, clause.end):
                    found.append(Actor(clause.end, party))  # with whom one signs does not do what comes of it
                aside = actor is None or not self.lasts(reading, actor.names[0]) or self.told_of(reading, clause, actor)
                lasting = lasting if aside else found[-1:]
            if aside and lasting:
                found.append(Actor(sentence.end, lasting[0].names))
        return found

    def told_of(self, reading: Reading, clause: Span, actor: Actor) -> bool:
        """Whether a clause only says that somebody's letter has come, or that several are chosen for something."""
        text = reading.quote(clause)
        return bool(self.came.search(text) or (len(actor.names) > 1 and self.honoured.search(text)))

    def headed(self, reading: Reading, line: Line, names: Along[Name]) -> list[Actor]:
        """Who acts in a section by its heading: （一）北京市推进….."""
        clause = reading.clause(line.end - 1)
        actor = self.agents(reading, clause, names.within(clause.start, clause.end))
        return [actor] if actor else []

    def lasts(self, reading: Reading, name: Name) -> bool:
        """Whether an actor goes on acting in the sentences that name none."""
        if name.type == "Place":
            return name.name == reading.home and self.speaks_for_place(reading)
        if name.name in self.superior and reading.reporter and reading.reporter.name not in self.superior:
            return False  # the preface of another body's document
        return name.kind in self.lasting and (not reading.home or self.agents.local(reading, name, True))

    def speaks_for_place(self, reading: Reading) -> bool:
        """Whether the document's own voice is the place's: its government's, or nobody's."""
        return reading.reporter is None or self.government.search(reading.reporter.name) is not None

    def reporter(self, reading: Reading) -> tuple[Name, ...]:
        """The reporting body, else the place that the document is about."""
        if reading.reporter:
            return self.cosigners(reading)
        place = self.agents.home(reading)
        country = next((n for n in reading.places if n.name in self.own_country), None)
        return (place,) if place else (country,) if country else ()


@Language.factory("kg_actors")
def make(nlp: Language, name: str) -> Actors:
    """The factory by which spaCy makes the component."""
    return Actors(load())
