"""Gold is kept without its sentences, comes back whole, and only from the text that was annotated."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import draw_gold
import freeze_gold
import pytest
from freeze_gold import FROZEN, HALVES, TUNED, UNSEEN, FrozenError, freeze, names, thaw

Json = dict[str, Any]

SOURCE = "前言。\n示例市司法局印发《示例市普法办法》。\n我局办结案件\n62.5万件。\n后记。\n"
START, END = SOURCE.index("示例"), SOURCE.index("\n后记")
GOLD: Json = {
    "doc": "u01-reports.txt",
    "meta": {"title": None, "publisher": "示例市司法局", "date": None, "genre": "report", "about": None},
    "entities": [
        {"id": "o1", "type": "Organisation", "name": "示例市司法局", "mentions": ["示例市司法局", "我局"]},
        {
            "id": "p1",
            "type": "Policy",
            "kind": "document",
            "name": "示例市普法办法",
            "mentions": ["《示例市普法办法》"],
        },
    ],
    "relations": [
        {"subject": "o1", "predicate": "issues", "object": "p1", "evidence": "示例市司法局印发《示例市普法办法》"}
    ],
    "figures": [
        {
            "id": "f1",
            "text": "62.5万件",
            "value": 625000,
            "unit": "件",
            "bound": "exact",
            "metric": "办结案件",
            "subject": ["o1"],
            "period": None,
            "status": "actual",
            "evidence": "我局办结案件\n62.5万件",
        }
    ],
}


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    """Two annotators and an adjudicator of one excerpt, who agree."""
    folder = tmp_path / "annotations"
    for part in ("texts", "A", "B", "gold"):
        (folder / part).mkdir(parents=True)
    quote = SOURCE[START:END]
    where = {"file": "reports/示例.txt", "start": START, "end": END}
    drawn = [{"name": "u01-reports", **where, "sha256": hashlib.sha256(quote.encode()).hexdigest()}]
    (folder / "texts" / "excerpts.json").write_text(json.dumps(drawn), encoding="utf-8")
    (folder / "texts" / "u01-reports.txt").write_text(quote + "\n", encoding="utf-8")
    for annotator in ("A", "B", "gold"):
        write(folder / annotator, GOLD)
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The file that the excerpt was cut from, as files of another system are."""
    folder = tmp_path / "corpus"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "示例.txt").write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    return folder


def write(folder: Path, gold: Json) -> None:
    (folder / "u01-reports.gold.json").write_text(json.dumps(gold), encoding="utf-8")


def redraw(annotations: Path, **changes: str) -> None:
    """Change what is said of the excerpt."""
    path = annotations / "texts" / "excerpts.json"
    drawn = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([{**drawn[0], **changes}]), encoding="utf-8")


def strings(value: object, key: str = "") -> list[tuple[str, str]]:
    """Every string in the value, with the key that it stands under."""
    if isinstance(value, dict):
        return [found for name, each in value.items() for found in strings(each, name)]
    if isinstance(value, list):
        return [found for each in value for found in strings(each, key)]
    return [(key, value)] if isinstance(value, str) else []


def test_what_was_frozen_comes_back(annotations: Path, corpus: Path, tmp_path: Path) -> None:
    freeze(annotations, tmp_path / "frozen")
    thaw(corpus, tmp_path / "out", tmp_path / "frozen")
    assert json.loads((tmp_path / "out" / "unseen" / "u01-reports.gold.json").read_text(encoding="utf-8")) == GOLD
    assert (tmp_path / "out" / "unseen" / "u01-reports.txt").read_text(encoding="utf-8") == SOURCE[START:END] + "\n"


def test_evidence_is_found_across_a_line_end(annotations: Path, corpus: Path, tmp_path: Path) -> None:
    gold = json.loads(json.dumps(GOLD))
    gold["figures"][0]["evidence"] = "我局办结案件62.5万件"
    write(annotations / "gold", gold)
    freeze(annotations, tmp_path / "frozen")
    thaw(corpus, tmp_path / "out", tmp_path / "frozen")
    found = json.loads((tmp_path / "out" / "unseen" / "u01-reports.gold.json").read_text(encoding="utf-8"))
    assert found["figures"][0]["evidence"] == "我局办结案件\n62.5万件"


def test_a_changed_source_is_refused(annotations: Path, corpus: Path, tmp_path: Path) -> None:
    freeze(annotations, tmp_path / "frozen")
    (corpus / "reports" / "示例.txt").write_text(SOURCE.replace("62.5", "62.6"), encoding="utf-8")
    with pytest.raises(FrozenError, match=r"示例\.txt: characters 4:37 are not those that were annotated"):
        thaw(corpus, tmp_path / "out", tmp_path / "frozen")
    (corpus / "reports" / "示例.txt").unlink()
    with pytest.raises(FrozenError, match=r"示例\.txt: no such file"):
        thaw(corpus, tmp_path / "out", tmp_path / "frozen")


def test_a_change_elsewhere_in_the_source_is_none(annotations: Path, corpus: Path, tmp_path: Path) -> None:
    freeze(annotations, tmp_path / "frozen")
    (corpus / "reports" / "示例.txt").write_text(SOURCE.replace("后记", "附录"), encoding="utf-8")
    thaw(corpus, tmp_path / "out", tmp_path / "frozen")


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        ("entities", {"name": "示例市司法局印发《示例市普法办法》。"}, "is no name"),
        ("entities", {"mentions": ["示" * 61]}, "is no name"),
        ("entities", {"note": "示例市司法局"}, "not in the file format"),
        ("figures", {"metric": "示" * 41}, "is no name"),
        ("relations", {"evidence": "别处的话"}, "does not stand in the text"),
    ],
)
def test_what_is_no_name_is_not_stored(annotations: Path, tmp_path: Path, part: str, change: Json, reason: str) -> None:
    gold = json.loads(json.dumps(GOLD))
    gold[part][0] |= change
    write(annotations / "gold", gold)
    with pytest.raises(FrozenError, match=reason):
        freeze(annotations, tmp_path / "frozen")


