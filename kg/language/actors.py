"""Who acts where: the actor that a clause names, else the section's, else the reporting body, and where it stands."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.addressees import Addressees
from kg.language.agents import Agents, Parts
from kg.language.charges import Charges
from kg.language.overlaps import Along
from kg.language.reading import Actor, Line, Name, Reading, Span, in_order
from kg.language.reporters import Reporters
from kg.language.speakers import Speakers
from kg.language.tasks import Tasks

ITEMS = (2, 4)  # levels of the items of an article, which its subject does


class Actors:
    """Fills ``reading.actors``: from each `since` on, these names act, until the next entry."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")["actor"]
        self.agents, self.tasks, self.addressees = Agents(knowledge), Tasks(knowledge), Addressees(knowledge)
        self.charges, self.reporters = Charges(knowledge, self.agents), Reporters(knowledge, self.agents)
        self.speakers = Speakers(knowledge)
        self.government, self.silent = (
            knowledge.compiled("relations", "actor", "government"),
            knowledge.compiled("relations", "actor", "silent"),
        )
        self.item = knowledge.compiled("relations", "actor", "item")
        self.preposed = knowledge.compiled("relations", "actor", "preposed")
        self.agrees = knowledge.compiled("relations", "actor", "agrees")
        self.article = knowledge.compiled("organisations", "law", "article")
        self.came, self.honoured = (knowledge.compiled("relations", "actor", key) for key in ("wrote", "honoured"))
        # 全党: whom a text calls upon rather than tells of.
        self.everybody = set(knowledge.patterns("organisations")["prefix"]["called"].values())
        self.lasting, self.superior = set(table["lasting"]), set(table["superior"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        every = (n for n in [*reading.organisations, *reading.places] if n.kind != "country" or n.alias)
        names = in_order(n for n in every if n.name not in self.everybody)
        along = Parts(Along(reading.sentences), Along(reading.clauses), Along(names))
        default = self.reporters(reading, along)
        numbered = sum(1 for line in reading.lines if line.level in (1, 2)) >= 2
        articles = sum(1 for line in reading.lines if self.article.match(reading.quote(line))) >= 2
        found: list[Actor] = [Actor(0, default)] if default else []
        told, addressed = self.addressees.told(reading)
        persons, begun = self.speakers.known(reading), False  # whether a numbered section has begun
        section: tuple[int, Actor] | None = None  # a heading that makes bodies responsible for all below it
        for index, line in enumerate(reading.lines):
            default = tuple(addressed) if addressed and line.start > told else default
            speaker = self.speakers(reading, line, persons)
            if other := (speaker,) if speaker else self.reporters.second(reading, index):
                default = other
                found.append(Actor(line.start, default))
                reading.voices.append(found[-1])
            parts = line.level not in ITEMS if articles else line.level in (1, 2, 3)
            section = section if section and (not line.level or line.level > section[0]) else None
            begun = begun or line.level in (1, 2)
            if parts or (not (numbered and begun) and not articles and index):
                found.append(replace(section[1], since=line.start) if section else Actor(line.start, default))
            tasks = self.tasks(reading, line, index)
            if tasks:
                found.append(tasks)
                found += self.charges.within(reading, line, along, tasks)
                section = (line.level, tasks) if self.over(reading, index) else section
                continue
            if said := self.charges.labelled(reading, line, along.names):
                found.append(said)
                section = (line.level, said) if self.over(reading, index) else section
            if not self.silent.search(reading.quote(line)):
                found += self.paragraph(reading, line, along, found[-1:])
            elif line.level:
                found += self.headed(reading, line, along.names)
        reading.actors = found
        return doc

    def over(self, reading: Reading, index: int) -> bool:
        """Whether a line is a heading of others: （一）… above 1.…."""
        line, *below = reading.lines[index : index + 2]
        return bool(line.level and below and below[0].level > line.level)

    def paragraph(self, reading: Reading, line: Line, along: Parts, before: list[Actor]) -> list[Actor]:
        """The actors of a line; one that an aside names (another place, a firm) acts to the end of its sentence."""
        found: list[Actor] = []
        lasting = before
        outside: Actor | None = None  # who acts where the items of a paragraph begin, and again at each: 一是…二是…
        for sentence in along.sentences.within(line.start, line.end):
            aside, before_whom = False, -1
            for clause in along.clauses.within(sentence.start, sentence.end):
                here = along.names.within(clause.start, clause.end)
                if self.item.match(reading.text, clause.start):
                    found += [replace(outside, since=clause.start)] if outside else []
                    outside = outside or next(iter((found or before)[-1:]), None)
                    lasting = [outside] if outside else lasting
                actor = self.agents(reading, clause, here)
                earlier = (found or before)[-1:]
                joined = self.agents.joined(reading, clause, here, earlier) if here and not actor else None
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
                actor = (actor and last and self.charges.helped(reading, sentence, last[0], actor)) or actor
                found += self.charges.ending(reading, sentence, clause, actor, found)
                found.append(actor or joined or Actor(0, ()))
                party = actor.names[:1] if actor and len(actor.names) > 1 else last[0].names if joined and last else ()
                if party and self.agrees.search(reading.text, clause.start, clause.end):
                    found.append(Actor(clause.end, party))  # with whom one signs does not do what comes of it
                aside = actor is None or self.passes(reading, clause, sentence, actor)
                lasting = lasting if aside else found[-1:]
            if aside and lasting:
                found.append(Actor(sentence.end, lasting[0].names))
        return found

    def passes(self, reading: Reading, clause: Span, sentence: Span, actor: Actor) -> bool:
        """Whether an actor acts in its sentence only, as those do who end it: ……，由甲、乙分头落实。."""
        ends = clause.start > sentence.start and self.charges.ends(reading, clause)
        return ends or not self.lasts(reading, actor.names[0]) or self.told_of(reading, clause, actor)

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


@Language.factory("kg_actors")
def make(nlp: Language, name: str) -> Actors:
    """The factory by which spaCy makes the component."""
    return Actors(load())
