"""The IRIs of one export: type, owner and name for what documents name, a hash for what they say."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from kg.export.characters import iri_path, legal
from kg.model import BASE, Entity, Graph, Quote, Relation
from kg.triples import NamedNode

# An IRI with a host (RFC 3987), to which a path can be added: no query, no fragment, nothing that ends an IRI.
_BASE = re.compile(r"https?://[^\s/?#<>\"{}|\\^`\x00-\x20]+(?:/(?:[^\s?#<>\"{}|\\^`%\x00-\x20]|%[0-9A-Fa-f]{2})*)?/")
HASHED = ("statement", "evidence")


def prefixes(base: str = BASE) -> dict[str, str]:
    r"""Short names of namespaces, the same in all formats.

    None for what documents name: rdflib 7 cannot read a prefixed name such as ``document:a.\#char``.
    """
    return {kind: f"{base}{kind}/" for kind in HASHED} | {
        "kg": "https://w3id.org/policy-kg/ontology#",
        "dct": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }


def checked(base: str) -> str:
    """The base, if IRIs can begin with it; else `ValueError`, which says what it must be.

    >>> checked("https://data.example/盘锦/")
    'https://data.example/盘锦/'
    """
    if _BASE.fullmatch(base):
        return base
    near = base + "/" if _BASE.fullmatch(base + "/") else BASE
    raise ValueError(
        f"{base!r} cannot begin IRIs; it must be http:// or https:// with a host, end with /, and have no spaces, "
        f"quotation marks, ? or #, such as {near}"
    )


def digest(kind: str, *parts: object) -> str:
    """An id from the hash of what a record says."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{kind}/{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def statement(relation: Relation, alone: bool) -> str:
    """The id of a relation; `alone` unless the graph has it in several periods, roles or states."""
    parts = (relation.subject, relation.predicate, relation.object)
    return digest("statement", *parts, *(() if alone else (relation.period, relation.role, relation.status)))


class Iris:
    """IRIs under the base of a graph for its ids."""

    def __init__(self, graph: Graph) -> None:
        self.base = checked(graph.base)
        self.ids = frozenset(entity.id for entity in graph.entities)
        self.named: dict[str, str] = {}
        for entity in reversed(graph.entities):
            if entity.type in ("Place", "Organisation") or entity.name not in self.named:
                self.named[entity.name] = entity.id
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, name: str) -> NamedNode:
        return NamedNode(self.base + iri_path(name))

    def hashed(self, kind: str, *parts: object) -> NamedNode:
        """An IRI from the hash of what a record says, independent of the base."""
        return NamedNode(self.base + digest(kind, *parts))

    def metric(self, ident: str) -> NamedNode:
        """A metric, whose id escapes already what the name of a unit may not have in a path."""
        return NamedNode(self.base + iri_path(ident).replace("%2525", "%25").replace("%252F", "%2F"))

    def document(self, doc: str) -> NamedNode:
        """The document, and the named graph of what it says."""
        return self.of("document/" + doc)

    def passage(self, quote: Quote, part: str = "char") -> NamedNode:
        """Characters of a document as RFC 5147 names them: ``…#char=12,20``."""
        return NamedNode(f"{self.document(quote.doc).value}#{part}={quote.start},{quote.end}")

    def find(self, name: str | None) -> NamedNode | None:
        """The entity of that id, else that name (a body or place before others); None if the graph has none."""
        if name in self.ids:
            return self.of(str(name))
        found = self.named.get(name or "")
        return self.of(found) if found else None

    def free_type(self, entity: Entity) -> str | None:
        """The owner-free id that a local mechanism or programme is an instance of."""
        if not entity.owner:
            return None
        return dict(entity.attributes).get("instanceOf") or f"{entity.type.lower()}/{legal(entity.name)}"
