"""An answer with IRIs → the same with a label beside each, and with the sentences that its claims rest on.

A claim is a statement or a figure. It is in the row itself, in a text of joined IRIs, or known by its two ends: where a
row holds subject and object of a relation, the relation's sentences are its evidence: of the relations that the row
or else the query names, where it names one. Where a row names a document of theirs, only its passages are shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, permutations
from typing import TypeVar

from kg.knowledge import NAMESPACE
from kg.query.answers import Answer, Cell, Row, Source
from kg.resources import ontology_folder
from kg.triples import Literal, NamedNode, parse

T = TypeVar("T")

SHOWN = 3  # passages in a cell
AT_ONCE = 400  # IRIs that one look-up names
EVIDENCE = "evidence"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_NARROWER = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"
_CLAIM = re.compile(r"\S+/(?:statement|figure)/[0-9a-f]{16,24}")
_NO_ENTITY = re.compile(r"/(?:statement|figure|evidence|document|component|metric)/|#")

_NAMES = """SELECT ?node ?label WHERE {{ VALUES ?node {{ {nodes} }} ?node rdfs:label ?label }}"""
_PASSAGES = """SELECT ?claim ?quote ?path ?start ?document WHERE {{ VALUES ?claim {{ {nodes} }}
    ?claim kg:evidence ?evidence . ?evidence oa:hasTarget ?target .
    ?target oa:hasSource ?document ; oa:hasSelector ?words , ?position .
    ?document kg:path ?path . ?words oa:exact ?quote . ?position oa:start ?start }}"""
_EDGES = """SELECT ?claim ?subject ?object ?relation WHERE {{ VALUES (?subject ?object) {{ {nodes} }}
    ?claim rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?relation }}"""


def explained(answer: Answer, source: Source, language: str = "en", named: Iterable[str] = ()) -> Answer:
    """The answer with a column ``…Label`` after each that holds IRIs, and a last column of evidence.

    `named` are IRIs in the query; its relations are those that the evidence must be of.
    """
    if answer.form == "ask":
        return answer
    claims = _claims(answer, source, relations().intersection(named))
    kept = [at for at, name in enumerate(answer.columns) if not _of_claims(name)]
    names = _names(answer.rows, source, language)
    linked = {at for at in kept if any(isinstance(row[at], NamedNode) for row in answer.rows)}
    columns = [name for at in kept for name in (answer.columns[at], *([answer.columns[at] + "Label"] * (at in linked)))]
    quotes = _passages({claim for row in claims for claim in row}, source)
    rows = []
    for row, told in zip(answer.rows, claims, strict=True):
        cells: list[Cell] = []
        for at in kept:
            cells += [row[at], _named(row[at], names)] if at in linked else [row[at]]
        found = [quote for claim in told for quote in quotes.get(claim, ())]
        here = [quote for document, quote in found if document in {_text(cell) for cell in row}]
        rows.append((*cells, _joined(here or [quote for _, quote in found])))
    if EVIDENCE in columns:
        return Answer(tuple(columns), tuple(row[:-1] for row in rows), answer.form)
    return Answer((*columns, EVIDENCE), tuple(rows), answer.form)


def _of_claims(name: str) -> bool:
    return name in ("claim", "claims")


def _named(cell: Cell, names: Mapping[str, str]) -> Cell:
    """The label; of what has none, the end of its IRI."""
    if not isinstance(cell, NamedNode):
        return cell
    return Literal(names.get(cell.value) or re.split("[/#]", cell.value.rstrip("/#"))[-1])


def _names(rows: Iterable[Row], source: Source, language: str) -> dict[str, str]:
    """The label of every IRI that has one: those of the ontology in the language, the others as documents give them."""
    nodes = {cell.value for row in rows for cell in row if isinstance(cell, NamedNode)}
    found = {node: label for node, label in ontology_labels(language).items() if node in nodes}
    for part in _parts(sorted(nodes - found.keys())):
        for node, label in source.ask(_NAMES.format(nodes=_listed(part))).rows:
            found[_text(node)] = _text(label)
    return found


@cache
def ontology_labels(language: str) -> Mapping[str, str]:
    """What ``policy.ttl`` calls its names."""
    return {
        fact.subject.value: fact.object.value
        for fact in parse(ontology_folder() / "policy.ttl")
        if fact.predicate.value == _LABEL
        and isinstance(fact.subject, NamedNode)
        and isinstance(fact.object, Literal)
        and fact.object.language == language
    }


@cache
def relations() -> frozenset[str]:
    """The IRIs of the relations that statements are of."""
    return frozenset(
        fact.subject.value
        for fact in parse(ontology_folder() / "policy.ttl")
        if fact.predicate.value == _NARROWER
        and isinstance(fact.subject, NamedNode)
        and fact.object == NamedNode(NAMESPACE + "relation")
    )


def _claims(answer: Answer, source: Source, named: frozenset[str]) -> list[tuple[str, ...]]:
    """For each row the IRIs of what it claims."""
    stated = [_stated(answer, row) for row in answer.rows]
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    wanted = {pair for row, told in zip(answer.rows, stated, strict=True) if not told for pair in _pairs(row)}
    for part in _parts(sorted(wanted)):
        nodes = " ".join(f"(<{subject}> <{other}>)" for subject, other in part)
        for claim, subject, other, relation in source.ask(_EDGES.format(nodes=nodes)).rows:
            pairs[_text(subject), _text(other)].append((_text(claim), _text(relation)))
    found = []
    for row, told in zip(answer.rows, stated, strict=True):
        of = relations().intersection(map(_text, row)) or named or relations()
        claims = {claim for pair in _pairs(row) for claim, relation in pairs[pair] if relation in of}
        found.append(told or tuple(sorted(claims)))
    return found


def _stated(answer: Answer, row: Row) -> tuple[str, ...]:
    """The claims that the row itself names."""
    found = []
    for name, cell in zip(answer.columns, row, strict=True):
        if isinstance(cell, NamedNode) and _CLAIM.fullmatch(cell.value):
            found.append(cell.value)
        elif isinstance(cell, Literal) and _of_claims(name):
            found += _CLAIM.findall(cell.value)
    return tuple(sorted(set(found)))


def _pairs(row: Row) -> list[tuple[str, str]]:
    nodes = [cell.value for cell in row if isinstance(cell, NamedNode) and not _NO_ENTITY.search(cell.value)]
    return list(permutations(nodes, 2)) if len(nodes) <= SHOWN else []


def _passages(claims: Iterable[str], source: Source) -> dict[str, list[tuple[str, str]]]:
    """Claim → the IRI of a document and a quote of it with its path, by path and place."""
    found: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    for part in _parts(sorted(claims)):
        for claim, quote, path, start, document in source.ask(_PASSAGES.format(nodes=_listed(part))).rows:
            found[_text(claim)].append((_text(path), int(_text(start)), _text(quote), _text(document)))
    return {
        claim: [(document, f"“{quote}” ({path})") for path, _, quote, document in sorted(set(told))]
        for claim, told in found.items()
    }


def _joined(quotes: Iterable[str]) -> Cell:
    listed = list(dict.fromkeys(quotes))
    more = f" … +{len(listed) - SHOWN}" if len(listed) > SHOWN else ""
    return Literal(" | ".join(listed[:SHOWN]) + more) if listed else None


def _parts(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Sorted, as many at a time as one look-up takes."""
    running = iter(items)
    while part := tuple(islice(running, AT_ONCE)):
        yield part


def _listed(nodes: Sequence[str]) -> str:
    return " ".join(f"<{node}>" for node in nodes)


def _text(cell: Cell) -> str:
    return cell.value if cell else ""
