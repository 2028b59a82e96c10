"""Pairs of mentions: the counts are those of a hand-made gold, and the kept gold fits the kept items."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
DOCS = ("a.txt", "b.txt", "c.txt")


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """Three documents with a body each, two of which are one, and the items and annotations of it."""
    names = ("湘潭市发改委", "湘潭市发展和改革委员会", "株洲市发改委")
    records, mentions = [], []
    for doc, name in zip(DOCS, names, strict=True):
        quote = {"text": name, "start": 0, "end": len(name)}
        entity = {"id": "o1", "type": "Organisation", "name": name, "kind": "government", "mentions": [quote]}
        records.append({"doc": doc, "sha256": doc, "meta": {}, "entities": [entity], "relations": [], "figures": []})
        mentions.append({"doc": doc, "start": 0, "end": len(name), "type": "Organisation", "name": name, "owner": ""})
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    items = [{"id": 1, "stratum": "made up", "half": "tuning", "mentions": mentions}]
    (tmp_path / "items.json").write_text(json.dumps(items), encoding="utf-8")
    (tmp_path / "items-1.out").write_text("1: 1 2 | 3\n", encoding="utf-8")
    return tmp_path


def test_the_table_has_precision_and_recall_beside_the_baselines(drawn: Path) -> None:
    command = [sys.executable, str(BENCH / "pairs.py"), str(drawn / "records.jsonl"), "--adopt", str(drawn)]
    options = ["--items", str(drawn / "items.json"), "--gold", str(drawn / "gold.json"), "--errors"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| tuning")]
    told = {row[3]: [cell.strip(" |") for cell in row[4:]] for row in rows}
    assert told["merge nothing"] == ["1.000", "0.000", "0", "1"]
    assert told["merge equal names"] == ["1.000", "0.000", "0", "1"]
    assert told["kg"] == ["1.000", "1.000", "0", "0"]


def test_the_gold_is_a_partition_of_the_items() -> None:
    items = {item["id"]: item for item in json.loads((BENCH / "pairs" / "items.json").read_text(encoding="utf-8"))}
    gold = json.loads((BENCH / "pairs" / "gold.json").read_text(encoding="utf-8"))
    assert {int(number) for number in gold} <= set(items)
    for number, groups in gold.items():
        said = [mention for group in groups for mention in group]
        assert len(said) == len(set(said))
        assert set(said) <= set(range(1, len(items[int(number)]["mentions"]) + 1))
    assert {item["half"] for item in items.values()} == {"tuning", "unseen"}
    assert all("context" not in mention for item in items.values() for mention in item["mentions"])
