"""Lists that bodies keep (清单, 名单): a text of policy where one is published, a mechanism where one is set up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading

DOCUMENT = "PolicyDocument"


class Lists:
    """Tells by the first verb that governs a list which of the two it is, everywhere in the document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.list, self.kept, self.published = (
            knowledge.compiled("phrases", "list", key) for key in ("name", "kept", "published")
        )

    def __call__(self, reading: Reading, names: Iterable[Name]) -> list[Name]:
        """The names, those of lists with their type."""
        names = list(names)
        kinds: dict[str, tuple[str, str]] = {}
        for name in names:
            if name.verb is None or name.parent == "title" or not self.list.search(name.name):
                continue
            verb = reading.quote(name.verb)
            if self.kept.search(verb):
                kinds.setdefault(name.name, ("Mechanism", ""))
            elif self.published.search(verb):
                kinds.setdefault(name.name, ("Policy", DOCUMENT))
        return [self.typed(name, *kinds[name.name]) if name.name in kinds else name for name in names]

    def typed(self, name: Name, type_: str, kind: str) -> Name:
        """The name as one of that type."""
        return name if name.type == type_ else replace(name, type=type_, kind=kind)
