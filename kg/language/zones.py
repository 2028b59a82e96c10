"""Names that others begin with: a zone in that of its platform, a plan in that of the plan that carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading

DOCUMENT = "PolicyDocument"


class Zones:
    """Names the zone at the beginning of what works in it, and the text at that of its details without brackets."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.zone, self.detail = knowledge.compiled("phrases", "zone", "name"), knowledge.compiled("titles", "detail")

    def __call__(self, reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
        """Each name, behind the one that it begins with."""
        for name in names:
            if name.parent != "title" and name.type == "Mechanism":
                match = self.zone.match(reading.text, name.start, name.end)
                if match:
                    yield Name(name.start, match.end(), "Mechanism", match.group())
            elif name.parent != "title" and name.kind == DOCUMENT:
                match = self.detail.match(reading.quote(name))
                if match:
                    yield Name(name.start, name.start + match.end("base"), "Policy", match["base"], DOCUMENT)
            yield name
