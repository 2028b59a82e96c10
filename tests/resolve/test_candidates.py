"""Names that may mean the same: found by blocking, the same for any order of names."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Named
from kg.resolve.candidates import ALIKE, _pairs, candidates, short_for


def found(*names: Named) -> list[tuple[str, str]]:
    return [(full.name, short.name) for full, short, _ in candidates(names)]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("盘锦市市场监督管理局", "盘锦市市场监管局"),
        ("盘锦市营商环境建设局", "盘锦市营商局"),
        ("12345政务服务便民热线", "12345热线"),
    ],
)
def test_a_name_and_what_is_short_for_it(full: str, short: str) -> None:
    assert found(Named("Organisation", short), Named("Organisation", full)) == [(full, short)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("沈阳市司法局", "沈阳市沈河区司法局"),
        ("盘锦市司法局", "盘山县司法局"),
        ("盘锦市2021年普法计划", "盘锦市2022年普法计划"),
        ("12345热线", "12348热线"),
    ],
)
def test_names_of_two_things(left: str, right: str) -> None:
    assert found(Named("Organisation", left), Named("Organisation", right)) == []


def test_other_types_and_other_owners_are_other_things() -> None:
    names = [Named("Mechanism", "首违不罚制度", "甲市"), Named("Mechanism", "首违不罚清单制度", "乙市")]
    assert found(*names) == []
    assert found(names[0], Named("Policy", "首违不罚清单制度", "甲市")) == []
    assert found(names[0], Named("Mechanism", "首违不罚清单制度")) == [("首违不罚清单制度", "首违不罚制度")]


NAMES = st.lists(
    st.builds(Named, st.sampled_from(["Policy", "Mechanism"]), st.text("盘锦营商环境建设局", min_size=1, max_size=8)),
    max_size=30,
    unique=True,
)


@given(names=NAMES, data=st.data())
def test_blocking_misses_no_pair_and_order_does_not_show(names: list[Named], data: st.DataObject) -> None:
    def fits(left: Named, right: Named) -> bool:
        short, full = sorted((left.name, right.name), key=len)
        pairs = [_pairs(short), _pairs(full)]
        total = sum(map(len, pairs))
        alike = 2 * len(pairs[0] & pairs[1]) / total if total else 0
        return left.type == right.type and alike >= ALIKE and short_for(short, full)

    blocked = list(candidates(names))
    wanted = {frozenset(pair) for pair in combinations(names, 2) if fits(*pair)}
    assert {frozenset(pair[:2]) for pair in blocked} == wanted
    assert len(blocked) == len(wanted)
    assert list(candidates(data.draw(st.permutations(names)))) == blocked
