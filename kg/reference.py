"""``ontology/policy.ttl`` → the reference page of its names in one language, as Markdown.

    python -m kg.reference docs

writes ``ontology.md`` and ``ontology.zh.md`` there; a test holds the pages of this project to what it writes.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.export.rdf import prefixes
from kg.knowledge import NAMESPACE
from kg.resources import ontology_folder
from kg.triples import Literal, NamedNode, parse

PAGES = {"en": "ontology.md", "zh": "ontology.zh.md"}
OTHERS = {
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "qb": "http://purl.org/linked-data/cube#",
    "schema": "https://schema.org/",
}
Said = Mapping[str, Mapping[str, list[str]]]  # name → property → what is said, texts of one language only


def page(language: str) -> str:
    """The page in ``en`` or ``zh``."""
    said, words = _said(language), _words(language)
    ours = [name for name in said if name.startswith("kg:")]
    lines = [f"# {words['title']}", "", words["intro"], ""]
    lines += ["```turtle", f"@prefix kg: <{NAMESPACE}> .", "```", ""]
    classes = [name for name in ours if "owl:Class" in said[name]["rdf:type"]]
    lines += [f"## {words['classes']}", "", *_table(("name", "label", "definition", "above"), words)]
    lines += [_row(name, said, "rdfs:subClassOf", "skos:closeMatch") for name in classes]
    for heading, kind in (("relations", "owl:ObjectProperty"), ("attributes", "owl:DatatypeProperty")):
        listed = [name for name in ours if kind in said[name]["rdf:type"]]
        lines += ["", f"## {words[heading]}", "", *_table(("name", "label", "definition", "ends", "above"), words)]
        lines += [_row(name, said, "", "rdfs:subPropertyOf", "skos:closeMatch", "skos:narrowMatch") for name in listed]
    lines += ["", f"## {words['values']}", "", *_table(("name", "label", "definition", "class"), words)]
    values = [n for n in ours if n not in classes and any(t.startswith("kg:") for t in said[n]["rdf:type"])]
    lines += [_row(name, said, "rdf:type") for name in values]
    return "\n".join(lines) + "\n"


def _said(language: str) -> Said:
    """What the ontology says of each name, in the order of the file."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in parse(ontology_folder() / "policy.ttl"):
        if isinstance(fact.object, Literal) and fact.object.language not in (None, language):
            continue
        assert isinstance(fact.subject, NamedNode) and isinstance(fact.object, NamedNode | Literal)
        value = fact.object.value if isinstance(fact.object, Literal) else _short(fact.object.value)
        found[_short(fact.subject.value)][_short(fact.predicate.value)].append(value)
    return found


def _row(name: str, said: Said, *above: str) -> str:
    """A name's line of a table; of a property with what it leads from and to, where `above` begins empty."""
    about = said[name]
    cells = [f'<a id="{name.removeprefix("kg:")}"></a>`{name}`', *about["rdfs:label"], *about["skos:definition"]]
    if above[0] == "":
        cells.append(" → ".join(_linked(each) for each in (*about["rdfs:domain"], *about["rdfs:range"])))
    cells.append(", ".join(_linked(each) for each in _sorted(about, above)))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sorted(about: Mapping[str, list[str]], properties: tuple[str, ...]) -> Iterator[str]:
    for one in properties:
        yield from (each for each in sorted(about.get(one, ())) if not each.startswith("owl:"))


def _linked(name: str) -> str:
    return f"[`{name}`](#{name.removeprefix('kg:')})" if name.startswith("kg:") else f"`{name}`"


def _short(iri: str) -> str:
    for prefix, namespace in {**prefixes(), **OTHERS}.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _table(columns: tuple[str, ...], words: Mapping[str, str]) -> list[str]:
    return [f"| {' | '.join(words[column] for column in columns)} |", "|" + " --- |" * len(columns)]


def _words(language: str) -> Mapping[str, str]:
    path = ontology_folder() / "messages" / "reference.toml"
    found: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))[language]
    return found


if __name__ == "__main__":
    for code, file in PAGES.items():
        (Path(sys.argv[1]) / file).write_text(page(code), encoding="utf-8", newline="\n")
