"""Every case of tests/specs: a short text, what must be read of it and what must not.

A case holds `name` and `text` (and `doc`, `hints` of its file), and any of the expectations in `CHECKS`. One with
`unmet = "class: reason"` is not met yet: a strict xfail, which fails as soon as it is met.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.model import DOC, DocumentGraph, Figure
from kg.resolve import document

Case = Mapping[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "specs"
FILES = sorted(FOLDER.glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
ABOUT = {"name", "text", "doc", "hints", "unmet"}
COPIED = 12  # so many characters alike are a copy


class Read:
    """A document's graph with entities by their names."""

    def __init__(self, graph: DocumentGraph) -> None:
        self.graph = graph
        self.names = {entity.id: entity.name for entity in graph.entities} | {DOC: DOC}
        self.entities = {f"{entity.type}:{entity.name}" for entity in graph.entities}
        self.mentions: dict[str, list[str]] = {}
        for entity in graph.entities:
            self.mentions.setdefault(entity.name, []).extend(mention.text for mention in entity.mentions)

    def relations(self) -> Iterator[tuple[str, str]]:
        """Each relation as ``subject|predicate|object``, and as it is; cooperatesWith in both directions."""
        for relation in self.graph.relations:
            said = [relation.subject, relation.object]
            for ends in (said, said[::-1]) if relation.predicate == "cooperatesWith" else (said,):
                known = "|".join((self.names[ends[0]], relation.predicate, self.names[ends[1]]))
                yield known, f"{known}|role={relation.role}|status={relation.status}|period={relation.period}|"

    def holds(self, wanted: str) -> bool:
        """Whether ``subject|predicate|object`` is there, with the ``slot=value`` that follow."""
        statement, slots = "|".join(wanted.split("|")[:3]), wanted.split("|")[3:]
        return any(
            known == statement and all(f"|{slot}|" in full for slot in slots) for known, full in self.relations()
        )

    def figure(self, wanted: Mapping[str, Any]) -> bool:
        """Whether a figure has all these slots."""
        return any(
            all(self.slot(figure, slot) == value for slot, value in plain(wanted)) for figure in self.graph.figures
        )

    def slot(self, figure: Figure, slot: str) -> object:
        """What a figure has in a slot; nothing is an empty string."""
        value = self.names[figure.subject[0]] if slot == "subject" else getattr(figure, slot)
        return "" if value is None else value

    def kinds(self, name: str) -> set[str | None]:
        return {entity.kind for entity in self.graph.entities if entity.name == name}


