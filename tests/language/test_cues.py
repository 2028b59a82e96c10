"""Patterns that are tried only where their cue stands find what they find without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.knowledge import load
from kg.language.cues import Cued
from kg.language.numbers import Numbers
from kg.language.organisations import Organisations
from kg.language.places import Places
from kg.language.titles import Titles

# Something for each of them to find, at both ends of lines, and twice in one.
TEXT = """三分之二的村通了公路，另有1/3待建，占百分之五至百分之八
由1.25提高到1.5，系数为0.85
从1.65
提高到2.5
甲县、乙县分别有8、12和15所学校，10、20公里
中国共产党第二十届中央委员会第十四届全国人大五次会议主席团
全国政协十四届一次会议主席团
法治处处长、综合科负责人到会
（某政办发〔2022〕12号）和某府字（2021）第3号
财政、教育等有关部门和市民政部门、其他相关行政主管部门

公安机关、人民法院和区县人民政府，街道办事处负责
全市、我区、贵自治州，自治区、自治州和市属企业；县属高校
本局、我委，该中心。全会强调，贵公司
会议听取了某部关于渔船的报告、关于渔港的说明，通过了会议议程草案，审议了关于海岛的决定"""


def cued() -> Iterator[tuple[str, Cued]]:
    """All cued patterns, with their names."""
    knowledge = load()
    organisations = Organisations(knowledge)
    for owner in (Numbers(knowledge), Titles(knowledge), Places(knowledge), organisations, organisations.departments):
        for name, value in vars(owner).items():
            if isinstance(value, Cued):
                yield f"{type(owner).__name__}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*each, id=each[0]) for each in cued()])
def test_a_cue_hides_nothing(name: str, pattern: Cued) -> None:
    for text in (TEXT, TEXT.replace("\n", "\n\n"), f"\n{TEXT}\n"):
        found = [match.span() for match in pattern.finditer(text)]
        assert found, f"nothing to find for {name}"
        assert found == [match.span() for match in pattern.pattern.finditer(text)]


@pytest.mark.parametrize("kind", ["half", "quarter", "first_months", "until", "since", "plan", "year_to_date"])
def test_a_period_holds_what_its_sentence_is_asked_for(kind: str) -> None:
    text = "截至2022年8月底。2021年以来。今年上半年。二季度。前三个月。“十四五”期间。今年以来。自3月施行以来。6月末。"
    for row in load().patterns("periods")["pattern"]:
        if row["kind"] == kind:
            found = [match.group() for match in re.finditer(row["regex"], text) if match.group()]
            assert found
            assert all(row.get("holds", "") in each for each in found)
