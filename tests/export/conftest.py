"""A small graph made by hand: two documents, every type, every slot filled once."""

from decimal import Decimal

import pytest

from kg.model import DOC, Document, Entity, Evidence, Figure, Graph, Meta, Quote, Relation

REPORT = (
    "云溪县司法局联合云溪县人民法院印发《云溪县公证便民办法》。\n该局开通“一窗通办”窗口，全年办件满意率达98.50%以上。"
)
NEWS = "去年，云溪县司法局牵头印发《云溪县公证便民办法》，网点由3个增加到5—6个。"
TEXTS = {"云溪/年度 报告.txt": REPORT, "news.txt": NEWS}


def quoted(doc: str, words: str) -> Quote:
    """The first place of the words in the document."""
    start = TEXTS[doc].index(words)
    return Quote.of(doc, TEXTS[doc], start, start + len(words))


@pytest.fixture
def texts() -> dict[str, str]:
    return dict(TEXTS)


@pytest.fixture
def graph() -> Graph:
    report, news = TEXTS
    bureau, court, place = "organisation/云溪县司法局", "organisation/云溪县人民法院", "place/云溪县"
    policy, window = "policy/云溪县公证便民办法", "mechanism/云溪县/“一窗通办”窗口"
    body = quoted(report, "云溪县司法局")
    entities = (
        Entity(window, "Mechanism", "“一窗通办”窗口", (quoted(report, "“一窗通办”窗口"),), owner="云溪县"),
        Entity(court, "Organisation", "云溪县人民法院", (quoted(report, "云溪县人民法院"),), "court"),
        Entity(
            bureau,
            "Organisation",
            "云溪县司法局",
            (body, quoted(report, "该局"), quoted(news, "云溪县司法局")),
            "government",
        ),
        Entity(place, "Place", "云溪县", (quoted(report, "云溪县"),), "county", attributes=(("code", "990101"),)),
        Entity(
            policy,
            "Policy",
            "云溪县公证便民办法",
            (quoted(report, "《云溪县公证便民办法》"), quoted(news, "《云溪县公证便民办法》")),
            "document",
            attributes=(("documentNumber", "云司发〔2022〕7号"), ("form", "rules"), ("issuedOn", "2022-03-01")),
        ),
    )
    issued = (
        Evidence(quoted(report, "印发《云溪县公证便民办法》"), body, "relations", 0.9),
        Evidence(quoted(news, "牵头印发《云溪县公证便民办法》"), component="relations", confidence=0.8),
    )
    relations = (
        Relation(bureau, "cooperatesWith", court, (Evidence(quoted(report, "联合云溪县人民法院"), body, "relations"),)),
        Relation(
            bureau, "establishes", window, (Evidence(quoted(report, "开通“一窗通办”窗口"), body, "relations"),), "2022"
        ),
        Relation(bureau, "issues", policy, issued, "2021", "lead", "done"),
        Relation(bureau, "jurisdiction", place, (Evidence(body, component="relations"),)),
    )
    rate = Evidence(quoted(report, "办件满意率达98.50%以上"), body, "figures")
    sites = Evidence(quoted(news, "增加到5—6个"), component="figures")
    figures = (
        Figure(
            "figure/1",
            "98.50%以上",
            Decimal("98.50"),
            "%",
            "over",
            "办件满意率",
            (bureau, place),
            "2022",
            "actual",
            (rate,),
        ),
        Figure(
            "figure/2",
            "5—6个",
            Decimal(5),
            "个",
            "exact",
            "网点",
            (DOC,),
            "../2021-12",
            "target",
            (sites,),
            upper=Decimal(6),
        ),
    )
    documents = (
        Document("news.txt", "b" * 64, Meta("便民新闻", "云溪日报", "2022", "news", place)),
        Document(
            report, "a" * 64, Meta("年度报告", "云溪县司法局", "2022-12-31", "report", place, "云司发〔2022〕9号")
        ),
    )
    return Graph(documents, entities, relations, figures)
