"""Mentions of documents → groups of them that might be one thing, by several generous blockings, and hard negatives.

Generous on purpose, and none of it shared with `kg.resolve`: what the program misses must be able to turn up here. Each
blocking gives pairs or groups of mentions from different documents under the name of a stratum.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.export.romanised import pinyin
from kg.knowledge import load
from kg.language.gazetteer import gazetteer_of

IDLE = re.compile(r"[“”‘’《》〈〉「」『』\s·]")
DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")
HOTLINE = re.compile("12345|热线|“[^”]+通”")
STATE = re.compile("^(?:中华人民共和国|国家|中国|全国|中共|中国共产党)")
EDITION = re.compile(r"[（(](?:试行|暂行|修订|草案|征求意见稿|\d{4}[^）)]*)[)）]|试行|暂行|\d{4}年?(?:版|修订)?")
IMPLEMENTING = re.compile("实施|细则|办法|规定|解释|意见")
STATE_KINDS = ("government", "party", "court", "procuratorate", "legislature", "consultative")
LARGEST = 60  # mentions of one block: of more its key tells nothing


@dataclass(frozen=True, order=True)
class Mention:
    """An entity of one document, at one of the places where it is named."""

    doc: str
    start: int
    end: int
    type: str
    name: str
    owner: str
    kind: str
    code: str  # of a place; of a body that of the place in its name
    core: str  # the name without its place
    numbers: tuple[str, ...]
    text: str
    sha256: str


Group = tuple[Mention, ...]


def core_of(type_: str, name: str, home: str) -> tuple[str, str]:
    """The code of the place that a body's or policy's name begins with, and the rest of the name."""
    gazetteer = gazetteer_of(load())
    plain = IDLE.sub("", name)
    if type_ == "Place":
        return "", plain
    size, place = gazetteer.head(plain, home)
    return (place.code, plain[size:]) if size and place and len(plain) - size > 1 else ("", STATE.sub("", plain))


def blocks(mentions: Sequence[Mention], key: Callable[[Mention], Hashable]) -> Iterator[list[Mention]]:
    """Mentions of one key."""
    found: dict[Hashable, list[Mention]] = defaultdict(list)
    for each in mentions:
        if value := key(each):
            found[value].append(each)
    for value in sorted(found, key=repr):
        if len(found[value]) > 1:
            yield found[value][:LARGEST]


def pairs(mentions: Sequence[Mention], key: Callable[[Mention], Hashable]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of different documents and different names, one for each two names of a block."""
    for block in blocks(mentions, key):
        seen = set()
        for left, right in combinations(block, 2):
            names = frozenset((plain(left), plain(right)))
            if left.doc != right.doc and len(names) == 2 and names not in seen:
                seen.add(names)
                yield left, right


def plain(mention: Mention) -> str:
    return IDLE.sub("", mention.name).lower()


