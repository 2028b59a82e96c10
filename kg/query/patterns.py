"""A SPARQL query as typed → its tokens, its prefixes and the triple patterns of its groups.

This is no parser: the store parses. It finds what a person must be told of (an unknown name, the part that matches
nothing) and which variables hold the values of which property.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<comment>\#[^\n]*)
    |(?P<text>(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
        (?:@[A-Za-z-]+|\^\^(?:<[^>\s]*>|[\w.-]*:[\w.-]*\w))?)
    |(?P<variable>[?$]\w+)|(?P<name>(?:\w[\w.-]*)?:(?:(?:[\w:%-]|\\.)(?:(?:[\w:%.-]|\\.)*(?:[\w:%-]|\\.))?)?)
    |(?P<number>[+-]?\d+(?:\.\d+)?)|(?P<word>\w+)|(?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)
TERMS = ("iri", "text", "variable", "name", "number")
_AFTER_BRACES = ("filter", "optional", "union", "minus", "graph", "service", "bind", "values", "exists", "not")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the query, of a kind named in the pattern of tokens, and where it starts."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Subject, path and object as typed; `required` where the group needs it, `at` is where its path starts."""

    subject: str
    path: tuple[str, ...]
    object: str
    required: bool
    at: int

    def __str__(self) -> str:
        return f"{self.subject} {''.join(self.path)} {self.object}"


def tokens(query: str) -> tuple[Token, ...]:
    """The tokens without comments.

    >>> [token.text for token in tokens('SELECT ?a { ?a a <urn:b> . # so')]
    ['SELECT', '?a', '{', '?a', 'a', '<urn:b>', '.']
    """
    found = (Token(str(match.lastgroup), match[0], match.start()) for match in _TOKEN.finditer(query))
    return tuple(token for token in found if token.kind != "comment")


def declared(listed: Sequence[Token]) -> dict[str, str]:
    """The prefixes that the query declares itself, without their colon."""
    found = {}
    for word, name, iri in zip(listed, listed[1:], listed[2:], strict=False):
        if word.text.lower() == "prefix" and name.kind == "name" and iri.kind == "iri":
            found[name.text.removesuffix(":")] = iri.text[1:-1]
    return found


def expanded(term: str, prefixes: Mapping[str, str]) -> str:
    """A prefixed name or IRI as a bare IRI; ``a`` as rdf:type; anything else as it is."""
    if term.startswith("<"):
        return term[1:-1]
    prefix, colon, rest = term.partition(":")
    if term == "a":
        return prefixes.get("rdf", "") + "type"
    return prefixes[prefix] + rest.replace("\\", "") if colon and prefix in prefixes else term


def place(query: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)


@dataclass(slots=True)
class _Group:
    """Where in a group or bracket the reading is."""

    subject: str = ""
    path: list[str] = field(default_factory=list)
    at: int = 0
    done: bool = False  # the object has been read
    required: bool = True
    bracket: bool = False


def patterns(listed: Sequence[Token]) -> tuple[Pattern, ...]:
    """Every triple pattern between braces; a bracket counts as a variable of its own."""
    return tuple(_read(iter(listed)))


def _read(listed: Iterator[Token]) -> Iterator[Pattern]:
    groups: list[_Group] = []
    keyword, fresh = "", 0
    for token in listed:
        if token.text == "{":
            required = keyword not in _AFTER_BRACES and (not groups or groups[-1].required)
            groups.append(_Group(required=required))
            keyword = ""
        elif token.text in ("}", "]") and groups:
            groups.pop()
            if token.text == "}" and groups:  # a group ends what stood before it: VALUES ?x {…}, GRAPH ?g {…}
                groups[-1] = _Group(required=groups[-1].required)
        elif token.text == "(":
            _skip(listed)
            if groups and groups[-1].subject and not groups[-1].done:
                groups[-1].path += ["(", ")"]
        elif not groups:
            continue
        elif token.text == "[":
            fresh += 1
            yield from _term(groups[-1], f"?_{fresh}", token)
            groups.append(_Group(f"?_{fresh}", required=groups[-1].required, bracket=True))
        elif token.kind in TERMS or (token.text == "a" and groups[-1].subject):
            yield from _term(groups[-1], token.text, token)
        elif token.kind == "word":
            keyword = token.text.lower()
            groups[-1] = _Group(required=groups[-1].required)
        else:
            _mark(groups[-1], token)


def _term(group: _Group, term: str, token: Token) -> Iterator[Pattern]:
    """A term is the subject, a step of the path, or the object that ends a pattern."""
    if not group.subject:
        group.subject = term
    elif not group.path or group.path[-1] in ("/", "|", "^", "!"):
        group.path.append(term)
        group.at = group.at or token.at
    else:
        group.done = True
        yield Pattern(group.subject, tuple(group.path), term, group.required, group.at)


def _mark(group: _Group, token: Token) -> None:
    """Punctuation that ends a pattern, a list of objects or a subject; else a mark of the path."""
    if token.text == ".":
        if not group.bracket:
            group.subject = ""
        group.path, group.done, group.at = [], False, 0
    elif token.text == ";":
        group.path, group.done, group.at = [], False, 0
    elif token.text != "," and group.subject and not group.done:
        group.path.append(token.text)


def _skip(listed: Iterator[Token]) -> None:
    """Leave out what stands in round brackets."""
    depth = 1
    for token in listed:
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return
