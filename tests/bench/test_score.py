"""`make score` prints the numbers of the guidelines' scorer, and the page is what it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import quality
import score
from error_classes import classes

from kg.evaluate import Score

Halves = tuple[Path, list[score.Half]]


@pytest.fixture(scope="module")
def halves(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Halves:
    """Both halves, and the folder in which they were measured."""
    work = tmp_path_factory.mktemp("work")
    return work, score.measure_all(work)


def test_the_numbers_are_those_of_the_scorer(shared: Path, halves: Halves) -> None:
    work, measured = halves
    assert [half.name for half in measured] == ["dev", "unseen"]
    for half, gold in zip(measured, (shared / "gold" / "dev", work / "thawed"), strict=True):
        records = work / half.name / "records.jsonl"
        command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(records), "--json"]
        found = subprocess.run(
            command, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, timeout=120, check=True
        )
        assert half.report == json.loads(found.stdout)
        low, high = half.intervals["overall"]
        assert low < half.report["overall"] < high
        assert not half.failures


def test_every_error_has_one_class(halves: Halves) -> None:
    for half in halves[1]:
        counted = classes(half.gold, half.records, half.evaluation.documents)
        assert sum(counted.values()) == sum(len(each.errors) for each in half.evaluation.documents.values())


def test_the_page_says_the_number_first_and_no_unseen_error(halves: Halves) -> None:
    dev, unseen = halves[1]
    page = quality.page(dev, unseen)
    first = next(line for line in page.splitlines() if "unseen" in line.lower())  # what `make demo` prints
    assert first.startswith(f"unseen: overall {unseen.report['overall']:.2f} ")
    assert f"on {len(unseen.gold)} excerpts" in first
    printed = quality.printed(unseen)
    for document in unseen.evaluation.documents.values():
        for error in document.errors:
            assert error not in page
            assert error not in printed
    assert not any(doc.removesuffix(".txt") in page for doc in unseen.gold)


@pytest.mark.long
def test_the_page_is_what_this_version_measures(halves: Halves) -> None:
    assert score.PAGE.read_text(encoding="utf-8") == quality.page(*halves[1]), "run bench/score.py --write"


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
    assert "skipped: unseen" in said
    assert score.main(["--write"]) == 1
    assert "is left as it is" in capsys.readouterr().err
    assert not score.PAGE.exists()
    assert score.main(["--nonsense"]) == 2


def test_a_changed_source_stops_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    monkeypatch.setattr(score, "SHARED", tmp_path)
    assert score.main([]) == 1
    assert "no such file" in capsys.readouterr().err
