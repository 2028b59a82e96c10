"""The ontology folder → the words of the page in each language: interface words, and labels of what the graph names."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Set

from kg import triples
from kg.resources import ontology_folder

LANGUAGES = ("zh", "en")
NAMESPACE = "https://w3id.org/policy-kg/ontology#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
NOTATION = "http://www.w3.org/2004/02/skos/core#notation"

Words = dict[str, object]


def interface() -> dict[str, Words]:
    """``messages/explorer.toml``: of each language, word by key, and tables of words.

    >>> interface()["zh"]["entities"]
    '实体'
    """
    path = ontology_folder() / "messages" / "explorer.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    missing = [language for language in LANGUAGES if language not in tables]
    if missing:
        raise ValueError(f"{path}: no table [{missing[0]}]")
    return {language: tables[language] for language in LANGUAGES}


def labels(names: Set[str], values: Set[str]) -> dict[str, dict[str, dict[str, str]]]:
    """Of each language, the labels in ``policy.ttl`` of these classes and properties, and of these values.

    A value is called by its notation (court) or by its name (form-law).

    >>> labels({"Place"}, {"court"})["zh"]
    {'names': {'Place': '地区'}, 'values': {'court': '法院'}}
    """
    spoken: dict[str, dict[str, str]] = defaultdict(dict)
    notation: dict[str, str] = {}
    for quad in triples.parse(ontology_folder() / "policy.ttl"):
        about, term = quad.subject, quad.object
        if not isinstance(about, triples.NamedNode) or not isinstance(term, triples.Literal):
            continue
        name = about.value.removeprefix(NAMESPACE)
        if quad.predicate.value == LABEL and term.language in LANGUAGES:
            spoken[name][term.language] = term.value
        elif quad.predicate.value == NOTATION:
            notation[name] = term.value
    found: dict[str, dict[str, dict[str, str]]] = {}
    for language in LANGUAGES:
        worded = {name: by[language] for name, by in sorted(spoken.items()) if language in by}
        found[language] = {
            "names": {name: label for name, label in worded.items() if name in names},
            "values": {
                **{name: label for name, label in worded.items() if name in values},
                **{notation[name]: label for name, label in worded.items() if notation.get(name) in values},
            },
        }
    return found
