"""`Evidence` → facts of the Web Annotation vocabulary: target passage, position, quote, component, confidence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from kg.export.characters import legal
from kg.export.rdf.iris import Iris
from kg.export.rdf.vocabulary import term
from kg.model import Evidence, Quote
from kg.triples import Fact, Facts, Literal, NamedNode

XSD = "http://www.w3.org/2001/XMLSchema#"
DECIMAL = NamedNode(XSD + "decimal")
INTEGER = NamedNode(XSD + "nonNegativeInteger")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALTERNATIVE = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_PROV = "http://www.w3.org/ns/prov#"
GENERATED_BY, ASSOCIATED = NamedNode(_PROV + "wasGeneratedBy"), NamedNode(_PROV + "wasAssociatedWith")
ACTIVITY, SOFTWARE = NamedNode(_PROV + "Activity"), NamedNode(_PROV + "SoftwareAgent")
VERSION = NamedNode("https://schema.org/softwareVersion")
PROGRAM = "policy-kg"
CONTEXT = 32  # characters before and after a quote, enough to find it again in a changed text

_OA = "http://www.w3.org/ns/oa#"
ANNOTATION, TARGET, SOURCE, SELECTOR = (
    NamedNode(_OA + name) for name in ("Annotation", "hasTarget", "hasSource", "hasSelector")
)
POSITION, START, END = (NamedNode(_OA + name) for name in ("TextPositionSelector", "start", "end"))
QUOTE, EXACT, PREFIX, SUFFIX = (NamedNode(_OA + name) for name in ("TextQuoteSelector", "exact", "prefix", "suffix"))


def decimal(number: Decimal | float) -> Literal:
    """A number as xsd:decimal, written out, its digits as they are (1.50 stays 1.50)."""
    return _decimal(str(number))


@lru_cache(maxsize=10_000)
def _decimal(digits: str) -> Literal:
    if not Decimal(digits).is_finite():
        raise ValueError(f"{digits} is no number that a graph can hold")
    return Literal(format(Decimal(digits), "f"), datatype=DECIMAL)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=INTEGER)


class Evidences:
    """Writes evidence; each passage of a document once, however many claims rest on it."""

    def __init__(self, facts: Facts, iris: Iris, texts: Mapping[str, str], version: str = "") -> None:
        self.facts = facts
        self.iris = iris
        self.texts = texts
        self.version = version  # of the program that read them
        self._activities: dict[str, NamedNode] = {}
        self._passages: dict[Quote, NamedNode] = {}

    def add(self, claim: NamedNode, evidence: Evidence, graph: NamedNode) -> None:
        """Say what links a claim to a passage, in the graph of the document that holds the passage."""
        quote, antecedent, component = evidence.quote, evidence.antecedent, evidence.component
        spans = (quote.doc, quote.start, quote.end, antecedent and (antecedent.start, antecedent.end))
        node = self.iris.hashed("evidence", claim.value.removeprefix(self.iris.base), *spans, component)
        said: list[Fact] = [
            (TYPE, term("Evidence")),
            (TYPE, ANNOTATION),
            (TARGET, self._passage(quote, graph)),
            (term("confidence"), decimal(evidence.confidence)),
        ]
        self.facts.add(claim, [(term("evidence"), node)], graph)
        if antecedent:
            said.append((term("antecedent"), self._passage(antecedent, graph)))
            self.facts.add(claim, said[-1:], graph)
        if component:
            said.append((GENERATED_BY, self._activity(component)))
        self.facts.add(node, said, graph)

    def _activity(self, component: str) -> NamedNode:
        """The reading by a component of the program: another version of it is another reading."""
        known = self._activities.get(component)
        if known:
            return known
        under = f"{self.version}/" if self.version else ""
        activity = self._activities[component] = self.iris.of(f"component/{under}{component}")
        self.facts.add(activity, [(TYPE, ACTIVITY), (LABEL, Literal(legal(component)))])
        if self.version:
            program = self.iris.of(f"software/{PROGRAM}/{self.version}")
            version = Literal(legal(self.version))
            name = Literal(legal(f"{PROGRAM} {self.version}"))
            self.facts.add(activity, [(ASSOCIATED, program)])
            self.facts.add(program, [(TYPE, SOFTWARE), (LABEL, name), (VERSION, version)])
        return activity

    def _passage(self, quote: Quote, graph: NamedNode) -> NamedNode:
        """The characters by position and by what stands there, with their surroundings if the text is known."""
        known = self._passages.get(quote)
        if known:
            return known
        document = self.iris.document(quote.doc)
        passage, position, words = (self.iris.passage(quote, part) for part in ("char", "position", "quote"))
        self._passages[quote] = passage
        selectors = [(SELECTOR, position), (SELECTOR, words)]
        self.facts.add(passage, [(TYPE, term("Passage")), (SOURCE, document), *selectors], graph)
        self.facts.add(position, [(TYPE, POSITION), (START, _integer(quote.start)), (END, _integer(quote.end))], graph)
        said: list[Fact] = [(TYPE, QUOTE), (EXACT, Literal(legal(quote.text)))]
        text = self.texts.get(quote.doc)
        if text is not None:
            said.append((PREFIX, Literal(legal(text[max(0, quote.start - CONTEXT) : quote.start]))))
            said.append((SUFFIX, Literal(legal(text[quote.end : quote.end + CONTEXT]))))
        self.facts.add(words, said, graph)
        return passage
