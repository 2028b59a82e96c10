"""The graph as RDF: the same facts in every file, every claim leads to its passage, hostile text does no harm."""

import json
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Dataset, Literal, URIRef
from rdflib.query import ResultRow

from kg.export import rdf
from kg.model import Conflict, Document, Entity, Evidence, Figure, Graph, Meta, Metric, Quote, Relation
from kg.resources import ontology_folder

# rdflib 7 warns of its own data sets while it parses TriG
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ID, KG, OA = rdf.BASE, "https://w3id.org/policy-kg/ontology#", "http://www.w3.org/ns/oa#"
NAMES = "PREFIX kg: <https://w3id.org/policy-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> "
REPORT = URIRef(f"{ID}document/云溪/年度%20报告.txt")
ISSUES = (URIRef(f"{ID}organisation/云溪县司法局"), URIRef(KG + "issues"), URIRef(f"{ID}policy/云溪县公证便民办法"))


def rows(graph: rdflib.Graph, query: str, **bindings: URIRef) -> list[tuple[str, ...]]:
    """The rows of a SELECT as text."""
    found = graph.query(NAMES + query, initBindings=bindings)
    return [tuple(map(str, row)) for row in found if isinstance(row, ResultRow)]


@pytest.fixture
def folder(graph: Graph, texts: dict[str, str], tmp_path: Path) -> Path:
    assert rdf.write(graph, texts, tmp_path) == ("graph.ttl", "graph.trig", "graph.jsonld")
    return tmp_path


@pytest.fixture
def merged(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "graph.ttl")


def test_all_files_hold_the_same_facts_without_blank_nodes(
    folder: Path, graph: Graph, texts: dict[str, str], merged: rdflib.Graph
) -> None:
    trig = Dataset(default_union=True)
    trig.parse(folder / "graph.trig")
    facts = set(merged)
    assert len(facts) > 150
    assert {(s, p, o) for s, p, o, _ in trig.quads()} == facts
    assert set(rdflib.Graph().parse(folder / "graph.jsonld")) == facts
    assert set(rdf.to_rdflib(graph, texts)) == facts
    assert not [term for fact in facts for term in fact if isinstance(term, rdflib.BNode)]


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_rapper_accepts_the_files(folder: Path, merged: rdflib.Graph, form: str) -> None:
    if not shutil.which("rapper"):
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    path = folder / {"turtle": "graph.ttl", "trig": "graph.trig"}[form]
    run = subprocess.run(["rapper", "-i", form, "-c", str(path)], capture_output=True, text=True, check=True)
    assert "warning" not in run.stderr.lower()
    if form == "turtle":
        assert f"returned {len(merged)} triples" in run.stderr


def test_a_build_satisfies_the_shapes_and_a_spoilt_one_does_not(merged: rdflib.Graph) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
    conforms, _, report = pyshacl.validate(merged, shacl_graph=shapes)
    assert conforms, report
    bureau, court = (URIRef(f"{ID}organisation/{name}") for name in ("云溪县司法局", "云溪县人民法院"))
    merged.add((bureau, URIRef(KG + "directs"), court))
    conforms, _, report = pyshacl.validate(merged, shacl_graph=shapes)
    assert not conforms
    assert "no kg:Statement says" in report


def test_every_name_written_is_born_in_the_ontology(merged: rdflib.Graph) -> None:
    ontology = rdflib.Graph().parse(ontology_folder() / "policy.ttl")
    used = {term for fact in merged for term in fact if str(term).startswith(KG)}
    assert not {name for name in used if (name, RDF.type, None) not in ontology}


def test_each_documents_facts_stand_in_its_named_graph(folder: Path) -> None:
    data = Dataset()
    data.parse(folder / "graph.trig")
    news = URIRef(f"{ID}document/news.txt")
    assert {str(graph) for _, _, _, graph in data.quads((*ISSUES, None))} == {str(REPORT), str(news)}
    quotes = {str(quote) for quote in data.graph(news).objects(None, URIRef(OA + "exact"))}
    assert quotes == {"牵头印发《云溪县公证便民办法》", "增加到5—6个"}


def test_a_relation_leads_to_quote_position_and_antecedent(merged: rdflib.Graph, texts: dict[str, str]) -> None:
    query = """SELECT ?exact ?start ?end ?before ?after ?named WHERE {
        ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?evidence .
        ?evidence oa:hasTarget [ oa:hasSource ?doc ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] ,
                                 [ oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after ] ] ;
                  kg:antecedent/oa:hasSelector/oa:exact ?named . }"""
    subject, predicate, target = ISSUES
    ((exact, start, end, before, after, named),) = rows(merged, query, s=subject, p=predicate, o=target, doc=REPORT)
    text = texts["云溪/年度 报告.txt"]
    assert text[int(start) : int(end)] == exact == "印发《云溪县公证便民办法》"
    assert f"{before}{exact}{after}" in text
    assert named == "云溪县司法局"


