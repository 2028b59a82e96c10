"""``policy.ttl`` → the predicates that are scored, and those that hold either way round."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kg import triples
from kg.knowledge import NAMESPACE, load

SCORED = NAMESPACE + "scored"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SYMMETRIC = "http://www.w3.org/2002/07/owl#SymmetricProperty"


class Predicates(NamedTuple):
    """Local names of properties."""

    scored: frozenset[str]
    symmetric: frozenset[str]


@cache
def predicates() -> Predicates:
    """Those of the package's ontology.

    >>> sorted(predicates().symmetric & predicates().scored)
    ['cooperatesWith']
    """
    scored, symmetric = set(), set()
    for fact in triples.parse(load().folder / "policy.ttl"):
        about, value = fact.subject, fact.object
        if not isinstance(about, triples.NamedNode) or not isinstance(value, triples.NamedNode | triples.Literal):
            continue
        name = about.value.removeprefix(NAMESPACE)
        if fact.predicate.value == SCORED and value.value == "true":
            scored.add(name)
        elif fact.predicate.value == TYPE and value.value == SYMMETRIC:
            symmetric.add(name)
    return Predicates(frozenset(scored), frozenset(symmetric))
