"""`make score` prints the numbers of the guidelines' scorer, and the page is what it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import error_classes
import pytest
import quality
import score
from error_classes import Round

from kg.evaluate import Score

All = tuple[Path, dict[str, score.Measured]]


@pytest.fixture(scope="module")
def measured(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> All:
    """Dev and both halves of our own gold, and the folder in which they were measured."""
    work = tmp_path_factory.mktemp("work")
    return work, score.measure_all(work)


def test_the_numbers_are_those_of_the_scorer(shared: Path, measured: All) -> None:
    work, found = measured
    assert list(found) == ["dev", "tuned", "unseen", "calibrating", "written", "written apart"]
    thawed = (work / "thawed" / half for half in ("tuned", "unseen", "calibrating"))
    written = (score.ROOT / "bench" / "written" / half for half in ("tuned", "apart"))
    folders = (shared / "gold" / "dev", *thawed, *written)
    for each, gold in zip(found.values(), folders, strict=True):
        records = work / each.name / "records.jsonl"
        command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(records), "--json"]
        scorer = subprocess.run(
            command, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, timeout=120, check=True
        )
        assert each.report == json.loads(scorer.stdout)
        low, high = each.intervals["overall"]
        assert low < each.report["overall"] < high
        assert not each.failures


def test_the_batches_of_a_half_are_the_half(measured: All) -> None:
    unseen = measured[1]["unseen"]
    batches = [unseen.batch("u"), unseen.batch("w"), unseen.batch("h")]
    assert [len(each.gold) for each in batches] == [18, 16, 19]
    assert sum(each.report["entity"]["gold"] for each in batches) == unseen.report["entity"]["gold"]
    assert {doc for each in batches for doc in each.records} == set(unseen.records) == set(unseen.scores)


def test_every_error_has_one_class(measured: All) -> None:
    for each in measured[1].values():
        assert sum(each.errors.values()) == sum(len(its.errors) for its in each.scores.values())


def test_the_page_says_the_number_first_and_no_unseen_error(measured: All) -> None:
    unseen = measured[1]["unseen"]
    page = score.page(measured[1])
    first = next(line for line in page.splitlines() if "unseen" in line.lower())  # what `make demo` prints
    assert first.startswith(f"unseen: overall {unseen.report['overall']:.2f} ")
    assert f"on {len(unseen.gold)} excerpts" in first
    printed = quality.printed(unseen)
    for document in unseen.scores.values():
        for error in document.errors:
            assert error not in page
            assert error not in printed
    assert not any(doc.removesuffix(".txt") in page for doc in unseen.gold)


def test_the_classes_of_errors_are_those_of_dev_and_tuned(measured: All) -> None:
    dev, tuned, *_ = measured[1].values()
    counted = score.readable(measured[1].values())
    assert counted.documents == len(dev.gold) + len(tuned.gold)
    assert counted.classes == dev.errors + tuned.errors


@pytest.mark.long
def test_the_page_is_what_this_version_measures(measured: All) -> None:
    assert score.PAGE.read_text(encoding="utf-8") == score.page(measured[1]), "run bench/score.py --write"


def test_a_round_is_kept_beside_the_others(tmp_path: Path) -> None:
    path = tmp_path / "rounds.json"
    assert error_classes.rounds(path) == {}
    for name, counted in (("first", 3), ("second", 2), ("first", 4)):
        error_classes.keep(name, Round(5, Counter({"figure missed": counted})), path)
    kept = error_classes.rounds(path)
    assert kept == {"first": Round(5, {"figure missed": 4}), "second": Round(5, {"figure missed": 2})}
    assert list(kept) == ["first", "second"]


def test_classes_that_were_common_stand_beside_what_is_left_of_them() -> None:
    before = {"was common": 90, **{f"class {number:02d}": 40 - number for number in range(quality.CLASSES)}}
    table = quality._errors({"before": Round(7, before), "now": Round(8, {"class 00": 3, "is new": 2})})
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert rows[0] == "| class | before, 7 documents | now, 8 documents |"
    assert rows[2:4] == ["| was common | 90 | 0 |", "| class 00 | 40 | 3 |"]
    assert rows[-2:] == ["| 2 rarer classes | 16 | 2 |", f"| all | {sum(before.values())} | 5 |"]


def test_intervals_of_documents_that_are_alike_are_points() -> None:
    one = Score()
    one.count("found", "entity", "relation", "figure core")
    one.count("missed", "entity", "relation", "figure core")
    low, high = score.intervals([one, one, one])["overall"]
    assert low == high == pytest.approx(2 / 3)


def test_intervals_are_the_same_every_time_and_wider_for_documents_that_differ() -> None:
    good, bad = Score(), Score()
    good.count("found", "entity", "relation", "figure core")
    bad.count("missed", "entity", "relation", "figure core")
    once = score.intervals([good, bad, good])
    assert once == score.intervals([good, bad, good])
    low, high = once["overall"]
    assert low < 0.8 < high == 1


def test_it_skips_visibly_without_the_shared_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(score, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(score, "PAGE", tmp_path / "quality.md")
    assert score.main([]) == 0
    said = capsys.readouterr().out
    assert "skipped: dev" in said
    assert "skipped: tuned and unseen" in said
    assert score.main(["--write"]) == 1
    assert "nothing is written" in capsys.readouterr().err
    assert not score.PAGE.exists()


def test_a_changed_source_stops_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    monkeypatch.setattr(score, "SHARED", tmp_path)
    assert score.main([]) == 1
    assert "no such file" in capsys.readouterr().err
