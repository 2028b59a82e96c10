"""A graph and a relation as a person types it, by its id or by parts of names and predicate → the relations meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import triples
from kg.export.rdf.iris import statement
from kg.knowledge import NAMESPACE, load
from kg.likeness import alike, plain
from kg.model import Entity, Graph, Relation

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"
NEAR = 0.2  # likeness below which a relation is no suggestion


def identifiers(graph: Graph) -> dict[str, Relation]:
    """The relations by id, which is the end of their statements' IRIs in RDF."""
    said = Counter((each.subject, each.predicate, each.object) for each in graph.relations)
    return {statement(r, said[r.subject, r.predicate, r.object] == 1): r for r in graph.relations}


def find(graph: Graph, words: Sequence[str]) -> dict[str, Relation]:
    """The relation of that id; else those whose names hold the words before and after the predicate.

    Where no word is a predicate, two are subject and object, and one is either. If some are named so to the letter,
    only these.
    """
    relations = identifiers(graph)
    if len(words) == 1 and (known := next((i for i in relations if words[0] == i or words[0].endswith("/" + i)), None)):
        return {known: relations[known]}
    subject, predicate, other = parts(words)
    entities = {entity.id: entity for entity in graph.entities}
    fits = {
        id_: min(
            fit(subject, entities[relation.subject]),
            fit(other, entities[relation.object]),
            2 if predicate in ("", relation.predicate) else 0,
        )
        for id_, relation in relations.items()
    }
    if subject and not predicate and not other:
        for id_, relation in relations.items():
            fits[id_] = max(fits[id_], fit(subject, entities[relation.object]))
    best = max(fits.values(), default=0)
    return {id_: relations[id_] for id_, degree in fits.items() if degree == best and degree}


def parts(words: Sequence[str]) -> tuple[str, str, str]:
    """Subject, predicate and object of the words; a single word may hold all three.

    >>> parts(["盘锦市司法局 issues 办法"])
    ('盘锦市司法局', 'issues', '办法')
    """
    split = list(words) if len(words) > 1 else words[0].split()
    spoken = {plain(form): name for name, forms in described(LABEL).items() for form in (name, *forms.values())}
    at = next((place for place, word in enumerate(split) if plain(word) in spoken), None)
    if at is not None:
        return " ".join(split[:at]), spoken[plain(split[at])], " ".join(split[at + 1 :])
    return (split[0] if split else ""), "", " ".join(split[1:])


def fit(part: str, entity: Entity) -> int:
    """2 if it is a name of the entity, or none is asked for; 1 if a name holds it; else 0."""
    wanted = plain(part)
    if not wanted:
        return 2
    forms = {plain(entity.name), *(plain(mention.text) for mention in entity.mentions), entity.id}
    return 2 if wanted in forms or part in forms else 1 if any(wanted in form for form in forms) else 0


def nearest(graph: Graph, words: Iterable[str], most: int = 3) -> dict[str, Relation]:
    """The relations whose names are like the words, the likest first."""
    wanted = " ".join(words)
    names = {entity.id: entity.name for entity in graph.entities}
    scored = {
        id_: alike(wanted, f"{names[r.subject]} {r.predicate} {names[r.object]}")
        for id_, r in identifiers(graph).items()
    }
    relations = identifiers(graph)
    best = sorted((id_ for id_ in scored if scored[id_] >= NEAR), key=lambda id_: (-scored[id_], id_))
    return {id_: relations[id_] for id_ in best[:most]}


def label(predicate: str, language: str) -> str:
    """What ``policy.ttl`` calls a predicate."""
    return described(LABEL)[predicate].get(language, predicate)


def definition(predicate: str, language: str) -> str:
    """How ``policy.ttl`` defines it.

    >>> definition("implements", "en")
    'Carries out or applies the policy or mechanism.'
    """
    return described(DEFINITION)[predicate].get(language, "")


@cache
def described(by: str) -> Mapping[str, Mapping[str, str]]:
    """What a property says of each predicate in each language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in triples.parse(load().folder / "policy.ttl"):
        about, value = fact.subject, fact.object
        if fact.predicate.value == by and isinstance(about, triples.NamedNode) and isinstance(value, triples.Literal):
            name = about.value.removeprefix(NAMESPACE)
            if name[:1].islower():
                found[name][value.language or ""] = value.value
    return found
