"""Metrics → concepts that figures of all documents share, by every phrase for them; figures that cannot all be so."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from kg.export.characters import legal
from kg.export.rdf.evidence import ALTERNATIVE, LABEL, TYPE
from kg.export.rdf.iris import Iris
from kg.export.rdf.vocabulary import term
from kg.model import Figure, Graph
from kg.triples import Fact, Facts, Literal, NamedNode

BOOLEAN = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


def metrics(graph: Graph, iris: Iris, found: Facts) -> dict[str, NamedNode]:
    """Say what the metrics are called and what they measure; gives the metric of each figure."""
    of: dict[str, NamedNode] = {}
    for metric in graph.metrics:
        node = iris.metric(metric.id)
        said: list[Fact] = [(TYPE, term("Metric")), (LABEL, Literal(legal(metric.name)))]
        said += [(ALTERNATIVE, Literal(legal(phrase))) for phrase in metric.variants if phrase != metric.name]
        said += [(term("metricKind"), term("kind-" + metric.kind)), (term("baseUnit"), Literal(legal(metric.unit)))]
        said += [(term("comparable"), Literal(str(metric.comparable).lower(), datatype=BOOLEAN))]
        named = (("basis", metric.basis), ("dimension", metric.dimension))
        said += [(term(name), Literal(value)) for name, value in named if value]
        found.add(node, said)
        of.update(dict.fromkeys(metric.figures, node))
    return of


def disagreements(graph: Graph, iris: Iris, found: Facts) -> None:
    """Say which figures disagree: those of a conflict that give another amount."""
    figures: Mapping[str, Figure] = {figure.id: figure for figure in graph.figures}
    for conflict in graph.conflicts:
        told = [figures[name] for name in conflict.figures if name in figures]
        for one, other in permutations(told, 2):
            if _amount(one) != _amount(other):
                found.add(iris.of(one.id), [(term("disagreesWith"), iris.of(other.id))])


def _amount(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.upper, figure.unit, figure.bound