def bigrams(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def dice(left: str, right: str) -> float:
    one, other = bigrams(left), bigrams(right)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def within(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in this order."""
    rest = iter(full)
    return len(short) > 1 and len(short) < len(full) and all(char in rest for char in short)


def alike(mentions: Sequence[Mention], type_: str, low: float, high: float) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of one type that share a rare pair of characters and are as alike as this."""
    chosen = [each for each in mentions if each.type == type_]
    held: dict[str, list[Mention]] = defaultdict(list)
    for each in chosen:
        for token in bigrams(plain(each)):
            held[token].append(each)
    seen = set()
    for token in sorted(held):
        if len(held[token]) > LARGEST // 2:
            continue
        for left, right in combinations(held[token], 2):
            one, other = plain(left), plain(right)
            names = frozenset((one, other))
            if left.doc != right.doc and len(names) == 2 and names not in seen and low <= dice(one, other) < high:
                seen.add(names)
                yield left, right


def same_things(mentions: Sequence[Mention]) -> Iterator[tuple[str, Group]]:
    """Candidates for one thing, by stratum."""
    of = {
        type_: [each for each in mentions if each.type == type_]
        for type_ in ("Place", "Organisation", "Policy", "Mechanism")
    }
    yield from (("place code", pair) for pair in pairs(of["Place"], lambda m: m.code))
    yield from (
        ("place head", pair) for pair in pairs(of["Place"], lambda m: plain(m)[:2]) if pair[0].code != pair[1].code
    )
    for type_, held in of.items():
        for block in blocks(held, lambda m: (plain(m), m.owner)):
            if len({each.doc for each in block}) > 1:
                yield f"equal {type_}", tuple(block)
        for left, right in pairs(held, lambda m: pinyin(plain(m))):
            yield "pinyin", (left, right)
    for left, right in pairs(of["Organisation"], lambda m: (m.code, m.core[-1:])):
        if within(left.core, right.core) or within(right.core, left.core):
            yield "short body of a place" if left.code else "short body", (left, right)
    for left, right in pairs(of["Organisation"], lambda m: not m.code and m.kind in STATE_KINDS and m.core[-1:]):
        if (within(left.core, right.core) or within(right.core, left.core)) and dice(plain(left), plain(right)) > 0.3:
            yield "short national body", (left, right)
    for left, right in pairs(of["Organisation"], lambda m: (m.core,)):
        if left.code[:2] == right.code[:2] or not (left.code and right.code):
            yield "body with and without place", (left, right)
    yield from policies(of["Policy"])
    for left, right in pairs(of["Mechanism"], lambda m: HOTLINE.search(m.name) and m.owner):
        if set(HOTLINE.findall(left.name)) & set(HOTLINE.findall(right.name)):
            yield "hotline or platform of a place", (left, right)
    for left, right in alike(mentions, "Mechanism", 0.6, 1.0):
        if left.owner == right.owner or not (left.owner and right.owner):
            yield "alike Mechanism", (left, right)


def policies(held: Sequence[Mention]) -> Iterator[tuple[str, Group]]:
    """Titles in full and in short, with and without their state, place and edition; numbers; programmes."""
    yield from (("edition", pair) for pair in pairs(held, lambda m: EDITION.sub("", STATE.sub("", plain(m)))))
    yield from (("title without place", pair) for pair in pairs(held, lambda m: len(m.core) > 4 and (m.core,)))
    numbered = [each for each in held if each.numbers]
    for block in blocks(numbered, lambda m: IDLE.sub("", m.numbers[0])):
        if len({each.doc for each in block}) > 1:
            yield "document number", tuple(block)
    documents = [each for each in held if each.kind == "document"]
    for left, right in pairs(documents, lambda m: m.core[-3:]):
        if min(len(left.core), len(right.core)) > 4 and (left.core in right.core or right.core in left.core):
            yield "title within title", (left, right)
    for left, right in alike(held, "Policy", 0.65, 1.0):
        yield f"alike {left.kind}", (left, right)


def hard_negatives(mentions: Sequence[Mention]) -> Iterator[tuple[str, Group]]:
    """Pairs that look the same and likely are not, by stratum."""
    held = [each for each in mentions if each.type in ("Mechanism", "Policy")]
    for block in blocks(held, lambda m: plain(m)):
        yield from _of_two(block, "name of two owners", lambda m: m.owner)
    bodies = [each for each in mentions if each.type == "Organisation"]
    for block in blocks(mentions, lambda m: (m.type, m.text) if m.type == "Organisation" else None):
        yield from _of_two(block, "one wording of two bodies", plain)
    for block in blocks(bodies, lambda m: m.code and (m.core,)):
        yield from _of_two(block, "department of two places", lambda m: m.code)
    for left, right in pairs(bodies, lambda m: (m.code[:2], m.core[:4])):
        one, other = sorted((plain(left), plain(right)), key=len)
        if other.startswith(one):
            yield "body and its unit", (left, right)
        elif left.code[:2] and left.code != right.code and left.core == right.core:
            yield "department of two levels", (left, right)
    places = [each for each in mentions if each.type == "Place"]
    for left, right in pairs(places, lambda m: plain(m)[:2]):
        if left.code and right.code and left.code != right.code:
            yield "places that begin alike", (left, right)
    for block in blocks(places, plain):
        yield from _of_two(block, "one name of two places", lambda m: m.code)
    policies = [each for each in mentions if each.type == "Policy"]
    for left, right in pairs(policies, lambda m: DIGITS.sub("#", plain(m)) if DIGITS.search(m.name) else None):
        yield "differ in a number", (left, right)
    for block in blocks(policies, lambda m: m.code and len(m.core) > 3 and (m.core,)):
        yield from _of_two(block, "title of two places", lambda m: m.code)
    for left, right in alike(mentions, "Policy", 0.5, 0.9):
        short, full = sorted((plain(left), plain(right)), key=len)
        if short[:4] in full and bool(IMPLEMENTING.search(short)) != bool(IMPLEMENTING.search(full)):
            yield "law and its measures", (left, right)
    for type_ in ("Mechanism", "Organisation"):
        yield from ((f"near {type_}", pair) for pair in alike(mentions, type_, 0.5, 0.8))


def _of_two(block: list[Mention], stratum: str, value: Callable[[Mention], str]) -> Iterator[tuple[str, Group]]:
    """The first pair of a block that differs so, of different documents."""
    for left, right in combinations(block, 2):
        if left.doc != right.doc and value(left) and value(right) and value(left) != value(right):
            yield stratum, (left, right)
            return
