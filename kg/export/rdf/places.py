"""Places → what each lies in (kg:within), by the gazetteer: up to the province, whether documents name those or not.

Without them nobody could add up what the places of a province say. An area that the gazetteer lacks (a town, a zone)
lies in the place whose full name its own begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg import knowledge
from kg.export.characters import legal
from kg.export.rdf.evidence import LABEL, TYPE
from kg.export.rdf.iris import Iris
from kg.export.rdf.vocabulary import class_of, kind_of, term
from kg.knowledge import Place
from kg.model import Entity
from kg.triples import Fact, Facts, Literal, NamedNode


def places(entities: Sequence[Entity], iris: Iris, found: Facts) -> None:
    """Say what each place lies in, and what the larger places are that the graph lacks."""
    known = {code: entity for entity in reversed(entities) if (code := _code(entity))}
    named = {gazetteer()[code].name: code for code in known}
    for entity in entities:
        if entity.type != "Place":
            continue
        code = _code(entity)
        above = gazetteer()[code].parent if code else _before(entity.name, named)
        node = iris.of(entity.id)
        for place in _chain(above):
            larger = iris.of(known[place.code].id if place.code in known else f"place/{place.name}")
            found.add(node, [(term("within"), larger)])
            if place.code not in known:
                found.add(larger, _described(place))
            node = larger


@cache
def gazetteer() -> Mapping[str, Place]:
    """The places of the ontology, by code."""
    return {place.code: place for place in knowledge.load().places}


def _code(entity: Entity) -> str:
    """The code of a place that the gazetteer has; none for others, and for those of several codes."""
    codes = {value for name, value in entity.attributes if name == "code" and value in gazetteer()}
    return codes.pop() if entity.type == "Place" and len(codes) == 1 else ""


def _before(name: str, named: Mapping[str, str]) -> str:
    """The code of the place that a longer name begins with."""
    return next((named[name[:end]] for end in range(len(name) - 1, 1, -1) if name[:end] in named), "")


def _chain(code: str) -> Iterator[Place]:
    """The place and those above it."""
    while code in gazetteer():
        yield gazetteer()[code]
        code = gazetteer()[code].parent


def _described(place: Place) -> Iterable[Fact]:
    level: tuple[NamedNode, NamedNode] = kind_of(place.level)
    return [(TYPE, class_of("Place")), (LABEL, Literal(legal(place.name))), level, (term("code"), Literal(place.code))]