def test_figures_keep_digits_and_can_be_compared_by_day(merged: rdflib.Graph) -> None:
    query = """SELECT ?value ?subject ?end WHERE { ?figure kg:metric/rdfs:label "办件满意率" ; kg:value ?value ;
        kg:subject/rdfs:label ?subject ; kg:periodEnd ?end ; kg:bound/skos:notation "over" . }"""
    everything = merged + rdflib.Graph().parse(ontology_folder() / "policy.ttl")
    assert rows(everything, query) == [("98.50", "云溪县司法局", "2022-12-31")]


def test_phrases_of_one_metric_are_one_concept_and_figures_that_cannot_both_be_so_disagree(graph: Graph) -> None:
    rate, sites = graph.figures
    other = replace(rate, id="figure/3", metric="办件满意比率", value=Decimal("91.2"), evidence=sites.evidence)
    same = replace(rate, id="figure/4", metric="办件满意比率", evidence=sites.evidence)
    metric = Metric(
        "metric/办件满意率/share/%25",
        "办件满意率",
        ("办件满意比率", "办件满意率"),
        None,
        "share",
        None,
        None,
        "%",
        True,
        ("figure/1", "figure/3", "figure/4"),
    )
    conflict = Conflict(metric.id, rate.subject[0], "2022", ("figure/1", "figure/3", "figure/4"))
    found = rdf.to_rdflib(replace(graph, figures=(rate, other, same), metrics=(metric,), conflicts=(conflict,)))
    query = """SELECT ?figure ?value WHERE { ?figure kg:value ?value ; kg:metric ?metric .
        ?metric skos:altLabel "办件满意比率" ; rdfs:label "办件满意率" . } ORDER BY ?figure"""
    assert [value for _, value in rows(found, query)] == ["98.50", "91.2", "98.50"]
    (measured,) = set(found.objects(None, URIRef(KG + "metric")))
    assert str(measured) == ID + metric.id
    assert found.value(measured, URIRef(KG + "metricKind")) == URIRef(KG + "kind-share")
    assert found.value(measured, URIRef(KG + "baseUnit")) == Literal("%")
    assert found.value(measured, URIRef(KG + "comparable")) == Literal(True)
    assert found.value(measured, URIRef(KG + "basis")) is None, "no growth"
    against = {(str(a)[-1], str(b)[-1]) for a, b in found.subject_objects(URIRef(KG + "disagreesWith"))}
    assert against == {("1", "3"), ("3", "1"), ("3", "4"), ("4", "3")}


def test_a_kind_is_a_class_or_the_level_of_a_place(merged: rdflib.Graph) -> None:
    court, place = URIRef(f"{ID}organisation/云溪县人民法院"), URIRef(f"{ID}place/云溪县")
    assert set(merged.objects(court, RDF.type)) == {URIRef(KG + "Organisation"), URIRef(KG + "Court")}
    assert merged.value(place, URIRef(KG + "level")) == URIRef(KG + "level-county")


def test_a_policys_attributes_are_values_dates_and_words(merged: rdflib.Graph) -> None:
    policy = ISSUES[2]
    assert merged.value(policy, URIRef(KG + "form")) == URIRef(KG + "form-rules")
    assert merged.value(policy, URIRef(KG + "issuedOn")) == Literal("2022-03-01", datatype=XSD.date)
    assert merged.value(policy, URIRef(KG + "documentNumber")) == Literal("云司发〔2022〕7号")


def test_a_local_mechanism_has_an_owner_and_an_owner_free_type(merged: rdflib.Graph) -> None:
    window = URIRef(f"{ID}mechanism/云溪县/“一窗通办”窗口")
    free = merged.value(window, URIRef(KG + "instanceOf"))
    assert free == URIRef(f"{ID}mechanism/“一窗通办”窗口")
    assert str(merged.value(free, RDFS.label)) == "“一窗通办”窗口"
    assert merged.value(window, URIRef(KG + "owner")) == URIRef(f"{ID}place/云溪县")


def test_order_of_documents_and_base_do_not_disturb(graph: Graph, texts: dict[str, str], tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "base")]
    for folder in folders:
        folder.mkdir()
    turned = replace(
        graph,
        documents=graph.documents[::-1],
        entities=graph.entities[::-1],
        relations=graph.relations[::-1],
        figures=graph.figures[::-1],
    )
    rdf.write(graph, texts, folders[0])
    rdf.write(turned, dict(reversed(texts.items())), folders[1])
    rdf.write(replace(graph, base="https://data.test/id/"), texts, folders[2])
    for name in rdf.FILES:
        first = (folders[0] / name).read_bytes()
        assert first == (folders[1] / name).read_bytes()
        assert first.replace(ID.encode(), b"https://data.test/id/") == (folders[2] / name).read_bytes()


def test_names_that_the_ontology_lacks_stop_the_export(graph: Graph, texts: dict[str, str], tmp_path: Path) -> None:
    wrong = replace(graph, relations=(replace(graph.relations[0], predicate="likes"),))
    with pytest.raises(ValueError, match=r"'likes' is not born in policy\.ttl"):
        rdf.write(wrong, texts, tmp_path)
    wrong = replace(graph, entities=(replace(graph.entities[0], kind="club"),))
    with pytest.raises(ValueError, match="'club' is the skos:notation of no class"):
        rdf.write(wrong, texts, tmp_path)