def test_agreement_of_those_who_agree(annotations: Path, tmp_path: Path) -> None:
    freeze(annotations, tmp_path / "frozen")
    counted = json.loads((tmp_path / "frozen" / freeze_gold.AGREEMENT).read_text(encoding="utf-8"))
    assert counted["sparing"]["A judges B"]["u01-reports"]["entity"] == [2, 0, 0]
    assert counted["all"]["B judges A"]["u01-reports"]["figure strict"] == [1, 0, 0]


def test_more_is_added_to_what_is_frozen(annotations: Path, tmp_path: Path) -> None:
    freeze(annotations, tmp_path / "frozen")
    first = (tmp_path / "frozen" / "u01-reports.json").read_bytes()
    for path in sorted(annotations.glob("*/u01-reports.*")):
        path.rename(path.with_name(path.name.replace("u01", "v01")))
    redraw(annotations, name="v01-reports", half=TUNED)
    for annotator in ("A", "B", "gold"):
        path = annotations / annotator / "v01-reports.gold.json"
        path.write_text(json.dumps({**GOLD, "doc": "v01-reports.txt"}), encoding="utf-8")
    freeze(annotations, tmp_path / "frozen")
    assert names(tmp_path / "frozen") == ("u01-reports", "v01-reports")
    assert (tmp_path / "frozen" / "u01-reports.json").read_bytes() == first
    assert json.loads((tmp_path / "frozen" / "v01-reports.json").read_text(encoding="utf-8"))["half"] == TUNED
    counted = json.loads((tmp_path / "frozen" / freeze_gold.AGREEMENT).read_text(encoding="utf-8"))
    for rule in ("sparing", "all"):
        assert all(list(documents) == ["u01-reports", "v01-reports"] for documents in counted[rule].values())


def test_what_annotators_were_told_is_told_when_it_is_thawed(annotations: Path, corpus: Path, tmp_path: Path) -> None:
    redraw(annotations, half=TUNED)
    freeze(annotations, tmp_path / "frozen", told=True)
    thaw(corpus, tmp_path / "out", tmp_path / "frozen")
    half = tmp_path / "out" / TUNED
    assert {path.name for path in half.iterdir()} == {"u01_示例.txt", "u01_示例.gold.json"}
    found = json.loads((half / "u01_示例.gold.json").read_text(encoding="utf-8"))
    assert found == {**GOLD, "doc": "u01_示例.txt"}


def test_a_half_that_is_none_is_refused(annotations: Path, tmp_path: Path) -> None:
    redraw(annotations, half="third")
    with pytest.raises(FrozenError, match=r"half 'third' in excerpts\.json; it is one of unseen, tuned"):
        freeze(annotations, tmp_path / "frozen")


def test_nothing_is_stored_that_may_be_a_sentence() -> None:
    assert len(names()) >= 54
    for path in sorted(FROZEN.iterdir()):
        assert path.suffix == ".json", path.name
        for key, words in strings(json.loads(path.read_text(encoding="utf-8"))):
            if key in ("title", "doc", "file", "sha256"):
                continue
            assert len(words) <= 60, (path.name, key, words[:20])
            assert not freeze_gold.SENTENCE.search(words), (path.name, key, words[:20])


def test_evidence_is_stored_as_offsets() -> None:
    for name in names():
        kept = json.loads((FROZEN / f"{name}.json").read_text(encoding="utf-8"))
        assert kept["half"] in HALVES
        for each in [*kept["relations"], *kept["figures"]]:
            start, end = each["evidence"]
            assert 0 <= start < end <= kept["end"] - kept["start"], name


def test_no_family_is_in_both_halves() -> None:
    families: dict[str, set[str]] = {half: set() for half in HALVES}
    for name in names():
        kept = json.loads((FROZEN / f"{name}.json").read_text(encoding="utf-8"))
        families[kept["half"]].add(draw_gold.family(Path(kept["file"])))
    assert len(families[UNSEEN]) > 30
    assert not families[UNSEEN] & families[TUNED]


def test_the_kept_gold_thaws_and_keeps_the_rules(shared: Path, tmp_path: Path) -> None:
    thaw(shared / "corpus", tmp_path)
    thawed = sorted(tmp_path.glob("*/*.txt"))
    assert len(thawed) == len(names())
    for text in thawed:
        gold = text.with_name(text.name.removesuffix(".txt") + ".gold.json")
        command = [sys.executable, str(shared / "gold" / "check.py"), str(gold), str(text)]
        found = subprocess.run(command, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, timeout=60)
        assert found.returncode == 0, f"{text.name}: {found.returncode}, run it on what freeze_gold.py thaws"


def test_the_command_skips_visibly_where_there_is_no_corpus(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(freeze_gold, "SHARED", tmp_path / "nowhere")
    assert freeze_gold.main(["thaw", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("skipped: no folder")
    assert freeze_gold.main(["melt"]) == freeze_gold.main(["thaw", "a", "--told"]) == freeze_gold.main([]) == 2
