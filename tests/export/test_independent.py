"""Tools that nobody here wrote read every serialisation, and read the same: rapper, N3.js, jsonld.js, pyoxigraph, rdflib."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib import Dataset

from kg.export import exporter
from kg.model import Graph
from kg.triples import Literal, NamedNode, parse

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
ROOT = Path(__file__).resolve().parent.parent.parent
JS = ROOT / "tests" / "js" / "rdf"
Said = tuple[str, ...]  # subject, predicate, object, language, datatype, graph

# What breaks readers: ends of strings and IRIs, marks of direction, controls, halves of characters, things that look like syntax.
HOSTILE = (
    "“\"'\\”",
    "一\n二\r三\r\n四\t五",
    "\x00\x01\x1f\x7f",
    "\ud800\udfff",
    "\u202e市\u200f\u2066\ufeff",
    "<>{}|^`%20 %",
    "\\u0041\\n",
    "]]></rdf:RDF><!--",
    "@zh ^^xsd:x",
    "/../.",
    "𠮷\U0010fffd",
    "\ufffe\uffff",
    "\u2028\u2029\x85",
    "# . ; ,",
)


@pytest.fixture(scope="module")
def javascript() -> None:
    if not shutil.which("node") or not (JS / "node_modules").is_dir():
        pytest.skip("N3.js and jsonld.js are not installed (npm install --prefix tests/js/rdf)")


@pytest.fixture
def hostile(graph: Graph) -> Graph:
    """The small graph with hostile text wherever a document's words go."""
    text = "".join(HOSTILE)
    metas = tuple(replace(each, meta=replace(each.meta, title=text, number=text)) for each in graph.documents)
    entities = tuple(
        replace(each, name=words + each.name, attributes=(("documentNumber", words),) if each.type == "Policy" else ())
        for each, words in zip(graph.entities, HOSTILE * 9, strict=False)
    )
    figures = tuple(replace(each, metric=text, unit=text, text=text) for each in graph.figures)
    return replace(graph, documents=metas, entities=entities, figures=figures)


@pytest.fixture(params=["plain", "hostile"])
def folder(request: pytest.FixtureRequest, graph: Graph, texts: dict[str, str], tmp_path: Path) -> Path:
    """All five serialisations."""
    chosen = graph if request.param == "plain" else request.getfixturevalue("hostile")
    for name in ("rdf", "nquads", "rdfxml"):
        exporter(name)(chosen, texts, tmp_path)
    return tmp_path


def ours(path: Path) -> set[Said]:
    """The quads as pyoxigraph reads them."""
    return set(_said(path))


def _said(path: Path) -> Iterator[Said]:
    for quad in parse(path):
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        value = quad.object
        assert isinstance(quad.subject, NamedNode) and isinstance(value, NamedNode | Literal)
        kind = (value.language or "", value.datatype.value) if isinstance(value, Literal) else ("", "")
        yield quad.subject.value, quad.predicate.value, value.value, *kind, graph


def merged(quads: set[Said]) -> set[Said]:
    return {(*quad[:5], "") for quad in quads}


def by_javascript(path: Path, form: str) -> set[Said]:
    run = subprocess.run(
        ["node", JS / "read.mjs", path, form], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    return {tuple(quad) for quad in json.loads(run.stdout)}


def test_all_serialisations_are_one_dataset(folder: Path) -> None:
    dataset = ours(folder / "graph.trig")
    assert ours(folder / "graph.nq") == dataset
    for name in ("graph.ttl", "graph.jsonld", "graph.rdf"):
        assert ours(folder / name) == merged(dataset), name
    assert len(dataset) > len(merged(dataset)) > 100


@pytest.mark.parametrize(
    ("name", "form"),
    [("graph.ttl", "text/turtle"), ("graph.trig", "application/trig"), ("graph.nq", "application/n-quads")],
)
@pytest.mark.usefixtures("javascript")
def test_n3_js_reads_the_same(folder: Path, name: str, form: str) -> None:
    assert by_javascript(folder / name, form) == ours(folder / name)


@pytest.mark.usefixtures("javascript")
def test_jsonld_js_reads_the_same(folder: Path) -> None:
    assert by_javascript(folder / "graph.jsonld", "jsonld") == ours(folder / "graph.jsonld")


@pytest.mark.parametrize(
    ("name", "form"), [("graph.ttl", "turtle"), ("graph.trig", "trig"), ("graph.nq", "nquads"), ("graph.rdf", "rdfxml")]
)
def test_rapper_reads_as_many_without_a_warning(folder: Path, name: str, form: str, tmp_path: Path) -> None:
    if not shutil.which("rapper"):
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    run = subprocess.run(["rapper", "-i", form, "-o", "nquads", folder / name], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert b"warning" not in run.stderr.lower()
    (tmp_path / "again.nq").write_bytes(run.stdout)
    assert len(ours(tmp_path / "again.nq")) == len(ours(folder / name))


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.nq", "graph.jsonld", "graph.rdf"])
def test_rdflib_reads_as_many(folder: Path, name: str) -> None:
    if name in ("graph.trig", "graph.nq"):
        data = Dataset()
        data.parse(folder / name)
        assert len(list(data.quads())) == len(ours(folder / name))
    else:
        assert len(rdflib.Graph().parse(folder / name)) == len(ours(folder / name))


@pytest.mark.usefixtures("javascript")
def test_the_samples_are_read_by_all_of_them(tmp_path: Path) -> None:
    for name, form in (("graph.ttl", "text/turtle"), ("graph.trig", "application/trig"), ("graph.jsonld", "jsonld")):
        assert by_javascript(ROOT / "output" / name, form) == ours(ROOT / "output" / name)
