"""Towns, streets, villages and zones that no gazetteer lists, behind the name of what they lie in: 广水市|杨寨镇."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.language.matching import Words
from kg.language.reading import Name, Reading

LEVELS = ("town", "village", "zone")


class Areas:
    """Finds the smaller areas of a text, and every mention of one by its bare name."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("places")["area"]
        self.town, self.village, self.zone = (re.compile(table[level]) for level in LEVELS)

    def __call__(self, reading: Reading, places: Sequence[Name]) -> list[Name]:
        """The areas behind these places, and where else they are named."""
        full: dict[str, str] = {}
        found: list[Name] = []
        for place in places:
            for name, bare in self.behind(reading, place):
                full.setdefault(bare.name, name.name)
                found += [name, Name(bare.start, bare.end, type="Place", name=name.name, kind=name.kind)]
        taken = {(n.start, n.end) for n in found}
        known = {n.name: n.kind for n in found}
        for span in Words(full).find(reading.text) if full else ():
            form = reading.quote(span)
            if (span.start, span.end) not in taken and not (reading.splits(span.start) or reading.splits(span.end)):
                found.append(Name(span.start, span.end, type="Place", name=full[form], kind=known[full[form]]))
        return found

    def behind(self, reading: Reading, place: Name) -> Iterator[tuple[Name, Name]]:
        """The areas right behind a place: its town and the village in that, or its zone; each with its bare name."""
        text, end = reading.text, place.end
        if place.kind == "county":
            for pattern in (self.town, self.village):
                match = pattern.match(text, end)
                if match and not reading.splits(match.end()):
                    yield named(text, place.start, match, "township")
                    end = match.end()
        zone = self.zone.match(text, place.end)
        if zone and not place.alias:
            whole = named(text, place.start, zone, "")[0]
            yield whole, whole


def named(text: str, start: int, match: re.Match[str], kind: str) -> tuple[Name, Name]:
    """An area with the place before it, and alone."""
    whole = Name(start, match.end(), type="Place", name=text[start : match.end()], kind=kind)
    return whole, Name(match.start(), match.end(), type="Place", name=match.group(), kind=kind)
