"""A name → the form that tells it apart: abbreviations in full, places by code, no idle signs and light words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kg.knowledge import Knowledge, Place, load
from kg.language.gazetteer import gazetteer_of

LEAST = 2  # characters that must be left of a name without its place
LIGHT = {"Policy": "light_programme", "Mechanism": "light_mechanism"}


def spelled(type_: str, name: str, owner: str = "") -> str:
    """The form of a name of this type, whatever document it stands in.

    >>> spelled("Organisation", "盘锦市发改委") == spelled("Organisation", "盘锦市发展和改革委员会")
    True
    >>> spelled("Policy", "《中华人民共和国民法典》") == spelled("Policy", "民法典")
    True
    >>> spelled("Mechanism", "盘锦市“12345”便民服务热线", "盘锦市")
    '12345热线'
    """
    return spelling().of(type_, name, owner)


class Spelling:
    """What lists and patterns say of names."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("identity")
        self.gazetteer = gazetteer_of(knowledge)
        self.patterns = {name: re.compile(text) for name, text in table.items() if isinstance(text, str)}
        self.body = {name: re.compile(text) for name, text in table["body"].items() if isinstance(text, str)}
        self.hotline, self.number, self.state = (table[k] for k in ("hotline_form", "unnumbered_number", "states_form"))
        self.parts = _parts(knowledge)
        self.things = table["things"]
        self.worded = re.compile("|".join(_longest(self.things)))
        self.stem = re.compile("|".join(_longest(self.parts["stem"])))
        self.ending = re.compile(f"(?:{'|'.join(_longest(self.parts['ending']))})$")
        self.inner = re.compile("|".join(_longest(self.parts["inner"])))
        # Of 国家…委 and …总局 also without the state's name, where no place stands before it.
        self.bare = {self._full(self.body["state"].sub("", full)): full for full in self.parts["body"].values()}
        begun = sorted(name for name in self.gazetteer.full if self.gazetteer.level.match(name))
        self.levelled = re.compile("|".join(map(re.escape, begun)))
        self.former = {row["former"]: row["code"] for _, row in knowledge.rows("former_places")}
        self.states = frozenset(self.plain(word) for word in knowledge.national)
        self.ambiguous = _ambiguous(knowledge)
        self.homonyms = tuple(sorted(self.ambiguous))
        self.of = lru_cache(maxsize=200_000)(self._of)

    def place(self, code: str) -> str:
        """The full name of a place; a name that several have with that of the place it lies in."""
        found = self.gazetteer.by_code.get(code)
        if found is None:
            return code
        above = self.gazetteer.by_code.get(found.parent)
        return above.name + found.name if above and found.name in self.ambiguous else found.name

    def headed(self, name: str, home: str = "") -> tuple[str, str]:
        """The code of the innermost place that a name begins with, and the rest; no code where it begins with none."""
        level = self.levelled.match(name)  # 市北区 begins with no local word, though with 市
        size, place = self.gazetteer.head(name, home)
        if level:
            size, place = level.end(), self.gazetteer.choose(level.group(), home)
        for former, code in self.former.items():
            if name.startswith(former):
                size, place = len(former), self.gazetteer.by_code.get(code)
        while place is not None:
            inner = self._inner(name, size, place)
            if inner is None:
                break
            size, place = inner
        return (place.code, name[size:]) if place and len(name) - size >= LEAST - 1 else ("", name)

    def named(self, name: str, home: str = "") -> tuple[str, str]:
        """The same for what is no body: no local word, and no short form of a county, which may be any word."""
        if self.gazetteer.level.match(name):
            return "", name
        code, rest = self.headed(name, home)
        place = self.gazetteer.by_code.get(code)
        sure = place is not None and (not self.gazetteer.low(place) or place.name in name)
        return (code, rest) if sure else ("", name)

    def _inner(self, name: str, size: int, place: Place) -> tuple[int, Place] | None:
        """The place within the place that the name goes on with."""
        for longer in range(min(len(name) - size, 10), 1, -1):
            inner = self.gazetteer.choose(name[size : size + longer], place.code)
            if inner is not None and inner.parent == place.code and inner.name == name[size : size + longer]:
                return size + longer, inner
        return None

    def plain(self, name: str) -> str:
        """The name without signs that tell nothing apart."""
        return self.patterns["idle"].sub("", name).lower()

    def _of(self, type_: str, name: str, owner: str) -> str:
        if type_ == "Organisation":
            return self._body(self.plain(name))
        if type_ == "Policy" and not owner:
            return self._title(name)
        if type_ in LIGHT:
            code, rest = self.named(self.plain(name))
            return self._thing(rest if owner and self.place(code) == owner else self.plain(name), LIGHT[type_])
        return self.plain(name)

    def _body(self, name: str) -> str:
        """Code of the place, then the rest with every abbreviation in full."""
        if name in self.parts["body"]:
            name = self.parts["body"][name]
        code, rest = self.headed(self.body["party"].sub("", self.body["term"].sub("", name)))
        if not code:
            rest = self.body["state"].sub("", name)
        rest = self._full(rest)
        rest = self.body["party_stem"].sub("", rest) if code else rest
        return f"{code}|{rest}" if code else self.bare.get(rest, rest)

    def _full(self, rest: str) -> str:
        """The name of a department with its stem, its parts and its ending in full."""
        stem = self.stem.match(rest)
        if stem and len(rest) > stem.end():
            rest = self.parts["stem"][stem.group()] + rest[stem.end() :]
        rest = self.inner.sub(lambda found: self.parts["inner"][found.group()], rest)
        return self.ending.sub(lambda found: self.parts["ending"][found.group()], rest)

    def _title(self, name: str) -> str:
        """A title without the notice that issues it, the state's name and the edition; its place by code."""
        name = name.removeprefix("《").removesuffix("》")
        issued = self.patterns["issuing"].match(name) or self.patterns["issuing_plain"].match(name)
        name = self.patterns["edition"].sub("", issued["title"] if issued else name)
        name = self.patterns["maker"].sub("", self.patterns["state"].sub("", name))
        code, rest = self.named(self.plain(name))
        whole = f"{code}|{rest}" if code and len(rest) >= LEAST else self.plain(name)
        return self._thing(whole, LIGHT["Policy"])

    def _thing(self, name: str, light: str) -> str:
        """A thing of a place or of the state: its hotline under one name, others without light words."""
        name = self.patterns["states_own"].sub(self.state, self.patterns["national_head"].sub("", name))
        name = self.worded.sub(lambda found: self.things.get(found.group(), found.group()), name)
        line = self.patterns["hotline"].match(name)
        if line or self.patterns["unnumbered"].match(name):
            return f"{line['number'] if line else self.number}{self.hotline}"
        return self.patterns[light].sub("", name)


def _longest(words: Mapping[str, str]) -> list[str]:
    """As alternatives of a pattern, the longest first; words that are in full stand for themselves."""
    every = {*words, *words.values()}
    return [re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word))]


def _parts(knowledge: Knowledge) -> dict[str, dict[str, str]]:
    """Part of a name → its short forms with the full one of each."""
    found: dict[str, dict[str, str]] = {"stem": {}, "inner": {}, "ending": {}, "body": {}}
    for _, row in knowledge.rows("abbreviations"):
        found[row["part"]] |= {row["short"]: row["full"], row["full"]: row["full"]}
    return found


def _ambiguous(knowledge: Knowledge) -> frozenset[str]:
    """Names that several places have."""
    seen: set[str] = set()
    return frozenset(place.name for place in knowledge.places if place.name in seen or seen.add(place.name))  # type: ignore[func-returns-value]


@cache
def spelling() -> Spelling:
    """Of the ontology that comes with the package."""
    return Spelling(load())


def full(form: str, key: tuple[str, str, str]) -> int:
    """How much of the form by which it is told apart a name says: of an abbreviation less than of the full name."""
    rest = key[1].rpartition("|")[2]
    return sum(char in form for char in rest)
