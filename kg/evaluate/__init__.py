"""Gold files and ``records.jsonl`` → scores by type, predicate and slot, and the errors.

The definitions are those of the annotation guidelines. A record is matched to its gold by ``doc``, with or without
folder and ending. An entity is found when one of its type shares its name or enough wordings, one to one; a relation
when both its ends are; a figure when value and unit are equal. Optional gold items are neither required nor punished.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kg.evaluate.judging import judge
from kg.evaluate.scores import Score, Slot, Tally, total

__all__ = ["Evaluation", "EvaluationError", "Score", "Slot", "Tally", "evaluate"]

Json = Mapping[str, Any]
GOLD = "*.gold.json"
RECORDS = "records.jsonl"


class EvaluationError(Exception):
    """Why nothing could be judged: which file, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The score of all documents together, and of each."""

    total: Score
    documents: Mapping[str, Score]


def evaluate(gold: Path, records: Path, corrected: Iterable[str] | None = None) -> Evaluation:
    """Judge the records (the file, or the build folder that holds it) by the ``*.gold.json`` in the folder `gold`.

    `corrected`: lines of records to judge instead, such as those that a person's judgements have changed.
    """
    files = sorted(gold.glob(GOLD))
    if not files:
        raise EvaluationError(f"{gold}: no {GOLD} in it; give a folder that holds gold files")
    path = records / RECORDS if records.is_dir() else records
    known = _by_name(_lines(path) if corrected is None else [_object(line, str(records)) for line in corrected])
    scores: dict[str, Score] = {}
    for path in files:
        wanted = _object(path.read_text(encoding="utf-8"), str(path))
        scores[wanted["doc"]] = judge(wanted, _record_of(wanted["doc"], known))
    return Evaluation(total(scores.values()), scores)


def _lines(path: Path) -> list[Json]:
    """The records of the file."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        what = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "no such file"
        raise EvaluationError(f"{path}: {what}; give the output of kg build") from error
    return [_object(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _object(text: str, place: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise EvaluationError(f"{place}: no JSON: {error}; build or write it again") from error
    if not isinstance(found, dict) or not isinstance(found.get("doc"), str):
        raise EvaluationError(f'{place}: not an object with "doc"; see the file format of the guidelines')
    return found


def _by_name(records: Iterable[Json]) -> dict[str, list[Json]]:
    """Each record under all the names by which a gold file may call it."""
    known: dict[str, list[Json]] = {}
    for record in records:
        for name in set(_names(record["doc"])):
            known.setdefault(name, []).append(record)
    return known


def _names(doc: str) -> Sequence[str]:
    """The document's path, its file name, and that without its endings."""
    name = PurePosixPath(doc).name
    return doc, name, name.split(".")[0]


def _record_of(doc: str, known: Mapping[str, list[Json]]) -> Json:
    """The one record of the document; an empty one if it was not built."""
    found: list[Json] = next((known[name] for name in _names(doc) if name in known), [{}])
    if len(found) > 1:
        listed = ", ".join(record["doc"] for record in found)
        raise EvaluationError(f"{doc}: {len(found)} records match: {listed}; name the documents apart")
    return found[0]
