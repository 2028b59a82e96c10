"""`kg.evaluate` says what the project's scorer says, and says it of small cases whose answer is plain."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kg.evaluate import EvaluationError, evaluate

Json = dict[str, Any]

GOLD: Json = {
    "doc": "a.txt",
    "meta": {
        "title": "示例市工作报告",
        "publisher": "示例市司法局",
        "date": "2022-01-05",
        "genre": "report",
        "about": "l1",
    },
    "entities": [
        {"id": "l1", "type": "Place", "name": "示例市", "mentions": ["示例市", "全市"]},
        {"id": "o1", "type": "Organisation", "name": "示例市司法局", "mentions": ["示例市司法局", "市司法局"]},
        {"id": "o2", "type": "Organisation", "name": "示例市公安局", "mentions": ["市公安局"]},
        {"id": "o3", "type": "Organisation", "name": "示例市司法局办公室", "mentions": ["办公室"]},
        {"id": "p1", "type": "Policy", "kind": "document", "name": "示例市普法办法", "mentions": ["《普法办法》"]},
        {"id": "m1", "type": "Mechanism", "name": "普法清单", "mentions": ["普法清单"], "also": ["Policy"]},
        {"id": "m2", "type": "Mechanism", "name": "微信公众号", "mentions": ["公众号"], "optional": True},
    ],
    "relations": [
        {"subject": "o1", "predicate": "issues", "object": "p1", "evidence": "市司法局印发《普法办法》"},
        {"subject": "o1", "predicate": "cooperatesWith", "object": "o2", "evidence": "市司法局会同市公安局"},
        {"subject": "o1", "predicate": "jurisdiction", "object": "l1", "evidence": "示例市司法局"},
        {"subject": "o3", "predicate": "partOf", "object": "o1", "evidence": "办公室"},
        {"subject": "o1", "predicate": "implements", "object": "m1", "evidence": "推行普法清单", "optional": True},
    ],
    "figures": [
        {
            "id": "f1",
            "text": "约1.2万件",
            "value": 12000,
            "unit": "件",
            "bound": "about",
            "metric": "办结案件",
            "subject": ["o1", "l1"],
            "period": "2021",
            "status": "actual",
            "evidence": "办结案件约1.2万件",
        },
        {
            "id": "f2",
            "text": "5%",
            "value": 5,
            "unit": "%",
            "bound": "exact",
            "metric": "办结案件同比增长",
            "subject": ["doc"],
            "period": "2021-01/2021-12",
            "status": "actual",
            "evidence": "同比增长5%",
        },
    ],
}


def evaluated(tmp_path: Path, record: Json | None, gold: Json = GOLD) -> Json:
    """The report of one record judged by one gold graph."""
    (tmp_path / "gold").mkdir(exist_ok=True)
    (tmp_path / "gold" / "a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    lines = [] if record is None else [json.dumps(record)]
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = evaluate(tmp_path / "gold", tmp_path)
    return {**found.total.report(), "errors": found.documents["a.txt"].errors}


def record() -> Json:
    """What was extracted, all of it right."""
    return deepcopy(GOLD)


def test_the_gold_itself_is_all_right(tmp_path: Path) -> None:
    report = evaluated(tmp_path, record())
    assert report["overall"] == 1.0
    assert report["errors"] == []
    assert report["entity"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "gold": 6,
    }  # the optional one does not count
    assert report["relation"]["gold"] == 4
    assert report["figure strict"]["f1"] == 1.0
    assert all(row["accuracy"] == 1.0 for name, row in report.items() if name.startswith("slot "))


def test_a_document_that_was_not_built_is_all_missed(tmp_path: Path) -> None:
    report = evaluated(tmp_path, None)
    assert report["overall"] == 0.0
    assert report["entity"]["recall"] == report["relation"]["recall"] == report["figure"]["recall"] == 0.0
    assert "- Organisation 示例市司法局" in report["errors"]


def test_a_name_counts_but_for_width_quotes_and_spaces(tmp_path: Path) -> None:
    found = record()
    found["entities"][5]["name"] = "“普法 清单”"
    assert evaluated(tmp_path, found)["slot name"]["accuracy"] == 1.0


def test_another_type_that_the_gold_allows_is_right(tmp_path: Path) -> None:
    found = record()
    found["entities"][5]["type"] = "Policy"
    report = evaluated(tmp_path, found)
    assert report["entity"]["f1"] == 1.0
    found["entities"][5]["type"] = "Place"
    assert "+ Place 普法清单" in evaluated(tmp_path, found)["errors"]


def test_two_entities_in_one_cost_recall(tmp_path: Path) -> None:
    found = record()
    found["entities"][1]["mentions"] += found["entities"].pop(2)["mentions"]
    report = evaluated(tmp_path, found)
    assert (report["entity"]["precision"], report["entity"]["recall"]) == (1.0, 0.8333)


def test_cooperation_holds_either_way_round_and_other_relations_do_not(tmp_path: Path) -> None:
    found = record()
    for relation in found["relations"][:2]:
        relation["subject"], relation["object"] = relation["object"], relation["subject"]
    report = evaluated(tmp_path, found)
    assert report["relation cooperatesWith"]["f1"] == 1.0
    assert report["relation issues"]["f1"] == 0.0
    assert "+ 示例市普法办法 --issues--> 示例市司法局" in report["errors"]


def test_what_is_neither_required_nor_punished(tmp_path: Path) -> None:
    found = record()
    found["relations"] += [
        {"subject": "o3", "predicate": "jurisdiction", "object": "l1", "evidence": "办公室"},  # over its parent's place
        {"subject": "o1", "predicate": "establishes", "object": "m2", "evidence": "公众号"},  # an optional end
        {"subject": "o1", "predicate": "amends", "object": "p1", "evidence": "修改"},  # not scored
        found["relations"][0],  # said twice
    ]
    assert evaluated(tmp_path, found)["relation"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 4}
    found["relations"].append({"subject": "o2", "predicate": "jurisdiction", "object": "l1", "evidence": "市公安局"})
    assert evaluated(tmp_path, found)["relation"]["precision"] == 0.8


@pytest.mark.parametrize(
    ("slot", "value", "right"),
    [
        ("metric", "受理案件", False),
        ("metric", "件数", False),
        ("metric", "办结案件同比增长", False),
        ("metric", "办结的案件", True),
        ("subject", ["l1"], True),
        ("subject", ["o2"], False),
        ("subject", ["doc"], False),
        ("subject", [], False),
        ("bound", "exact", False),
        ("upper", 13000, False),
        ("period", "2021-01-01/2021-12-31", True),
        ("period", "2021-01/2021-11", False),
        ("period", None, False),
        ("status", "target", False),
    ],
)
def test_a_figure_is_judged_slot_by_slot(tmp_path: Path, slot: str, value: Any, right: bool) -> None:
    found = record()
    found["figures"][0][slot] = value
    report = evaluated(tmp_path, found)
    assert report["figure"]["f1"] == 1.0
    assert (report["figure strict"]["f1"] == 1.0) is right
    core = slot in ("metric", "subject") and not right
    assert (report["figure core"]["f1"] == 1.0) is not core


def test_a_figure_of_another_value_or_unit_is_extra_and_missed(tmp_path: Path) -> None:
    found = record()
    found["figures"][0]["value"] = 12001
    found["figures"][1]["unit"] = "倍"
    report = evaluated(tmp_path, found)
    assert report["figure"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 2}
    assert len(report["errors"]) == 4


def test_a_quotation_must_be_short_and_overlap(tmp_path: Path) -> None:
    found = record()
    found["relations"][0]["evidence"] = {"text": "示例" * 200 + "市司法局印发《普法办法》", "start": 0, "end": 413}
    found["relations"][1]["evidence"] = {"text": "市司法局会同市公安局、市检察院", "start": 0, "end": 15}
    assert evaluated(tmp_path, found)["slot relation evidence"] == {"accuracy": 0.75, "of": 4}


@pytest.mark.parametrize("doc", ["reports/a.txt", "a", "a.docx"])
def test_a_record_is_matched_with_or_without_folder_and_ending(tmp_path: Path, doc: str) -> None:
    assert evaluated(tmp_path, {**record(), "doc": doc})["overall"] == 1.0


def test_what_cannot_be_judged_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no \*\.gold\.json in it"):
        evaluate(tmp_path, tmp_path)
    evaluated(tmp_path, None)
    lines = (tmp_path / "records.jsonl", tmp_path / "gold")
    for text, said in (
        ("{", "records.jsonl:1: no JSON"),
        ("[]", "not an object"),
        ('{"doc": "x/a.md"}\n{"doc": "a.html"}', "2 records match: x/a.md, a.html"),
    ):
        lines[0].write_text(text, encoding="utf-8")
        with pytest.raises(EvaluationError, match=said):
            evaluate(lines[1], lines[0])
    lines[0].unlink()
    with pytest.raises(EvaluationError, match="no such file"):
        evaluate(lines[1], lines[0])


def spoiled(gold: Json, chance: Random) -> Json:
    """A record as an extractor might give it: things left out, wrongly named, wrongly linked, doubled."""
    found = deepcopy(gold)
    found["entities"] = [e for e in found["entities"] if chance.random() < 0.8]
    for entity in found["entities"]:
        entity["mentions"] = [
            {"text": m, "start": 0, "end": len(m)} for m in entity["mentions"] if chance.random() < 0.7
        ]
        if chance.random() < 0.2:
            entity["name"] = entity["name"][: len(entity["name"]) // 2 + 1]
        if chance.random() < 0.1:
            entity["type"] = chance.choice(["Organisation", "Place", "Policy", "Mechanism"])
    ids = [entity["id"] for entity in found["entities"]] or ["o1"]
    found["relations"] = [r for r in found["relations"] if chance.random() < 0.7]
    for relation in [*found["relations"]]:
        if chance.random() < 0.3:
            relation[chance.choice(["subject", "object"])] = chance.choice(ids)
        if chance.random() < 0.2:
            found["relations"].append({**relation, "predicate": chance.choice(["issues", "amends", "jurisdiction"])})
        relation["evidence"] = {"text": relation["evidence"][chance.randrange(3) :], "start": 0, "end": 1}
    found["figures"] = [f for f in found["figures"] if chance.random() < 0.8]
    for figure in found["figures"]:
        other = chance.choice(found["figures"])
        for slot in ("metric", "subject", "bound", "period", "status", "value", "evidence"):
            if chance.random() < 0.2:
                figure[slot] = other[slot]
    for slot in [*found["meta"]]:
        if chance.random() < 0.3:
            del found["meta"][slot]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_numbers_are_those_of_the_project_scorer(shared: Path, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((shared / "gold" / "dev").glob("*.gold.json"))]
    records = tmp_path / "records.jsonl"
    lines = [json.dumps(spoiled(gold, chance), ensure_ascii=False) for gold in golds if chance.random() < 0.95]
    records.write_text("\n".join(lines), encoding="utf-8")
    ours = evaluate(shared / "gold" / "dev", records)
    scorer = [sys.executable, shared / "gold" / "score.py", shared / "gold" / "dev", records]
    theirs = subprocess.run([*scorer, "--json"], capture_output=True, text=True, check=True)
    assert ours.total.report() == json.loads(theirs.stdout)
    assert 0.3 < ours.total.report()["overall"] < 0.9

    listed = subprocess.run([*scorer, "--errors", "100000"], capture_output=True, text=True, check=True).stdout
    for doc, score in ours.documents.items():
        block = listed.split(f"\n\n{doc}\n", 1)[1].split("\n\n", 1)[0]
        assert Counter(score.errors) == Counter(line.strip() for line in block.split("\n  ")[0:] if line.strip())


def test_what_a_person_has_corrected_is_judged_instead_of_what_was_read(tmp_path: Path) -> None:
    right, read = record(), record()
    read["entities"] = []
    (tmp_path / "a.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "records.jsonl").write_text(json.dumps(read) + "\n", encoding="utf-8")
    as_read = evaluate(tmp_path, tmp_path).total.report()
    corrected = evaluate(tmp_path, tmp_path, [json.dumps(right)]).total.report()
    assert as_read["entity"]["recall"] == 0 < corrected["entity"]["recall"] == 1
