"""Probabilities of labels are those of all labellings counted one by one; clauses do not touch each other."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from kg.language.crf import Chain, Packed, marginals
from kg.language.network import Table
from kg.language.reading import Span

CLAUSES = [Span(0, 3), Span(4, 6), Span(6, 10)]


def chain(labels: int) -> Chain:
    chance = np.random.default_rng(7)
    steps, first, last = (chance.normal(size=size).astype(np.float32) for size in ((labels, labels), labels, labels))
    steps[1, 2] = -1e4  # cannot follow
    return Chain(steps, first, last)


def counted(chain: Chain, scores: np.ndarray) -> np.ndarray:
    """The same by going through all labellings."""
    length, labels = scores.shape
    total = np.zeros((length, labels))
    for path in product(range(labels), repeat=length):
        value = chain.first[path[0]] + chain.last[path[-1]] + sum(scores[i, label] for i, label in enumerate(path))
        value += sum(chain.steps[a, b] for a, b in pairwise(path))
        for i, label in enumerate(path):
            total[i, label] += np.exp(value)
    return total / total.sum(1, keepdims=True)


def test_marginals_are_those_of_all_labellings() -> None:
    scores = np.random.default_rng(8).normal(size=(10, 3)).astype(np.float32)
    found = marginals(chain(3), scores, CLAUSES)
    for clause in CLAUSES:
        wanted = counted(chain(3), scores[clause.start : clause.end])
        assert found[clause.start : clause.end] == pytest.approx(wanted, abs=1e-5)
    assert not found[3].any()  # in no clause


def test_a_clause_is_read_alike_in_any_company() -> None:
    scores = np.random.default_rng(9).normal(size=(10, 3)).astype(np.float32)
    together = marginals(chain(3), scores, CLAUSES)
    for clause in CLAUSES:
        alone = marginals(chain(3), scores, [clause])
        assert alone[clause.start : clause.end] == pytest.approx(together[clause.start : clause.end], abs=1e-6)


def test_packed_clauses_hold_every_word_once() -> None:
    clauses = [Span(i * 50, i * 50 + size) for i, size in enumerate((3, 40, 1, 0, 17, 3))]
    packed = Packed.of(clauses)
    assert sorted(packed.places.tolist()) == [place for c in clauses for place in range(c.start, c.end)]
    for step, (start, end) in enumerate(pairwise(packed.bounds)):
        wanted = [c.start + step for c in sorted(clauses, key=lambda c: c.start - c.end) if c.end - c.start > step]
        assert packed.places[start:end].tolist() == wanted


def test_where_no_clause_has_a_word_nothing_is_likely() -> None:
    assert not marginals(chain(3), np.ones((2, 3), np.float32), [Span(0, 0)]).any()


def test_whole_numbers_count_by_their_unit() -> None:
    table = Table.of(np.array([2, 5], np.int32), np.array([[1, 2], [10, 20]], np.int16), 3, np.float32(0.5))
    assert table.totals(np.array([[2, 0], [5, 1]])).tolist() == [[5.5, 11], [0, 0]]


def test_what_was_not_learnt_weighs_nothing() -> None:
    table = Table.of(np.array([2, 5], np.int32), np.array([[1, 2], [10, 20]], np.float32), 3)
    columns = np.array([[2, 0, 5], [5, 1, 5]])  # two kinds of feature, three characters
    assert table.totals(columns).tolist() == [[11, 22], [0, 0], [20, 40]]
