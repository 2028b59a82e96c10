"""``kg metrics``: what figures measure, the phrases put together as one, and where documents disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.cli.printing import clean, echo, passage, say, stop
from kg.likeness import plain
from kg.model import Figure, Graph, Metric
from kg.store import StoreError


def metrics(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Part of a phrase of the metric.", show_default=False)] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Metrics or conflicts to show; 0: all.")] = 20,
    disagreeing: Annotated[bool, typer.Option("--conflicts", help="Show where documents disagree.")] = False,
) -> None:
    """Show metrics, the most stated first: kind, measure word, phrases; or the figures that disagree.

    \b
    kg metrics out/
    kg metrics out/ NAME
    kg metrics out/ --conflicts

    Figures of one metric, subject and period that cannot all be so are conflicts; none is averaged or chosen.
    """
    try:
        graph = kg.load(folder).graph
    except StoreError as error:
        stop(error)
    wanted = plain(name)
    chosen = [each for each in graph.metrics if any(wanted in plain(v) for v in (each.name, *each.variants))]
    if disagreeing:
        _conflicts(graph, {metric.id for metric in chosen}, limit)
        return
    chosen.sort(key=lambda metric: (-len(metric.figures), metric.id))
    for metric in chosen[: limit or None]:
        echo(_said(metric))
        if len(metric.variants) > 1:
            echo(say("metric_variants", names=say("comma").join(map(clean, metric.variants))), indent=4)
    if limit and len(chosen) > limit:
        echo(say("rest", n=len(chosen) - limit))


def _said(metric: Metric) -> str:
    """Name, kind and measure word, and how often it is stated."""
    kind = f"{metric.kind}, {metric.basis}" if metric.basis else metric.kind
    unit = f" [{clean(metric.unit)}]" if metric.unit else ""
    return f"{clean(metric.name)}{unit}  ({kind})  ×{len(metric.figures)}"


def _conflicts(graph: Graph, chosen: set[str], limit: int) -> None:
    """Each with the passages of both sides."""
    names = {entity.id: entity.name for entity in graph.entities}
    measured = {metric.id: metric for metric in graph.metrics}
    figures = {figure.id: figure for figure in graph.figures}
    found = [each for each in graph.conflicts if each.metric in chosen]
    echo(say("conflicts", n=len(found)))
    for each in found[: limit or None]:
        echo()
        echo(f"{_said(measured[each.metric])}  {clean(names[each.subject])}  {each.period}")
        for name in each.figures:
            echo(_stated(figures[name]), indent=4)
    if limit and len(found) > limit:
        echo(say("rest", n=len(found) - limit))


def _stated(figure: Figure) -> str:
    quote = figure.evidence[0].quote
    return f"{clean(figure.text)}  " + passage(quote)
