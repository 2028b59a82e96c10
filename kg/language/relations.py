"""Names and actors → links: each rule set in turn, each link once."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.bodies import Bodies
from kg.language.parts import Parts
from kg.language.policies import Policies
from kg.language.reading import Link, Reading, within
from kg.language.triggers import Triggers


class Relations:
    """Fills ``reading.links``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.rules = (Triggers(knowledge), Policies(knowledge), Bodies(knowledge), Parts(knowledge))

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        reading.links = [self.dated(reading, link) for rule in self.rules for link in rule(reading)]
        return doc

    def dated(self, reading: Reading, link: Link) -> Link:
        """The link with the period that its clause states."""
        clause = reading.clause(link.evidence.start)
        times = [p for p in within(reading.periods, clause) if p.end <= link.object.start]
        if not times:
            return link
        return Link(
            link.subject,
            link.predicate,
            link.object,
            link.evidence,
            link.rule,
            link.antecedent,
            link.confidence,
            times[-1].value,
            link.role,
            link.status,
        )


@Language.factory("kg_relations")
def make(nlp: Language, name: str) -> Relations:
    """The factory by which spaCy makes the component."""
    return Relations(load())
