"""``kg diff``: what a newer build says that an older one did not, with the passages that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.printing import clean, echo, passage, say, sentence, stop
from kg.diff import Change, Difference, between, qualifiers, to_answer, to_trig
from kg.model import Figure, Relation
from kg.query import FORMATS
from kg.store import StoreError

MARKS = {"added": "+", "gone": "-", "changed": "~"}


class Form(StrEnum):
    """How a difference is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    TRIG = "trig"


def diff(
    old: Annotated[Path, typer.Argument(help="Output of an older kg build.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Output of a newer one.", show_default=False)],
    form: Annotated[Form, typer.Option("--format", "-f", help="How to print it.")] = Form.TEXT,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Changes to show as text; 0: all.")] = 40,
) -> None:
    """Tell what a newer build says that an older did not: facts added, gone, changed.

    \b
    kg diff out-2023/ out-2024/
    kg diff out-2023/ out-2024/ --format csv > changes.csv
    kg diff out-2023/ out-2024/ --format trig > changes.trig

    + is new, - is gone, ~ is a fact that says something else now.
    """
    try:
        found = between(old, new)
    except StoreError as error:
        stop(error)
    if form is Form.TEXT:
        _print(found, limit)
    else:
        written = to_trig(found) if form is Form.TRIG else FORMATS[form.value](to_answer(found)).encode()
        typer.echo(written, nl=False)


def _print(found: Difference, limit: int) -> None:
    names = found.names()
    for change in found.changes[: limit or None]:
        echo(f"{MARKS[change.kind]} {_said(change, names)}")
        for fact, key in ((change.old, "diff_old"), (change.new, "diff_new")):
            if fact and fact.evidence:
                quote = fact.evidence[0].quote
                words = passage(quote)
                echo(say(key, quote=words) if change.kind == "changed" else words, indent=6)
    if limit and len(found.changes) > limit:
        echo(say("rest", n=len(found.changes) - limit))
    counts = Counter(change.kind for change in found.changes)
    echo(say("differences", **{kind: counts[kind] for kind in MARKS}))


def _said(change: Change, names: Mapping[str, str]) -> str:
    """The fact as `kg show` has it; of a change, what was before the arrow."""
    fact = change.fact
    words = qualifiers(fact)
    if isinstance(fact, Relation):
        words = f"{qualifiers(change.old) or '-'} → {words or '-'}" if change.kind == "changed" else words
    tail = f"  [{words}]" if words else ""
    if isinstance(fact, Relation):
        return sentence(fact.predicate, clean(names[fact.subject]), clean(names[fact.object])) + tail
    subject = next((clean(names[each]) for each in fact.subject[:1] if each in names), "")
    before = f"{clean(change.old.text)} → " if isinstance(change.old, Figure) and change.new else ""
    return f"{subject}  {clean(fact.metric)}: {before}{clean(fact.text)}{tail}".strip()