@pytest.mark.parametrize(
    "base",
    [
        "https://data.test/id",
        "data.test/id/",
        "https:///id/",
        "https://data.test/id#",
        "https://data.test/?id=/",
        "https://data.test/a b/",
        'https://data.test/"/',
        "https://data.test/%zz/",
        "file:///tmp/",
        "https://data.test/\n/",
        "",
    ],
)
def test_a_base_that_no_iri_can_begin_with_is_refused(base: str, graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot begin IRIs; it must be"):
        rdf.write(replace(graph, base=base), {}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_place_lies_in_those_of_the_gazetteer_whether_a_document_names_them_or_not(graph: Graph) -> None:
    def place(name: str, *attributes: tuple[str, str]) -> Entity:
        return Entity(f"place/{name}", "Place", name, (), attributes=attributes)

    # 盘锦 is called by its short name here; a town that no gazetteer has lies in the place that its name begins with.
    found = rdf.to_rdflib(
        replace(
            graph,
            entities=(
                place("盘锦", ("code", "211100")),
                place("大洼区", ("code", "211104")),
                place("大洼区田家镇"),
                place("朝阳区", ("code", "110105"), ("code", "220104")),  # two of one name: in which city nobody knows
                place("西田镇"),
            ),
            relations=(),
            figures=(),
            documents=(),
        )
    )
    within = {
        (str(a).removeprefix(ID), str(b).removeprefix(ID)) for a, b in found.subject_objects(URIRef(KG + "within"))
    }
    assert within == {
        ("place/大洼区田家镇", "place/大洼区"),
        ("place/大洼区", "place/盘锦"),
        ("place/盘锦", "place/辽宁省"),
    }
    province = URIRef(f"{ID}place/辽宁省")
    assert {str(value) for value in found.objects(province)} == {
        KG + "Place",
        "辽宁省",
        KG + "level-province",
        "210000",
    }


def test_evidence_names_the_component_and_the_version_that_read_it(graph: Graph) -> None:
    prov = "http://www.w3.org/ns/prov#"
    found = rdf.to_rdflib(replace(graph, version="1.2.3"))
    readings = set(found.objects(None, URIRef(prov + "wasGeneratedBy")))
    assert {str(node).removeprefix(ID) for node in readings} == {
        "component/1.2.3/relations",
        "component/1.2.3/figures",
    }
    for node in readings:
        assert (node, RDF.type, URIRef(prov + "Activity")) in found
        program = found.value(node, URIRef(prov + "wasAssociatedWith"))
        assert str(found.value(program, RDFS.label)) == "policy-kg 1.2.3"
        assert str(found.value(program, URIRef("https://schema.org/softwareVersion"))) == "1.2.3"
    other = rdf.to_rdflib(replace(graph, version="1.2.4"))
    assert not readings & set(other.objects(None, URIRef(prov + "wasGeneratedBy")))


def test_one_relation_in_two_periods_is_two_statements(graph: Graph) -> None:
    issued = graph.relations[2]
    twice = replace(graph, relations=(issued, replace(issued, period="2022")))
    found = rdf.to_rdflib(twice)
    assert len(set(found.subjects(RDF.type, URIRef(KG + "Statement")))) == 2
    assert {str(period) for period in found.objects(None, URIRef(KG + "period"))} == {"2021", "2022", "../2021-12"}


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\ud800\udfff\ufffe\r\n\t \"'<>{}|\\^`%#?[]/.:@=“”")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(name=HOSTILE, words=HOSTILE, doc=HOSTILE)
def test_hostile_text_survives_or_becomes_the_replacement_character(
    tmp_path_factory: pytest.TempPathFactory, name: str, words: str, doc: str
) -> None:
    """Everything but what XML cannot hold comes back as it was; that becomes U+FFFD, one for one."""
    folder = tmp_path_factory.mktemp("hostile")
    quote = Quote.of(doc, words, 0, len(words))
    entity = Entity(f"organisation/{name}", "Organisation", name, (quote,), attributes=(("documentNumber", words),))
    other = Entity("policy/x", "Policy", "x", (), "document")
    relation = Relation(entity.id, "issues", "policy/x", (Evidence(quote, quote, words),), words)
    figure = Figure(
        f"figure/{name}", words, Decimal(1), words, "exact", name, (entity.id,), words, "actual", (Evidence(quote),)
    )
    document = Document(doc, "", Meta(words, words, words, None, None, words))
    graph = Graph((document,), (entity, other), (relation,), (figure,))
    rdf.write(graph, {doc: words}, folder)
    merged = rdflib.Graph().parse(folder / "graph.ttl")
    assert len(merged) == len(rdf.to_rdflib(graph, {doc: words}))
    quotes = {str(text) for text in merged.objects(None, URIRef(OA + "exact"))}
    assert quotes == {"".join("\ufffd" if _illegal(char) else char for char in words)}
    nodes = json.loads((folder / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert len(nodes) == len(set(merged.subjects()))


def _illegal(char: str) -> bool:
    code = ord(char)
    return (code < 32 and char not in "\t\n\r") or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF)
