"""Graphs for the explorer, made here: a small one, one of cities, large ones, a hostile one. No document says so."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal

from kg.model import DOC, Document, Entity, Evidence, Figure, Graph, Meta, Quote, Relation

Made = tuple[Graph, dict[str, str]]
OLD = (
    "关于公证便民工作的通知\n"
    "柳塘市司法局依据《柳塘市公证便民办法》，会同柳塘市发展改革委建立“一窗通办”平台，方便群众就近办理。\n"
    "今年以来，我局还开通１２３６０便民专线，接听来电3.2万个，满意率不低于95%。"
)
NEW = "长乐县派员考察。柳塘市发改委表示，柳塘市司法局牵头的“一窗通办”平台建立两年来，办件量达到5—6万件。"


class Reader:
    """Quotes of texts by their words."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def __call__(self, doc: str, wording: str, after: str = "") -> Quote:
        start = self.texts[doc].index(wording, self.texts[doc].index(after))
        return Quote.of(doc, self.texts[doc], start, start + len(wording))


def small() -> Made:
    """Two documents that say one relation twice, an actor named earlier, a figure of the document itself."""
    texts = {"new.txt": NEW, "old.txt": OLD}
    q = Reader(texts)
    bureau, reform, window = "organisation/柳塘市司法局", "organisation/柳塘市发展改革委", "mechanism/“一窗通办”平台"
    line, policy, place = "mechanism/柳塘市/12360便民专线", "policy/柳塘市公证便民办法", "place/长乐县"
    entities = (
        Entity(window, "Mechanism", "“一窗通办”平台", (q("new.txt", "“一窗通办”平台"), q("old.txt", "“一窗通办”平台"))),
        Entity(line, "Mechanism", "12360便民专线", (q("old.txt", "１２３６０便民专线"),), owner="柳塘市"),
        Entity(
            reform, "Organisation", "柳塘市发展改革委", (q("new.txt", "柳塘市发改委"), q("old.txt", "柳塘市发展改革委"))
        ),
        Entity(
            bureau,
            "Organisation",
            "柳塘市司法局",
            (q("new.txt", "柳塘市司法局"), q("old.txt", "柳塘市司法局")),
            "government",
        ),
        Entity(
            place,
            "Place",
            "长乐县",
            (q("new.txt", "长乐县"),),
            attributes=(("code", "990101"),),
            stated=(("new.txt",),),
        ),
        Entity(
            policy,
            "Policy",
            "柳塘市公证便民办法",
            (q("old.txt", "《柳塘市公证便民办法》"),),
            "document",
            attributes=(("documentNumber", "柳司〔2021〕7号"), ("form", "rules"), ("issuedOn", "2021-03-02")),
            stated=(("old.txt",), ("old.txt",), ("new.txt", "old.txt")),
        ),
    )
    elsewhere = q("old.txt", "柳塘市司法局")
    said = (
        Evidence(q("old.txt", "会同柳塘市发展改革委建立“一窗通办”平台"), elsewhere, "relations", 0.9),
        Evidence(q("new.txt", "柳塘市司法局牵头的“一窗通办”平台建立两年来"), None, "relations", 0.7),
    )
    relations = (
        Relation(bureau, "cooperatesWith", reform, (Evidence(q("old.txt", "会同柳塘市发展改革委"), elsewhere),)),
        Relation(bureau, "establishes", window, said, "2021", "lead"),
        Relation(bureau, "establishes", line, (Evidence(q("old.txt", "开通１２３６０便民专线"), elsewhere),)),
        Relation(bureau, "implements", policy, (Evidence(q("old.txt", "依据《柳塘市公证便民办法》"), elsewhere),)),
        Relation(reform, "implements", window, (said[1],), status="planned"),
    )
    rate = Evidence(q("old.txt", "满意率不低于95%"), elsewhere, "figures", 0.8)
    cases = Evidence(q("new.txt", "办件量达到5—6万件"))
    figures = (
        Figure(
            "figure/1", "不低于95%", Decimal("95"), "%", "over", "满意率", (line, bureau), "2021", "target", (rate,)
        ),
        Figure(
            "figure/2",
            "5—6万件",
            Decimal(50000),
            "件",
            "exact",
            "办件量",
            (DOC,),
            "../2023",
            "actual",
            (cases,),
            Decimal(60000),
        ),
    )
    documents = (
        Document("new.txt", "b" * 64, Meta("柳塘观察", "柳塘日报", "2023-05-04", "news", place)),
        Document(
            "old.txt",
            "a" * 64,
            Meta("关于公证便民工作的通知", "柳塘市司法局", "2021-03-02", "notice", None, "柳司〔2021〕7号"),
        ),
    )
    return Graph(documents, entities, relations, figures), texts


