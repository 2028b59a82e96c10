"""Names for readers abroad: pinyin for all, English where a list or a rule has it, and what a rule made is marked."""

from __future__ import annotations

import re

import pytest

from kg.export.networkx import to_networkx
from kg.export.rdf import to_rdflib
from kg.export.romanised import pinyin, romanised
from kg.export.tables import to_pandas
from kg.knowledge import load
from kg.model import Entity, Graph, Quote


def english(type_: str, name: str) -> tuple[str | None, str | None]:
    found = romanised(Entity("e", type_, name, ()))
    return found.english, found.source


@pytest.mark.parametrize(
    ("name", "called", "source"),
    [
        ("盘锦市", "Panjin City", "official"),
        ("西藏自治区", "Xizang Autonomous Region", "official"),
        ("陕西省", "Shaanxi Province", "official"),
        ("呼伦贝尔市", "Hulunbuir City", "official"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region", "official"),
        ("呼和浩特市", "Hohhot City", "official"),
        ("锡林郭勒盟", "Xilingol League", "official"),
        ("鄂尔多斯市", "Ordos City", "official"),
        ("乌鲁木齐市", "Urumqi City", "official"),
        ("喀什地区", "Kashi Prefecture", "official"),
        ("库尔勒市", "Korla City", "official"),
        ("塔什库尔干塔吉克自治县", "Taxkorgan Tajik Autonomous County", "official"),
        ("拉萨市", "Lhasa City", "official"),
        ("林芝市", "Nyingchi City", "official"),
        ("墨竹工卡县", "Maizhokunggar County", "official"),
        ("哈尔滨市", "Harbin City", "official"),
        ("齐齐哈尔市", "Qiqihar City", "official"),
        ("山西省", "Shanxi Province", "official"),
        ("香港特别行政区", "Hong Kong Special Administrative Region", "official"),
        ("格尔木市", "Golmud City", "official"),
        ("若尔盖县", "Zoige County", "official"),
        ("科尔沁左翼中旗", "Horqin Left Middle Banner", "official"),
        ("吕梁市", "Lüliang City", "official"),
        ("六安市", "Lu'an City", "official"),
        ("亳州市", "Bozhou City", "official"),
        ("重庆市", "Chongqing Municipality", "official"),
        ("台州市", "Taizhou City", "official"),
        ("丽水市", "Lishui City", "official"),
        ("蚌埠市", "Bengbu City", "official"),
        ("朝阳区", "Chaoyang District", "generated"),
        ("长清区", "Changqing District", "generated"),
        ("长子县", "Zhangzi County", "generated"),
        ("都安瑶族自治县", "Du'an Yao Autonomous County", "generated"),
        ("洪洞县", "Hongtong County", "generated"),
        ("单县", "Shanxian County", "generated"),
        ("乐清市", "Yueqing City", "generated"),
        ("南乐县", "Nanle County", "generated"),
        ("番禺区", "Panyu District", "generated"),
        ("什邡市", "Shifang City", "generated"),
        ("荥经县", "Yingjing County", "generated"),
        ("闵行区", "Minhang District", "generated"),
        ("郫都区", "Pidu District", "generated"),
        ("繁峙县", "Fanshi County", "generated"),
        ("珲春市", "Hunchun City", "generated"),
        ("略阳县", "Lüeyang County", "generated"),
        ("尉犁县", "Yuli County", "generated"),
        ("厦门市", "Xiamen City", "official"),
        ("西安区", "Xi'an District", "generated"),
        ("宽甸满族自治县", "Kuandian Manchu Autonomous County", "generated"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County", "generated"),
        ("辽宁省盘锦市", "Panjin City, Liaoning Province", "generated"),
        ("呼包鄂", None, None),
    ],
)
def test_places(name: str, called: str | None, source: str | None) -> None:
    assert english("Place", name) == (called, source)


@pytest.mark.parametrize(
    ("name", "called", "source"),
    [
        ("司法部", "Ministry of Justice", "official"),
        ("国务院办公厅", "General Office of the State Council", "official"),
        ("盘锦市司法局", "Bureau of Justice of Panjin City", "generated"),
        ("内蒙古自治区司法厅", "Department of Justice of Inner Mongolia Autonomous Region", "generated"),
        ("盘锦市发展和改革委员会", "Development and Reform Commission of Panjin City", "generated"),
        ("盘锦市委", "CPC Panjin City Committee", "generated"),
        ("中共盘锦市委", "CPC Panjin City Committee", "generated"),
        ("阿克苏地区行署", "Administrative Office of Aksu Prefecture", "generated"),
        ("北京市朝阳区人民法院", "People's Court of Chaoyang District, Beijing Municipality", "generated"),
        ("盘锦市政府", "People's Government of Panjin City", "generated"),
        ("沈阳市中级人民法院", "Intermediate People's Court of Shenyang City", "generated"),
        ("盘锦市兴隆台区司法局", "Bureau of Justice of Xinglongtai District, Panjin City", "generated"),
        ("盘锦市司法局法治督察处", None, None),
        ("上海复旦大学标准化团队", None, None),
        ("司法局", None, None),
    ],
)
def test_bodies(name: str, called: str | None, source: str | None) -> None:
    assert english("Organisation", name) == (called, source)


def test_only_places_and_bodies_have_english_names() -> None:
    assert english("Mechanism", "盘锦市司法局") == (None, None)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("12345热线", "12345 re xian"),
        ("重庆市", "chong qing shi"),
        ("律师协会", "lü shi xie hui"),
        ("A", "A"),
        ("长清区法院", "chang qing qu fa yuan"),
        ("队长责任制", "dui zhang ze ren zhi"),
    ],
)
def test_pinyin(name: str, read: str) -> None:
    assert pinyin(name) == read


def test_every_province_and_prefecture_has_its_name_and_every_county_one_by_rule() -> None:
    listed = {row["code"]: row["english"] for _, row in load().rows("english_places")}
    assert set(listed) >= {p.code for p in load().places if p.level in ("province", "prefecture")}
    assert set(listed) <= {p.code for p in load().places}
    assert all(re.fullmatch(r"[A-Z][A-Za-zü' -]+", name) for name in listed.values())
    counties = [place.name for place in load().places if place.level == "county"]
    called = [english("Place", name)[0] for name in counties]
    assert sum(each is None for each in called) / len(called) < 0.02
    assert all(each.isascii() or "ü" in each for each in called if each)


def test_exports_hold_them_and_say_what_a_rule_has_made() -> None:
    entities = tuple(
        Entity(f"{type_.lower()}/{name}", type_, name, (Quote("a.txt", 0, len(name), name),))
        for type_, name in (("Place", "盘锦市"), ("Organisation", "盘锦市司法局"), ("Mechanism", "便民机制"))
    )
    graph = Graph((), entities, (), ())
    frame = to_pandas(graph).entities.set_index("name")
    assert frame.loc["盘锦市司法局", ["pinyin", "english", "english_source"]].tolist() == [
        "pan jin shi si fa ju",
        "Bureau of Justice of Panjin City",
        "generated",
    ]
    node = to_networkx(graph).nodes["place/盘锦市"]
    assert (node["english"], node["english_source"]) == ("Panjin City", "official")
    assert "english" not in to_networkx(graph).nodes["mechanism/便民机制"]
    rows = to_rdflib(graph, {}).query("SELECT ?n WHERE { ?e rdfs:label '盘锦市司法局' ; skos:altLabel ?n }")
    assert {(str(row.n), row.n.language) for row in rows} == {
        ("pan jin shi si fa ju", "zh-latn-pinyin"),
        ("Bureau of Justice of Panjin City", "en-x-auto"),
    }
