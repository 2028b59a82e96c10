"""Nodes and edges → one whole-number position a node, and the order in which nodes come into view.

No clock and no chance: starts come from the golden angle, sums are taken in a fixed order, results are rounded. Work
grows as n·√n: each round, nodes are cut into cells of about √n neighbours; within a cell they repel one by one, across
cells by the cells' centres.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Edge = tuple[int, int]
Point = tuple[int, int]

EDGE = 60.0  # the length an edge between two small nodes would like, in units of the picture
COMPANIONS = 3  # neighbours that come into view with a node that is linked to none there
GRID = 45.0  # from one lone node to the next
ROUNDS = 90  # rounds for the first nodes placed; later, larger steps take fewer
SMALLEST = 60  # nodes in the first step; each step places four times as many
GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


def order(count: int, edges: Iterable[Edge]) -> list[int]:
    """All nodes, those a first view should show first: well-linked ones, by preference linked to one already there.

    One that is linked to none brings its best-linked neighbours along, so that no busy node stands alone.

    >>> order(5, [(0, 1), (1, 2), (1, 3)])
    [1, 0, 2, 3, 4]
    """
    near = neighbours(count, edges)
    weight = [float(len(near[node])) for node in range(count)]
    queue = [(-weight[node], node) for node in range(count)]
    heapq.heapify(queue)
    seen: set[int] = set()
    shown: list[int] = []
    while queue:
        key, node = heapq.heappop(queue)
        if node in seen or -key < weight[node]:
            continue  # it has since been pushed again with a greater weight
        alone = seen.isdisjoint(near[node])
        seen.add(node)
        shown.append(node)
        fresh = [other for other in near[node] if other not in seen]
        for place, other in enumerate(sorted(fresh, key=lambda end: (-len(near[end]), end))):
            weight[other] += 1.0 + 0.5 * len(near[other]) + (count if alone and place < COMPANIONS else 0)
            heapq.heappush(queue, (-weight[other], other))
    return shown


def neighbours(count: int, edges: Iterable[Edge]) -> list[list[int]]:
    """Of each node, the nodes it shares an edge with, ascending, itself left out.

    >>> neighbours(3, [(0, 2), (2, 0), (1, 1)])
    [[2], [], [0]]
    """
    sets: list[set[int]] = [set() for _ in range(count)]
    for one, other in edges:
        if one != other:
            sets[one].add(other)
            sets[other].add(one)
    return [sorted(found) for found in sets]


def positions(count: int, edges: Sequence[Edge]) -> list[Point]:
    """Where each node stands: linked nodes near each other, separate parts in rows below the largest, lone nodes last.

    >>> positions(3, [])
    [(0, 0), (45, 0), (90, 0)]
    """
    near = neighbours(count, edges)
    parts = components(near)
    boxes = [(part, _spread(part, near)) for part in parts if len(part) > 1]
    lone = [part[0] for part in parts if len(part) == 1]
    placed, right, bottom = _rows(boxes, len(lone))
    wide = max(3, int(right / GRID))
    place: list[Point] = [(0, 0)] * count
    for nodes, points in placed:
        for node, (x, y) in zip(nodes, points.tolist(), strict=True):
            place[node] = (round(x), round(y))
    for index, node in enumerate(lone):
        place[node] = (round(index % wide * GRID), round(bottom + index // wide * GRID))
    return place


def components(near: Sequence[Sequence[int]]) -> list[list[int]]:
    """The connected parts, largest first, each ascending.

    >>> components([[1], [0], [], [4], [3]])
    [[0, 1], [3, 4], [2]]
    """
    part_of = [-1] * len(near)
    for start in range(len(near)):
        if part_of[start] >= 0:
            continue
        part_of[start] = start
        stack = [start]
        while stack:
            for other in near[stack.pop()]:
                if part_of[other] < 0:
                    part_of[other] = start
                    stack.append(other)
    found: dict[int, list[int]] = defaultdict(list)
    for node, start in enumerate(part_of):
        found[start].append(node)
    return sorted(found.values(), key=lambda part: (-len(part), part[0]))


def _spread(part: list[int], near: Sequence[Sequence[int]]) -> Floats:
    """Positions of one connected part: its best-linked nodes first, then four times as many, until all stand."""
    index = {node: i for i, node in enumerate(part)}
    pairs = [(index[a], index[b]) for a in part for b in near[a] if a < b]
    rank = order(len(part), pairs)
    local = neighbours(len(part), pairs)
    links = np.array(pairs, dtype=np.int64)
    degree = np.bincount(links.ravel(), minlength=len(part)).astype(np.float64)
    place = np.zeros((len(part), 2))
    standing = np.zeros(len(part), dtype=np.bool_)
    done, rounds = 0, ROUNDS
    while done < len(part):
        target = min(len(part), max(SMALLEST, done * 4))
        _enter(rank[done:target], local, place, standing)
        active = np.sort(np.array(rank[:target], dtype=np.int64))
        inner = links[standing[links].all(axis=1)]
        place[active] = _settle(place[active], np.searchsorted(active, inner), degree[active], rounds)
        done, rounds = target, max(28, rounds * 2 // 3)
    return place


def _enter(nodes: Iterable[int], near: Sequence[Sequence[int]], place: Floats, standing: NDArray[np.bool_]) -> None:
    """Stand each new node in the middle of its standing neighbours, a step aside in a direction of its own."""
    for turn, node in enumerate(nodes):
        known = [other for other in near[node] if standing[other]]
        middle = place[known].sum(axis=0) / len(known) if known else np.zeros(2)
        reach = EDGE * (0.6 if known else 0.5 * np.sqrt(turn + 1.0))
        place[node] = middle + reach * np.array([np.cos(turn * GOLDEN), np.sin(turn * GOLDEN)])
        standing[node] = True


def _settle(place: Floats, links: Ints, degree: Floats, rounds: int) -> Floats:
    """Let linked nodes pull and all nodes push for some rounds, each allowed less movement than the last."""
    mass = 1.0 + 0.5 * np.sqrt(degree)
    busy = np.minimum(degree[links[:, 0]], degree[links[:, 1]])
    pull = (0.5 + 1.5 / (busy + 1.0)) / EDGE
    for step in range(rounds):
        force = _push(place, mass, step % 2) - (0.0006 * place * mass[:, None])
        along = place[links[:, 1]] - place[links[:, 0]]
        along *= (pull * np.minimum(np.sqrt(np.square(along).sum(axis=1)), 4 * EDGE))[:, None] * 0.02
        for axis in (0, 1):
            force[:, axis] += np.bincount(links[:, 0], along[:, axis], len(place))
            force[:, axis] -= np.bincount(links[:, 1], along[:, axis], len(place))
        length = np.sqrt(np.square(force).sum(axis=1)) + 1e-9
        allowed = EDGE * 2.0 * (1.0 - step / rounds) ** 1.5 + 0.5
        place = place + force * (np.minimum(length * 8.0, allowed) / length)[:, None]
    return place


def _push(place: Floats, mass: Floats, first: int) -> Floats:
    """The repulsion on each node: one by one within its cell, by their centres from the other cells."""
    cells = _cells(place, first)
    x, y, weight = np.append(place[:, 0], 0.0), np.append(place[:, 1], 0.0), np.append(mass, 0.0)
    total = weight[cells].sum(axis=1)
    scale = np.maximum(total, 1e-9)
    middle_x = (x[cells] * weight[cells]).sum(axis=1) / scale
    middle_y = (y[cells] * weight[cells]).sum(axis=1) / scale
    force = np.zeros((len(place) + 1, 2))
    for number, row in enumerate(cells):
        far = total.copy()
        far[number] = 0.0
        heavy = np.append(weight[row], far)
        across = x[row][:, None] - np.append(x[row], middle_x)
        down = y[row][:, None] - np.append(y[row], middle_y)
        square = across * across + down * down + 100.0
        strength = heavy / (square * np.sqrt(square))
        force[row, 0] = (across * strength).sum(axis=1)
        force[row, 1] = (down * strength).sum(axis=1)
    return force[:-1] * (mass * EDGE**2 * 0.35)[:, None]


def _cells(place: Floats, first: int) -> Ints:
    """The nodes in cells of about √n neighbours each, a row a cell, by halving across and down in turn; -1 fills up."""
    count = len(place)
    size = max(16, int(np.sqrt(count)))
    depth = max(0, int(np.ceil(np.log2(count / size)))) if count > 2 * size else 0
    cells = np.full((1, -(-count // 2**depth) * 2**depth), -1, dtype=np.int64)
    cells[0, :count] = np.arange(count)
    padded = np.vstack([place, np.full((1, 2), np.inf)])
    for level in range(depth):
        key = padded[cells, (level + first) % 2]
        rows = np.take_along_axis(cells, np.argsort(key, axis=1, kind="stable"), axis=1)
        cells = rows.reshape(len(rows) * 2, -1)
    return cells


def _rows(boxes: Sequence[tuple[list[int], Floats]], lone: int) -> tuple[list[tuple[list[int], Floats]], float, float]:
    """Set the parts side by side in rows, largest first; how wide they came out, and where the lone nodes may begin."""
    sides = [np.ptp(points, axis=0) + 2 * EDGE for _, points in boxes]
    area = sum(float(side[0] * side[1]) for side in sides) + lone * GRID**2
    limit = max([float(np.sqrt(area * 1.3))] + [float(side[0]) for side in sides])
    moved: list[tuple[list[int], Floats]] = []
    x = y = high = 0.0
    for (nodes, points), side in zip(boxes, sides, strict=True):
        if x > 0 and x + side[0] > limit:
            x, y, high = 0.0, y + high, 0.0
        moved.append((nodes, points - points.min(axis=0) + np.array([x, y])))
        x, high = x + float(side[0]), max(high, float(side[1]))
    return moved, limit, y + high
