"""An entity's name → how it is read in Latin letters, and what it is called in English, official or generated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from kg.knowledge import load
from kg.model import Entity

OFFICIAL, GENERATED = "official", "generated"
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
VOWELS = "aeo"  # a syllable that begins with one is set off by an apostrophe: Xi'an
STEM, PLACE = "{stem}", "{place}"


class Romanised(NamedTuple):
    """The name in pinyin, and in English if it can be said, with who says so."""

    pinyin: str
    english: str | None
    source: str | None  # official or generated


def romanised(entity: Entity) -> Romanised:
    """The name for readers abroad.

    >>> romanised(Entity("o1", "Organisation", "盘锦市司法局", ()))
    Romanised(pinyin='pan jin shi si fa ju', english='Bureau of Justice of Panjin City', source='generated')
    >>> romanised(Entity("l1", "Place", "西藏自治区", ())).english
    'Xizang Autonomous Region'
    """
    return _romanised(entity.type, entity.name)


@lru_cache(maxsize=100_000)
def _romanised(type_: str, name: str) -> Romanised:
    """By type and name, which every export asks for anew."""
    called = {"Place": _place, "Organisation": _body}.get(type_)
    found = called(name) if called else None
    return Romanised(pinyin(name), *(found or (None, None)))


def pinyin(name: str) -> str:
    """The syllables without tones; what is not Chinese stands as it is.

    >>> pinyin("重庆12345热线")
    'chong qing 12345 re xian'
    """
    start = len("".join(_parts(name)))
    return " ".join([*_syllables(name[:start], at_place=True), *_syllables(name[start:])])


def _syllables(text: str, at_place: bool = False) -> list[str]:
    """The syllables of a text; `at_place`: of a place's name, in which single characters, too, are read as listed."""
    words: list[str] = []
    for part in _listed_readings(at_place).split(text):
        if reading := _readings().get(part):
            words += reading.split()
            continue
        for run in re.split(f"({HAN.pattern})", part):
            words += lazy_pinyin(run, style=Style.NORMAL, v_to_u=True) if HAN.fullmatch(run) else [run.strip()]
    return [word for word in words if word]


def _place(name: str) -> tuple[str, str] | None:
    """A place, from the list; one below it by its parts, the last of them first."""
    code = _codes().get(name)
    if code in _places():
        return _places()[code], OFFICIAL
    parts = list(_parts(name))
    if "".join(parts) != name:
        return None
    called = [_places().get(_codes().get(part, "")) or _spelt(part) for part in parts]
    return (", ".join(reversed([each for each in called if each])), GENERATED) if all(called) else None


def _parts(name: str) -> Iterable[str]:
    """The names of places that a name begins with, from the widest to the narrowest."""
    at = 0
    while size := next((s for s in range(min(_longest(), len(name) - at), 1, -1) if name[at : at + s] in _codes()), 0):
        yield name[at : at + size]
        at += size


def _spelt(name: str) -> str | None:
    """A place that no list has in English, by pinyin, the people it is named for and its level."""
    table = load().patterns("english")
    level = next((word for word in table["levels"] if name.endswith(word) and len(name) > len(word)), None)
    if level is None:
        return None
    stem, peoples = name.removesuffix(level), list[str]()
    while found := next((p for p in table["peoples"] if stem.endswith(p) and len(stem) > len(p)), None):
        stem = stem.removesuffix(found)
        peoples.insert(0, table["peoples"][found])
    named = [*_listed(peoples), table["levels"][level]]
    # A name of one syllable keeps its level: 单县 is Shanxian County.
    return " ".join([_joined(stem + level if len(stem) == 1 and not peoples else stem), *named])


def _listed(words: list[str]) -> list[str]:
    return [", ".join(words[:-1]) + " and " + words[-1]] if len(words) > 1 else words


def _joined(stem: str) -> str:
    """Pinyin as one word."""
    first, *others = _syllables(stem, at_place=True)
    return first.capitalize() + "".join(f"'{each}" if each[0] in VOWELS else each for each in others)


def _body(name: str) -> tuple[str, str] | None:
    """A body of the list, else the kind of body after its place: put together, and so generated."""
    whole = _bodies().get(name)
    if whole and PLACE not in whole:
        return whole, OFFICIAL
    name = name.removeprefix(load().patterns("english")["party"])
    parts = list(_parts(name))
    for count in range(len(parts), 0, -1):
        place = _place("".join(parts[:count]))
        kind = name[len("".join(parts[:count])) :]
        template = _template(kind)
        if place and template:
            return template.replace(PLACE, place[0]), GENERATED
    return None


def _template(kind: str) -> str | None:
    """What the kind of body is called, with a gap for its place."""
    known = _bodies().get(kind)
    if known:
        return known if PLACE in known else None
    for ending, template in _bodies().items():
        if ending.startswith(STEM) and kind.endswith(ending.removeprefix(STEM)):
            stem = _departments().get(kind.removesuffix(ending.removeprefix(STEM)))
            if stem:
                return template.replace(STEM, stem)
    return None


@cache
def _readings() -> Mapping[str, str]:
    """Words and characters that places are read otherwise by than in other words."""
    return {row["word"]: row["pinyin"] for _, row in load().rows("readings")}


@cache
def _listed_readings(at_place: bool) -> re.Pattern[str]:
    """The longest first; single characters only in names of places."""
    words = sorted((word for word in _readings() if at_place or len(word) > 1), key=lambda word: (-len(word), word))
    return re.compile(f"({'|'.join(map(re.escape, words))})")


@cache
def _codes() -> Mapping[str, str]:
    """The name of each place and its code; the wider place where two bear it."""
    found: dict[str, str] = {}
    for place in load().places:
        found.setdefault(place.name, place.code)
    return found


@cache
def _longest() -> int:
    return max(map(len, _codes()))


@cache
def _places() -> Mapping[str | None, str]:
    return {row["code"]: row["english"] for _, row in load().rows("english_places")}


@cache
def _bodies() -> Mapping[str, str]:
    return {row["name"]: row["english"] for _, row in load().rows("english_bodies")}


@cache
def _departments() -> Mapping[str, str]:
    return {row["stem"]: row["english"] for _, row in load().rows("english_departments")}
