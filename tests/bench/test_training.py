"""What is trained on is apart from what is reported, marks are read as they stand, and the slope is that of the value."""

from __future__ import annotations

import json
from pathlib import Path

import crf_training
import numpy as np
import pytest
from crf_training import UNKNOWN, Example, Objective
from draw_gold import DEVELOPMENT, family, overlap
from freeze_gold import FROZEN
from marked import FROZEN as MARKED
from marked import marks

from kg.language.labels import LABELS, write
from kg.language.reading import Span

TRAINING = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(MARKED.glob("*.json"))]
GOLD = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FROZEN.glob("[uvw]*.json"))]


def test_no_family_of_the_unseen_gold_is_trained_on() -> None:
    unseen = {family(Path(each["file"])) for each in GOLD if each["half"] == "unseen"}
    assert len(TRAINING) > 280 and len(unseen) > 30
    assert unseen.isdisjoint(family(Path(each["file"])) for each in TRAINING)


def test_no_passage_of_the_tuned_gold_is_trained_on() -> None:
    tuned = [each for each in GOLD if each["half"] == "tuned"]
    assert not [(a["file"], a["start"]) for a in TRAINING for b in tuned if overlap(a, b)]


def test_no_development_document_is_trained_on() -> None:
    assert not [each["file"] for each in TRAINING if DEVELOPMENT.search(each["file"])]


def test_no_passage_is_trained_on_twice() -> None:
    pairs = [(a, b) for i, a in enumerate(TRAINING) for b in TRAINING[i + 1 :]]
    assert not [(a["file"], a["start"]) for a, b in pairs if overlap(a, b)]


def test_no_sentence_is_kept() -> None:
    for each in TRAINING:
        assert set(each) == {"file", "start", "end", "sha256", "names"}
        assert all(isinstance(start, int) and isinstance(end, int) for start, end, *_ in each["names"])


@pytest.mark.parametrize(
    ("text", "lines", "wanted"),
    [
        ("市局与市局", "ORG\t市局", [(0, 2, "ORG", True), (3, 5, "ORG", True)]),
        ("印发《普法办法》", "DOC\t普法办法", [(2, 8, "DOC", True)]),
        ("市委政法委", "ORG\t市委\nORG\t市委政法委", [(0, 5, "ORG", True)]),
        ("修路工程", "PRG\t修路工程\t?", [(0, 4, "PRG", False)]),
    ],
)
def test_marks_are_every_occurrence_the_longest_first(text: str, lines: str, wanted: list[object]) -> None:
    assert marks(text, lines) == wanted


@pytest.fixture
def objective(monkeypatch: pytest.MonkeyPatch) -> Objective:
    """Two short texts with seven features, in one of which a stretch may be read either way."""
    monkeypatch.setattr(crf_training, "SELDOM", 1)
    chance = np.random.default_rng(5)
    examples = []
    for unknown in (False, True):
        labels = np.zeros(9, np.int64)
        write(labels, 1, 4, "ORG")
        write(labels, 5, 6, "MEC")
        if unknown:
            labels[5:7] = UNKNOWN
        examples.append(Example(chance.integers(0, 7, size=(2, 9)), labels, [Span(0, 4), Span(4, 9)]))
    return Objective(examples, 3)


def test_the_slope_is_that_of_the_value(objective: Objective) -> None:
    chance = np.random.default_rng(6)
    size = len(objective.features) * len(LABELS) + len(LABELS) ** 2 + 2 * len(LABELS)
    weights = chance.normal(scale=0.3, size=size)
    _, slope = objective(weights)
    for index in chance.choice(size, 40, replace=False):
        step = np.zeros(size)
        step[index] = 1e-2
        numeric = (objective(weights + step)[0] - objective(weights - step)[0]) / 2e-2
        assert slope[index] == pytest.approx(numeric, abs=2e-3)
