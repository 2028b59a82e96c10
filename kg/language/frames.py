"""What is said of a name that no trigger verb governs: how its clause goes on behind it, or leads up to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading, Span

NEAR = 40  # characters of the clause that are looked at on either side


@dataclass(slots=True, unsafe_hash=True)
class Trigger:
    """A verb (or a chain of them) and what it may state."""

    span: Span
    predicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What must stand before and behind a name of these kinds so that somebody does this with it."""

    kinds: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    predicate: str
    genre: str  # of the documents in which it holds, if not in all
    strong: bool  # whether it tells more than the verb that governs the name


class Frames:
    """Finds the first frame that a name stands in."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("frames")
        parts: dict[str, str] = table["parts"]
        frames = [
            Frame(
                frozenset(row["kinds"]),
                pattern(row.get("before"), parts),
                pattern(row.get("after"), parts),
                predicate,
                row.get("genre", ""),
                row.get("strong", False),
            )
            for predicate, rows in table["frame"].items()
            for row in rows
        ]
        kinds = {kind for frame in frames for kind in frame.kinds}
        self.of_kind = {kind: [frame for frame in frames if kind in frame.kinds] for kind in kinds}
        self.strong = {kind: [frame for frame in some if frame.strong] for kind, some in self.of_kind.items()}

    def trigger(self, reading: Reading, name: Name, strong: bool = False) -> Trigger | None:
        """What the clause says of the name, and which passage says it; only by strong frames where so asked."""
        kind = name.type if name.type in ("Mechanism", "Organisation") else name.kind
        frames = (self.strong if strong else self.of_kind).get(kind)
        if not frames:
            return None
        clause = reading.clause(name.start)
        before = Span(max(clause.start, name.start - NEAR), name.start)
        after = reading.text[name.end : min(max(clause.end, name.end), name.end + NEAR)]
        lead, genre = reading.quote(before), reading.meta.get("genre")
        for frame in frames:
            if frame.genre not in ("", genre):
                continue
            left = frame.before.search(lead) if frame.before else None
            right = frame.after.match(after) if frame.after else None
            if (frame.before and not left) or (frame.after and not right):
                continue
            start = before.start + left.start() if left else name.end
            return Trigger(Span(start, name.end + right.end() if right else name.start), (frame.predicate,))
        return None


def pattern(source: str | None, parts: dict[str, str]) -> re.Pattern[str] | None:
    """A compiled pattern, in which ``<part>`` stands for the part of that name; None where there is none."""
    if source is None:
        return None
    for name, part in parts.items():
        source = source.replace(f"<{name}>", part)
    return re.compile(source)
