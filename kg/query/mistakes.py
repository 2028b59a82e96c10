"""A query that is wrong → line, column, nearest known word; one that finds nothing → the part that matches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.export.rdf import prefixes
from kg.knowledge import NAMESPACE, load
from kg.query.answers import QueryError, Source
from kg.query.patterns import Pattern, Token, declared, expanded, patterns, place, tokens

WORDS = (
    "select construct describe ask where optional union minus filter bind values graph service exists not in distinct"
    " reduced from named group by having order limit offset prefix base as count sum avg min max sample group_concat"
    " separator asc desc undef str lang datatype bound if coalesce regex contains strstarts strends strlen substr"
    " concat lcase ucase year month day iri uri abs round ceil floor isiri isliteral sameterm replace strdt strlang"
    " strafter strbefore langmatches true false a silent all encode_for_uri rand now uuid struuid hours minutes seconds"
    " timezone tz md5 sha1 sha256 sha384 sha512 bnode isblank isnumeric to using with"
    " insert delete load clear drop create add move copy"
).upper()
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
FEW = 20  # words that can all be named
CHANGES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")


def check(query: str) -> None:
    """Refuse a query that names what the ontology does not know, changes something, or asks other machines."""
    listed = tokens(query)
    known = {**prefixes(), **declared(listed)}
    first = next((t for t in listed if t.kind == "word" and t.text.upper() not in ("PREFIX", "BASE")), None)
    if first and first.text.upper() in CHANGES:
        raise _at(query, first.at, f"{first.text} would change the graph; a build is only read")
    if first and first.text.upper() not in FORMS:
        raise _at(
            query, first.at, f"a query begins with {', '.join(FORMS)}, not {first.text}{_nearest(first.text, FORMS)}"
        )
    for token in listed:
        if token.kind == "word" and token.text.upper() == "SERVICE":
            raise _at(query, token.at, "SERVICE is not done: a query leaves this machine only by --endpoint")
        if token.kind in ("name", "iri"):
            _check_name(query, token, known)


def names(query: str) -> frozenset[str]:
    """The IRIs that the query names, in full or by a prefix."""
    listed = tokens(query)
    known = {**prefixes(), **declared(listed)}
    return frozenset(expanded(token.text, known) for token in listed if token.kind in ("name", "iri"))


def _check_name(query: str, token: Token, known: Mapping[str, str]) -> None:
    prefix = token.text.partition(":")[0]
    if token.kind == "name" and prefix not in known:
        raise _at(query, token.at, f"prefix {prefix}: is not declared{_nearest(prefix, known)}")
    name = expanded(token.text, known)
    if name.startswith(NAMESPACE) and name != NAMESPACE and name.removeprefix(NAMESPACE) not in load().vocabulary:
        near = _nearest(name.removeprefix(NAMESPACE), load().vocabulary)
        raise _at(query, token.at, f"{token.text} is not in the ontology{near}")


def syntax(query: str, error: SyntaxError) -> QueryError:
    """What the store says of the place where it could not go on, with the line itself."""
    found = re.search(r"at (\d+):(\d+)", str(error))
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    rows = query.splitlines() or [""]
    row = rows[min(line, len(rows)) - 1]
    at = sum(len(each) + 1 for each in rows[: line - 1]) + column - 1
    # The store tells the place that it came to, which may be a few words after the one that is wrong.
    read = [t for t in tokens(query) if t.kind == "word" and t.at <= at and t.text.upper() not in WORDS.split()]
    near = f" of {read[-1].text!r}{_nearest(read[-1].text.upper(), WORDS.split())}" if read else ""
    counts = {mark: query.count(mark) for mark in "{}()"}
    unclosed = (
        "; a { is not closed" if counts["{"] > counts["}"] else "; a ( is not closed" * (counts["("] > counts[")"])
    )
    # Character sets, as the grammar has them, tell a person nothing.
    expected = re.sub(r"\[[^\n]*?'\.\.=?[^\n]*", "…", str(error).partition(": ")[2].splitlines()[0])[:120]
    shown = f"{row}\n{' ' * (column - 1)}^"
    return QueryError(f"line {line}, column {column}: cannot make sense{near}{unclosed} ({expected})\n{shown}")


def silent_part(query: str, source: Source) -> str:
    """Which part of a query without results matches nothing: one pattern, or the first that does not fit the others."""
    listed = tokens(query)
    head = "".join(f"PREFIX {name}: <{iri}> " for name, iri in declared(listed).items())
    values = _values(query, listed)
    wanted = [pattern for pattern in patterns(listed) if pattern.required and "(" not in pattern.path]
    for pattern in wanted:
        if not _matches(head, [pattern], source):
            return f"nothing matches “{pattern}”"
    for count in range(1, len(wanted) + 1):
        if not _matches(head, wanted[:count], source, values):
            what = (
                "with these values, nothing"
                if count == 1 and values
                else "together with what stands before it, nothing"
            )
            return f"{what} matches “{wanted[count - 1]}”"
    return "every pattern matches something; a FILTER, HAVING or LIMIT leaves nothing"


def _matches(head: str, wanted: Iterable[Pattern], source: Source, values: str = "") -> bool:
    body = " . ".join(map(str, wanted))
    answer = source.ask(f"{head}ASK {{ {values} {body} }}")
    return answer.rows[0][0] is not None and answer.rows[0][0].value == "true"


def _values(query: str, listed: Iterable[Token]) -> str:
    """The VALUES clauses of the query, as they stand."""
    return " ".join(re.findall(r"(?i)\bVALUES\s+(?:\?\w+|\([^)]*\))\s*\{[^}]*\}", query))


def _at(query: str, at: int, reason: str) -> QueryError:
    line, column = place(query, at)
    return QueryError(f"line {line}, column {column}: {reason}")


def _nearest(word: str, known: Iterable[str]) -> str:
    """Known words that are like it; all, where they are few and none is."""
    listed = sorted(known)
    by_case = {each.lower(): each for each in listed}
    near = [by_case[each] for each in get_close_matches(word.lower(), by_case, 3, 0.6)]
    return (
        f"; the nearest: {', '.join(near)}" if near else f"; there are {', '.join(listed)}" if len(listed) < 20 else ""
    )
