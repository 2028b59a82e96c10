"""The bodies that make a document together with its publisher: at the head of its title, or on the lines of names."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.bodies import outermost
from kg.language.reading import Line, Name, Reading, Span, within

HEAD, FOOT, MOST = 12, 10, 8  # lines at either end that may hold names alone; names of one document


class Cosigners:
    """Finds all who issue a document of which the publisher is known."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.gap, self.rest = (
            knowledge.compiled("relations", "signed", "gap"),
            knowledge.compiled("relations", "signed", "rest"),
        )

    def __call__(self, reading: Reading) -> tuple[Name, ...]:
        """The publisher first, then the others; empty without a publisher."""
        reporter = reading.reporter
        if reporter is None:
            return ()
        lines = reading.lines
        near = lines if len(lines) <= HEAD + FOOT else [*lines[:HEAD], *lines[-FOOT:]]
        found = self.titled(reading)
        block: list[Name] = []
        for line in [*near, Line(0, 0)]:
            names = self.alone(reading, line)
            if not names and any(n.name == reporter.name for n in block):
                found += block
            block = [*block, *names] if names else []
        others = {n.name: n for n in reversed(found) if n.name != reporter.name and n.kind != "self"}
        if len(others) >= MOST or not any(n.name == reporter.name for n in found):
            return (reporter,)
        return (reporter, *sorted(others.values()))

    def alone(self, reading: Reading, line: Span) -> list[Name]:
        """The bodies of a line that holds nothing else."""
        names = outermost(within(reading.organisations, line))
        return names if names and self.rest.fullmatch(remainder(reading, line, names)) else []

    def titled(self, reading: Reading) -> list[Name]:
        """The bodies at the head of the document's title."""
        title = reading.meta.get("title", "")
        start = reading.text.find(title) if title else -1
        found: list[Name] = []
        position = start
        for name in outermost(within(reading.organisations, Span(start, start + len(title)))) if start >= 0 else []:
            if not self.gap.fullmatch(reading.text[position : name.start]):
                break
            found.append(name)
            position = name.end
        return found


def remainder(reading: Reading, line: Span, names: list[Name]) -> str:
    """What a line holds beside some names."""
    ends = [line.start, *(n.end for n in names)]
    starts = [*(n.start for n in names), line.end]
    return "".join(reading.text[end:start] for end, start in zip(ends, starts, strict=True))
