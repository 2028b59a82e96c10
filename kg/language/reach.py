"""How far a name reaches by convention: over its level (省级采购平台), its firm, and 平台 behind a 热线."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.carriers import OPEN
from kg.language.reading import Name, Reading

LONGEST = 4  # characters of a level
PROGRAMME, DOCUMENT = "Programme", "PolicyDocument"
OPEN_TITLE = "《"


class Reach:
    """Lengthens names over what stands right before or behind them and belongs to them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.level = knowledge.compiled("phrases", "reach", "level")
        self.built = knowledge.compiled("phrases", "reach", "built")
        self.text, self.weak, self.made = (
            knowledge.compiled("phrases", "reach", key) for key in ("text", "weak", "made")
        )
        self.behind = knowledge.compiled("phrases", "reach", "behind")
        self.owners = {type_: set(kinds) for type_, kinds in knowledge.patterns("phrases")["reach"]["owners"].items()}

    def __call__(self, reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
        """Each name, as long as it is."""
        owners = {n.end: n for n in reading.organisations}
        for name in map(self.thing, names):
            if text := self.document(reading, name):
                yield text
                continue
            level = self.level.search(reading.text, max(0, name.start - LONGEST), name.start + 1)
            owner = owners.get(name.start)
            start = level.start() if level else name.start
            if owner and owner.kind in self.owners.get(name.type, ()) and not owner.alias:
                start = owner.start
            behind = self.behind.match(reading.text, name.end)
            end = behind.end() if behind else name.end
            same = (start, end) == (name.start, name.end)
            if same or name.parent == "title" or reading.quote(name)[0] in OPEN:
                yield name
                continue
            yield lengthened(reading, name, start, end)

    def document(self, reading: Reading, name: Name) -> Name | None:
        """The text about a mechanism or programme: 某责任制|考核办法; with weaker words where somebody issues it."""
        if name.kind == DOCUMENT or name.parent == "title":
            return None
        tail = self.text.match(reading.text, name.end) or self.weak.match(reading.text, name.end)
        made = tail and (tail.re is self.text or self.made.search(reading.text, max(0, name.start - 4), name.start))
        if not tail or not made or OPEN_TITLE in reading.text[max(0, name.start - 1) : name.start]:
            return None
        longer = lengthened(reading, name, name.start, tail.end())
        return replace(longer, type="Policy", kind=DOCUMENT)

    def thing(self, name: Name) -> Name:
        """A mechanism rather than the undertaking of building it: 某产业基地|建设."""
        match = self.built.fullmatch(name.name) if name.kind == PROGRAMME and name.parent != "title" else None
        if match is None:
            return name
        return replace(
            name, end=name.end - len(name.name) + match.end("what"), type="Mechanism", kind="", name=match["what"]
        )


def lengthened(reading: Reading, name: Name, start: int, end: int) -> Name:
    """The name with what stands before and behind it as far as `start` and `end`, as likely as it was."""
    reading.beliefs[start, end] = reading.beliefs.get((name.start, name.end), 0.0)
    text = reading.text[start : name.start] + name.name + reading.text[name.end : end]
    return replace(name, start=start, end=end, name=text)
