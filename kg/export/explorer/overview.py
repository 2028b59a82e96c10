"""The nodes of the first view → positions of their own, with room for every label, in pixels of a screen at rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.export.explorer.layout import Edge, Floats, Point, positions

FIRST = 60  # nodes in the first view: as many as a screen can name; the page may never start with more than 100
LETTER = 13.0  # pixels a Chinese character of a label is wide
LONGEST = 14  # characters a label has at most; assets/labels.js cuts longer ones
HIGH = 38.0  # pixels from the top of a node to the bottom of its label
MARGIN = 14.0
ROOM = 1.9  # times the area of the labels that the picture may take


def first_view(order: Sequence[int], edges: Sequence[Edge], lengths: Sequence[int]) -> list[tuple[int, Point]]:
    """The first nodes of `order` and a position for each; of more nodes than fit, none that is linked to none shown.

    `lengths` gives the number of characters of every node's name.

    >>> first_view([1, 0], [(0, 1)], [4, 6])
    [(1, (18, -19)), (0, (-18, 19))]
    """
    shown = list(order[:FIRST])
    if len(order) > FIRST:
        there = set(shown)
        linked = {end for edge in edges if edge[0] != edge[1] and there.issuperset(edge) for end in edge}
        shown = [node for node in shown if node in linked] or shown
    row = {node: at for at, node in enumerate(shown)}
    inner = sorted({(row[a], row[b]) for a, b in edges if a in row and b in row})
    return list(zip(shown, spread(inner, [lengths[node] for node in shown]), strict=True))


def spread(edges: Sequence[Edge], lengths: Sequence[int]) -> list[Point]:
    """A position for each of as many nodes as there are `lengths` of labels, so that no label covers another.

    >>> spread([(0, 1)], [4, 6])
    [(18, -19), (-18, 19)]
    """
    place = np.array(positions(len(lengths), edges), dtype=np.float64).reshape(-1, 2)
    wide = np.array([min(length, LONGEST) * LETTER + MARGIN for length in lengths])
    place = _apart(_scaled(place, float(wide.sum()) * HIGH * ROOM), wide)
    if len(place):
        place -= (place.min(axis=0) + place.max(axis=0)) / 2
    return [(round(x), round(y)) for x, y in place.tolist()]


def _scaled(place: Floats, area: float) -> Floats:
    """The picture stretched to fill a rectangle of this area, somewhat wider than high."""
    if len(place) < 3:
        return place
    target = np.array([np.sqrt(area * 1.2), np.sqrt(area / 1.2)])
    extent: Floats = np.maximum(np.ptp(place, axis=0), 1.0)
    return place * np.minimum(target / extent, 2.5 * float((target / extent).min()))


def _apart(place: Floats, wide: Floats) -> Floats:
    """Push boxes of a node and its label that overlap out of each other, along the shorter way, until none do."""
    side = (wide[:, None] + wide[None, :]) / 2
    upper = np.triu(np.ones_like(side, dtype=np.bool_), 1)
    for _ in range(400):
        across = place[None, :, 0] - place[:, None, 0]
        down = place[None, :, 1] - place[:, None, 1]
        over_x, over_y = side - np.abs(across), HIGH - np.abs(down)
        hit = upper & (over_x > 0.5) & (over_y > 0.5)
        if not hit.any():
            break
        flat = hit & (over_y <= over_x)
        steep = hit & ~flat
        for axis, chosen, over, gap in ((0, steep, over_x, across), (1, flat, over_y, down)):
            move = np.where(chosen, over * np.where(gap < 0, -0.25, 0.25), 0.0)
            place[:, axis] += move.sum(axis=0) - move.sum(axis=1)
    return place
