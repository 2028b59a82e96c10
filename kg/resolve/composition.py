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
    centres, private, branch, governed = map(
        re.compile, (table[name] for name in ("centres", "private", "branch", "governed"))
    )
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
        of = cluster.place if public and cluster.place else seat(clusters, cluster, branch)
        area = governed.fullmatch(cluster.name)
        own = ids.get(clusters.key("Place", area["zone"] or area["town"])) if area else None
        if own or of in places:
            yield Relation(ids[key], "jurisdiction", own or places[of], evidence)
    yield from housed(clusters, ids, quote)


def seat(clusters: Clusters, cluster: Cluster, branch: re.Pattern[str]) -> str:
    """The code of the place that a branch of a body of the state is for: 国家外汇管理局|赣州市|分局."""
    name = branch.fullmatch(cluster.name)
    place = clusters.gazetteer.head(name["rest"], clusters.reading.home)[1] if name else None
    return place.code if place else ""


def full(clusters: Clusters, cluster: Cluster) -> bool:
    """Whether a body's name begins with its place's name in full: 上海市|大数据中心, not 上海|大学."""
    place = clusters.gazetteer.by_code.get(cluster.place)
    return place is not None and cluster.name.startswith(place.name)


def seats(clusters: Clusters, level: re.Pattern[str]) -> list[Name]:
    """The places that only a word within a body's name tells of: 省 of 省委."""
    told = {c.place for c in clusters.found.values() if c.type == "Place" and c.spans}
    bodies = sorted(
        (c for c in clusters.found.values() if c.type == "Organisation" and c.spans), key=lambda c: min(c.spans)
    )
    found = []
    for body in bodies:
        if not body.place:
            continue
        first, place = min(body.spans), clusters.gazetteer.by_code.get(body.place)
        word = level.match(clusters.reading.quote(first))
        if place and word and body.place not in told:
            told.add(body.place)
            end = first.start + word.end("word")
            found.append(Name(first.start, end, "Place", place.code, place.level, alias=True))
    return [*found, *zones(clusters, bodies)]


def zones(clusters: Clusters, bodies: list[Cluster]) -> Iterator[Name]:
    """The zones and towns that only the names of their bodies tell of: 某某新城|管委会, 某镇|政府."""
    pattern = re.compile(clusters.table["governed"])
    for body in bodies:
        first = min(body.spans)
        area = pattern.fullmatch(clusters.reading.quote(first))
        part = area and area.lastgroup
        if area and part and clusters.key("Place", area[part]) not in clusters.found:
            yield Name(first.start + area.start(part), first.start + area.end(part), "Place", area[part])


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
