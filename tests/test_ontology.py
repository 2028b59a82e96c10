"""`ontology/policy.ttl` says all it must of every name; `ontology/shapes.ttl` is SHACL that fits it."""

from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.knowledge import load
from kg.resources import ontology_folder

KG = "https://w3id.org/policy-kg/ontology#"
SCORED = [
    "issues",
    "establishes",
    "implements",
    "provides",
    "basedOn",
    "partOf",
    "cooperatesWith",
    "directs",
    "jurisdiction",
]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_folder() / "policy.ttl")


def ours(ontology: Graph, *types: URIRef) -> set[Node]:
    """Names of our namespace with one of the types."""
    return {name for kind in types for name in ontology.subjects(RDF.type, kind) if str(name).startswith(KG)}


def test_every_name_has_label_and_definition_in_both_languages(ontology: Graph) -> None:
    names = {name for name in ontology.subjects(unique=True) if str(name).startswith(KG)}
    assert len(names) > 80
    for name in names:
        for said in (RDFS.label, SKOS.definition):
            languages = [text.language for text in ontology.objects(name, said) if isinstance(text, Literal)]
            assert sorted(map(str, languages)) == ["en", "zh"], f"{name} {said}"


def test_every_property_has_one_domain_and_one_range_that_exist(ontology: Graph) -> None:
    for name in ours(ontology, OWL.ObjectProperty, OWL.DatatypeProperty):
        for said in (RDFS.domain, RDFS.range):
            classes = list(ontology.objects(name, said))
            assert len(classes) == 1, f"{name} {said}"
            known = (classes[0], RDF.type, OWL.Class) in ontology or str(classes[0]).split("#")[0].endswith(
                ("XMLSchema", "rdf-schema")
            )
            assert known, f"{name}: {classes[0]}"


def test_the_nine_scored_predicates_are_marked(ontology: Graph) -> None:
    marked = {str(name).removeprefix(KG) for name in ontology.subjects(URIRef(KG + "scored"), Literal(True))}
    assert marked == set(SCORED)
    assert (URIRef(KG + "cooperatesWith"), RDF.type, OWL.SymmetricProperty) in ontology


def test_values_are_individuals_with_a_word_of_their_own(ontology: Graph) -> None:
    expected = {
        "Bound": "exact about over under",
        "FigureStatus": "actual estimate target baseline",
        "RelationStatus": "done planned required",
        "Level": "country province prefecture county township",
        "Role": "lead responsible participant host cohost",
        "MetricKind": "level share growth count money duration",
        "Genre": "report news reply interview notice plan law bulletin other",
    }
    for kind, words in expected.items():
        held = {str(ontology.value(name, SKOS.notation)) for name in ontology.subjects(RDF.type, URIRef(KG + kind))}
        assert held == set(words.split())
        shapes = Graph().parse(ontology_folder() / "shapes.ttl")
        listed = [set(Collection(shapes, values)) for values in shapes.objects(None, SH["in"])]
        assert set(ontology.subjects(RDF.type, URIRef(KG + kind))) in listed, "shapes.ttl lists other values"
    notations = Counter(ontology.objects(None, SKOS.notation))
    assert max(notations.values()) == 1


def test_it_stays_within_owl_2_rl(ontology: Graph) -> None:
    """Named classes and properties only: no blank node, hence no union and no restriction, and no OWL beyond these."""
    assert not [term for triple in ontology for term in triple if isinstance(term, BNode)]
    used = {term for triple in ontology for term in triple if str(term).startswith(str(OWL))}
    names = "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty SymmetricProperty TransitiveProperty"
    allowed = {OWL[name] for name in [*names.split(), "inverseOf", "disjointWith", "versionInfo"]}
    assert used <= allowed


def test_foreign_terms_are_declared(ontology: Graph) -> None:
    used = {
        *ontology.objects(None, RDFS.subClassOf),
        *ontology.objects(None, RDFS.subPropertyOf),
        *(name for name in ontology.predicates() if str(name).startswith(str(SKOS))),
    }
    assert not {name for name in used if (name, RDF.type, None) not in ontology}


def test_reasoning_finds_no_contradiction(ontology: Graph) -> None:
    owlrl = pytest.importorskip("owlrl")
    closure = Graph() + ontology
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    assert not list(closure.subjects(RDF.type, OWL.Nothing))
    assert not list(closure.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


def test_shapes_are_shacl_and_speak_only_of_known_names(ontology: Graph) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    shapes = Graph().parse(ontology_folder() / "shapes.ttl")
    used = {term for triple in shapes for term in triple if str(term).startswith(KG) and isinstance(term, URIRef)}
    assert not {name for name in used if (name, RDF.type, None) not in ontology} - {URIRef(KG)}
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, report


def test_the_shapes_list_every_form_and_the_list_of_nouns_uses_every_one(ontology: Graph) -> None:
    born = set(ontology.subjects(RDF.type, URIRef(KG + "Form")))
    shapes = Graph().parse(ontology_folder() / "shapes.ttl")
    assert born in [set(Collection(shapes, values)) for values in shapes.objects(None, SH["in"])]
    used = {form for each in load().forms.values() for form in (each.form, each.legislature)}
    assert {str(name).removeprefix(KG + "form-") for name in born} == used
