"""``decisions.jsonl`` ↔ `Decision`: one judgement a line; what is no judgement is refused by file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from kg.model import QUALIFIERS, Decision, FigureTarget, Named, RelationTarget, Target
from kg.store.errors import StoreError

DECIDED = "decided.jsonl"  # in a build: the lines that it obeys
ACTIONS = ("same", "different", "add", "remove", "replace")
KEYS = ("action", "target", "value", "by", "date", "source_hash")
SLOTS = ("period", "status", "text")
AMOUNT = ("text", "value", "unit", "bound")
PASSAGE = {"start": int, "end": int, "text": str}
CHANGED = {
    RelationTarget: ("subject", "predicate", "object", *QUALIFIERS),
    FigureTarget: ("metric", "subject", "period", "status", "upper", *AMOUNT),
    Named: ("type", "name", "owner", "kind"),
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
HASH = re.compile(r"[0-9a-f]{64}")
Json = Mapping[str, Any]
Read = tuple[list[Decision], list[str]]  # the judgements, and why lines were refused


def read_decisions(paths: Iterable[Path]) -> Read:
    """The judgements of these files, and a line for each line that is none; `StoreError` if a file cannot be read."""
    found: list[Decision] = []
    refused: list[str] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except OSError as error:
            raise StoreError(path, f"{error.strerror}; give another --decisions") from error
        except UnicodeDecodeError as error:
            raise StoreError(path, f"no UTF-8 ({error}); save it as UTF-8") from error
        for number, text in enumerate(lines, 1):
            place = f"{path.name}:{number}"
            try:
                if text.strip():
                    found.append(parse_decision(text, place))
            except ValueError as error:
                refused.append(f"{place}: {error}; not applied")
    return found, refused


def parse_decision(text: str, place: str = "") -> Decision:
    """The judgement of a line; `ValueError` says what is wrong in it."""
    try:
        line = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    _need(isinstance(line, dict), "not an object")
    missing = [key for key in ("action", "target", "by", "date") if key not in line]
    _need(not missing, f"no {', '.join(missing)}")
    unknown = sorted(set(line) - set(KEYS))
    _need(not unknown, f"unknown key {', '.join(unknown)}")
    action, value = line["action"], line.get("value")
    _need(action in ACTIONS, f"action {action!r} is none of {', '.join(ACTIONS)}")
    _need(isinstance(line["by"], str) and bool(line["by"]), "by is to name a person")
    _need(isinstance(line["date"], str) and bool(DAY.fullmatch(line["date"])), "date is to be a day, 2024-01-31")
    target, hashes = _target(line["target"]), _hashes(line.get("source_hash"))
    given = _value(action, target, value)
    _need(action in ("same", "different") or bool(hashes), f"{action} needs the source_hash of a document")
    _need(action != "add" or len(hashes) == 1, "add needs the source_hash of one document")
    return Decision(action, target, given, line["by"], line["date"], hashes, place)


def decision_line(decision: Decision) -> str:
    """The judgement as one line of JSON, without its line end.

    >>> print(decision_line(Decision("same", Named("Place", "甲"), Named("Place", "乙"), "li", "2024-01-31")))
    {"action": "same", "target": {"type": "Place", "name": "甲"}, "value": {"type": "Place", "name": "乙"}, \
"by": "li", "date": "2024-01-31", "source_hash": null}
    """
    hashes: object = list(decision.source_hash)
    if len(decision.source_hash) < 2:
        hashes = decision.source_hash[0] if decision.source_hash else None
    value = _named(decision.value) if isinstance(decision.value, Named) else decision.value
    given = (decision.action, _written(decision.target), value, decision.by, decision.date, hashes)
    return json.dumps(dict(zip(KEYS, given, strict=True)), ensure_ascii=False)


def append_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Write them after what the file holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.read_bytes() if path.is_file() else b""
    lines = "".join(decision_line(each) + "\n" for each in decisions)
    path.write_bytes(held + (b"\n" if held and not held.endswith(b"\n") else b"") + lines.encode())


def write_decided(folder: Path, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Keep what a build obeys with it, the same bytes for any order of lines; gives the names of the files."""
    lines = sorted({decision_line(each) for each in decisions})
    if lines:
        (folder / DECIDED).write_bytes("".join(line + "\n" for line in lines).encode())
    return (DECIDED,) if lines else ()


def decided(folder: Path) -> list[Decision]:
    """What a build obeys."""
    path = folder / DECIDED
    return read_decisions([path])[0] if path.is_file() else []


def _need(so: bool, otherwise: str) -> None:
    if not so:
        raise ValueError(otherwise)


