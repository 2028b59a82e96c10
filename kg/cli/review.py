"""``kg review``: doubtful merges and facts, most valuable first; the answers are lines of decisions.jsonl."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import kg
from kg import store
from kg.cli.printing import clean, echo, passage, say, sentence, stop
from kg.doubts import Doubt, doubts, hashes, named, target
from kg.evaluate.predicates import predicates
from kg.model import Decision, Entity, Graph, Quote, Relation
from kg.read import DECISIONS

LATER, QUIT = "", "q"
MERGES, FACTS = ("s", "d"), ("y", "n", "p")
SHOWN = 2  # passages of an entity


def review(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", "-d", help="File to write to.", show_default=False)
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Your name; that of your account by default.")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Questions to ask; 0: all.")] = 20,
) -> None:
    """Judge what is doubtful: whether two names are one thing, whether a fact is so; the most valuable first.

    \b
    kg review out/ --decisions reports/decisions.jsonl
    kg review out/ --by LI --limit 50

    Each answer is a line of the file (without one, decisions.jsonl in the output folder, which a rebuild keeps), and
    the next kg build obeys it before every rule. s: the same; d: different; y: right; n: wrong; p: another
    predicate; Enter: later; q: enough.
    """
    path = decisions or folder / DECISIONS
    try:
        graph = kg.load(folder).graph
        judged = [*store.decided(folder), *(store.read_decisions([path])[0] if path.is_file() else [])]
    except store.StoreError as error:
        stop(error)
    asked = doubts(graph, judged)
    name = by or getpass.getuser()
    answered = 0
    for number, doubt in enumerate(asked[: limit or None], 1):
        echo()
        echo(say("review_number", n=number, m=len(asked)))
        decision = _merge(graph, doubt, name) if doubt.right else _fact(graph, doubt, name)
        if decision == QUIT:
            break
        if isinstance(decision, Decision):
            # Each answer at once: what has been judged stays whatever happens to the terminal.
            store.append_decisions(path, [decision])
            answered += 1
    echo()
    echo(say("review_done", n=answered, path=clean(str(path))) if asked else say("review_nothing"))


def _merge(graph: Graph, doubt: Doubt, by: str) -> Decision | str:
    """Whether two entities are one; the fuller name is then that of both."""
    assert isinstance(doubt.left, Entity) and doubt.right
    echo(say("review_merge", sure=doubt.sure))
    for entity in (doubt.left, doubt.right):
        owner = f", {clean(entity.owner)}" if entity.owner else ""
        echo(f"{clean(entity.name)}  ({entity.type}{owner})", indent=2)
        for mention in entity.mentions[:SHOWN]:
            echo(passage(mention), indent=6)
    answer = _answer("review_merge_choice", MERGES)
    if answer not in MERGES:
        return answer
    # The passages shown are what is judged; the other documents may change.
    shown = {entity.mentions[0].doc for entity in (doubt.left, doubt.right)}
    sources = tuple(sorted({each.sha256 for each in graph.documents if each.doc in shown}))
    action = "same" if answer == MERGES[0] else "different"
    return Decision(action, named(doubt.right), named(doubt.left), by, _today(), sources)


def _fact(graph: Graph, doubt: Doubt, by: str) -> Decision | str:
    """Whether a relation is so, in the document of its best passage."""
    relation = doubt.left
    assert isinstance(relation, Relation)
    entities = {entity.id: entity for entity in graph.entities if entity.id in (relation.subject, relation.object)}
    names = [clean(entities[end].name) for end in (relation.subject, relation.object)]
    quote = relation.evidence[0].quote
    echo(say("review_fact", sure=doubt.sure))
    echo(sentence(relation.predicate, *names), indent=2)
    echo(passage(quote), indent=6)
    before = relation.evidence[0].antecedent
    if before:
        echo(say("antecedent", text=clean(before.text)), indent=6)
    answer = _answer("review_fact_choice", FACTS)
    if answer not in FACTS:
        return answer
    asked, day = target(relation, entities), _today()
    if answer == FACTS[0]:
        source = tuple(each.sha256 for each in graph.documents if each.doc == quote.doc)
        return Decision("add", asked, {"evidence": _passage(quote)}, by, day, source)
    sources = hashes(graph, relation)
    if answer == FACTS[1]:
        return Decision("remove", asked, None, by, day, sources)
    known = sorted(predicates().scored - {relation.predicate})
    echo(say("comma").join(known), indent=2)
    chosen = _answer("review_predicate", known)
    return chosen if chosen not in known else Decision("replace", asked, {"predicate": chosen}, by, day, sources)


def _passage(quote: Quote) -> dict[str, object]:
    return {"start": quote.start, "end": quote.end, "text": quote.text}


def _answer(question: str, choices: Sequence[str]) -> str:
    """One of the choices, later or enough; the end of the input is enough."""
    while True:
        try:
            given = typer.prompt(say(question), default=LATER, show_default=False).strip()
        except typer.Abort:
            return QUIT
        if given in (*choices, LATER, QUIT):
            return str(given)
        echo(say("review_again", choices=say("comma").join((*choices, QUIT))))


def _today() -> str:
    # A judgement is made on a day; what a build writes holds no clock.
    return date.today().isoformat()
