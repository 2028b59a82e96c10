"""``decisions.jsonl``: lines in and out, and what is refused, by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Decision, FigureTarget, Named, RelationTarget
from kg.store import StoreError, append_decisions, read_decisions
from kg.store.decisions import decision_line, parse_decision

HASH = "ab" * 32
BUREAU, PLACE = Named("Organisation", "示例市司法局"), Named("Place", "示例市")
HOTLINE = Named("Mechanism", "12345热线", "示例市")
PASSAGE = {"start": 0, "end": 3, "text": "示例市"}
ALL = (
    Decision("same", HOTLINE, Named("Mechanism", "12345政务服务便民热线", "示例市"), "李", "2024-01-31"),
    Decision("different", PLACE, Named("Place", "示例县"), "李", "2024-01-31", (HASH,)),
    Decision("add", BUREAU, {"mentions": [PASSAGE], "kind": "government"}, "李", "2024-01-31", (HASH,)),
    Decision(
        "add",
        RelationTarget(BUREAU, "jurisdiction", PLACE, (("period", "2021"),)),
        {"evidence": PASSAGE, "role": "lead"},
        "李",
        "2024-01-31",
        (HASH,),
    ),
    Decision(
        "add",
        FigureTarget("办结案件", None),
        {"evidence": PASSAGE, "text": "3件", "value": 3, "unit": "件", "bound": "exact"},
        "李",
        "2024-01-31",
        (HASH,),
    ),
    Decision("remove", FigureTarget("办结案件", BUREAU, (("period", None),)), None, "li", "2024-01-31", (HASH,)),
    Decision("replace", BUREAU, {"owner": None, "name": "示例市司法所"}, "li", "2024-01-31", (HASH, "cd" * 32)),
)


@pytest.mark.parametrize("decision", ALL, ids=lambda each: each.action)
def test_a_line_is_read_as_it_was_written(decision: Decision) -> None:
    assert parse_decision(decision_line(decision)) == decision


def changed(number: int, **values: object) -> str:
    return json.dumps({**json.loads(decision_line(ALL[number])), **values}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[]", "not an object"),
        ("{}", "no action, target, by, date"),
        (changed(0, note=""), "unknown key note"),
        (changed(0, action="merge"), "action 'merge' is none of"),
        (changed(0, by=""), "by is to name a person"),
        (changed(0, date="2024"), "date is to be a day"),
        (changed(0, target="12345"), "target is to be an object"),
        (changed(0, target={"type": "Place"}), "no name in it"),
        (changed(0, target={"type": "Place", "name": " "}), "target: type and name are to be text"),
        (changed(0, value=None), "value is to be an entity"),
        (changed(0, value={"type": "Mechanism", "name": "12345热线", "owner": "示例市"}), "same needs two"),
        (changed(0, source_hash="abc"), "source_hash is to be SHA-256"),
        (changed(2, source_hash=None), "add needs the source_hash of a document"),
        (changed(2, source_hash=[HASH, "cd" * 32]), "add needs the source_hash of one document"),
        (changed(2, value={"mentions": []}), "mentions is to be a list"),
        (changed(3, value={"evidence": {"start": 0, "end": 3}}), "a passage needs start, end and text"),
        (changed(3, value={}), "add needs a value"),
        (changed(4, value={"evidence": PASSAGE}), "no text, value, unit, bound in it"),
        (changed(5, value={"period": "2021"}), "remove takes no value"),
        (changed(6, value={"metric": "x"}), "unknown key metric"),
        (changed(6, value={"name": 3}), "name is to be text"),
    ],
)
def test_a_line_that_is_no_judgement_is_refused(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_decision(line)


def test_refused_lines_are_named_and_the_others_kept(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, ALL[:1])
    path.write_text(path.read_text(encoding="utf-8") + "{\n\n" + decision_line(ALL[1]), encoding="utf-8")
    append_decisions(path, ALL[2:3])
    found, refused = read_decisions([path])
    assert found == list(ALL[:3])
    assert [each.place for each in found] == ["decisions.jsonl:1", "decisions.jsonl:4", "decisions.jsonl:5"]
    assert len(refused) == 1
    assert refused[0].startswith("decisions.jsonl:2: no JSON")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xff")
    for name in ("a.jsonl", "b.jsonl"):
        with pytest.raises(StoreError, match=name):
            read_decisions([tmp_path / name])
