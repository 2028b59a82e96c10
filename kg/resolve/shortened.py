"""Names of a document that are a longer one's short forms: 三项制度 for 行政执法三项制度, 数字城 for 数字城建设."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from kg.knowledge import Knowledge

DOCUMENT = "PolicyDocument"
LEVEL = 6  # characters before a name that may say of which level it is
Name = tuple[str, str, str]  # type, kind, name without quotation marks


class Shortened:
    """Finds of which longer name each name is the short form."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("resolve")["shortened"]
        self.least: dict[str, int] = table["least"]
        self.tails: Mapping[str, re.Pattern[str]] = {
            type_: re.compile(pattern) for type_, pattern in table["tail"].items()
        }
        self.lists, self.kinds_of = re.compile(table["lists"]), re.compile(table["kinds_of"])
        self.placed, self.numbered = re.compile(table["placed"]), re.compile(table["numbered"])
        self.beneath, self.states = re.compile(table["beneath"]), re.compile(table["states"])

    def __call__(self, names: Sequence[Name]) -> dict[Name, Name]:
        """Short form → longest form; a name that ends several different ones is nobody's short form."""
        known = set(names)
        longer: dict[Name, list[Name]] = defaultdict(list)
        for name in names:
            for short in self.forms(name, known):
                longer[short].append(name)
        found = {}
        for short, holders in longer.items():
            *others, longest = sorted(holders, key=lambda each: (len(each[2]), each))
            if all(other[2] in longest[2] for other in others):
                found[short] = longest
        return {short: self.last(found, longest) for short, longest in found.items()}

    def forms(self, name: Name, known: Set[Name]) -> Iterator[Name]:
        """What of the known may stand for a name: its endings, and what stands before a light noun at its end."""
        type_, kind, text = name
        least = self.least.get(type_)
        if least is None:
            return
        for start in range(1, len(text) - least + 1):
            if (type_, kind, text[start:]) not in known:
                continue
            own = kind == DOCUMENT and self.placed.fullmatch(text, 0, start)
            if not own and not self.lists.search(text, 0, start) and not self.kinds_of.fullmatch(text, start):
                yield type_, kind, text[start:]
        number = self.numbered.fullmatch(text)
        for other in known if number else ():
            same = self.numbered.fullmatch(other[2]) if other[0] == type_ and len(other[2]) < len(text) else None
            if same and number and same["number"] == number["number"]:
                yield other
        tail = self.tails[type_].search(text) if type_ in self.tails else None
        if tail and tail.start() >= least and (type_, kind, text[: tail.start()]) in known:
            yield type_, kind, text[: tail.start()]

    def apart(self, longer: Name, text: str, start: int) -> bool:
        """Whether the longer name is the state's, and the text says right before the short one that it is none."""
        states = self.states.match(longer[2]) is not None
        return states and self.beneath.search(text, max(0, start - LEVEL), start) is not None

    def last(self, found: Mapping[Name, Name], name: Name) -> Name:
        """The longest form at the end of a chain."""
        while name in found:
            name = found[name]
        return name
