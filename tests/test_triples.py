"""RDF in and out: the same bytes for the same facts, literals as they are, mistakes by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.triples import FORMATS, BlankNode, Literal, NamedNode, Quad, parse, serialise

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"z": "https://example.org/z/", "a": "https://example.org/a/", "xsd": XSD}
ENDINGS = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdf"}
PLACE, RATE = NamedNode("https://example.org/a/云溪县"), NamedNode("https://example.org/z/rate")
QUADS = (
    Quad(PLACE, RATE, Literal("1.50", datatype=NamedNode(XSD + "decimal")), NamedNode("https://example.org/a/news")),
    Quad(PLACE, RATE, Literal("007", datatype=NamedNode(XSD + "integer"))),
    Quad(PLACE, RATE, Literal("满意\r\n“率”\t", language="zh")),
    Quad(NamedNode("https://example.org/a///云"), RATE, PLACE),
)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_reads_back_with_every_lexical_form(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"facts.{ENDINGS[form]}"
    path.write_bytes(serialise(QUADS, form, PREFIXES))
    keeps_graphs = form in ("trig", "nquads", "jsonld")
    expected = set(QUADS) if keeps_graphs else {Quad(*quad.triple) for quad in QUADS}
    assert set(parse(path)) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_order_and_repetition_of_the_input_do_not_show(form: str) -> None:
    assert serialise(QUADS, form, PREFIXES) == serialise(
        (*reversed(QUADS), *QUADS), form, dict(reversed(PREFIXES.items()))
    )


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = "import test_triples as t; print([t.serialise(t.QUADS, form, t.PREFIXES) for form in t.FORMATS])"
    here = Path(__file__).parent
    runs = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{here.parent}{os.pathsep}{here}"}
        runs.add(subprocess.run([sys.executable, "-c", program], env=env, check=True, capture_output=True).stdout)
    assert len(runs) == 1


def test_a_file_that_is_no_rdf_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("@prefix a: <https://example.org/a/> .\na:云溪县 a:x .\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.ttl:2: "):
        parse(path)
    with pytest.raises(ValueError, match=r"'\.doc' is no ending of an RDF file"):
        parse(tmp_path / "a.doc")


def test_what_a_format_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="only IRIs and literals"):
        serialise([Quad(BlankNode("b"), RATE, PLACE)], "turtle", {})
    with pytest.raises(ValueError, match="RDF/XML cannot hold"):
        serialise([Quad(PLACE, RATE, Literal("\x00"))], "rdfxml", PREFIXES)
    with pytest.raises(ValueError, match="must end with / or #"):
        serialise(QUADS, "jsonld", {"a": "https://example.org/a"})
    with pytest.raises(ValueError, match="choose one of turtle"):
        serialise(QUADS, "n4", {})
