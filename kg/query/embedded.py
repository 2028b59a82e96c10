"""A build folder → a store that answers SPARQL, made once and opened from then on without parsing anything.

The default graph holds all facts merged, each document's facts stand in its named graph too. The store lies in
``.store/`` of the folder, beside what a build writes: its files differ from run to run, as no artefact may.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg import resolve, store
from kg.export.rdf import facts, prefixes
from kg.query.answers import Answer, Cell, Row
from kg.query.forms import Forms
from kg.query.patterns import Pattern, Token, declared, expanded, patterns, tokens
from kg.triples import BlankNode, Literal, NamedNode, Quad, stream

FOLDER = ".store"
FORMAT = 1  # of the store's folder; another one is made anew
GRAPH = "graph.trig"


# Column of a value; column or IRI of its property; column or IRI of its subject, where it is to be had.
Place = tuple[int, int | NamedNode | None, int | NamedNode | None]


class Embedded:
    """A store and the digits that it would lose."""

    def __init__(self, database: Store, forms: Forms) -> None:
        self._store = database
        self._forms = forms

    @classmethod
    def of(cls, quads: Iterable[Quad], folder: Path | None = None) -> Embedded:
        """Make a store of quads, in memory unless a folder is given."""
        database = Store(str(folder / "quads")) if folder else Store()
        forms, running = Forms.noted(folder / "forms.sqlite" if folder else None, quads)
        database.bulk_extend(both(running))
        if folder:
            database.optimize()
            database.flush()
        return cls(database, forms)

    @classmethod
    def opened(cls, folder: Path) -> Embedded:
        """The store of a build folder; made first where there is none, or another build has taken its place."""
        target, stamp = folder / FOLDER, _stamp(folder)
        if _read(target) != stamp:
            draft = folder / f"{FOLDER}-{secrets.token_hex(4)}"
            try:
                draft.mkdir()
            except OSError:  # a folder that only others may write to
                return cls.of(quads(folder))
            try:
                cls.of(quads(folder), draft)._forms.close()
                (draft / "stamp.json").write_text(json.dumps(stamp), encoding="utf-8")
                shutil.rmtree(target, ignore_errors=True)
                draft.rename(target)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        return cls.kept(target)

    @classmethod
    def kept(cls, folder: Path) -> Embedded:
        """The store that `of` has made in a folder."""
        return cls(Store.read_only(str(folder / "quads")), Forms(folder / "forms.sqlite"))

    def ask(self, query: str) -> Answer:
        """The answer with every literal as the documents have it; `SyntaxError` as the store gives it."""
        listed = tokens(query)
        known = {**prefixes(), **declared(listed)}
        typed = patterns(listed)
        wanted, extra = _with_subjects(query, listed, typed)
        found = self._store.query(wanted, prefixes=prefixes())
        if isinstance(found, QueryBoolean):
            truth = Literal(
                "true" if found else "false", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
            )
            return Answer(("answer",), ((truth,),), "ask")
        if not isinstance(found, QuerySolutions):
            rows: list[Row] = [(t.subject, t.predicate, self._said(t.predicate, t.object, t.subject)) for t in found]
            return Answer(("subject", "predicate", "object"), tuple(sorted(rows, key=str)), "graph")
        columns = tuple(variable.value for variable in found.variables)
        shown = columns[: len(columns) - extra]
        rows_ = [tuple(row) for row in found]
        places = self._places(columns, _origins(typed, known))
        if places:
            rows_ = [self._restored(row, places) for row in rows_]
        return Answer(shown, tuple(row[: len(shown)] for row in rows_) if extra else tuple(rows_))

    def _places(self, columns: tuple[str, ...], origins: dict[str, list[tuple[str, str]]]) -> list[Place]:
        """Which columns may hold what the store has rewritten: those of properties that have such values."""
        found: list[Place] = []
        for at, name in enumerate(columns):
            for subject, predicate in origins.get(name, ()):
                by, of = (_term(term, columns) for term in (predicate, subject))
                if isinstance(by, int) or (by and by.value in self._forms.properties):
                    found.append((at, by, of))
        return found

    def _restored(self, row: Row, places: Iterable[Place]) -> Row:
        """The row with each literal in the form of the fact that it is of."""
        cells: list[Cell] | None = None
        for at, by, of in places:
            cell = row[at]
            if type(cell) is not Literal:
                continue
            said_by = row[by] if isinstance(by, int) else by
            if said_by is None or said_by.value not in self._forms.properties:
                continue
            cells = cells or list(row)
            cells[at] = self._said(said_by, cell, row[of] if isinstance(of, int) else of)
        return tuple(cells) if cells else row

    def _said(self, predicate: Any, value: Any, subject: Any) -> Any:
        if not isinstance(value, Literal):
            return value
        return self._forms.of(predicate.value, value, subject.value if isinstance(subject, NamedNode) else None)


def _origins(typed: Iterable[Pattern], known: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Variable → the subjects (a variable's name, an IRI, or nothing) and properties whose values it holds."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pattern in typed:
        if pattern.object[0] in "?$" and pattern.path[-1] not in ("*", "+", "?", ")"):
            subject = "" if len(pattern.path) > 1 else expanded(pattern.subject, known)
            found.setdefault(pattern.object[1:], []).append((subject, expanded(pattern.path[-1], known)))
    return found


def _term(term: str, columns: tuple[str, ...]) -> int | NamedNode | None:
    """The column of a variable, or the IRI."""
    if term[:1] in ("?", "$"):
        return columns.index(term[1:]) if term[1:] in columns else None
    return NamedNode(term) if ":" in term else None


def _with_subjects(query: str, listed: tuple[Token, ...], typed: tuple[Pattern, ...]) -> tuple[str, int]:
    """The query that gives the subjects of the values asked for too, and how many columns that adds."""
    start = next((n for n, token in enumerate(listed) if token.text.lower() == "select"), None)
    words = {token.text.lower() for token in listed}
    if start is None or "group" in words or listed[start + 1].kind != "variable":
        return query, 0
    asked: list[Token] = []
    for token in listed[start + 1 :]:
        if token.kind != "variable":
            break
        asked.append(token)
    if token.text != "{" and token.text.lower() not in ("where", "from"):
        return query, 0
    names = {variable.text[1:] for variable in asked}
    direct = [p for p in typed if p.object[1:] in names and len(p.path) == 1]
    wanted = {term[1:] for p in direct for term in (p.subject, p.path[0]) if term[0] in "?$"}
    extra = sorted(name for name in wanted - names if not name.startswith("_"))
    end = asked[-1].at + len(asked[-1].text)
    return query[:end] + "".join(f" ?{name}" for name in extra) + query[end:], len(extra)


def both(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Each quad, and its triple in the default graph."""
    for quad in quads:
        yield quad
        if isinstance(quad.graph_name, NamedNode | BlankNode):
            yield Quad(quad.subject, quad.predicate, quad.object)


def quads(folder: Path) -> Iterator[Quad]:
    """The facts of a build, from its TriG if it has one, else from its records."""
    manifest, texts = store.opened(folder)
    if GRAPH in manifest.files and (folder / GRAPH).is_file():
        return stream(folder / GRAPH)
    judged = resolve.Decisions(store.decided(folder), (document.sha256 for document in store.documents(folder)))
    graph = resolve.corpus(judged.corrected(store.documents(folder), texts), judged.identities)
    return facts(replace(graph, base=manifest.base, version=manifest.version), texts).quads()


def _stamp(folder: Path) -> dict[str, object]:
    """What tells one build in the folder from another."""
    store.opened(folder)
    path = folder / GRAPH if (folder / GRAPH).is_file() else folder / store.RECORDS
    known = path.stat()
    return {"format": FORMAT, "file": path.name, "bytes": known.st_size, "written": known.st_mtime_ns}


def _read(target: Path) -> object:
    try:
        return json.loads((target / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
