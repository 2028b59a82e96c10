"""A SPARQL 1.1 endpoint by its URL, asked by the protocol: a form by POST, results as JSON, graphs as N-Triples."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from http import HTTPStatus
from http.client import HTTPException

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, Variable
from pyoxigraph import parse as read_graph
from pyoxigraph import parse_query_results as read_results

from kg.export.rdf import prefixes
from kg.query.answers import XSD, Answer, QueryError
from kg.query.patterns import declared, tokens
from kg.triples import Literal, NamedNode

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
SECONDS = 120.0  # to wait for an answer


class Endpoint:
    """What answers at a URL; our prefixes are declared for those queries that use them without declaring."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise QueryError(f"{url!r} is no address of an endpoint; it begins with http:// or https://")
        self.url = url
        self.seconds = seconds

    def ask(self, query: str) -> Answer:
        """The answer; `QueryError` says what the endpoint or the network has against it, `SyntaxError` as a store's."""
        body = urllib.parse.urlencode({"query": _complete(query)}).encode()
        headers = {"Accept": ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 the scheme is checked above
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as reply:  # noqa: S310
                return _answer(reply.read(), reply.headers.get_content_type(), self.url)
        except urllib.error.HTTPError as error:
            if error.code == HTTPStatus.BAD_REQUEST:
                # Where syntax is at fault, the place is that in the query as typed: `SyntaxError`, as of a build.
                Store().query(query, prefixes=prefixes())
            said = " ".join(error.read(2000).decode("utf-8", "replace").split())
            raise QueryError(f"{self.url}: {error.code} {error.reason}: {said[:400]}") from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"{self.url}: {reason}; is an endpoint running there?") from error


def _complete(query: str) -> str:
    """The query with the prefixes that it takes for granted, on its first line, so that line numbers hold."""
    listed = tokens(query)
    used = {token.text.partition(":")[0] for token in listed if token.kind == "name"}
    used |= {token.text.rpartition("^^")[2].partition(":")[0] for token in listed if token.kind == "text"}
    missing = {name: iri for name, iri in prefixes().items() if name in used - declared(listed).keys()}
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in missing.items()) + query


def _answer(body: bytes, kind: str, url: str) -> Answer:
    """Results by their media type."""
    try:
        if kind in ("application/n-triples", "text/turtle", "text/plain"):
            quads = read_graph(body, RdfFormat.N_TRIPLES if kind == "application/n-triples" else RdfFormat.TURTLE)
            found = sorted(((quad.subject, quad.predicate, quad.object) for quad in quads), key=str)
            return Answer(("subject", "predicate", "object"), tuple(found), "graph")
        form = QueryResultsFormat.from_media_type(kind)
        if form is None:
            raise QueryError(f"{url}: answers {kind}, which is no result of SPARQL; is it the address of the endpoint?")
        results = read_results(body, form)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{url}: {error}") from error
    if isinstance(results, QueryBoolean):
        truth = Literal("true" if results else "false", datatype=NamedNode(XSD + "boolean"))
        return Answer(("answer",), ((truth,),), "ask")
    assert isinstance(results, QuerySolutions)
    columns = tuple(variable.value for variable in results.variables)
    return Answer(columns, tuple(tuple(row[Variable(name)] for name in columns) for row in results))
