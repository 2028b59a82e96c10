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
        self.alone = re.compile(table["alone"])

    def __call__(self, reading: Reading, places: Sequence[Name]) -> list[Name]:
        """The areas behind these places and the towns that stand alone, and where else they are named."""
        found = [name for place in places for name in self.behind(reading, place)]
        here = {*(n.end for n in found), *(n.end for n in places)}
        for match in self.alone.finditer(reading.text):
            if match.end() not in here:
                start, end = match.span("town")
                found.append(Name(start, end, type="Place", name=match["town"], kind="township"))
        taken = {(n.start, n.end) for n in found}
        known = {n.name: n.kind for n in found}
        for span in Words(known).find(reading.text) if known else ():
            form = reading.quote(span)
            if (span.start, span.end) not in taken and not (reading.splits(span.start) or reading.splits(span.end)):
                found.append(Name(span.start, span.end, type="Place", name=form, kind=known[form]))
        return found

    def behind(self, reading: Reading, place: Name) -> Iterator[Name]:
        """The areas right behind a place: its town and the village in that, with and without it, or its zone."""
        text, end = reading.text, place.end
        if place.kind == "county":
            for pattern in (self.town, self.village):
                match = pattern.match(text, end)
                if match and not reading.splits(match.end()):
                    for start in (place.start, match.start()):
                        yield Name(start, match.end(), type="Place", name=match.group(), kind="township")
                    end = match.end()
        zone = self.zone.match(text, place.end)
        if zone and not place.alias:
            yield Name(place.start, zone.end(), type="Place", name=text[place.start : zone.end()])
