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
GENERATED_BY = NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy")
ACTIVITY = NamedNode("http://www.w3.org/ns/prov#Activity")
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

    def __init__(self, facts: Facts, iris: Iris, texts: Mapping[str, str]) -> None:
        self.facts = facts
        self.iris = iris
        self.texts = texts
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
            activity = self.iris.of("component/" + component)
            said.append((GENERATED_BY, activity))
            self.facts.add(activity, [(TYPE, ACTIVITY), (LABEL, Literal(legal(component)))])
        self.facts.add(node, said, graph)

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
