"""``ontology/queries/*.rq``: competency questions in two languages with typed parameters → SPARQL to run.

A file is SPARQL that runs as it is; comments at its head say what it asks (``# en: …``, ``# zh: …``), which variables
may be given (``# param place: Place``, with ``!`` where they must be) and with what the sample corpus is asked
(``# example: place=…``). A value never becomes query text: it is looked up, and bound as an IRI or an escaped literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.knowledge import NAMESPACE
from kg.likeness import alike, plain
from kg.query.answers import Answer, QueryError, Source
from kg.query.labels import ontology_labels
from kg.resources import ontology_folder
from kg.triples import Literal, NamedNode, parse

_HEAD = re.compile(r"^# (en|zh|param|example)\b ?([^:\n]*?): *(.*)$", re.MULTILINE)
_YEAR = re.compile(r"\d{4}")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
NEAR = 0.2  # likeness below which a value is no suggestion
MOST = 5

_CALLED = """SELECT DISTINCT ?node WHERE {{ VALUES ?name {{ {names} }} {{ ?node rdfs:label ?name }} UNION
    {{ ?node skos:altLabel ?name }} VALUES ?class {{ {classes} }} ?node a ?class }} ORDER BY ?node"""
_VALUES = """SELECT ?label (COUNT(DISTINCT ?use) AS ?uses) WHERE {{ VALUES ?class {{ {classes} }}
    ?node a ?class ; rdfs:label ?label . OPTIONAL {{ ?use ?by ?node }} }} GROUP BY ?label ORDER BY DESC(?uses) ?label"""
# The year of a claim is that in which its period ends.
_YEARS = """SELECT DISTINCT (SUBSTR(STR(?day), 1, 4) AS ?label) WHERE { { ?claim kg:periodEnd ?day } UNION
    { ?claim kg:periodStart ?day FILTER NOT EXISTS { ?claim kg:periodEnd ?to } } } ORDER BY ?label"""
# Every document is a topic too: only those of which a figure is told are listed.
_TOPICS = """SELECT ?label (COUNT(DISTINCT ?use) AS ?uses) WHERE { ?use kg:subject ?node . ?node rdfs:label ?label }
    GROUP BY ?label ORDER BY DESC(?uses) ?label"""
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_PREDICATES = (
    *("issues", "establishes", "implements", "provides", "basedOn", "partOf", "cooperatesWith", "directs"),
    *("jurisdiction", "amends", "repeals"),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a person may give a value: a class of the ontology, ``Entity``, ``predicate`` or ``year``."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One file: its name, what it asks in each language, its parameters and its SPARQL."""

    name: str
    asks: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    sparql: str

    def filled(self, values: Mapping[str, str], source: Source) -> str:
        """The SPARQL with these values; `QueryError` for a parameter or value that there is not."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                there = ", ".join(known) or "none"
                raise QueryError(f"{self.name} has no parameter {name!r}; there is {there}")
        missing = [each.name for each in self.parameters if each.required and each.name not in values]
        if missing:
            needed = " and ".join(f"--{name}" for name in missing)
            raise QueryError(f"{self.name} needs {needed} (--values {missing[0]} lists what there is)")
        return self._with({name: _terms(known[name], value, source) for name, value in values.items()})

    def idle(self, values: Mapping[str, str], source: Source) -> str:
        """Which of the values leave an answer without rows: those without which it has some."""
        known = {parameter.name: parameter for parameter in self.parameters}
        terms = {name: _terms(known[name], value, source) for name, value in values.items()}
        at_fault = []
        for name in values:
            rest = self._with({other: listed for other, listed in terms.items() if other != name})
            head, _, _ = rest.rpartition("ORDER BY")
            if source.ask(f"{head or rest} LIMIT 1").rows:
                at_fault.append(f"{name}={values[name]}")
        together = " together" * (len(at_fault) > 1)
        return f"no row for {' and '.join(at_fault)}{together}; without that there are some" if at_fault else ""

    def _with(self, terms: Mapping[str, Iterable[str]]) -> str:
        """The SPARQL with variables bound to these terms."""
        first, last = "", ""
        for name, listed in terms.items():
            # What BIND gives may not be used before it. It is compared, not joined: a row without a year is of none.
            if f"AS ?{name})" in self.sparql:
                last += f" FILTER (?{name} IN ({', '.join(listed)}))"
            else:
                first += f" VALUES ?{name} {{ {' '.join(listed)} }}"
        head, brace, rest = self.sparql.partition("{")
        body, closing, order = rest.rpartition("}")
        return f"{head}{brace}{first}{body}{last}{closing}{order}"


@cache
def questions(folder: Path | None = None) -> Mapping[str, Question]:
    """The questions by name."""
    found = {}
    for path in sorted((folder or ontology_folder() / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = _HEAD.findall(text)
        asks = {kind: said for kind, _, said in head if kind in ("en", "zh")}
        parameters = tuple(
            Parameter(name.rstrip("!"), said, name.endswith("!")) for kind, name, said in head if kind == "param"
        )
        example = dict(
            part.split("=", 1) for kind, _, said in head if kind == "example" for part in said.split("; ") if part
        )
        found[path.stem] = Question(path.stem, asks, parameters, example, text)
    return found


def question(name: str) -> Question:
    """The question of that name; `QueryError` with the nearest names where there is none."""
    known = questions()
    if name in known:
        return known[name]
    near = sorted(known, key=lambda each: -alike(each, name))[:MOST]
    raise QueryError(f"{name!r} is no question; the nearest: {', '.join(near)} (kg ask --list has them all)")


def values(parameter: Parameter, source: Source) -> Answer:
    """What may be given for a parameter, the most used first."""
    if parameter.type == "predicate":
        return Answer(("label", "uses"), tuple((Literal(name), None) for name in _PREDICATES))
    if parameter.type == "year":
        return source.ask(_YEARS)
    if parameter.type == "Topic":
        return source.ask(_TOPICS)
    return source.ask(_VALUES.format(classes=_classes(parameter.type)))


def _terms(parameter: Parameter, value: str, source: Source) -> list[str]:
    """What a value means, as SPARQL terms."""
    if parameter.type == "year":
        if not _YEAR.fullmatch(value):
            raise QueryError(f"--{parameter.name} {value!r} is no year such as 2022")
        return [str(Literal(value))]
    if parameter.type == "predicate":
        return [_predicate(parameter, value)]
    found = _called(parameter.type, value, source)
    if not found:
        listed = [cell.value for cell in values(parameter, source).column("label") if cell]
        near = sorted((each for each in listed if _like(each, value) >= NEAR), key=lambda each: -_like(each, value))
        there = "; ".join(near[:MOST] or listed[:MOST])
        what = "the nearest" if near else "there are"
        raise QueryError(f"--{parameter.name}: no {parameter.type} is called {value!r} here; {what}: {there}")
    return [f"<{node}>" for node in found]


@cache
def _classes(kind: str) -> str:
    """The class and those below it, since a graph states the narrow ones only."""
    above = [
        (fact.subject.value, fact.object.value)
        for fact in parse(ontology_folder() / "policy.ttl")
        if fact.predicate.value == _SUBCLASS
        and isinstance(fact.subject, NamedNode)
        and isinstance(fact.object, NamedNode)
    ]
    found = [NAMESPACE + kind]
    for name in found:
        found += [narrow for narrow, wide in above if wide == name and narrow not in found]
    return " ".join(f"<{name}>" for name in found)


def _like(name: str, value: str) -> float:
    return alike(name, value) + (plain(value) in plain(name)) / 2


def _called(kind: str, value: str, source: Source) -> list[str]:
    """The IRIs of what is called so, or has that id."""
    listed = " ".join(str(Literal(name)) for name in sorted({value, *_bare(value)}))
    found = [
        cell.value for cell in source.ask(_CALLED.format(names=listed, classes=_classes(kind))).column("node") if cell
    ]
    if found or not _IRI.fullmatch(value):
        return found
    node = NamedNode(value)
    known = source.ask(f"ASK {{ VALUES ?class {{ {_classes(kind)} }} {node} a ?class }}").rows[0][0]
    return [value] if known and known.value == "true" else []


def _bare(value: str) -> set[str]:
    """The name without the marks around it, as titles are held."""
    return {value[1:-1]} if len(value) > 2 and not value[0].isalnum() and not value[-1].isalnum() else set()


def _predicate(parameter: Parameter, value: str) -> str:
    spoken = {label: name for code in ("en", "zh") for name, label in ontology_labels(code).items()}
    local = spoken.get(value, value).removeprefix(NAMESPACE).removeprefix("kg:")
    if local not in _PREDICATES:
        raise QueryError(f"--{parameter.name} {value!r} is no relation; there are {', '.join(_PREDICATES)}")
    return f"<{NAMESPACE}{local}>"


def pairs(words: Iterable[str]) -> dict[str, str]:
    """Parameters as typed, ``name=value``, ``--name value`` or ``--name=value``, as a dictionary.

    >>> pairs(["--metric", "办结率", "year=2022"])
    {'metric': '办结率', 'year': '2022'}
    """
    found: dict[str, str] = {}
    waiting = ""
    for word in words:
        name, equals, value = (waiting, "=", word) if waiting else word.removeprefix("--").partition("=")
        if name in found:
            raise QueryError(f"--{name} is given twice; a question takes one value for each parameter")
        if equals and name:
            if not value.strip():
                raise QueryError(f"--{name} has no value")
            found[name], waiting = value, ""
        elif word.startswith("--") and name:
            waiting = name
        else:
            raise QueryError(f"{word!r} is no parameter; write --name VALUE or name=VALUE")
    if waiting:
        raise QueryError(f"--{waiting} has no value")
    return found