def plain(wanted: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Slots with their numbers as decimals."""
    for slot, value in wanted.items():
        yield slot, Decimal(str(value)) if isinstance(value, int | float) else value


def entities(read: Read, wanted: Sequence[str]) -> None:
    assert not set(wanted) - read.entities, read.entities


def entities_any(read: Read, wanted: Sequence[str]) -> None:
    assert set(wanted) & read.entities, read.entities


def not_entities(read: Read, unwanted: Sequence[str]) -> None:
    assert not set(unwanted) & read.entities


def no_entities_of(read: Read, types: Sequence[str]) -> None:
    assert not [entity.name for entity in read.graph.entities if entity.type in types]


def kinds(read: Read, wanted: Mapping[str, str]) -> None:
    assert {name: read.kinds(name) for name in wanted} == {name: {kind} for name, kind in wanted.items()}


def owners(read: Read, wanted: Mapping[str, str]) -> None:
    found = {entity.name: entity.owner for entity in read.graph.entities}
    assert {name: found.get(name) for name in wanted} == wanted


def attributes(read: Read, wanted: Mapping[str, Sequence[str]]) -> None:
    found = {entity.name: {"=".join(pair) for pair in entity.attributes} for entity in read.graph.entities}
    assert not {name: found.get(name) for name in wanted if not set(wanted[name]) <= found.get(name, set())}


def attributes_not(read: Read, unwanted: Mapping[str, Sequence[str]]) -> None:
    found = {entity.name: {"=".join(pair) for pair in entity.attributes} for entity in read.graph.entities}
    assert all(name in found and not set(unwanted[name]) & found[name] for name in unwanted), found


def mentions(read: Read, wanted: Mapping[str, Sequence[str]]) -> None:
    found = read.mentions
    assert not {name: found.get(name) for name in wanted if not set(wanted[name]) <= set(found.get(name, ()))}


def mentions_exactly(read: Read, wanted: Mapping[str, Sequence[str]]) -> None:
    assert {name: read.mentions.get(name) for name in wanted} == wanted


def relations(read: Read, wanted: Sequence[str]) -> None:
    assert not [each for each in wanted if not read.holds(each)], sorted(full for _, full in read.relations())


def not_relations(read: Read, unwanted: Sequence[str]) -> None:
    assert not [each for each in unwanted if read.holds(each)]


def not_predicates(read: Read, unwanted: Sequence[str]) -> None:
    assert not [full for _, full in read.relations() if full.split("|")[1] in unwanted]


def antecedents(read: Read, wanted: Mapping[str, str]) -> None:
    for relation in read.graph.relations:
        known = "|".join((read.names[relation.subject], relation.predicate, read.names[relation.object]))
        if known in wanted:
            antecedent = relation.evidence[0].antecedent
            assert antecedent is not None
            assert antecedent.text == wanted[known]


def figures(read: Read, wanted: Sequence[Mapping[str, Any]]) -> None:
    assert not [each for each in wanted if not read.figure(each)], read.graph.figures


def no_figures(read: Read, wanted: bool) -> None:
    assert wanted and not [figure.text for figure in read.graph.figures]


def meta(read: Read, wanted: Mapping[str, str]) -> None:
    known = read.graph.meta
    found = {slot: getattr(known, slot) or "" for slot in wanted}
    if found.get("about"):
        found["about"] = read.names[found["about"]]
    assert found == wanted


def meta_not(read: Read, unwanted: Mapping[str, str]) -> None:
    assert not {slot: value for slot, value in unwanted.items() if getattr(read.graph.meta, slot) == value}


CHECKS: Mapping[str, Callable[[Read, Any], None]] = {
    check.__name__: check
    for check in (
        entities, entities_any, not_entities, no_entities_of, kinds, owners, attributes, attributes_not, mentions, mentions_exactly,
        relations, not_relations, not_predicates, antecedents, figures, no_figures, meta, meta_not,
    )
}  # fmt: skip


def parameters() -> list[Any]:
    """Every case under its file's and its own name; unmet ones as strict xfails."""
    found = []
    for file, case in CASES:
        reason = case.get("unmet")
        marks = [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)] if reason else []
        found.append(pytest.param(case, id=f"{file}: {case['name']}", marks=marks))
    return found


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case, reader: Callable[..., Any]) -> None:
    doc, source = reader(case["text"].strip("\n"), case.get("doc", "a.txt"), case.get("hints"))
    read = Read(document(doc, source))
    for name, check in CHECKS.items():
        if name in case:
            check(read, case[name])


def test_every_case_has_a_name_of_its_own_and_expects_something() -> None:
    names = Counter((file, case["name"]) for file, case in CASES)
    assert not [name for name, count in names.items() if count > 1]
    assert not [name for (name, case) in CASES if not set(case) & set(CHECKS)]
    assert not [(name, set(case) - ABOUT - set(CHECKS)) for name, case in CASES if set(case) - ABOUT - set(CHECKS)]


def test_no_sentence_is_copied_from_other_peoples_documents(shared: Path) -> None:
    """Names of bodies and laws may be alike, whole clauses may not."""
    ours: dict[str, str] = {}
    for _, case in CASES:
        for clause in re.split(r"[，。；：、！？（）|\n]|《[^》\n]*》?", case["text"]):
            for start in range(len(clause) - COPIED + 1):
                ours[clause[start : start + COPIED]] = case["name"]
    copied = {}
    for path in sorted(path for path in shared.rglob("*") if path.suffix in {".txt", ".md", ".json", ".html"}):
        text = path.read_text(encoding="utf-8", errors="replace")
        found = {text[i : i + COPIED] for i in range(len(text) - COPIED + 1)} & ours.keys()
        copied |= {window: (ours[window], path.name) for window in found}
    assert not copied
