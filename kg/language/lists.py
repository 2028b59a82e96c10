"""Lists that bodies keep (清单, 名单): a text of policy where one is published, a mechanism where one is set up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.reach import lengthened
from kg.language.reading import Name, Reading

DOCUMENT = "PolicyDocument"


class Lists:
    """Tells by the first verb that governs a list which of the two it is, everywhere in the document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.making = knowledge.compiled("phrases", "list", "making")
        self.text = knowledge.compiled("phrases", "list", "text")
        self.list, self.kept, self.published = (
            knowledge.compiled("phrases", "list", key) for key in ("name", "kept", "published")
        )

    def __call__(self, reading: Reading, names: Iterable[Name]) -> list[Name]:
        """The names, those of lists with their type."""
        names = [self.whole(reading, name) for name in names]
        kinds: dict[str, tuple[str, str]] = {}
        for name in names:
            listed = self.list.search(name.name)
            if name.verb is None or name.parent == "title" or not (listed or self.text.search(name.name)):
                continue
            verb = reading.quote(name.verb)
            if listed and self.kept.search(verb):
                kinds.setdefault(name.name, ("Mechanism", ""))
            elif self.published.search(verb):
                kinds.setdefault(name.name, ("Policy", DOCUMENT))
        return [self.typed(name, *kinds[name.name]) if name.name in kinds else name for name in names]

    def whole(self, reading: Reading, name: Name) -> Name:
        """A text's name with the verb that it begins with, behind that of making it: 制定|促进农业发展规划."""
        if name.verb is None or name.kind != DOCUMENT or name.verb.end != name.start or name.parent == "title":
            return name
        made = self.making.match(reading.text, name.verb.start, name.start)
        if made is None or made.end() == name.start:
            return name
        return replace(lengthened(reading, name, made.end(), name.end), verb=replace(name.verb, end=made.end()))

    def typed(self, name: Name, type_: str, kind: str) -> Name:
        """The name as one of that type."""
        return name if (name.type, name.kind) == (type_, kind) else replace(name, type=type_, kind=kind)
