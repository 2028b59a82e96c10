"""The digits that a store rewrites ("98.50" becomes "98.5"): noted when it is made, given back to what a query finds.

A form is noted by property, stored value and subject. A result row names the property by the query's patterns and the
subject by another column, so each cell gets the form of its own fact; where the subject is not to be had (a path,
DISTINCT), it gets one only if all subjects share it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from pyoxigraph import Store

from kg.query.answers import XSD
from kg.triples import Literal, NamedNode, Quad, term

_SUBJECT, _PROPERTY = NamedNode("urn:s"), NamedNode("urn:p")
# What the store keeps as numbers, instants and truth values, not as the text that they were.
_KEPT_AS_TEXT = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}

Key = tuple[str, str]  # property, stored value as N-Triples
Known = tuple[dict[Literal, Literal], dict[Literal, dict[str, Literal]]]


class Forms:
    """Forms that differ from what the store keeps, in a small database; `:memory:` for a store in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._known: dict[str, Known] = {}  # of the properties that were asked for
        self._rows = sqlite3.connect(str(path) if path else ":memory:", check_same_thread=False)

    @classmethod
    def noted(cls, path: Path | None, quads: Iterable[Quad]) -> tuple[Forms, Iterator[Quad]]:
        """Forms that fill while the quads, given back, run through."""
        forms = cls(path)
        columns = "property TEXT, stored TEXT, subject TEXT, form TEXT, type TEXT"
        forms._rows.execute(f"CREATE TABLE forms ({columns}, PRIMARY KEY (property, stored, subject)) WITHOUT ROWID")
        return forms, forms._noting(quads)

    def _noting(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        found: dict[Key, dict[Literal, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            literal = quad.object
            if isinstance(literal, Literal) and literal.datatype.value not in _KEPT_AS_TEXT:
                key = (quad.predicate.value, _stored(literal))
                found[key][literal].append(str(quad.subject).strip("<>"))
            yield quad
        self._rows.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?, ?)", _rows(found))
        self._rows.commit()

    def of(self, predicate: str, stored: Literal, subject: str | None) -> Literal:
        """The literal as its document has it; as it is stored where that is not known."""
        if predicate not in self.properties:
            return stored
        common, others = self._forms_of(predicate)
        if subject is None:
            return stored if stored in others else common.get(stored, stored)
        return others.get(stored, {}).get(subject) or common.get(stored, stored)

    def _forms_of(self, predicate: str) -> Known:
        """The forms of a property's values: those that most subjects have, and those of others."""
        known = self._known.get(predicate)
        if known is None:
            known = self._known[predicate] = {}, defaultdict(dict)
            asked = "SELECT stored, subject, form, type FROM forms WHERE property = ?"
            for written, subject, form, kind in self._rows.execute(asked, (predicate,)):
                stored, literal = term(written), Literal(form, datatype=NamedNode(kind))
                assert isinstance(stored, Literal)
                if subject:
                    known[1][stored][subject] = literal
                else:
                    known[0][stored] = literal
        return known

    @cached_property
    def properties(self) -> frozenset[str]:
        """The properties that have values which the store rewrites."""
        return frozenset(name for (name,) in self._rows.execute("SELECT DISTINCT property FROM forms"))

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()


def _rows(found: dict[Key, dict[Literal, list[str]]]) -> Iterator[tuple[str, str, str, str, str]]:
    """The commonest form without a subject, the others with theirs; none where all is as stored."""
    for (predicate, stored), forms in found.items():
        if len(forms) == 1 and str(next(iter(forms))) == stored:
            continue
        ranked = sorted(forms.items(), key=lambda item: (-len(item[1]), str(item[0])))
        yield predicate, stored, "", ranked[0][0].value, ranked[0][0].datatype.value
        for literal, subjects in ranked[1:]:
            for subject in subjects:
                yield predicate, stored, subject, literal.value, literal.datatype.value


@cache
def _stored(literal: Literal) -> str:
    """The literal as N-Triples after a store has had it."""
    store = Store()
    store.add(Quad(_SUBJECT, _PROPERTY, literal))
    return str(next(iter(store)).object)
