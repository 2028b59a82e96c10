"""Untitled documents that another body is to make: 长者饭堂管理细则由市民政局另行制定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order


class Passives:
    """Finds them by what stands behind, with the verb there."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("phrases")
        self.made, self.general = re.compile(table["passive"]), re.compile(table["passive_general"])
        self.holds = re.compile(table["passive_holds"])

    def __call__(self, reading: Reading, taken: Sequence[Name]) -> Iterator[Name]:
        """Those that overlap no name yet."""
        if not self.holds.search(reading.text):  # as in most texts; a match may go on in the next line
            return
        along = Along(in_order(taken))
        for match in self.made.finditer(reading.text):
            name, verb = Span(*match.span("name")), Span(*match.span("verb"))
            if not self.general.fullmatch(match["name"]) and not along.over(name):
                yield Name(name.start, name.end, "Policy", match["name"], "PolicyDocument", verb)