SYLLABLES = "云溪柳塘青杉白石东陵望湖金沙临川安平清河桐乡梅岭长宁"
BODIES = ("司法局", "市场监管局", "教育局", "行政审批局", "生态环境局", "人民政府办公室", "数据局")
TOPICS = ("公证便民", "企业注销", "不动产登记", "社区养老", "水源保护", "校外托管", "信用修复", "防汛值守", "乡村公路")
FORMS = ("办法", "实施细则", "行动方案", "若干措施", "工作规则")
MEANS = ("联席会议制度", "“一窗通办”平台", "限时办结机制", "首问负责制", "服务专线", "容缺受理清单")
CLAUSES = (
    "进一步压缩办理时限",
    "推动材料减免和部门核验",
    "覆盖全部乡镇和街道",
    "由牵头单位按季度调度",
    "同步开展业务骨干轮训",
    "建立问题台账并逐项销号",
    "邀请企业代表参与评议",
    "把评议结果作为考核依据",
    "公开办事指南和咨询电话",
)
TIES = (
    ("Organisation", "issues", "Policy"),
    ("Organisation", "establishes", "Mechanism"),
    ("Policy", "basedOn", "Policy"),
    ("Policy", "provides", "Mechanism"),
    ("Organisation", "jurisdiction", "Place"),
)


def large(nodes: int, edges: int) -> Made:
    """A graph of that many entities and relations, each with its sentence; some entities have many relations."""
    draw = random.Random(11)
    kinds: dict[str, str] = {}
    while len(kinds) < nodes:
        place = draw.choice(SYLLABLES) + draw.choice(SYLLABLES) + draw.choice("市县区")
        kind = draw.choice(("Place", "Organisation", "Organisation", "Policy", "Policy", "Mechanism", "Mechanism"))
        topic = draw.choice(TOPICS) + draw.choice(TOPICS)
        ends = {
            "Place": "",
            "Organisation": draw.choice(BODIES),
            "Policy": topic + draw.choice(FORMS),
            "Mechanism": topic + draw.choice(MEANS),
        }
        kinds.setdefault(f"{kind.lower()}/{place}{ends[kind]}", kind)
    ids = sorted(kinds)
    by_kind = {kind: [name for name in ids if kinds[name] == kind] for kind in set(kinds.values())}
    facts: set[tuple[str, str, str]] = set()
    while len(facts) < edges:
        kind, predicate, other = draw.choice(TIES)
        subject = draw.choice(by_kind[kind][:40] if draw.random() < 0.4 else by_kind[kind])
        target = draw.choice(by_kind[other])
        if subject != target:
            facts.add((subject, predicate, target))
    return _told(sorted(facts, key=lambda fact: hashlib.sha256("".join(fact).encode()).digest()), kinds, draw)