def _target(found: object) -> Target:
    """The entity, relation or figure that is meant."""
    if not isinstance(found, dict):
        raise ValueError("target is to be an object")
    if "predicate" in found:
        _only(found, ("subject", "predicate", "object"), QUALIFIERS)
        _need(isinstance(found["predicate"], str), "predicate is to be text")
        ends = _entity(found["subject"], "subject"), _entity(found["object"], "object")
        return RelationTarget(ends[0], found["predicate"], ends[1], _texts(found, QUALIFIERS))
    if "metric" in found:
        _only(found, ("metric", "subject"), SLOTS)
        _need(isinstance(found["metric"], str), "metric is to be text")
        subject = None if found["subject"] == "doc" else _entity(found["subject"], "subject")
        return FigureTarget(found["metric"], subject, _texts(found, SLOTS))
    return _entity(found, "target")


def _entity(found: object, what: str) -> Named:
    """An entity by type, name and owner."""
    if not isinstance(found, dict):
        raise ValueError(f"{what} is to be an entity, with type and name")
    _only(found, ("type", "name"), ("owner",))
    filled = all(isinstance(found[key], str) and found[key].strip() for key in ("type", "name"))
    _need(filled, f"{what}: type and name are to be text")
    owner = found.get("owner")
    _need(owner is None or isinstance(owner, str), f"{what}: owner is to be text")
    return Named(found["type"], found["name"], owner or None)


def _only(found: Json, needed: Iterable[str], others: Iterable[str]) -> None:
    missing = [key for key in needed if key not in found]
    _need(not missing, f"no {', '.join(missing)} in it")
    unknown = sorted(set(found) - set(needed) - set(others))
    _need(not unknown, f"unknown key {', '.join(unknown)}")


def _texts(found: Json, keys: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    """The optional slots that are given."""
    given = tuple((key, found[key]) for key in keys if key in found)
    _need(all(value is None or isinstance(value, str) for _, value in given), "qualifiers are to be text or null")
    return given


def _hashes(found: object) -> tuple[str, ...]:
    given = [] if found is None else found if isinstance(found, list) else [found]
    _need(all(isinstance(each, str) and HASH.fullmatch(each) for each in given), "source_hash is to be SHA-256")
    return tuple(sorted(set(map(str, given))))


def _value(action: str, target: Target, value: Any) -> Named | Json | None:
    """What belongs to the action."""
    if action in ("same", "different"):
        _need(isinstance(target, Named), f"{action} is of two entities")
        other = _entity(value, "value")
        _need(other != target, f"{action} needs two; use replace to give one of two namesakes its owner")
        return other
    if action == "remove":
        _need(value is None, "remove takes no value")
        return None
    if not isinstance(value, dict) or not value:
        raise ValueError(f"{action} needs a value")
    if action == "replace":
        _only(value, (), CHANGED[type(target)])
        _checked(target, value)
        return value
    _added(target, value)
    return value


def _added(target: Target, value: Json) -> None:
    """What an added fact needs: its passages, and of a figure its amount."""
    if isinstance(target, Named):
        _only(value, ("mentions",), ("kind",))
        _need(isinstance(value["mentions"], list) and bool(value["mentions"]), "mentions is to be a list of passages")
        passages = value["mentions"]
    else:
        amount = AMOUNT if isinstance(target, FigureTarget) else ()
        _only(value, ("evidence", *amount), ("period", "status", "upper") if amount else QUALIFIERS)
        passages = [value["evidence"]]
        _checked(target, {key: each for key, each in value.items() if key != "evidence"})
    for each in passages:
        fits = isinstance(each, dict) and all(type(each.get(key)) is kind for key, kind in PASSAGE.items())
        _need(fits, "a passage needs start, end and text")


def _checked(target: Target, value: Json) -> None:
    """Each slot of the kind that it takes."""
    for key, each in value.items():
        if key in ("subject", "object") and not (key == "subject" and each == "doc"):
            _entity(each, key)
        elif key in ("value", "upper"):
            number = isinstance(each, int | float) and not isinstance(each, bool) and isfinite(each)
            _need(number or (key == "upper" and each is None), f"{key} is to be a number")
        elif key not in ("subject", "object"):
            empty = (each is None and key in (*QUALIFIERS, "owner", "kind")) or (each == "" and key == "unit")
            _need(empty or (isinstance(each, str) and bool(each)), f"{key} is to be text")
    _need(isinstance(target, FigureTarget) or value.get("subject") != "doc", "only a figure is of the document")


def _written(target: Target) -> Json:
    if isinstance(target, Named):
        return _named(target)
    if isinstance(target, RelationTarget):
        ends = {"subject": _named(target.subject), "predicate": target.predicate, "object": _named(target.object)}
        return {**ends, **dict(target.qualifiers)}
    return {
        "metric": target.metric,
        "subject": _named(target.subject) if target.subject else "doc",
        **dict(target.slots),
    }


def _named(entity: Named) -> Json:
    owner = {"owner": entity.owner} if entity.owner else {}
    return {"type": entity.type, "name": entity.name, **owner}
