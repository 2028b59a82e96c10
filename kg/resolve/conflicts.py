"""Metrics and figures → figures of one metric, subject and period on which documents disagree; none is averaged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.model import DOC, Conflict, Figure, Metric
from kg.resolve.metrics import Metrics

SAID_AS = {"baseline": "actual"}  # what was before a change was so, too; a target is compared with targets only
ROUGHLY = Decimal("0.05")  # how far from the truth a rough number may be
Range = tuple[Decimal, Decimal]
ENDLESS = Decimal("Infinity")


def conflicts(measured: Iterable[Metric], figures: Iterable[Figure]) -> tuple[Conflict, ...]:
    """Every disagreement between documents, by metric, subject and period; targets are compared with targets.

    A document that states several values for the same is passed over: its figures are of parts that the phrase does
    not name.
    """
    metrics = Metrics()
    by_id = {figure.id: figure for figure in figures}
    found = []
    for metric in measured:
        groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for figure in (by_id[name] for name in metric.figures if metric.comparable):
            if figure.period and figure.subject and figure.subject[0] != DOC:
                status = SAID_AS.get(figure.status, figure.status)
                groups[figure.subject[0], figure.period, status].append(figure)
        for (subject, period, _), stated in sorted(groups.items()):
            told = list(_one_a_document(stated, metrics))
            if not _agree(between for _, between in told):
                listed = sorted((figure for figure, _ in told), key=lambda figure: figure.evidence[0].quote)
                found.append(Conflict(metric.id, subject, period, tuple(figure.id for figure in listed)))
    return tuple(found)


def _one_a_document(figures: Iterable[Figure], metrics: Metrics) -> Iterator[tuple[Figure, Range]]:
    """The figure of each document that states one value, and between what it lies."""
    by_document: dict[str, dict[Range, Figure]] = defaultdict(dict)
    for figure in figures:
        by_document[figure.evidence[0].quote.doc].setdefault(bounds(figure, metrics), figure)
    for stated in by_document.values():
        if len(stated) == 1:
            between, figure = next(iter(stated.items()))
            yield figure, between


def bounds(figure: Figure, metrics: Metrics) -> Range:
    """Between what the true value lies, in the base of its unit: 3.2万 is anything that is rounded so."""
    _, factor = metrics.converted(figure.unit)
    low, high = figure.value, figure.value if figure.upper is None else figure.upper
    if figure.bound == "over":
        high = ENDLESS
    elif figure.bound == "under":
        low = -ENDLESS
    elif figure.bound == "about":
        low, high = low - abs(low) * ROUGHLY, high + abs(high) * ROUGHLY
    elif re.search(metrics.table["scaled"], figure.text):
        low, high = low - _half(low), high + _half(high)
    return low * factor, high * factor


def _half(value: Decimal) -> Decimal:
    """Half of the last digit that is not nought."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) if value else Decimal(0)


def _agree(ranges: Iterable[Range]) -> bool:
    """Whether one value lies in all of them."""
    listed = list(ranges)
    return len(listed) < 2 or max(low for low, _ in listed) <= min(high for _, high in listed)
