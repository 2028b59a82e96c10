"""``kg explain``: why a relation is in the graph: sentence, spans, rule, antecedent, definition, confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

import kg
from kg import statements
from kg.cli.printing import clean, complain, echo, language, say, sentence, stop
from kg.knowledge import load
from kg.model import Entity, Evidence, Graph, Quote, Relation
from kg.resolve.confidence import Claim, confidence
from kg.store import StoreError

FAILED = 1  # no relation of that id or these names
CLOSE = 0.002  # confidences that are the same, as rounded


def explain(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    fact: Annotated[
        list[str], typer.Argument(help="Id of a relation, or SUBJECT PREDICATE OBJECT.", show_default=False)
    ],
    number: Annotated[int, typer.Option("--number", "-k", min=0, help="Which one, where several fit; 0: list.")] = 0,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Passages to show; 0: all.")] = 3,
) -> None:
    """Explain one relation: the sentence with both ends marked, the rule, where the actor stands, how sure it is.

    \b
    kg explain out/ SUBJECT issues OBJECT
    kg explain out/ SUBJECT OBJECT --number 2
    kg explain out/ statement/0123456789abcdef01234567

    Parts of names do, PREDICATE may be left out, and so may SUBJECT or OBJECT.
    """
    try:
        loaded = kg.load(folder)
        found = statements.find(loaded.graph, fact)
        if not found or number > len(found):
            _unknown(loaded.graph, fact, folder)
        if len(found) > 1 and not number:
            echo(say("why_several", n=len(found)))
            _list(loaded.graph, found)
            return
        identifier, relation = list(found.items())[max(0, number - 1)]
        echo(_said(loaded.graph, relation))
        echo(identifier)
        spoken = language()
        label, meaning = (f(relation.predicate, spoken) for f in (statements.label, statements.definition))
        echo(say("why_predicate", label=label, definition=meaning))
        for evidence in relation.evidence[: limit or None]:
            echo()
            _passage(loaded.graph, relation, evidence, loaded.texts)
        if limit and len(relation.evidence) > limit:
            echo(say("why_rest", n=len(relation.evidence) - limit))
    except StoreError as error:
        stop(error)


def _unknown(graph: Graph, fact: list[str], folder: Path) -> None:
    """Say so, with the nearest there are, and end."""
    complain(say("why_unknown", fact=clean(" ".join(fact)), folder=clean(str(folder))))
    if near := statements.nearest(graph, fact):
        complain(say("why_nearest"))
        for relation in near.values():
            complain(f"  {_said(graph, relation)}")
    raise typer.Exit(FAILED)


def _list(graph: Graph, found: Mapping[str, Relation]) -> None:
    for place, (identifier, relation) in enumerate(found.items(), 1):
        echo(f"{place:3}  {_said(graph, relation)}  {identifier}")


def _said(graph: Graph, relation: Relation) -> str:
    """The relation as a sentence, with what is known of when and how."""
    names = {each.id: clean(each.name) for each in graph.entities if each.id in (relation.subject, relation.object)}
    known = [part for part in (relation.period, relation.role, relation.status) if part]
    words = sentence(relation.predicate, names[relation.subject], names[relation.object])
    return words + (f"  [{', '.join(known)}]" if known else "")


def _passage(graph: Graph, relation: Relation, evidence: Evidence, texts: Mapping[str, str]) -> None:
    """A passage in its sentence, who read it how, and what makes it sure."""
    quote, before = evidence.quote, evidence.antecedent
    text = texts[quote.doc]
    claim = _claim(graph, relation, evidence)
    echo(say("why_place", doc=clean(quote.doc), line=_line(text, quote)))
    ends = [("why_object", claim.object)] if before else [("why_object", claim.object), ("why_subject", claim.subject)]
    echo(_marked(text, quote, ends), indent=2)
    component, _, rule = evidence.component.partition("/")
    echo(say("why_rule" if rule else "why_component", component=clean(component), rule=clean(rule)), indent=2)
    if before:
        gap = quote.start - before.end
        key = "why_antecedent" if gap >= 0 else "why_follows"
        echo(say(key, line=_line(text, before), n=gap if gap >= 0 else before.start - quote.end), indent=2)
        echo(_marked(text, before, [("why_subject", claim.subject)]), indent=4)
    same = abs(confidence()(claim) - evidence.confidence) <= CLOSE
    echo(say("why_sure" if same else "why_stated", value=evidence.confidence), indent=2)
    for reason in confidence().reasons(claim) if same else ():
        echo(say("why_reason", weight=reason.weight, name=clean(reason.name)), indent=4)


def _claim(graph: Graph, relation: Relation, evidence: Evidence) -> Claim:
    """The passage as its document alone says it, as confidence was given."""
    doc = evidence.quote.doc
    ends = {
        each.id: replace(each, mentions=tuple(mention for mention in each.mentions if mention.doc == doc))
        for each in graph.entities
        if each.id in (relation.subject, relation.object)
    }
    told = tuple(each for each in relation.evidence if each.quote.doc == doc)
    return Claim(replace(relation, evidence=told), evidence, ends[relation.subject], ends[relation.object])


def _line(text: str, quote: Quote) -> int:
    return text.count("\n", 0, quote.start) + 1


def _marked(text: str, quote: Quote, ends: list[tuple[str, Entity]]) -> str:
    """The sentence around a quote, with the ends marked where they stand in the quote."""
    stops = str(load().patterns("structure")["marks"]["sentence"]) + "\n"
    start = max(text.rfind(mark, 0, quote.start) for mark in stops) + 1
    found = [at for mark in stops if (at := text.find(mark, max(quote.start, quote.end - 1))) >= 0]
    end = min(found, default=len(text) - 1) + 1
    taken: list[tuple[int, int, str]] = []
    for name, entity in ends:
        for form in sorted({mention.text for mention in entity.mentions}, key=len, reverse=True):
            at = text.find(form, quote.start, quote.end)
            if at >= 0 and not any(at < b and a < at + len(form) for a, b, _ in taken):
                taken.append((at, at + len(form), name))
                break
    said, done = "", start
    for first, last, name in sorted(taken):
        said += clean(text[done:first]) + say(name, text=clean(text[first:last]))
        done = last
    return (said + clean(text[done:end])).strip()
