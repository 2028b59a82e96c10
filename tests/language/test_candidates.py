"""The best set of stretches is the best; a stretch's number does not depend on where it stands."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.language.candidates import chosen
from kg.language.hashing import runs
from kg.language.reading import Span

spans = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5), st.integers(-3, 9)), max_size=7)


@given(spans)
def test_chosen_is_the_best_of_all_sets_without_overlap(drawn: list[tuple[int, int, int]]) -> None:
    candidates = [Span(start, start + size) for start, size, _ in drawn]
    gains = [float(gain) for _, _, gain in drawn]
    best = max(
        sum(gains[i] for i in some)
        for size in range(len(candidates) + 1)
        for some in combinations(range(len(candidates)), size)
        if not any(candidates[i].overlaps(candidates[j]) for i, j in combinations(some, 2))
    )
    found = chosen(candidates, gains)
    assert not any(candidates[i].overlaps(candidates[j]) for i, j in combinations(found, 2))
    assert sum(gains[i] for i in found) == best
    assert [candidates[i].start for i in found] == sorted(candidates[i].start for i in found)


@given(st.text(alphabet="甲乙丙", min_size=1, max_size=6), st.text(alphabet="甲乙丙丁", max_size=9))
def test_equal_runs_have_equal_numbers(text: str, before: str) -> None:
    values = np.array([ord(char) for char in before + text + "。" + text], np.uint64)
    first, second = len(before), len(before) + len(text) + 1
    found = runs(values, np.array([first, second]), np.array([first, second]) + len(text))
    assert found[0] == found[1]


@given(st.text(alphabet="甲乙丙", max_size=6), st.text(alphabet="甲乙丙", max_size=6))
def test_other_runs_have_other_numbers(left: str, right: str) -> None:
    values = np.array([ord(char) for char in left + right], np.uint64)
    found = runs(values, np.array([0, len(left)]), np.array([len(left), len(left + right)]))
    assert (found[0] == found[1]) == (left == right)
