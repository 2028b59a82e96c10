"""``manifest.json``: which version made a build with which options, what became of every input, and what was found.

No clock, no absolute path and no chance stands in it: the same inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import BASE, Graph
from kg.store.errors import StoreError

NAME = "manifest.json"
PROGRAM = "policy-kg"
FORMAT = 1  # of the folder; another one is not read
BUILT, FAILED = "built", "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its SHA-256 if it could be read, why it failed if it did; `path` is as it was named."""

    doc: str
    path: str
    sha256: str | None
    reason: str | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """What became of one export: the files that it wrote, or why it wrote none."""

    name: str
    files: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole file: `version` read the documents, `files` are all that the build wrote, "/" between folders."""

    version: str
    outcomes: tuple[Outcome, ...]
    exports: tuple[Export, ...]
    counts: dict[str, Any]
    files: tuple[str, ...]
    refused: tuple[str, ...] = ()  # judgements that were not applied: file, line and why
    base: str = BASE  # what IRIs begin with in its RDF

    @property
    def failures(self) -> tuple[str, ...]:
        """One line for each input, judgement and export that failed: what, and why."""
        inputs = (f"{outcome.path}: {outcome.reason}" for outcome in self.outcomes if outcome.reason)
        exports = (f"export {export.name}: {export.reason}" for export in self.exports if export.reason)
        return (*inputs, *self.refused, *exports)

    def write(self, folder: Path) -> None:
        """Write it into `folder`."""
        text = json.dumps(
            {
                "program": PROGRAM,
                "version": self.version,
                "format": FORMAT,
                "options": {"exports": [export.name for export in self.exports], "base": self.base},
                "counts": self.counts,
                "inputs": [_input(outcome) for outcome in self.outcomes],
                "exports": [_export(export) for export in self.exports],
                **({"decisions": {"refused": list(self.refused)}} if self.refused else {}),
                "files": list(self.files),
            },
            ensure_ascii=False,
            indent=1,
        )
        (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def counts(outcomes: Iterable[Outcome], graph: Graph) -> dict[str, Any]:
    """How much was read and found, entities by type and relations by predicate."""
    listed = list(outcomes)
    failed = sum(outcome.reason is not None for outcome in listed)
    return {
        "inputs": len(listed),
        BUILT: len(listed) - failed,
        FAILED: failed,
        "copies": sum(document.copy_of is not None for document in graph.documents),
        "characters": sum(outcome.characters for outcome in listed),
        "entities": len(graph.entities),
        "relations": len(graph.relations),
        "figures": len(graph.figures),
        "types": dict(sorted(Counter(entity.type for entity in graph.entities).items())),
        "predicates": dict(sorted(Counter(relation.predicate for relation in graph.relations).items())),
    }


def read(folder: Path) -> Manifest:
    """The manifest of a build; `StoreError` if the folder holds none that this version reads."""
    path = folder / NAME
    if not folder.is_dir():
        raise StoreError(folder, "no such folder; give the --output folder of kg build")
    if not is_build(folder):
        raise StoreError(folder, "not the output of kg build: no manifest.json of policy-kg in it; run kg build first")
    found = _loaded(folder)
    if found.get("format") != FORMAT:
        raise StoreError(path, f"format {found.get('format')!r}, not {FORMAT}, of another version; run kg build again")
    try:
        return Manifest(
            version=found["version"],
            outcomes=tuple(_to_outcome(each) for each in found["inputs"]),
            exports=tuple(Export(e["name"], tuple(e.get("files", ())), e.get("reason")) for e in found["exports"]),
            counts=found["counts"],
            files=tuple(found["files"]),
            refused=tuple(found.get("decisions", {}).get("refused", ())),
            base=found.get("options", {}).get("base", BASE),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError(path, f"damaged ({error!r}); run kg build again") from error


def is_build(folder: Path) -> bool:
    """Whether kg build made the folder, in this or another version."""
    return _loaded(folder).get("program") == PROGRAM


def owned(folder: Path) -> frozenset[str]:
    """The files that kg build wrote into the folder, in this or another version; "/" between folders."""
    files = _loaded(folder).get("files", ()) if is_build(folder) else ()
    return frozenset(name for name in files if isinstance(name, str))


def _loaded(folder: Path) -> dict[str, Any]:
    """The manifest as it stands; nothing if there is none."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _input(outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = {"doc": outcome.doc, "sha256": outcome.sha256}
    if outcome.reason:
        return {**found, "outcome": FAILED, "reason": outcome.reason}
    return {**found, "outcome": BUILT, "characters": outcome.characters}


def _to_outcome(found: dict[str, Any]) -> Outcome:
    return Outcome(found["doc"], found["doc"], found["sha256"], found.get("reason"), found.get("characters", 0))


def _export(export: Export) -> dict[str, Any]:
    outcome = {"outcome": FAILED, "reason": export.reason} if export.reason else {"outcome": BUILT}
    return {"name": export.name, **outcome, "files": list(export.files)}
