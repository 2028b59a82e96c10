"""A hundred thousand distinct names: resolved in minutes, with memory that grows with the names alone, in any order."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from kg.knowledge import load
from kg.model import Decision, DocumentGraph, Entity, Evidence, Meta, Named, Quote, Relation
from kg.resolve import Decisions, corpus
from kg.resolve.candidates import candidates
from kg.resolve.spelling import spelled

pytestmark = pytest.mark.long
NAMES = 100_000
DOCUMENTS = 500
MINUTES = 5
KILOBYTES = 6  # a name, at most, beyond what its records take


def names(count: int) -> Iterator[Named]:
    """Bodies of every county by department, each in full and in one short form, then mechanisms of their places."""
    # Each of another thing: no two stems of one department, no county whose name another one has.
    departments: list[str] = []
    seen: set[str] = set()
    for stem in sorted(load().words("departments")):
        forms = {spelled("Organisation", f"湘潭市{stem}{ending}") for ending in ("局", "管理局")}
        if len(forms) == 2 and not forms & seen and len(departments) < 40:
            departments.append(stem)
            seen |= forms
    counties = Counter(place.name for place in load().places if place.level == "county")
    places = [name for name, count in counties.items() if count == 1]
    listed = (
        f"{place}{department}{ending}"
        for place in places
        for department, ending in product(departments, ("局", "管理局"))
    )
    for _, name in zip(range(count), dict.fromkeys(listed), strict=False):
        yield Named("Organisation", name)


def documents(listed: list[Named]) -> list[DocumentGraph]:
    """The names in documents, each name in two of them, with a relation from each to the next."""
    found = []
    size = len(listed) // DOCUMENTS
    for number in range(DOCUMENTS):
        doc = f"{number:04}.txt"
        chosen = listed[number * size : (number + 2) * size]
        chosen += listed[: max(0, 2 * size - len(chosen))]
        entities = tuple(
            Entity(f"o{at}", each.type, each.name, (Quote(doc, 0, len(each.name), each.name),), owner=each.owner)
            for at, each in enumerate(chosen)
        )
        relations = tuple(
            Relation(f"o{at}", "directs", f"o{at + 1}", (Evidence(Quote(doc, 0, 1, "甲")),))
            for at in range(len(chosen) - 1)
        )
        found.append(DocumentGraph(doc, f"{number:064x}", Meta(), entities, relations, ()))
    return found


def test_a_hundred_thousand_names_in_minutes_and_in_any_order() -> None:
    listed = list(names(NAMES))
    assert len(set(listed)) == NAMES
    read = documents(listed)
    same = [
        Decision("same", left, right, "李", "2024-01-31")
        for left, right in zip(listed[:1000], listed[1000:2000], strict=True)
    ]
    results = []
    for seed in (0, 1):
        random.Random(seed).shuffle(read)
        random.Random(seed).shuffle(same)
        started = time.monotonic()
        found = Decisions(same, (each.sha256 for each in read))
        graph = corpus(found.corrected(read, {}), found.identities)
        pairs = list(candidates(Named(each.type, each.name, each.owner) for each in graph.entities))
        seconds = time.monotonic() - started
        assert seconds < MINUTES * 60
        results.append((graph, pairs))
    same_again = results[0] == results[1]  # named, since a difference of this size takes hours to print
    assert same_again
    assert len(results[0][0].entities) == NAMES - 1000
    # What blocking is for: the short form of each is found although there are five thousand million pairs.
    found_pairs = {(full.name, short.name) for full, short, _ in results[0][1]}
    left = {each.name for each in results[0][0].entities}
    wanted = {(name, short) for name in left if (short := name.replace("管理局", "局")) != name and short in left}
    recall = len(wanted & found_pairs) / max(1, len(wanted))
    assert len(wanted) > NAMES / 3
    assert recall > 0.99
    assert len(found_pairs) < 4 * NAMES


def test_time_and_memory_grow_with_the_names_not_with_their_pairs() -> None:
    costs = []
    for count in (NAMES // 8, NAMES // 2):
        listed = list(names(count))
        tracemalloc.start()
        started = time.monotonic()
        assert sum(1 for _ in candidates(listed)) > count / 3
        seconds, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < count * KILOBYTES * 1000
        costs.append((seconds, peak))
    (first, small), (second, large) = costs
    assert large < small * 4 * 1.5
    assert second < max(first, 1.0) * 4 * 3  # pairs of all with all would be sixteen times as many
