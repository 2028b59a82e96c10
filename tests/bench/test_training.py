"""What is trained on is apart from what is reported, marks are read as they stand, and the slope is that of the value."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from crf_training import UNKNOWN, Example, Labelling
from draw_gold import DEVELOPMENT, family, overlap
from freeze_gold import FROZEN
from marked import FROZEN as MARKED
from marked import marks
from network_training import Plan, Trainer

from kg.language.labels import LABELS, write
from kg.language.network import Network
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
        assert set(each) - {"relations"} == {"file", "start", "end", "sha256", "names"}
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
def labelling() -> Labelling:
    """Two short texts, in one of which a stretch may be read either way."""
    chance = np.random.default_rng(5)
    examples = []
    for unknown in (False, True):
        labels = np.zeros(9, np.int64)
        write(labels, 1, 4, "ORG")
        write(labels, 5, 6, "MEC")
        if unknown:
            labels[5:7] = UNKNOWN
        examples.append(Example(np.zeros((2, 9), np.int64), labels, [Span(0, 4), Span(4, 9)]))
    found = Labelling(examples)
    for each in found.chain:
        each.weights[:] = chance.normal(scale=0.3, size=each.weights.shape)
    return found


def test_the_slope_is_that_of_the_value(labelling: Labelling) -> None:
    chance = np.random.default_rng(6)
    (columns,) = labelling.batches
    scores = chance.normal(scale=0.3, size=(len(columns), len(LABELS))).astype(np.float32)
    _, slope, of_chain = labelling.value(columns, scores)
    for array, known in ((scores, slope), *zip((a.weights for a in labelling.chain), of_chain, strict=True)):
        for index in chance.choice(array.size, 12, replace=False):
            values = []
            for step in (1e-2, -2e-2):
                array.flat[index] += step
                values.append(labelling.value(columns, scores)[0])
            array.flat[index] += 1e-2
            assert known.flat[index] == pytest.approx((values[0] - values[1]) / 2e-2, abs=2e-3)


def test_a_name_across_the_end_of_a_clause_is_not_taught() -> None:
    labels = np.zeros(6, np.int64)
    write(labels, 1, 5, "ORG")
    found = Labelling([Example(np.zeros((2, 6), np.int64), labels, [Span(0, 3), Span(3, 6)])])
    assert found.batches == []


def test_features_count_together() -> None:
    """Either of two features makes the second class, both the first: no sum of their weights says so."""
    both = np.array([[1, 1, 2, 2], [3, 4, 3, 4]], np.int64)
    wanted = np.array([0, 1, 1, 0])
    columns, wanted = np.tile(both, 50), np.tile(wanted, 50)

    def slope(some: np.ndarray, scores: np.ndarray, rate: float) -> np.ndarray:
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        likely[np.arange(len(some)), wanted[some]] -= 1
        return likely

    plan = Plan(hidden=8, rounds=60, rate=2e-2, features_out=0.0, units_out=0.0, seldom=1)
    network = Trainer([columns], 3, 2, plan).fitted(np.array_split(np.arange(200), 10), slope)
    again = Network.load(network.kept("n", 0.0), "n", 3)
    for each in (network, again):
        assert each.probabilities(both).argmax(1).tolist() == [0, 1, 1, 0]
