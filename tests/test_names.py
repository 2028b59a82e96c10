"""A name as a person types it leads to the entity, or to the nearest names."""

from __future__ import annotations

import pytest

from kg.model import Entity, Graph, Quote
from kg.names import find, nearest


def entity(number: int, name: str, *wordings: str) -> Entity:
    mentions = tuple(Quote("a.txt", 0, len(wording), wording) for wording in wordings)
    return Entity(f"organisation/{number}", "Organisation", name, mentions)


@pytest.fixture
def graph() -> Graph:
    entities = (
        entity(1, "甲市司法局", "甲市司法局", "市司法局"),
        entity(2, "乙市司法局", "市司法局", "市司法局"),
        entity(3, "甲市“一窗通办”窗口", "“一窗通办”窗口"),
        entity(4, "丙县12345热线", "12345热线"),
    )
    return Graph((), entities, (), ())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("甲市司法局", [1]),
        ("organisation/3", [3]),
        ("市司法局", [2, 1]),  # who is called so oftener comes first
        ("甲市一窗通办窗口", [3]),
        ("１２３４５ 热线", [4]),
        ("丁市司法局", []),
    ],
)
def test_an_entity_is_found_by_any_of_its_names(graph: Graph, name: str, found: list[int]) -> None:
    assert [each.id for each in find(graph, name)] == [f"organisation/{number}" for number in found]


def test_the_nearest_names_come_first(graph: Graph) -> None:
    assert nearest(graph, "甲市司法厅")[0] == "甲市司法局"
    assert nearest(graph, "热线") == ("丙县12345热线",)
    assert nearest(graph, "南极洲") == ()
    assert len(nearest(graph, "市", most=2)) == 2
