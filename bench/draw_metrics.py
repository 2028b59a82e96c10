"""Draw phrases of figures from the corpus to judge which of them are one metric, by a fixed seed.

usage: draw_metrics.py CORPUS OUT_DIR   (items.txt for annotators, items.json for metric_pairs.py, drawn/ as built)

Phrases come in blocks of one matter (THEMES), within which an annotator says which are the same. A block is drawn so
that much in it may be one metric: a phrase at random, the wordings of other documents that are nearest to it, and what
the same document says beside it, which is near in words and another metric. How kg puts phrases together is not asked.
Documents of the families of the held-out excerpts are left out. items.json holds offsets, phrases and hashes, never a
sentence.
"""

import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from draw_gold import HELD, every, family

import kg
from kg.model import Figure

SEED = "20261123 metrics"
DOCUMENTS = {"reports": 24, "news": 12, "notices": 8, "replies": 6, "laws": 2}
AHEAD = 24  # characters before a number in which its phrase is looked for
COMMONEST, RARE = "reports/", 6  # the folder of most figures; how many of a block are of others at most
RICH = 8  # numbers with a unit that a document has at least
NUMBER = re.compile(r"\d[\d.,]*[万亿]?(?:元|%|个|件|人|家|户|公里|亩|天|年|万|亿|次|名|项|起|吨)")
LARGEST, OF_ONE_PHRASE, OF_ONE_DOCUMENT, NEAREST, NEAR, WIDE = 18, 2, 3, 3, 0.5, (60, 30)
THEMES = {
    "output": "生产总值|GDP|经济总量|增加值|总产值|产业产值",
    "revenue": "财政|预算收入|税收|税费|减税|退税",
    "incomes": "居民|可支配|人均收入|工资|消费价格",
    "investment": "投资|到位资金|引资",
    "trade": "进出口|外贸|出口|外资|消费品|零售|电商|销售",
    "cases": "案|复议|应诉|诉讼|仲裁|公证",
    "service": "热线|诉求|来电|信访|工单|投诉|事项|窗口|即办|网办|满意|办结",
    "employment": "就业|失业|创业|岗位|技能",
    "talent": "人才|培训|引进.*人|专家|教师|医生|干部|党员|队伍",
    "business": "企业|主体|个体|公司|上市|园区",
    "projects": "项目|签约|开工|工程",
    "farming": "粮食|农田|耕地|产量|种植|播种|农业|农产|养殖|生猪",
    "villages": "村|乡镇|脱贫|农户|合作社",
    "schooling": "学校|学位|幼儿|入园|入学|学生|高校|教育|办学",
    "care": "床位|医院|医疗|医保|养老|托育|托位|参保|保险|低保|救助|特困",
    "transport": "公路|里程|铁路|高速|桥|航线|航班|吞吐|旅客|公交|车位|充电",
    "housing": "小区|住房|棚改|棚户|老旧|管网|保障房|安置|危房|城镇化|供水|供暖|燃气",
    "environment": "空气|优良|PM|水质|断面|绿化|森林|造林|能耗|排放|污水|垃圾|湿地|天数",
    "technology": "研发|专利|高新|科技|技术|创新|平台|5G|数字",
    "money": "补助|补贴|资金|贷款|融资|债券|奖励|额度|标准|费",
    "time": "时限|时间|期限|工作日|办理|审批|压缩|缩短|提前",
    "law": "执法|调解|纠纷|普法|法律|法规|规章|规范性|文件|条例|立法",
    "culture": "旅游|游客|文化|文物|体育|景区|活动|场馆|图书",
    "shares": "率$|占比|比重|比例|覆盖",
}
Json = dict[str, Any]


class Phrase(NamedTuple):
    """A figure of a document as drawn: where its number stands, and what stands around it."""

    doc: str
    start: int
    end: int
    figure: Figure
    before: str
    after: str

    @property
    def metric(self) -> str:
        return self.figure.metric


def chosen(corpus: Path) -> list[Path]:
    """Documents rich in figures, of every folder; of a family one."""
    drawn = every(corpus)
    held = {family(Path(each["file"])) for batch in HELD for each in drawn[batch]}
    chance = random.Random(SEED)
    found = []
    for folder, wanted in DOCUMENTS.items():
        files = [path for path in sorted((corpus / folder).glob("*.txt")) if family(path) not in held]
        chance.shuffle(files)
        rich = [path for path in files if len(NUMBER.findall(path.read_bytes().decode("utf-8", "replace"))) >= RICH]
        families = {family(path): path for path in reversed(rich)}
        found += [path for path in rich if families[family(path)] == path][:wanted]
    return found


def place(figure: Figure) -> tuple[str, int]:
    """The document and where in it the number stands; of equal numbers of a passage the one behind the phrase."""
    quote = figure.evidence[0].quote
    found = [match.start() for match in re.finditer(re.escape(figure.text), quote.text)] or [0]
    return quote.doc, quote.start + max(
        found, key=lambda at: likeness(figure.metric, quote.text[max(0, at - AHEAD) : at])
    )


