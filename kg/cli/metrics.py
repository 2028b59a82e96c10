"""``kg metrics``: what figures measure, the phrases put together as one, and where documents disagree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.cli.printing import clean, echo, passage, say, stop, table
from kg.likeness import plain
from kg.model import Figure, Graph, Metric
from kg.store import StoreError

RESULTS = ("actual", "baseline")


def metrics(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Part of a phrase of the metric.", show_default=False)] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Metrics or conflicts to show; 0: all.")] = 20,
    disagreeing: Annotated[bool, typer.Option("--conflicts", help="Show where documents disagree.")] = False,
) -> None:
    """Show metrics, the most stated first: kind, measure word, phrases; of those named, places by years.

    \b
    kg metrics out/                     which metrics there are
    kg metrics out/ NAME                each metric so called: what which place states for which year
    kg metrics out/ --conflicts         where documents disagree
    kg metrics out/ NAME --conflicts    the same, of these metrics only

    Results stand in one table, targets and estimates in another. Figures of one metric, subject and period that
    cannot all be so are conflicts; none is averaged or chosen.
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
        if wanted:
            _tables(graph, metric, limit)
    if limit and len(chosen) > limit:
        echo(say("rest", n=len(chosen) - limit))


def _tables(graph: Graph, metric: Metric, limit: int) -> None:
    """What is stated of one metric, as places by years: results, and apart from them what is aimed at or expected."""
    names = {entity.id: clean(entity.name) for entity in graph.entities}
    titles = {document.doc: clean(document.meta.title or document.doc) for document in graph.documents}
    chosen = set(metric.figures)
    stated: dict[bool, dict[str, dict[str, dict[str, None]]]] = {True: {}, False: {}}
    for figure in graph.figures:
        if figure.id in chosen:
            doc = figure.evidence[0].quote.doc
            subject = next((names[each] for each in figure.subject if each in names), titles.get(doc, doc))
            years = stated[figure.status in RESULTS].setdefault(subject, {})
            years.setdefault(_year(figure), {})[clean(figure.text)] = None
    for results, rows in stated.items():
        if rows:
            columns = sorted({year for years in rows.values() for year in years}, key=lambda year: (not year, year))
            listed = sorted(rows, key=lambda subject: (-len(rows[subject]), subject))
            head = [
                say("metric_results" if results else "metric_targets"),
                *(c or say("metric_undated") for c in columns),
            ]
            echo()
            table(head, [(s, *(" | ".join(rows[s].get(c, ())) for c in columns)) for s in listed[: limit or None]])
            if limit and len(listed) > limit:
                echo(say("rest", n=len(listed) - limit))
    echo()


def _year(figure: Figure) -> str:
    """The year in which a figure's period ends."""
    years = re.findall(r"\d{4}", figure.period or "")
    return years[-1] if years else ""


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
