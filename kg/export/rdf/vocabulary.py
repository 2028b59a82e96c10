"""The names of ``policy.ttl`` as RDF terms; a name that is not born there stops the export."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg.resources import ontology_folder
from kg.triples import Literal, NamedNode, parse

NAMESPACE = "https://w3id.org/policy-kg/ontology#"
_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
_RANGE = "http://www.w3.org/2000/01/rdf-schema#range"


class Ontology(NamedTuple):
    """What ``policy.ttl`` says of its names, as IRIs."""

    types: Mapping[str, frozenset[str]]  # rdf:type of each name
    ranges: Mapping[str, str]
    classes: Mapping[str, str]  # the word that records use (Organisation, court, document) → class


@cache
def ontology() -> Ontology:
    """``policy.ttl`` of the package's ontology folder."""
    types: dict[str, set[str]] = {}
    ranges, notations = {}, {}
    for fact in parse(ontology_folder() / "policy.ttl"):
        if not isinstance(fact.subject, NamedNode) or not isinstance(fact.object, NamedNode | Literal):
            continue
        subject, value = fact.subject.value, fact.object.value
        if fact.predicate.value == _TYPE:
            types.setdefault(subject, set()).add(value)
        elif fact.predicate.value == _RANGE:
            ranges[subject] = value
        elif fact.predicate.value == _NOTATION:
            notations[subject] = value
    classes = {word: name for name, word in notations.items() if _OWL + "Class" in types[name]}
    return Ontology({name: frozenset(found) for name, found in types.items()}, ranges, classes)


@cache
def term(name: str) -> NamedNode:
    """The class, property or value of that local name."""
    if NAMESPACE + name not in ontology().types:
        raise ValueError(f"{name!r} is not born in policy.ttl; add it there, or use a name that it holds")
    return NamedNode(NAMESPACE + name)


@cache
def class_of(word: str) -> NamedNode:
    """The class that records call `word`: a type (Organisation) or a kind (court, document)."""
    if word not in ontology().classes:
        known = ", ".join(sorted(ontology().classes))
        raise ValueError(f"{word!r} is the skos:notation of no class in policy.ttl; it knows {known}")
    return NamedNode(ontology().classes[word])


@cache
def kind_of(word: str) -> tuple[NamedNode, NamedNode]:
    """What an entity's kind says, as predicate and object: a class (court, document), or a place's level (county)."""
    if NAMESPACE + "level-" + word in ontology().types:
        return term("level"), term("level-" + word)
    return NamedNode(_TYPE), class_of(word)


@cache
def links(name: str) -> bool:
    """Whether the property leads to a node (else to a literal)."""
    return _OWL + "ObjectProperty" in ontology().types[term(name).value]


@cache
def value_of(name: str, word: str) -> NamedNode | None:
    """The value that `word` is of a property (form, law: kg:form-law); None if it is none that policy.ttl names."""
    local = f"{name}-{word}"
    return term(local) if NAMESPACE + local in ontology().types else None


@cache
def is_date(name: str) -> bool:
    """Whether the property's values are dates: OWL 2 RL lacks xsd:date, so policy.ttl leaves their range open."""
    return ontology().ranges.get(term(name).value, "").endswith("rdf-schema#Literal")
