"""The one door to pyoxigraph: RDF files in, terms and facts between, RDF out, the same bytes for the same facts.

Turtle and RDF/XML hold one merged graph, so `serialise` drops graph names there; TriG, N-Quads and JSON-LD keep them.
Literals keep their lexical form throughout (``1.50`` stays ``1.50``). Blank nodes can be read but not written: their
names differ from run to run, and nothing of ours needs one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import parse as read
from pyoxigraph import serialize as write

__all__ = [
    "FORMATS",
    "BlankNode",
    "DefaultGraph",
    "Fact",
    "Facts",
    "Literal",
    "NamedNode",
    "Quad",
    "Triple",
    "parse",
    "plain",
    "serialise",
    "stream",
    "term",
]

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
DATASETS = ("trig", "nquads", "jsonld")  # the formats that hold named graphs
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_dump = json.JSONEncoder(ensure_ascii=False).encode
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")

Fact = tuple[NamedNode, NamedNode | Literal]  # predicate and object


class Facts:
    """What is said of each subject in each graph: added in any order, given back sorted, each once.

    A quad holds copies of its four terms; millions of them fit in memory only as facts that share terms.
    """

    def __init__(self) -> None:
        self._graphs: dict[str, dict[str, list[Fact]]] = {}

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Facts:
        """The facts of some quads; `TypeError` on a blank node, or on a triple in place of a term."""
        facts = cls()
        for quad in quads:
            graph = None if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
                raise TypeError(f"only IRIs and literals can be written, not {quad}; give the node an IRI")
            if isinstance(graph, BlankNode):
                raise TypeError(f"a graph needs an IRI to be written: {quad}")
            facts.add(quad.subject, [(quad.predicate, quad.object)], graph)
        return facts

    def add(self, subject: NamedNode, facts: Iterable[Fact], graph: NamedNode | None = None) -> None:
        """Say these of the subject, in the default graph unless one is named."""
        subjects = self._graphs.setdefault(graph.value if graph else "", {})
        subjects.setdefault(subject.value, []).extend(facts)

    def merged(self) -> Facts:
        """The same facts in the default graph."""
        union = Facts()
        for subjects in self._graphs.values():
            for subject, facts in subjects.items():
                union._graphs.setdefault("", {}).setdefault(subject, []).extend(facts)
        return union

    def graphs(self) -> Iterator[tuple[str, Iterator[tuple[str, list[Fact]]]]]:
        """(IRI of the graph, "" for the default graph; (IRI of a subject, its facts) …), all sorted."""
        for graph, subjects in sorted(self._graphs.items(), key=itemgetter(0)):
            yield graph, ((subject, sorted(set(subjects[subject]), key=_written)) for subject in sorted(subjects))

    def quads(self) -> Iterator[Quad]:
        """Every fact as a quad, by graph, subject, predicate and object."""
        for graph, subjects in self.graphs():
            name = NamedNode(graph) if graph else DefaultGraph()
            for subject, facts in subjects:
                node = NamedNode(subject)
                for predicate, value in facts:
                    yield Quad(node, predicate, value, name)

    def triples(self) -> Iterator[Triple]:
        """Every fact once, in whatever graphs it stands, by subject, predicate and object."""
        for _, subjects in self.merged().graphs():
            for subject, facts in subjects:
                node = NamedNode(subject)
                for predicate, value in facts:
                    yield Triple(node, predicate, value)


def _written(fact: Fact) -> str:
    """A fact as N-Triples writes it, to sort by."""
    return f"{fact[0]} {fact[1]}"


def parse(path: Path) -> tuple[Quad, ...]:
    """Every quad of an RDF file, in file order; raises as `stream` does."""
    return tuple(stream(path))


def stream(path: Path) -> Iterator[Quad]:
    """One quad of an RDF file after the other; the format is that of its ending (.ttl .trig .nq .nt .jsonld .rdf).

    Raises `ValueError` that names file and line where the file is no such RDF, `OSError` where it cannot be read.
    """
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise ValueError(
            f"{path}: {path.suffix!r} is no ending of an RDF file; use .ttl, .trig, .nq, .nt, .jsonld or .rdf"
        )
    try:
        with path.open("rb") as file:
            yield from read(file, form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        raise ValueError(f"{path}:{error.lineno or 1}: {error.msg}") from error


def term(written: str) -> NamedNode | Literal | None:
    """An IRI or literal as N-Triples writes it; None for a blank node.

    >>> term('"1.50"')
    <Literal value=1.50 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>
    """
    (quad,) = read(f"<urn:s> <urn:p> {written} .".encode(), RdfFormat.N_TRIPLES)
    return quad.object if isinstance(quad.object, NamedNode | Literal) else None


def serialise(facts: Facts | Iterable[Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Facts or quads in one of `FORMATS`, sorted, UTF-8; `prefixes` maps short names to namespaces.

    >>> quad = Quad(NamedNode("urn:盘锦市"), NamedNode("urn:p"), Literal("1.50"))
    >>> print(serialise([quad, quad], "nquads", {}).decode(), end="")
    <urn:盘锦市> <urn:p> "1.50" .
    """
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no RDF format; choose one of {', '.join(FORMATS)}")
    given = facts if isinstance(facts, Facts) else Facts.of(facts)
    if form == "jsonld":
        return _jsonld(given, prefixes)
    rows: Iterable[Quad] | Iterable[Triple] = given.quads() if form in DATASETS else given.triples()
    written = write(rows, format=FORMATS[form], prefixes=dict(prefixes)) or b""
    return _as_xml(written) if form == "rdfxml" else _headed(written)