def _told(facts: list[tuple[str, str, str]], kinds: dict[str, str], draw: random.Random) -> Made:
    """Documents of 70 sentences each that say the facts."""
    texts: dict[str, str] = {}
    mentions: dict[str, list[Quote]] = {name: [] for name in kinds}
    relations = []
    for at in range(0, len(facts), 70):
        doc = f"报告/{at // 70:04}.txt"
        lines = [
            f"{s.partition('/')[2]}推动{o.partition('/')[2]}，{draw.choice(CLAUSES)}，{draw.choice(CLAUSES)}。"
            for s, _, o in facts[at : at + 70]
        ]
        texts[doc] = "".join(line + draw.choice(("", "\n")) for line in lines)
        start = 0
        for (subject, predicate, target), line in zip(facts[at : at + 70], lines, strict=True):
            start = texts[doc].index(line, start)
            first, second = len(subject.partition("/")[2]), len(target.partition("/")[2])
            mentions[subject].append(Quote.of(doc, texts[doc], start, start + first))
            mentions[target].append(Quote.of(doc, texts[doc], start + first + 2, start + first + 2 + second))
            quote = Quote.of(doc, texts[doc], start, start + first + 2 + second)
            relations.append(Relation(subject, predicate, target, (Evidence(quote, None, "relations", 0.9),)))
    entities = tuple(Entity(i, kinds[i], i.partition("/")[2], tuple(sorted(mentions[i]))) for i in sorted(kinds))
    documents = tuple(
        Document(doc, "0" * 64, Meta(f"第{at}号报告", date=f"20{10 + at % 14}-01-05")) for at, doc in enumerate(texts)
    )
    return Graph(
        documents, entities, tuple(sorted(relations, key=lambda r: (r.subject, r.predicate, r.object))), ()
    ), texts


PAYLOADS = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1//",
    "<img src=x onerror=window.hacked=1>",
    "<svg onload=window.hacked=1>",
    "\"><iframe srcdoc='<script>top.hacked=1</script>'>",
    "'-window.hacked=1-'",
    "${window.hacked=1}",
    "{{constructor.constructor('window.hacked=1')()}}",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    " javascript:window.hacked=1",
    "data:text/html,<script>top.hacked=1</script>",
    "vbscript:window.hacked=1",
    'https://example.invalid/" onmouseover="window.hacked=1',
    "<a href=javascript:window.hacked=1>x</a>",
    "\u202e反转\u2066未关",
    "\x00空\x07字",
    "\ud83d孤代理",
    "__proto__",
    "constructor",
    "</style><style>*{display:none}</style>",
    "<math><mtext></math><img src=x onerror=window.hacked=1>",
    "长" * 5000,
    "]]>&lt;script&gt;window.hacked=1&lt;/script&gt;",
)


def hostile() -> Made:
    """Every payload as name, attribute, predicate, metric, unit, title, publisher, number, file and evidence."""
    texts = {f"{payload}.txt": f"甲{payload}乙\n丙{payload}丁" for payload in PAYLOADS}
    quotes = [
        Quote.of(doc, text, 1, 1 + len(payload)) for payload, (doc, text) in zip(PAYLOADS, texts.items(), strict=True)
    ]
    entities = tuple(
        Entity(
            f"{payload}/{at}",
            payload if at % 2 else "Place",
            payload,
            (quote,),
            payload,
            payload,
            ((payload, payload),),
        )
        for at, (payload, quote) in enumerate(zip(PAYLOADS, quotes, strict=True))
    )
    relations = tuple(
        Relation(one.id, payload, other.id, (Evidence(quote, quote, payload, 0.5),), payload, payload, payload)
        for payload, quote, one, other in zip(PAYLOADS, quotes, entities, (*entities[1:], entities[0]), strict=True)
    )
    figures = tuple(
        Figure(f"f/{p}", p, Decimal(1), p, p, p, (entities[0].id, DOC), p, p, (Evidence(quote, None, p),))
        for p, quote in zip(PAYLOADS, quotes, strict=True)
    )
    documents = tuple(
        Document(doc, p, Meta(p, p, p, p, entities[0].id, p)) for p, doc in zip(PAYLOADS, texts, strict=True)
    )
    return Graph(documents, entities, relations, figures), texts


KINDS = {
    "Organisation": (
        "government",
        "party",
        "court",
        "procuratorate",
        "legislature",
        "consultative",
        "institution",
        "association",
        "company",
        "unit",
        None,
    ),
    "Place": ("province", "county"),
    "Policy": ("document", "programme", None),
    "Mechanism": (None,),
    "Festival": (None,),
    "Person": (None,),
}


def classes() -> Made:
    """An entity of every class that the page knows, and of two types that it does not."""
    text = "云溪县。"
    quote = Quote.of("a.txt", text, 0, 3)
    entities = tuple(
        Entity(f"{kind}/{name}", kind, f"{kind} {name}", (quote,), name)
        for kind, names in KINDS.items()
        for name in names
    )
    return Graph((Document("a.txt", "d" * 64, Meta("名录")),), entities, (), ()), {"a.txt": text}


