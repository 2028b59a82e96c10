"""Nodes of the merged graph → what lies in what, what is part of what body, and the types of local things.

All of it by gazetteer and names, and marked so: `within` and `instanceOf` are attributes, which no sentence shows; a
part of a body is a relation whose evidence is the name that says it, read by `COMPONENT`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.knowledge import load
from kg.language.gazetteer import gazetteer_of
from kg.model import Entity, Evidence, Relation
from kg.resolve.identities import Key
from kg.resolve.spelling import full

COMPONENT = "kg_resolve/name"  # who has read that a body is part of another
SURE = 0.9  # as where one document names both
LEAST = 2  # characters of a part's name beside that of the whole
ALONE = 3  # characters of the whole's name where no place stands before it

Nodes = Mapping[Key, Entity]


def related(nodes: Nodes) -> dict[Key, Entity]:
    """The nodes with what they lie in and what they are instances of."""
    around, types = _around(nodes), _types(nodes)
    found = {}
    for key, node in nodes.items():
        more = [("within", around[key])] if key in around else []
        if node.owner and key in types:
            more.append(("instanceOf", types[key]))
        told = dict(zip(node.attributes, node.stated or ((),) * len(node.attributes), strict=True))
        told |= {pair: () for pair in more if pair not in told}  # of no document: the gazetteer and the name say so
        attributes = tuple(sorted(told))
        found[key] = replace(node, attributes=attributes, stated=tuple(told[pair] for pair in attributes))
    return found


def _around(nodes: Nodes) -> dict[Key, str]:
    """Place → the id of the innermost place around it that the graph holds."""
    gazetteer = gazetteer_of(load())
    codes = {code: key for key, node in nodes.items() if (code := _code(node))}
    found = {}
    for code, key in codes.items():
        above = (codes[place.code] for place in gazetteer.chain(code) if place.code != code and place.code in codes)
        if outer := next(above, None):
            found[key] = nodes[outer].id
    return found


def _code(node: Entity) -> str:
    return dict(node.attributes).get("code", "") if node.type == "Place" else ""


def _types(nodes: Nodes) -> dict[Key, str]:
    """Thing with an owner → the id of its type: what its likes are called most often, without an owner."""
    alike: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, node in nodes.items():
        if node.type in ("Mechanism", "Policy"):
            alike[key[:2]].append(key)
    found: dict[Key, str] = {}
    for keys in alike.values():
        free = next((nodes[key].id for key in keys if not nodes[key].owner), None)
        names = Counter(nodes[key].name for key in keys)
        name = min(names, key=lambda each: (-full(each, keys[0]), -names[each], len(each), each))
        type_ = nodes[keys[0]].type.lower()
        found |= dict.fromkeys(keys, free or f"{type_}/{name.replace('%', '%25').replace('/', '%2F')}")
    return found


def parts(nodes: Nodes, stated: set[tuple[str, str, str]]) -> Iterator[Relation]:
    """Bodies whose names begin with that of another one and go on as units do; what is stated already is left out."""
    table = load().patterns("identity")["body"]
    unit, party, whole = re.compile(table["unit"]), re.compile(table["of_party"]), table["party_whole"]
    bodies = {key[1]: node for key, node in nodes.items() if node.type == "Organisation" and not key[2]}
    for form, node in sorted(bodies.items()):
        place, bar, rest = form.rpartition("|")
        outer = place + bar + whole if bar and party.match(rest) else _outer(form, bodies, unit)
        if outer not in bodies or (node.id, "partOf", bodies[outer].id) in stated:
            continue
        mention = next((quote for quote in node.mentions if len(quote.text) > len(rest) - LEAST), None)
        if mention and bodies[outer].id != node.id:
            yield Relation(node.id, "partOf", bodies[outer].id, (Evidence(mention, None, COMPONENT, SURE),))


def _outer(form: str, bodies: Mapping[str, Entity], unit: re.Pattern[str]) -> str:
    """The longest body that the form begins with, where a unit's name follows."""
    least = form.find("|") + 1 + LEAST if "|" in form else ALONE
    sizes = range(len(form) - LEAST, least - 1, -1)
    return next((form[:size] for size in sizes if form[:size] in bodies and unit.match(form, size)), "")