def plain(quads: Iterable[Quad]) -> bytes:
    """The triples as N-Triples as they come, blank nodes and repetitions too: to hand to a program, not to keep."""
    return write((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def _headed(written: bytes) -> bytes:
    """Turtle or TriG with its prefix lines sorted: pyoxigraph keeps them in a hash map."""
    count = re.match(rb"(?:@prefix [^\n]*\n)*", written)
    head = count[0] if count else b""
    return b"".join(sorted(head.splitlines(keepends=True))) + written[len(head) :]


def _as_xml(written: bytes) -> bytes:
    """RDF/XML with its prefixes sorted and carriage returns that a reader of XML does not turn into line feeds."""
    illegal = _NOT_XML.search(written)
    if illegal:
        raise ValueError(
            f"RDF/XML cannot hold the control character {illegal[0]!r}; replace it or write another format"
        )
    head, root, rest = written.partition(b"<rdf:RDF ")
    names, closing, rest = rest.partition(b">")
    return head + root + b" ".join(sorted(names.split(b" "))) + closing + rest.replace(b"\r", b"&#13;")


def _jsonld(facts: Facts, prefixes: Mapping[str, str]) -> bytes:
    """JSON-LD 1.1 with the prefixes as context, which pyoxigraph does not write; a node a line, to compare versions."""
    for name, namespace in prefixes.items():
        if not namespace.endswith(("/", "#", ":", "?")):
            raise ValueError(f"prefix {name}: {namespace!r} must end with / or #, as JSON-LD asks")
    short = _Short(prefixes)
    nodes: list[str] = []
    for graph, subjects in facts.graphs():
        lines = [_dump(_node(subject, said, short)) for subject, said in subjects]
        if graph:
            joined = ",\n  ".join(lines)
            nodes.append(f'{{"@id": {_dump(short[graph])}, "@graph": [\n  {joined}\n]}}')
        else:
            nodes.extend(lines)
    body = ",\n".join(nodes)
    return f'{{"@context": {_dump(dict(sorted(prefixes.items())))},\n"@graph": [\n{body}\n]}}\n'.encode()


def _node(subject: str, facts: Iterable[Fact], short: _Short) -> dict[str, object]:
    """What is said of a subject as one JSON object."""
    node: dict[str, object] = {"@id": short[subject]}
    for predicate, same in groupby(facts, key=itemgetter(0)):
        if predicate.value == _TYPE:
            node["@type"] = [short[value.value] for _, value in same]
        else:
            node[short[predicate.value]] = [_value(value, short) for _, value in same]
    return node


def _value(term: NamedNode | Literal, short: _Short) -> dict[str, str] | str:
    """A term as JSON-LD; a typed literal keeps its lexical form as a string."""
    if isinstance(term, NamedNode):
        return {"@id": short[term.value]}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return term.value if datatype == _STRING else {"@value": term.value, "@type": short[datatype]}


class _Short(dict[str, str]):
    """IRI → prefix:rest where a prefix fits, else the IRI; filled as it is asked."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self.longest = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))

    def __missing__(self, iri: str) -> str:
        self[iri] = iri
        for name, namespace in self.longest:
            rest = iri.removeprefix(namespace)
            # "id://x" would be read as an absolute IRI, and an empty rest is no name
            if rest and rest != iri and not rest.startswith("//"):
                self[iri] = f"{name}:{rest}"
                break
        return self[iri]
