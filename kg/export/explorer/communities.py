"""Nodes and edges of a graph too large to draw whole → the community of each node, and where each community stands.

Louvain's method (Blondel et al. 2008): nodes move, in a fixed order, to the community that most of their edges go to;
then communities become nodes and move in turn, until none moves. No chance: ties go to the lowest number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.export.explorer.layout import Edge, Point
from kg.export.explorer.overview import first_view, spread

CROWD = 20_000  # nodes above which communities stand for them
MOST = 60  # communities of their own; the smaller ones and what is linked to nothing are the last
COUNT = 5  # characters that a label has beyond the name: how many there are
ROUNDS = 12
Weights = list[dict[int, float]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The community `of` each node; of each community its place, and what is seen of it first, with places there."""

    of: Sequence[int] = ()
    places: Sequence[Point] = ()
    parts: Sequence[Sequence[tuple[int, Point]]] = ()


def crowd(order: Sequence[int], edges: Sequence[Edge], lengths: Sequence[int]) -> Crowd:
    """The communities of more than 20,000 nodes, none of fewer; `order` and `lengths` are as in `overview`.

    >>> crowd([0], [], [4])
    Crowd(of=(), places=(), parts=())
    """
    if len(order) <= CROWD:
        return Crowd()
    of = communities(len(order), edges)
    count = max(of) + 1
    members: list[list[int]] = [[] for _ in range(count)]
    for node in order:
        members[of[node]].append(node)
    inner: list[list[Edge]] = [[] for _ in range(count)]
    for one, other in edges:
        if of[one] == of[other]:
            inner[of[one]].append((one, other))
    ties = {(min(of[a], of[b]), max(of[a], of[b])) for a, b in edges if of[a] != of[b]}
    apart = sorted(tie for tie in ties if tie[1] < count - 1)  # the last one has ties to all, and no place among them
    return Crowd(
        of,
        spread(apart, [lengths[nodes[0]] + COUNT for nodes in members]),
        [first_view(nodes, links, lengths) for nodes, links in zip(members, inner, strict=True)],
    )


def communities(count: int, edges: Sequence[Edge]) -> list[int]:
    """The community of each node, numbered from the largest; the last number holds all that is left over.

    >>> communities(5, [(0, 1), (1, 2), (0, 2), (3, 4)])
    [0, 0, 0, 1, 1]
    """
    near: Weights = [defaultdict(float) for _ in range(count)]
    for one, other in edges:
        if one != other:
            near[one][other] += 1.0
            near[other][one] += 1.0
    found = list(range(count))
    while True:
        label = _moved(near)
        if len(set(label)) == len(near):
            break
        near, renamed = _merged(near, label)
        found = [renamed[label[at]] for at in found]
    return _numbered(found, edges)


def _moved(near: Weights) -> list[int]:
    """Of each node the community it settles in, named by a node."""
    degree = [sum(weights.values()) for weights in near]
    total = sum(degree) or 1.0
    label = list(range(len(near)))
    held = list(degree)
    for _ in range(ROUNDS):
        moved = 0
        for node, weights in enumerate(near):
            if len(weights) - (node in weights) == 0:
                continue
            ties: dict[int, float] = defaultdict(float)
            for other, weight in weights.items():
                if other != node:
                    ties[label[other]] += weight
            held[label[node]] -= degree[node]
            own = label[node]
            best = max(sorted({*ties, own}), key=lambda one: ties.get(one, 0.0) - degree[node] * held[one] / total)
            held[best] += degree[node]
            moved += best != own
            label[node] = best
        if not moved:
            break
    return label


def _merged(near: Weights, label: Sequence[int]) -> tuple[Weights, dict[int, int]]:
    """Communities as nodes, with the weights between them, and the new number of each name."""
    renamed = {name: number for number, name in enumerate(sorted(set(label)))}
    merged: Weights = [defaultdict(float) for _ in renamed]
    for node, weights in enumerate(near):
        for other, weight in weights.items():
            merged[renamed[label[node]]][renamed[label[other]]] += weight
    return merged, renamed


def _numbered(found: Sequence[int], edges: Sequence[Edge]) -> list[int]:
    """Communities by size, the smallest and all lone nodes as one."""
    linked = {end for edge in edges if edge[0] != edge[1] for end in edge}
    sizes = Counter(name for node, name in enumerate(found) if node in linked)
    ranked = sorted(sizes, key=lambda name: (-sizes[name], name))[:MOST]
    number = {name: at for at, name in enumerate(ranked)}
    return [number[name] if node in linked and name in number else len(ranked) for node, name in enumerate(found)]
