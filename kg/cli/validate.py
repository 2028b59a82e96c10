"""``kg validate``: where the graph of a build breaks a rule of the ontology: which fact, which document, which rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.printing import MACHINE, clean, echo, language, say, sentence, stop
from kg.knowledge import NAMESPACE
from kg.query import Source, opened
from kg.query.labels import ontology_labels
from kg.store import StoreError
from kg.triples import Literal
from kg.validate import Violation, fact, violations
from kg.validate import report as in_rdf

BROKEN = 1  # exit code where a rule is broken
SHOWN = 5  # documents to name
# Constraint of SHACL → what it says to people.
RULES = {
    "MinCount": "rule_missing",
    "MaxCount": "rule_several",
    "Datatype": "rule_datatype",
    "Class": "rule_class",
    "Node": "rule_class",
    "Or": "rule_class",
    "Xone": "rule_xone",
    "In": "rule_in",
    "Pattern": "rule_pattern",
    "MinLength": "rule_empty",
    "MinInclusive": "rule_range",
    "MaxInclusive": "rule_range",
    "LessThan": "rule_order",
    "LessThanOrEquals": "rule_order",
    "Disjoint": "rule_disjoint",
    "QualifiedMinCount": "rule_missing",
    "QualifiedMaxCount": "rule_several",
    "NodeKind": "rule_iri",
}


def validate(
    folder: Annotated[Path, typer.Argument(help="Output folder of kg build.", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Violations to show; 0: all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write a report of SHACL here, .ttl.", show_default=False)
    ] = None,
) -> None:
    """Check a build by the rules of the ontology (SHACL shapes).

    \b
    kg validate out/
    kg validate out/ --limit 0
    kg validate out/ --json > violations.json
    kg validate out/ --report violations.ttl

    Each violation names the fact, the documents that say it, and the rule. Exit code 1 if there is one.
    """
    try:
        found = violations(folder)
        source = opened(folder)
    except StoreError as error:
        stop(error)
    if report:
        _write(report, folder, found)
    if as_json:
        echo(json.dumps([_as_json(each, source) for each in found], ensure_ascii=False, indent=1))
    elif not found:
        echo(say("valid", folder=clean(str(folder))))
    else:
        for each in found[: limit or None]:
            _print(each, source)
        echo(say("broken", n=len(found)))
        for (shape, constraint), number in Counter((each.shape, each.constraint) for each in found).most_common():
            echo(f"{number:6}  {_local(shape)} / {constraint}")
        if limit and len(found) > limit:
            echo(say("rest", n=len(found) - limit))
    if found:
        raise typer.Exit(BROKEN)


def _write(path: Path, folder: Path, found: Iterable[Violation]) -> None:
    """The report for programs."""
    if path.suffix != ".ttl":
        stop(f"--report {path}: it is written as Turtle, so its name must end with .ttl")
    try:
        path.write_bytes(in_rdf(folder, found, lambda each: Literal(_rule(each), language=language())))
    except OSError as error:
        stop(f"--report {path}: {error.strerror or error}", MACHINE)


def _print(violation: Violation, source: Source) -> None:
    known = fact(source, violation.node)
    said = sentence(*_spoken(known.relation)) if known.relation else known.label
    echo(clean(said))
    echo(say("rule", rule=_rule(violation), shape=_local(violation.shape)), indent=2)
    more = f" … +{len(known.documents) - SHOWN}" if len(known.documents) > SHOWN else ""
    if known.documents:
        echo(say("rule_documents", names=say("comma").join(map(clean, known.documents[:SHOWN])) + more), indent=2)
    echo(clean(violation.node), indent=2)


def _spoken(relation: tuple[str, str, str]) -> tuple[str, str, str]:
    """A relation as `sentence` takes it."""
    subject, predicate, other = relation
    return predicate.removeprefix(NAMESPACE), subject, other


def _rule(violation: Violation) -> str:
    """What the rule asks for, in words."""
    if violation.messages:
        return violation.messages.get(language(), next(iter(violation.messages.values())))
    name = ontology_labels(language()).get(violation.path) or _local(violation.path)
    value = ontology_labels(language()).get(violation.value) or violation.value
    key = RULES.get(violation.constraint, "rule_other")
    return say(key, name=name or say("rule_node"), value=clean(value), constraint=violation.constraint)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2] if "#" in iri or "/" in iri else iri


def _as_json(violation: Violation, source: Source) -> dict[str, object]:
    known = fact(source, violation.node)
    return {
        "node": violation.node,
        "fact": sentence(*_spoken(known.relation)) if known.relation else known.label,
        "documents": list(known.documents),
        "rule": _rule(violation),
        "shape": violation.shape,
        "constraint": violation.constraint,
        "path": violation.path,
        "value": violation.value,
    }
