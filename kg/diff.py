"""Two graphs, an older and a newer → what the newer says that the older did not: facts added, gone and changed.

A relation is the same fact if its ends, predicate, period, role and status are. A figure of the same metric, subject,
period and status is the same figure; with another value it is changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kg import flow
from kg.export.rdf import facts, prefixes
from kg.export.rdf.iris import digest, statement
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
    return difference(flow.loaded(old), flow.loaded(new))


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


def _edge(relation: Relation) -> tuple[str, str, str]:
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
        now, before = (qualifiers(each) if change.kind == "changed" else None for each in (change.new, change.old))
        yield from ("relation", *ends, now, before, None, fact.period, fact.role, fact.status)
    else:
        value, before = ((each.text if isinstance(each, Figure) else None) for each in (change.new, change.old))
        subject = names.get(_subject(fact), _subject(fact))
        yield from ("figure", subject, fact.metric, None, value, before, fact.unit, fact.period, None, fact.status)
    for side in (change.new, change.old):
        best: Evidence | None = side.evidence[0] if side and side.evidence else None
        yield from (best.quote.text, best.quote.doc) if best else (None, None)


def qualifiers(fact: Relation | Figure | None) -> str:
    """When, in what role and whether done: what tells a relation from others of its ends and predicate."""
    known = (fact.period, getattr(fact, "role", None), fact.status) if fact else ()
    return ", ".join(part for part in known if part)


def to_trig(found: Difference) -> bytes:
    """A named graph each for what is new (``…/diff/added``) and gone (``gone``), with statements and evidence.

    Of a change, ``changed`` has what is said now and what that revises, ``before`` what was said: each graph has as
    many statements and figures as changes are counted. IRIs are those of the builds; what was said before under the
    IRI that the newer build has for it is put under one of its own.
    """
    base = found.new.base
    old = replace(found.old, base=base)
    changed = [each for each in found.changes if each.kind == "changed"]
    before = [_before(each) for each in changed]
    # Relations of both builds make those of the older known by period, role and status too.
    both = replace(old, relations=(*old.relations, *found.new.relations))
    written = Facts()
    for name, whole, kept in (
        ("added", found.new, [each.new for each in found.changes if each.kind == "added"]),
        ("gone", old, [each.old for each in found.changes if each.kind == "gone"]),
        ("changed", found.new, [each.new for each in changed]),
        ("before", both, before),
    ):
        part = _part(whole, [fact for fact in kept if fact])
        for _, subjects in facts(part, {}, whole).merged().graphs():
            for subject, said in subjects:
                written.add(NamedNode(subject), said, NamedNode(f"{base}diff/{name}"))
    alone = Counter(map(_edge, found.new.relations))
    for each, was in zip(changed, before, strict=True):
        single = isinstance(each.new, Relation) and alone[_edge(each.new)] == 1
        revision = (REVISION, NamedNode(base + _id(was, alone=False)))
        written.add(NamedNode(base + _id(each.new, single)), [revision], NamedNode(f"{base}diff/changed"))
    return serialise(written, "trig", prefixes(base))


def _id(fact: Relation | Figure | None, alone: bool) -> str:
    return statement(fact, alone) if isinstance(fact, Relation) else fact.id if fact else ""


def _before(change: Change) -> Relation | Figure | None:
    """What was said; a figure under another id where the newer build has the same one."""
    old, new = change.old, change.new
    if isinstance(old, Figure) and isinstance(new, Figure) and old.id == new.id:
        return replace(old, id=digest("figure", old.id, "before"))
    return old


def _part(graph: Graph, kept: Iterable[Relation | Figure]) -> Graph:
    """The facts with the entities and documents that they name."""
    listed = list(kept)
    relations = tuple(each for each in listed if isinstance(each, Relation))
    figures = tuple(each for each in listed if isinstance(each, Figure))
    ids = {end for each in relations for end in (each.subject, each.object)}
    ids |= {subject for each in figures for subject in each.subject}
    known = {figure.id for figure in figures}
    docs = {evidence.quote.doc for each in listed for evidence in each.evidence}
    return replace(
        graph,
        documents=tuple(document for document in graph.documents if document.doc in docs),
        entities=tuple(entity for entity in graph.entities if entity.id in ids),
        relations=relations,
        figures=figures,
        metrics=tuple(metric for metric in graph.metrics if not known.isdisjoint(metric.figures)),
        conflicts=(),
    )
