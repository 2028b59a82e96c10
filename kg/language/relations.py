"""Names and actors → links: each rule set in turn, each link once."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.amendments import Amendments
from kg.language.bodies import Bodies
from kg.language.duties import Duties
from kg.language.grounds import Grounds
from kg.language.orders import Orders
from kg.language.parts import Parts
from kg.language.policies import Policies
from kg.language.reading import Reading
from kg.language.times import Times
from kg.language.triggers import Triggers


class Relations:
    """Fills ``reading.links``."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = (Triggers, Policies, Grounds, Amendments, Bodies, Orders, Parts)
        self.times = Times(knowledge)
        self.rules, self.duties = [rule(knowledge) for rule in rules], Duties(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        free = self.times.free(reading)
        found = [link for rule in self.rules for link in rule(reading)]
        found += self.duties(reading, found)
        periods = [self.times.of(reading, link, free) for link in found]
        reading.links = [
            link if link.period == period else replace(link, period=period)
            for link, period in zip(found, periods, strict=True)
        ]
        return doc


@Language.factory("kg_relations")
def make(nlp: Language, name: str) -> Relations:
    """The factory by which spaCy makes the component."""
    return Relations(load())
