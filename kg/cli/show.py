"""``kg show``: one entity of a build, with its names, relations and figures, each with the passage that says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import kg
from kg import names
from kg.cli.printing import clean, complain, echo, passage, say, sentence, stop
from kg.model import Entity, Evidence, Figure, Graph, Relation
from kg.store import StoreError

FAILED = 1  # no entity of the name


def show(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Any name of the entity, or its id.", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Relations and figures to show; 0: all.")] = 20,
) -> None:
    """Show one entity: names, relations as sentences with their evidence, figures.

    \b
    kg show out/ 12345
    kg show out/ organisation/NAME --limit 0
    """
    try:
        graph = kg.load(folder).graph
    except StoreError as error:
        stop(error)
    found = names.find(graph, name)
    if not found:
        complain(say("unknown", name=clean(name), folder=clean(str(folder))))
        if near := names.nearest(graph, name):
            complain(say("nearest", names=say("comma").join(map(clean, near))))
        raise typer.Exit(FAILED)
    _head(graph, found[0])
    if found[1:]:
        echo(say("others", ids=say("comma").join(clean(entity.id) for entity in found[1:])))
    _relations(graph, found[0], limit)
    _figures(graph, found[0], limit)


def _head(graph: Graph, entity: Entity) -> None:
    """What it is and what it is called."""
    kind = f", {entity.kind}" if entity.kind else ""
    echo(f"{clean(entity.name)}  ({entity.type}{kind})")
    echo(clean(entity.id))
    wordings = Counter(clean(mention.text) for mention in entity.mentions)
    others = [f"{wording} ×{times}" for wording, times in wordings.most_common() if wording != entity.name]
    if others:
        echo(say("called", names=say("comma").join(others)))
    if entity.owner:
        echo(say("owner", name=clean(entity.owner)))
    for name, value in entity.attributes:
        echo(f"{name}: {clean(value)}")
    echo(say("documents", n=len({mention.doc for mention in entity.mentions}), m=len(graph.documents)))


def _relations(graph: Graph, entity: Entity, limit: int) -> None:
    """What it does, then what is done with it."""
    called = {each.id: clean(each.name) for each in graph.entities}
    own = [relation for relation in graph.relations if relation.subject == entity.id]
    others = [relation for relation in graph.relations if relation.object == entity.id != relation.subject]
    lines = [(_said(relation, called), relation.evidence) for relation in (*own, *others)]
    _list("relations_of", lines, limit)


def _said(relation: Relation, called: dict[str, str]) -> str:
    words = sentence(relation.predicate, called[relation.subject], called[relation.object])
    return words + _qualified(relation.period, relation.role, relation.status)


def _figures(graph: Graph, entity: Entity, limit: int) -> None:
    """What is measured of it."""
    own = [figure for figure in graph.figures if entity.id in figure.subject]
    _list("figures_of", [(_stated(figure), figure.evidence) for figure in own], limit)


def _stated(figure: Figure) -> str:
    return f"{clean(figure.metric)}: {clean(figure.text)}" + _qualified(figure.period, figure.status)


def _qualified(*parts: str | None) -> str:
    """What is known of when and how, in brackets."""
    known = [part for part in parts if part]
    return f"  [{', '.join(known)}]" if known else ""


def _list(heading: str, lines: Sequence[tuple[str, tuple[Evidence, ...]]], limit: int) -> None:
    """Each statement with its best passage."""
    if not lines:
        return
    echo()
    echo(say(heading, n=len(lines)))
    for line, evidence in lines[: limit or None]:
        echo(line, indent=2)
        for best in evidence[:1]:
            echo(passage(best.quote), indent=6)
            if best.antecedent:
                echo(say("antecedent", text=clean(best.antecedent.text)), indent=6)
        if len(evidence) > 1:
            echo(say("further", n=len(evidence) - 1), indent=6)
    if limit and len(lines) > limit:
        echo(say("rest", n=len(lines) - limit), indent=2)
