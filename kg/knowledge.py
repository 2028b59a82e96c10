"""`ontology/` as plain records: every list and pattern that the language components read, loaded once and checked."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg import triples
from kg.resources import ontology_folder

NAMESPACE = "https://w3id.org/policy-kg/ontology#"


class KnowledgeError(ValueError):
    """A list or pattern under ``ontology/`` that cannot be used: the message names file, line and word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer; `parent` and `code` are GB/T 2260 codes, `level` is province, prefecture or county.

    `others` are what it is called besides: 京; 海西州 and 海西自治州.
    """

    code: str
    name: str
    short: str
    others: tuple[str, ...]
    level: str
    parent: str


def _place(row: Mapping[str, str]) -> Place:
    """A row of places.csv, in which other names are parted by |."""
    others = tuple(filter(None, row["others"].split("|")))
    return Place(row["code"], row["name"], row["short"], others, row["level"], row["parent"])


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that a name ends with, the class it gives, and what it needs: strong, object (of a verb), quoted."""

    word: str
    type: str  # a class of policy.ttl: Mechanism, Programme, PolicyDocument
    strength: str


@dataclass(frozen=True, slots=True)
class Suffix:
    """The noun that an organisation's name ends with, the kind it gives, and what must stand before it."""

    word: str
    kind: str
    anchor: str  # stem, place, open


@dataclass(frozen=True, slots=True)
class Form:
    """The noun that a policy document's title ends with, and the forms (kg:form) that it gives."""

    word: str
    form: str
    legislature: str  # where a congress made it


class Knowledge:
    """One ontology folder. Each attribute is read when first asked for; `check` reads them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(line number, row) of ``lexicon/NAME.csv``."""
        path = self.folder / "lexicon" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                if None in row or None in row.values():
                    raise KnowledgeError(f"{path}:{reader.line_num}: as many cells as the first line has are needed")
                yield reader.line_num, row

    @cache  # noqa: B019 one instance a process
    def words(self, name: str) -> frozenset[str]:
        """The first column of ``lexicon/NAME.csv``."""
        return frozenset(next(iter(row.values())) for _, row in self.rows(name))

    @cache  # noqa: B019 one instance a process
    def patterns(self, name: str) -> Mapping[str, Any]:
        """The tables of ``patterns/NAME.toml``; ``<word>`` in a pattern stands for the `word` of its table ``part``."""
        path = self.folder / "patterns" / f"{name}.toml"
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            filled: Mapping[str, Any] = _filled(tables, tables.get("part", {}))
            return filled
        except tomllib.TOMLDecodeError as error:
            raise KnowledgeError(f"{path}: {error}") from error

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The local names of all classes, properties and values born in ``policy.ttl``."""
        subjects = (
            str(t.subject.value) for t in triples.parse(self.folder / "policy.ttl") if hasattr(t.subject, "value")
        )
        return frozenset(s.removeprefix(NAMESPACE) for s in subjects if s.startswith(NAMESPACE))

    @cached_property
    def national(self) -> frozenset[str]:
        """What is the state's wherever it is named: its programmes, institutions and strategies."""
        return self.words("national") | self.words("strategies")

    @cached_property
    def ministries(self) -> frozenset[str]:
        """The state's bodies in which others are at home by name: 公安部|交通管理局."""
        state = self.compiled("organisations", "prefix", "state")
        return frozenset(body for body in self.words("bodies") if state.search(body))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The gazetteer, by code."""
        return tuple(_place(row) for _, row in self.rows("places"))

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """Name-ending nouns of mechanisms, programmes and untitled documents."""
        found = {}
        for line, row in self.rows("heads"):
            self.known(row["type"], "heads.csv", line)
            found[row["head"]] = Head(row["head"], row["type"], row["strength"])
        return found

    @cached_property
    def suffixes(self) -> Mapping[str, tuple[Suffix, ...]]:
        """Name-ending nouns of organisations, with the ways each can be anchored."""
        found: dict[str, tuple[Suffix, ...]] = {}
        for _, row in self.rows("organisation_suffixes"):
            found[row["suffix"]] = (*found.get(row["suffix"], ()), Suffix(row["suffix"], row["kind"], row["anchor"]))
        return found

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Title-ending nouns of policy documents with the forms they give."""
        found = {}
        for line, row in self.rows("forms"):
            for form in (row["form"], row["legislature"]):
                self.known(f"form-{form}", "forms.csv", line)
            found[row["word"]] = Form(**row)
        return found

    @cached_property
    def verbs(self) -> Mapping[str, tuple[str, ...]]:
        """Trigger verbs and the predicates that they may state, first the likeliest."""
        found = {}
        for line, row in self.rows("verbs"):
            predicates = tuple(row["predicate"].split("+"))
            for predicate in predicates:
                self.known(predicate, "verbs.csv", line)
            found[row["verb"]] = predicates
        return found

    def known(self, name: str, file: str, line: int) -> None:
        """Refuse a class or property that ``policy.ttl`` does not hold."""
        if name not in self.vocabulary:
            raise KnowledgeError(f"{self.folder / 'lexicon' / file}:{line}: {name!r} is not born in policy.ttl")

    def compiled(self, name: str, *keys: str) -> re.Pattern[str]:
        """The pattern at ``keys`` of ``patterns/NAME.toml``, compiled; ``<other>`` stands for its sister pattern."""
        table: Any = self.patterns(name)
        for key in keys[:-1]:
            table = table[key]
        try:
            return re.compile(expand(table, keys[-1]))
        except (re.error, KeyError) as error:
            raise KnowledgeError(f"{self.folder / 'patterns' / name}.toml: {'.'.join(keys)}: {error}") from error

    def check(self) -> None:
        """Read everything; raises `KnowledgeError` on the first thing that does not fit."""
        for path in sorted((self.folder / "lexicon").glob("*.csv")):
            for _ in self.rows(path.stem):
                pass
        for path in sorted((self.folder / "patterns").glob("*.toml")):
            self.patterns(path.stem)
        assert self.heads and self.verbs and self.suffixes and self.places and self.forms


def expand(table: Mapping[str, Any], key: str) -> str:
    """The pattern `key` with ``<name>`` replaced by its sister pattern, in a group; ``(?P<name>`` stays."""
    return re.sub(r"(?<!\?P)<([a-z_]+)>", lambda m: f"(?:{expand(table, m[1])})", table[key])


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Knowledge:
    """The knowledge of `folder`, by default of the ontology that comes with the package."""
    return Knowledge(folder or ontology_folder())


def _filled(value: Any, parts: Mapping[str, str]) -> Any:
    """What a table holds, with the parts in the place of their names."""
    if isinstance(value, dict):
        return {key: _filled(each, parts) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, parts) for each in value]
    if isinstance(value, str):
        for name, part in parts.items():
            value = value.replace(f"<{name}>", part)
    return value
