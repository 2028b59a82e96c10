"""For whom a document speaks: who reports or signs, of whom its first sentence tells, the place that it is about."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.agents import Agents, Parts
from kg.language.cosigners import Cosigners
from kg.language.reading import Name, Reading, within

PARAGRAPH = 40  # characters of a line that is more than a heading


class Reporters:
    """Finds who acts where nobody is named: in the document, and in another that it holds."""

    def __init__(self, knowledge: Knowledge, agents: Agents) -> None:
        table = knowledge.patterns("relations")["actor"]
        self.agents, self.cosigners = agents, Cosigners(knowledge)
        self.own_country: list[str] = table["own_country"]
        self.lasting = set(table["lasting"])
        self.article = re.compile(knowledge.patterns("organisations")["law"]["article"], re.MULTILINE)
        self.banks, self.this_bank = (knowledge.compiled("relations", "actor", key) for key in ("banks", "this_bank"))
        self.office = knowledge.compiled("relations", "actor", "office")
        self.heading, self.signed, self.about = (
            knowledge.compiled("relations", "second", key) for key in ("heading", "signed", "about")
        )

    def __call__(self, reading: Reading, along: Parts) -> tuple[Name, ...]:
        """The reporting body, else the one of which the first sentence tells, else the place that the text is about."""
        if reading.reporter:
            reading.reporter = reading.reporter if reading.own else self.head(reading, reading.reporter)
            return self.cosigners(reading)
        place = self.agents.home(reading)
        country = next((n for n in reading.places if n.name in self.own_country), None)
        told = () if reading.own else self.opening(reading, along) or self.bank(reading)
        reading.reporter = told[0] if told else None
        return told or ((place,) if place else (country,) if country else ())

    def head(self, reading: Reading, office: Name) -> Name:
        """The body whose office carries its report: 某局|办公室; in a document of the office's own it is the office."""
        of = self.office.fullmatch(office.name)
        inside = (n for n in reading.organisations if n.start == office.start and n.end < office.end)
        return next((n for n in inside if of and n.name == of["body"]), office)

    def opening(self, reading: Reading, along: Parts) -> tuple[Name, ...]:
        """The local bodies of which the first sentence of the first paragraph tells: 近日，某市司法局…."""
        line = next((each for each in reading.lines if each.end - each.start >= PARAGRAPH), None)
        sentence = next(iter(along.sentences.within(line.start, line.end)), None) if line else None
        for clause in along.clauses.within(sentence.start, sentence.end) if sentence else ():
            actor = self.agents(reading, clause, along.names.within(clause.start, clause.end))
            if actor:
                first = actor.names[0]
                told = first.kind in self.lasting and self.agents.local(reading, first)
                return actor.names if told and not self.article.search(reading.text) else ()
        return ()

    def bank(self, reading: Reading) -> tuple[Name, ...]:
        """The bank that is named first in a text that says 该行 or 我行."""
        if not self.this_bank.search(reading.text):
            return ()
        found = (n for n in reading.organisations if self.banks.search(n.name) and n.kind != "self")
        return tuple(sorted(found, key=lambda n: (n.start, -n.end)))[:1]

    def second(self, reading: Reading, index: int) -> tuple[Name, ...]:
        """Who issues the document whose title a line is, behind the signature of another; nobody elsewhere."""
        line, lines = reading.lines[index], reading.lines[max(0, index - 2) : index]
        if not index or not self.heading.fullmatch(reading.text, line.start, line.end):
            return ()
        if not any(self.signed.search(reading.quote(each)) for each in lines):
            return ()
        names = [n for n in within(reading.organisations, line) if self.about.match(reading.text, n.end)]
        return tuple(n for n in names if n.start == line.start)[:1]
