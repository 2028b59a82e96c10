"""Two graphs, an older and a newer → what the newer says that the older did not: facts added, gone and changed.

A relation is the same fact if its ends, predicate, period, role and status are. A figure of the same metric, subject,
period and status is the same figure; with another value it is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg import resolve, store
from kg.export.rdf import BASE, facts, prefixes
from kg.model import DOC, Evidence, Figure, Graph, Relation
from kg.query import Answer
from kg.triples import Facts, Literal, NamedNode, serialise

T = TypeVar("T", Relation, Figure)

COLUMNS = ("change", "fact", "subject", "predicate", "object", "value", "oldValue", "unit", "period", "role", "status")
PASSAGE = ("evidence", "document", "oldEvidence", "oldDocument")
REVISION = NamedNode("http://www.w3.org/ns/prov#wasRevisionOf")


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is new (no `old`), gone (no `new`) or says something else now (both)."""

    old: Relation | Figure | None
    new: Relation | Figure | None

    @property
    def kind(self) -> str:
        """``added``, ``gone`` or ``changed``."""
        return "added" if self.old is None else "gone" if self.new is None else "changed"

    @property
    def fact(self) -> Relation | Figure:
        """What is said now, or was if it is gone."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """Two graphs and the changes from the one to the other: relations, then figures, each sorted."""

    old: Graph
    new: Graph
    changes: tuple[Change, ...]

    def names(self) -> dict[str, str]:
        """The name of every entity of both graphs."""
        return {entity.id: entity.name for graph in (self.old, self.new) for entity in graph.entities}


def between(old: Path, new: Path) -> Difference:
    """The difference between two build folders; `StoreError` if one is none."""
    for folder in (old, new):
        store.opened(folder)
    return difference(*(resolve.corpus(store.documents(folder)) for folder in (old, new)))


def difference(old: Graph, new: Graph) -> Difference:
    """The difference between two graphs.

    >>> empty = Graph((), (), (), ())
    >>> difference(empty, empty).changes
    ()
    """
    relations = _changes(old.relations, new.relations, _edge, _qualified)
    figures = _changes(old.figures, new.figures, _measured, _amount)
    return Difference(old, new, (*relations, *figures))


def _changes(
    old: Iterable[T], new: Iterable[T], identity: Callable[[T], Hashable], said: Callable[[T], Hashable]
) -> Iterator[Change]:
    """Facts of one identity are compared by what they say; of those left over, one gone and one new are a change."""
    sides: dict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for side, listed in enumerate((old, new)):
        for each in listed:
            sides[identity(each)][side].append(each)
    for _, (before, after) in sorted(sides.items(), key=lambda item: str(item[0])):
        left = _without(before, after, said), _without(after, before, said)
        for number in range(max(map(len, left))):
            first, second = (side[number] if number < len(side) else None for side in left)
            yield Change(first, second)


def _without(these: list[T], others: list[T], said: Callable[[T], Hashable]) -> list[T]:
    """Those that none of the others says, each of which counts once."""
    known = [said(each) for each in others]
    kept = []
    for each in these:
        if said(each) in known:
            known.remove(said(each))
        else:
            kept.append(each)
    return sorted(kept, key=lambda one: str(said(one)))


def _edge(relation: Relation) -> Hashable:
    return relation.subject, relation.predicate, relation.object


def _qualified(relation: Relation) -> Hashable:
    return relation.period or "", relation.role or "", relation.status or ""


def _measured(figure: Figure) -> Hashable:
    return figure.metric, _subject(figure), figure.period or "", figure.status


def _amount(figure: Figure) -> Hashable:
    return figure.value, figure.upper or figure.value, figure.unit, figure.bound


def _subject(figure: Figure) -> str:
    """What it is measured of: an entity's id, or the document."""
    first = figure.subject[0] if figure.subject else DOC
    return f"document/{figure.evidence[0].quote.doc}" if first == DOC else first


def to_answer(found: Difference) -> Answer:
    """The changes as rows, for the formats of `kg.query`."""
    names = found.names()
    rows = tuple(tuple(Literal(cell) if cell else None for cell in _row(each, names)) for each in found.changes)
    return Answer((*COLUMNS, *PASSAGE), rows)


def _row(change: Change, names: Mapping[str, str]) -> Iterator[str | None]:
    fact = change.fact
    yield change.kind
    if isinstance(fact, Relation):
        ends = names[fact.subject], fact.predicate, names[fact.object]
        yield from ("relation", *ends, None, None, None, fact.period, fact.role, fact.status)
    else:
        value, before = ((each.text if isinstance(each, Figure) else None) for each in (change.new, change.old))
        subject = names.get(_subject(fact), _subject(fact))
        yield from ("figure", subject, fact.metric, None, value, before, fact.unit, fact.period, None, fact.status)
    for side in (change.new, change.old):
        best: Evidence | None = side.evidence[0] if side and side.evidence else None
        yield from (best.quote.text, best.quote.doc) if best else (None, None)


def to_trig(found: Difference) -> bytes:
    """What is new in the graph ``…/diff/added``, what is gone in ``…/diff/gone``, each with statements and evidence.

    A changed fact stands in both; ``…/diff/changed`` says which figure revises which.
    """
    written = Facts()
    for name, graph, side in (("added", found.new, "new"), ("gone", found.old, "old")):
        kept = [fact for each in found.changes if (fact := getattr(each, side)) is not None]
        part = _part(graph, kept)
        for _, subjects in facts(part, {}).merged().graphs():
            for subject, said in subjects:
                written.add(NamedNode(subject), said, NamedNode(f"{BASE}diff/{name}"))
    for each in found.changes:
        if isinstance(each.new, Figure) and isinstance(each.old, Figure):
            now, before = (NamedNode(BASE + figure.id) for figure in (each.new, each.old))
            written.add(now, [(REVISION, before)], NamedNode(f"{BASE}diff/changed"))
    return serialise(written, "trig", prefixes())


def _part(graph: Graph, kept: Iterable[Relation | Figure]) -> Graph:
    """The facts with the entities and documents that they name."""
    listed = list(kept)
    relations = tuple(each for each in listed if isinstance(each, Relation))
    figures = tuple(each for each in listed if isinstance(each, Figure))
    ids = {end for each in relations for end in (each.subject, each.object)}
    ids |= {subject for each in figures for subject in each.subject}
    docs = {evidence.quote.doc for each in listed for evidence in each.evidence}
    return Graph(
        tuple(document for document in graph.documents if document.doc in docs),
        tuple(entity for entity in graph.entities if entity.id in ids),
        relations,
        figures,
    )
