"""A graph and a name as a person types it → the entities of that name, or the nearest names there are."""

from __future__ import annotations

from collections.abc import Iterator

from kg.likeness import alike, plain
from kg.model import Entity, Graph

NEAR = 0.2  # likeness below which a name is no suggestion
HELD = 0.5  # what it counts that the name holds the other


def find(graph: Graph, name: str) -> tuple[Entity, ...]:
    """The entities with that id, name or mention, likeliest first: named so before mentioned so, then the oftener."""
    wanted = plain(name)
    found = []
    for entity in graph.entities:
        if entity.id == name:
            return (entity,)
        called = plain(entity.name) == wanted
        times = sum(plain(mention.text) == wanted for mention in entity.mentions)
        if called or times:
            found.append((not called, -times, entity.id, entity))
    return tuple(entity for *_, entity in sorted(found, key=lambda row: row[:3]))


def nearest(graph: Graph, name: str, most: int = 5) -> tuple[str, ...]:
    """Names of entities that are like it, the likest first."""
    wanted = plain(name)
    scored: dict[str, float] = {}
    for entity in graph.entities:
        likeness = max(_likeness(wanted, plain(wording)) for wording in _wordings(entity))
        if likeness >= NEAR:
            scored[entity.name] = max(likeness, scored.get(entity.name, 0.0))
    return tuple(sorted(scored, key=lambda each: (-scored[each], each))[:most])


def _wordings(entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from {mention.text for mention in entity.mentions}


def _likeness(wanted: str, name: str) -> float:
    return alike(wanted, name) + HELD * (bool(wanted) and wanted in name)
