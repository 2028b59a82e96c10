"""What is counted: found, extra and missed of each kind, right and wrong of each slot, and the errors in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

OVERALL = ("entity", "relation", "figure core")  # whose F1 are averaged


@dataclass(slots=True)
class Tally:
    """Of one kind: how many were found, how many extra, how many missed."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Found over all that was extracted."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Found over all there is to find."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Slot:
    """Of one slot: how often it was right, of how many."""

    right: int = 0
    of: int = 0


@dataclass(slots=True)
class Score:
    """All that is counted of a document, or of many."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def tally(self, kind: str) -> Tally:
        """The tally of that kind."""
        return self.tallies.setdefault(kind, Tally())

    def count(self, outcome: str, *kinds: str) -> None:
        """Add one found, extra or missed to each of the kinds."""
        for kind in kinds:
            tally = self.tally(kind)
            setattr(tally, outcome, getattr(tally, outcome) + 1)

    def judge(self, name: str, right: bool) -> None:
        """Add one judgement of the slot."""
        slot = self.slots.setdefault(name, Slot())
        slot.right += right
        slot.of += 1

    def report(self) -> dict[str, Any]:
        """Precision, recall and F1 by kind, accuracy by slot, and ``overall``, rounded to four places."""
        kinds = {
            kind: {
                "precision": round(tally.precision, 4),
                "recall": round(tally.recall, 4),
                "f1": round(tally.f1, 4),
                "gold": tally.found + tally.missed,
            }
            for kind, tally in sorted(self.tallies.items())
        }
        slots = {
            f"slot {name}": {"accuracy": round(slot.right / slot.of, 4), "of": slot.of}
            for name, slot in self.slots.items()
        }
        return {**kinds, **slots, "overall": round(fmean(self.tally(kind).f1 for kind in OVERALL), 4)}


def total(scores: Iterable[Score]) -> Score:
    """The counts of several scores added up; the errors stay with their documents."""
    whole = Score()
    for score in scores:
        for kind, tally in score.tallies.items():
            known = whole.tally(kind)
            known.found += tally.found
            known.extra += tally.extra
            known.missed += tally.missed
        for name, slot in score.slots.items():
            judged = whole.slots.setdefault(name, Slot())
            judged.right += slot.right
            judged.of += slot.of
    return whole