CITIES = {
    # document: (about, date, sentence); a figure of each is read below
    "柳塘/2022.txt": ("柳塘市", "2023-01-10", "2022年，全市按时办结率为91.5%。下一年按时办结率力争达到95%以上。"),
    "柳塘/2023.txt": ("柳塘市", "2024-01-12", "2023年，全市按时办结率约为94%。"),
    "柳塘/旧闻.txt": ("柳塘市", "2023-02-01", "柳塘市2022年按时办结率为89%。"),
    "青杉/2022.txt": ("青杉市", "2023-01-20", "青杉市司法局2022年按时办结率达97.2%。"),
    "青杉/2023.txt": ("青杉市", "2024-01-22", "我市按时办结率96%—98%。"),
    "白石.txt": ("白石县", None, "白石县按时办结率不足80%，按时办结312件。"),
    "柳塘/重申.txt": ("柳塘市", "2023-03-01", "去年全市按时办结率91.5%。"),
    "评论.txt": (None, "2023-06-01", "按时办结率99%并不罕见。"),
}


def cities() -> Made:
    """One metric in three places over two years: results, a target, bounds, a range, two accounts; no place or year."""
    texts = {doc: sentence for doc, (_, _, sentence) in CITIES.items()}
    q = Reader(texts)
    places = {name: f"place/{name}" for name in ("柳塘市", "青杉市", "白石县")}
    bureau = "organisation/青杉市司法局"
    mentions: dict[str, list[Quote]] = {entity: [] for entity in (*places.values(), bureau)}
    for doc, text in texts.items():
        for name, entity in (*places.items(), ("青杉市司法局", bureau)):
            if name in text:
                mentions[entity].append(q(doc, name))
    entities = tuple(
        Entity(entity, "Organisation" if entity == bureau else "Place", entity.partition("/")[2], tuple(found))
        for entity, found in sorted(mentions.items())
    )
    relations = (Relation(bureau, "jurisdiction", "place/青杉市", (Evidence(q("青杉/2022.txt", "青杉市司法局")),)),)
    rows = (
        ("柳塘/2022.txt", "91.5%", "91.5", "%", "exact", ("place/柳塘市",), "2022", "actual", None),
        ("柳塘/2022.txt", "95%以上", "95", "%", "over", ("place/柳塘市",), "2023", "target", None),
        ("柳塘/2023.txt", "约为94%", "94", "%", "about", (DOC,), "2023", "actual", None),
        ("柳塘/旧闻.txt", "89%", "89", "%", "exact", ("place/柳塘市",), "2022", "actual", None),
        ("青杉/2022.txt", "97.2%", "97.2", "%", "exact", (bureau,), "2022", "actual", None),
        ("青杉/2023.txt", "96%—98%", "96", "%", "exact", (DOC,), "2023", "actual", "98"),
        ("白石.txt", "不足80%", "80", "%", "under", ("place/白石县",), None, "actual", None),
        ("白石.txt", "312件", "312", "件", "exact", ("place/白石县",), None, "actual", None),
        ("评论.txt", "99%", "99", "%", "exact", (DOC,), None, "actual", None),
        ("柳塘/重申.txt", "91.5%", "91.5", "%", "exact", (DOC,), "2022", "actual", None),
    )
    figures = tuple(
        Figure(
            f"figure/{at}",
            text,
            Decimal(value),
            unit,
            bound,
            "按时办结率",
            subject,
            period,
            status,
            (Evidence(q(doc, text), None, "figures", 0.9 - at % 9 / 10),),
            Decimal(upper) if upper else None,
        )
        for at, (doc, text, value, unit, bound, subject, period, status, upper) in enumerate(rows)
    )
    documents = tuple(
        Document(doc, "c" * 64, Meta(doc.removesuffix(".txt"), date=date, about=places.get(about or "")))
        for doc, (about, date, _) in CITIES.items()
    )
    return Graph(documents, entities, relations, figures), texts