def phrases(graph: kg.KnowledgeGraph) -> list[Phrase]:
    """The figures of a build that have a phrase, by place."""
    found = []
    for figure in graph.figures:
        doc, start = place(figure)
        text, end = graph.texts[doc], start + len(figure.text)
        if text[start:end] != figure.text or not figure.metric:
            continue
        line = text.rfind("\n", 0, start) + 1, (text + "\n").find("\n", end)
        before, after = text[max(line[0], start - WIDE[0]) : start], text[end : min(line[1], end + WIDE[1])]
        found.append(Phrase(doc, start, end, figure, before, after))
    return sorted(found, key=lambda each: (each.doc, each.start))


def likeness(a: str, b: str) -> float:
    """How many pairs of neighbouring characters two phrases share (Dice)."""
    left, right = (Counter(s[i : i + 2] for i in range(len(s) - 1)) for s in (a, b))
    return 2 * sum((left & right).values()) / max(1, sum(left.values()) + sum(right.values()))


def block(fitting: Sequence[Phrase], chance: random.Random) -> list[Phrase]:
    """Phrases of one matter, many of them near to one another."""
    taken: list[Phrase] = []
    seeds = list(fitting)
    chance.shuffle(seeds)
    # Genres with few figures come first, whether or not another document says the like.
    seeds.sort(key=lambda each: each.doc.startswith(COMMONEST))
    for seed in seeds:
        near = [each for each in fitting if each.doc != seed.doc and likeness(each.metric, seed.metric) >= NEAR]
        near.sort(key=lambda each: (-likeness(each.metric, seed.metric), each.doc, each.start))
        others = distinct(each for each in near if each.metric != seed.metric)[:NEAREST]
        equal = [each for each in near if each.metric == seed.metric][:1]
        beside = [each for each in fitting if each.doc == seed.doc and 0 < abs(each.start - seed.start) < WIDE[0]][:1]
        for each in [seed, *equal, *others, *beside] if others or not seed.doc.startswith(COMMONEST) else ():
            said, rare = (
                sum(other.metric == each.metric for other in taken),
                sum(not o.doc.startswith(COMMONEST) for o in taken),
            )
            stated = sum(other.doc == each.doc for other in taken)
            room = said < OF_ONE_PHRASE and stated < OF_ONE_DOCUMENT and len(taken) < LARGEST
            room = room and (rare < RARE or each.doc.startswith(COMMONEST))
            if room and each not in taken:
                taken.append(each)
    return taken


def distinct(near: Iterable[Phrase]) -> list[Phrase]:
    """The first of each wording."""
    first: dict[str, Phrase] = {}
    for each in near:
        first.setdefault(each.metric, each)
    return list(first.values())


def blocks(found: Sequence[Phrase]) -> dict[str, list[Phrase]]:
    """A block for each theme; a phrase is in one only, that of the theme that is least said."""
    fitting = {name: [each for each in found if re.search(theme, each.metric)] for name, theme in THEMES.items()}
    used: set[tuple[str, int]] = set()
    drawn = {}
    for name in sorted(THEMES, key=lambda name: (len(fitting[name]), name)):
        free = [each for each in fitting[name] if (each.doc, each.start) not in used]
        drawn[name] = block(free, random.Random(f"{SEED} {name}"))
        used |= {(each.doc, each.start) for each in drawn[name]}
    return drawn


def half(name: str) -> str:
    """Which half a block is in; fixed by its name."""
    return "tuned" if hashlib.sha256(f"{SEED} {name}".encode()).digest()[0] % 2 else "unseen"


def main(corpus: Path, out: Path) -> None:
    """Write what is to be judged, and where it stands."""
    out.mkdir(parents=True, exist_ok=True)
    files = chosen(corpus)
    graph = kg.build([str(path) for path in files], output=str(out / "drawn"), exports=())
    sources = {path.name: path for path in files}
    kept: list[Json] = []
    lines = []
    number = 0
    for name, drawn in sorted(blocks(phrases(graph)).items()):
        lines += ["", f"BLOCK {name}", ""]
        for each in sorted(drawn, key=lambda each: (each.metric, each.doc, each.start)):
            number += 1
            path = sources[Path(each.doc).name]
            kept.append(
                {
                    "number": number,
                    "block": name,
                    "half": half(name),
                    "file": f"{path.parent.name}/{path.name}",
                    "start": each.start,
                    "end": each.end,
                    "sha256": hashlib.sha256(graph.texts[each.doc][each.start : each.end].encode()).hexdigest(),
                    "phrase": each.metric,
                    "unit": each.figure.unit,
                }
            )
            context = f"{each.before}【{each.figure.text}】{each.after}".replace("\n", " ")
            lines.append(f"{number:>4}  {each.metric}  |  {each.figure.value} {each.figure.unit}  |  …{context}…")
    (out / "items.txt").write_text("\n".join(lines[1:]) + "\n", encoding="utf-8")
    (out / "items.json").write_text(
        "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in kept) + "\n]\n", encoding="utf-8"
    )
    print(f"{number} phrases of {len({each['file'] for each in kept})} documents in {len(THEMES)} blocks")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
