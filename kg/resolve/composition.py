"""What names say by their composition: the place of a body, the body of a unit, whose a mechanism is."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping

from kg.language.reading import Name, Span
from kg.model import Evidence, Quote, Relation
from kg.resolve.clusters import Cluster, Clusters, Key

SHORTEST = 2  # characters of a body's name, and of what is its own


def composed(clusters: Clusters, ids: Mapping[Key, str], quote: Callable[[Span], Quote]) -> Iterator[Relation]:
    """What names say by their composition: the place of a body, the body of a unit."""
    table = clusters.table
    centres, private = re.compile(table["centres"]), re.compile(table["private"])
    places = {c.place: ids[k] for k, c in clusters.found.items() if c.type == "Place" and c.place and k in ids}
    for key, cluster in clusters.found.items():
        if cluster.type != "Organisation" or key not in ids:
            continue
        evidence = (Evidence(quote(min(cluster.spans)), None, "kg_organisations/name", 0.9),)
        parent = ids.get(cluster.parent) if cluster.parent else None
        if parent and parent != ids[key]:
            yield Relation(ids[key], "partOf", parent, evidence)
        public = cluster.kind in table["public"] and not private.search(cluster.name) and full(clusters, cluster)
        public |= cluster.kind in table["jurisdiction"] or centres.search(cluster.name) is not None
        if public and cluster.place in places:
            yield Relation(ids[key], "jurisdiction", places[cluster.place], evidence)
    yield from housed(clusters, ids, quote)


def full(clusters: Clusters, cluster: Cluster) -> bool:
    """Whether a body's name begins with its place's name in full: 上海市|大数据中心, not 上海|大学."""
    place = clusters.gazetteer.by_code.get(cluster.place)
    return place is not None and cluster.name.startswith(place.name)


def seats(clusters: Clusters, level: re.Pattern[str]) -> list[Name]:
    """The places that only a word within a body's name tells of: 省 of 省委."""
    told = {c.place for c in clusters.found.values() if c.type == "Place" and c.spans}
    bodies = [c for c in clusters.found.values() if c.type == "Organisation" and c.spans and c.place]
    found = []
    for body in sorted(bodies, key=lambda c: min(c.spans)):
        first, place = min(body.spans), clusters.gazetteer.by_code.get(body.place)
        word = level.match(clusters.reading.quote(first))
        if place and word and body.place not in told:
            told.add(body.place)
            end = first.start + word.end("word")
            found.append(Name(first.start, end, "Place", place.code, place.level, alias=True))
    return found


def idle(clusters: Clusters, ids: Mapping[Key, str], busy: Container[str]) -> list[Key]:
    """The country itself where it takes part in nothing: every document here is about it."""
    own = clusters.table["own_country"]
    places = ((key, c) for key, c in clusters.found.items() if c.type == "Place" and key in ids)
    return [key for key, c in places if c.name in own and ids[key] not in busy]


def housed(clusters: Clusters, ids: Mapping[Key, str], quote: Callable[[Span], Quote]) -> Iterator[Relation]:
    """What is by its name a firm's or an institution's own: 柳工|挖掘机智慧工厂."""
    kinds = clusters.table["housing"]
    bodies = {c.name: key for key, c in clusters.found.items() if c.type == "Organisation" and c.kind in kinds}
    for key, cluster in clusters.found.items():
        if cluster.type != "Mechanism" or key not in ids:
            continue
        starts = (cluster.name[:size] for size in range(len(cluster.name) - SHORTEST, SHORTEST - 1, -1))
        of = next((ids[bodies[start]] for start in starts if start in bodies and bodies[start] in ids), None)
        if of:
            yield Relation(
                ids[key], "partOf", of, (Evidence(quote(min(cluster.spans)), None, "kg_organisations/name", 0.9),)
            )
