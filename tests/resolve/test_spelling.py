"""Names → the forms by which they are told apart: what is one thing has one, what is not has two."""

from __future__ import annotations

import pytest

from kg.resolve.spelling import spelled, spelling

SAME = [
    ("Organisation", "湘潭市发改委", "湘潭市发展和改革委员会"),
    ("Organisation", "湘潭市市场监管局", "湘潭市市场监督管理局"),
    ("Organisation", "湘潭市人社局", "湘潭市人力资源和社会保障局"),
    ("Organisation", "湘潭市政府", "湘潭市人民政府"),
    ("Organisation", "中共湘潭市委员会", "湘潭市委"),
    ("Organisation", "湘潭市委政法委", "湘潭市政法委员会"),
    ("Organisation", "湘潭市人大常委会", "湘潭市人民代表大会常务委员会"),
    ("Organisation", "湘潭市公安局交警支队", "湘潭市公安局交通警察支队"),
    ("Organisation", "湘潭市中院", "湘潭市中级人民法院"),
    ("Organisation", "湖南省第十三届人民代表大会常务委员会", "湖南省人大常委会"),
    ("Organisation", "国家发展改革委", "国家发展和改革委员会"),
    ("Organisation", "市场监管总局", "国家市场监督管理总局"),
    ("Organisation", "中华人民共和国财政部", "财政部"),
    ("Organisation", "工信部", "工业和信息化部"),
    ("Organisation", "襄樊市司法局", "襄阳市司法局"),
    ("Organisation", "广州市天河区教育局", "天河区教育局"),
    ("Organisation", "青岛市市北区教育局", "市北区教育局"),
    ("Policy", "《中华人民共和国行政处罚法》", "行政处罚法"),
    ("Policy", "湘潭市普法办法（试行）", "《湘潭市普法办法》"),
    ("Policy", "国务院关于印发《治沙规划》的通知", "治沙规划"),
    ("Policy", "国务院关于治沙工作的意见", "关于治沙工作的意见"),
    ("Mechanism", "12345政务服务便民热线", "“12345”热线"),
    ("Mechanism", "市民服务热线", "12345热线服务平台"),
    ("Mechanism", "“双随机、一公开”监管机制", "双随机一公开监管"),
    ("Mechanism", "城乡居民基本医疗保险", "城乡居民医保"),
    ("Mechanism", "国家级经济技术开发区", "国家经开区"),
    ("Policy", "湘发〔2022〕7号文件", "湘发〔2022〕7号"),
]
DIFFERENT = [
    ("Organisation", "湘潭市司法局", "株洲市司法局"),
    ("Organisation", "湖南省司法厅", "湘潭市司法局"),
    ("Organisation", "湘潭市工商行政管理局", "湘潭市市场监督管理局"),  # tasks given to another body: its successor
    ("Organisation", "湘潭市公安局", "湘潭市公安局交警支队"),
    ("Organisation", "财政部", "财政部门"),
    ("Organisation", "国家电网", "电网"),
    ("Policy", "中华人民共和国国家安全法", "安全法"),
    ("Policy", "2022年立法计划", "2023年立法计划"),
    ("Policy", "湘潭市普法办法", "湘潭市普法办法实施细则"),
    ("Policy", "湘潭市治沙规划", "株洲市治沙规划"),
    ("Policy", "国家湿地公园建设试点", "湿地公园建设试点"),
    ("Mechanism", "12345热线", "12348热线"),
    ("Mechanism", "职工医保", "城乡居民基本医疗保险"),
    ("Policy", "全国性文明柳编城市建设", "性文明柳编城市建设"),
    ("Mechanism", "12345热线数据分析制度", "12345热线"),
]


@pytest.mark.parametrize(("type_", "left", "right"), SAME)
def test_variants_of_a_name_have_one_form(type_: str, left: str, right: str) -> None:
    assert spelled(type_, left) == spelled(type_, right)


@pytest.mark.parametrize(("type_", "left", "right"), DIFFERENT)
def test_names_of_different_things_have_two(type_: str, left: str, right: str) -> None:
    assert spelled(type_, left) != spelled(type_, right)


def test_a_thing_is_the_same_with_and_without_its_owner() -> None:
    assert spelled("Mechanism", "湘潭12345热线", "湘潭市") == spelled("Mechanism", "12345热线", "湘潭市")
    assert spelled("Mechanism", "长沙12345热线", "湘潭市") != spelled("Mechanism", "12345热线", "湘潭市")


def test_a_place_whose_name_others_have_takes_that_of_the_place_around_it() -> None:
    assert {spelling().place("320106"), spelling().place("350102")} == {"南京市鼓楼区", "福州市鼓楼区"}
    assert spelling().place("430300") == "湘潭市"


def test_what_the_forms_are_made_of_is_in_the_gazetteer() -> None:
    codes = spelling().gazetteer.by_code
    assert set(spelling().former.values()) <= set(codes)
    assert not set(spelling().former) & {place.name for place in codes.values()}
