"""A build folder → where its graph breaks a rule of ``ontology/shapes.ttl``: which fact, which documents, which rule.

The constraints of SHACL Core are checked by the library shacl. Those in SPARQL (``sh:sparql``) are asked of the build's
store, each once for all nodes: node by node, as validators do, they take ten minutes where this takes seconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import shacl

from kg import store, triples
from kg.export.rdf import prefixes
from kg.export.rdf.evidence import TYPE, XSD
from kg.export.rdf.iris import digest
from kg.query import Answer, Source, opened
from kg.query.embedded import quads
from kg.resources import ontology_folder
from kg.triples import Facts, Literal, NamedNode, Quad, parse, plain, serialise, term

SH, SHAPES = "http://www.w3.org/ns/shacl#", "https://w3id.org/policy-kg/shapes#"
MOST = 1000  # violations of SHACL Core that are counted

_FACT = """SELECT ?subject ?predicate ?object ?label ?quote WHERE {{ BIND (<{node}> AS ?node)
    OPTIONAL {{ ?node rdf:subject/rdfs:label ?subject ; rdf:predicate ?predicate ; rdf:object/rdfs:label ?object }}
    OPTIONAL {{ ?node rdfs:label ?label }}
    OPTIONAL {{ ?node oa:hasTarget?/oa:hasSelector?/oa:exact ?quote }} }} LIMIT 1"""
_DOCUMENTS = """SELECT DISTINCT ?path WHERE {{
    {{ <{node}> kg:evidence?/oa:hasTarget?/oa:hasSource ?document }} UNION {{ <{node}> kg:mentionedIn ?document }}
    UNION {{ ?passage oa:hasSelector <{node}> ; oa:hasSource ?document }} UNION {{ BIND (<{node}> AS ?document) }}
    ?document kg:path ?path }} ORDER BY ?path"""


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule: IRIs of node, property and shape, the value at fault, what the rule asks for."""

    node: str
    shape: str
    constraint: str  # MinCount, Class, SPARQL …
    path: str = ""
    value: str = ""
    messages: Mapping[str, str] | None = None  # by language, of rules that have their own
    term: NamedNode | Literal | None = None  # the value as RDF has it


@dataclass(frozen=True, slots=True)
class Fact:
    """What a node says, for people: names and predicate of a relation, or a label, or a quote; where it was read."""

    relation: tuple[str, str, str] | None
    label: str
    documents: tuple[str, ...]


def violations(folder: Path) -> tuple[Violation, ...]:
    """Every violation, by node; `StoreError` if the folder is no build."""
    source = opened(folder)
    shapes = parse(ontology_folder() / "shapes.ttl")
    found = {*_core(shapes, folder), *_in_sparql(shapes, source)}
    return tuple(sorted(found, key=lambda each: (each.shape, each.node, each.path, each.constraint, each.value)))


def fact(source: Source, node: str) -> Fact:
    """What the node says, and the documents that say it."""
    (row,) = source.ask(_FACT.format(node=node)).rows
    subject, predicate, other, label, quote = (cell.value if cell else "" for cell in row)
    paths = [cell.value for cell in source.ask(_DOCUMENTS.format(node=node)).column("path") if cell]
    relation = (subject, predicate, other) if predicate else None
    return Fact(relation, label or quote or node, tuple(paths))


def report(folder: Path, found: Iterable[Violation], said: Callable[[Violation], Literal]) -> bytes:
    """The violations as a report of SHACL, in Turtle; `said` puts into words what a rule asks for.

    It has no blank nodes, as nothing of ours has, and is the same for the same violations. Its shapes are those that
    have names; a property shape is known by its path.
    """
    base = store.opened(folder)[0].base
    whole, facts = NamedNode(base + "report"), Facts()
    results: list[triples.Fact] = []
    for each in found:
        node = NamedNode(base + digest("violation", each.node, each.shape, each.path, each.constraint, each.value))
        results.append((_sh("result"), node))
        facts.add(node, _result(each, said(each)))
    conforms = Literal("false" if results else "true", datatype=NamedNode(XSD + "boolean"))
    facts.add(whole, [(TYPE, _sh("ValidationReport")), (_sh("conforms"), conforms), *results])
    return serialise(facts, "turtle", {**prefixes(base), "sh": SH, "kgs": SHAPES})


def _result(violation: Violation, said: Literal) -> Iterator[triples.Fact]:
    yield TYPE, _sh("ValidationResult")
    yield _sh("focusNode"), NamedNode(violation.node)
    yield _sh("sourceShape"), NamedNode(violation.shape)
    yield _sh("sourceConstraintComponent"), _sh(violation.constraint + "ConstraintComponent")
    yield _sh("resultSeverity"), _sh("Violation")
    yield _sh("resultMessage"), said
    if violation.path.startswith("http"):  # no path of several steps
        yield _sh("resultPath"), NamedNode(violation.path)
    if violation.term is not None:
        yield _sh("value"), violation.term


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


def _core(shapes: tuple[Quad, ...], folder: Path) -> Iterator[Violation]:
    """What breaks a constraint of SHACL Core."""
    kept = [quad for quad in shapes if quad.predicate.value != SH + "sparql"]
    rules = shacl.Shapes.from_text(plain(kept).decode(), "ntriples")
    with tempfile.TemporaryDirectory(prefix="kg-") as place:
        path = Path(place) / "graph.nt"
        path.write_bytes(plain(quads(folder)))
        report = rules.validate_file(str(path), max_results=MOST)
    for result in report.results:
        constraint = result.component.removesuffix("ConstraintComponent")
        shape = (result.root_shape or result.source_shape or "").strip("<>")
        path_ = (result.path or "").strip("<>")
        value = term(result.value) if result.value else None
        yield Violation(result.focus_node.strip("<>"), shape, constraint, path_, result.value_plain or "", None, value)


def _in_sparql(shapes: tuple[Quad, ...], source: Source) -> Iterator[Violation]:
    """What breaks a constraint that is a query: it selects the nodes at fault as ``$this``."""
    said: dict[object, dict[str, list[object]]] = {}
    for quad in shapes:
        said.setdefault(quad.subject, {}).setdefault(quad.predicate.value.removeprefix(SH), []).append(quad.object)
    for shape, properties in said.items():
        for rule in properties.get("sparql", ()):
            (query,) = said[rule]["select"]
            texts = [text for text in said[rule]["message"] if isinstance(text, Literal)]
            messages = {text.language or "": text.value for text in texts}
            assert isinstance(query, Literal) and isinstance(shape, NamedNode)
            found = source.ask(query.value)
            for node, path, value in _columns(found):
                words = value.value if value else ""
                yield Violation(node, shape.value, "SPARQL", path, words, _Texts(messages), value)


def _columns(found: Answer) -> Iterator[tuple[str, str, NamedNode | Literal | None]]:
    for row in found.rows:
        cells = {
            name: cell for name, cell in zip(found.columns, row, strict=True) if isinstance(cell, NamedNode | Literal)
        }
        yield cells["this"].value, cells["path"].value if "path" in cells else "", cells.get("value")


class _Texts(dict[str, str]):
    """Messages that can stand in a set."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))
