"""The gold figures of a document and the extracted ones → counts, and a judgement of every slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluate import matching
from kg.evaluate.scores import Score
from kg.evaluate.texts import days, overlap, wording
from kg.likeness import alike
from kg.model import DOC

Json = Mapping[str, Any]

KINDS = ("figure", "figure core", "figure strict")  # found; with metric and subject right; with every slot right
LIKE = 0.5  # likeness from which a metric is the same


def judge(gold: Sequence[Json], found: Sequence[Json], to_gold: Mapping[str, Json], score: Score) -> None:
    """Judge the figures of one document; `to_gold` gives the gold entity of an extracted one's id."""
    aligned = matching.figures(gold, found)
    for number, ours in enumerate(found):
        theirs = gold[aligned[number]] if number in aligned else None
        if theirs is None:
            score.count("extra", *KINDS)
            score.errors.append(f"+ figure {ours.get('text')} {ours.get('metric')}")
        elif not theirs.get("optional"):
            right = _slots(theirs, ours, _subject(ours, to_gold), score)
            # Near enough to this figure's metric, and to that of no other figure of the document more.
            metric = ours.get("metric") or ""
            right["metric"] = alike(metric, theirs["metric"]) >= max(LIKE, *(alike(metric, g["metric"]) for g in gold))
            _count(theirs, ours, right, score)
    for number, theirs in enumerate(gold):
        if number not in aligned.values() and not theirs.get("optional"):
            score.count("missed", *KINDS)
            score.errors.append(f"- figure {theirs['text']} {theirs['metric']}")


def _subject(ours: Json, to_gold: Mapping[str, Json]) -> str | None:
    """The gold id of what the extracted figure is measured of, if that is known."""
    subject = ours.get("subject")
    first = (subject[0] if subject else None) if isinstance(subject, list) else subject
    return DOC if first == DOC else to_gold.get(first or "", {}).get("id")


def _slots(theirs: Json, ours: Json, subject: str | None, score: Score) -> dict[str, bool]:
    """Slot → whether it is right, but for the metric."""
    quoted = wording(ours.get("evidence"))
    score.judge("figure evidence", overlap(quoted, theirs["evidence"]))
    score.judge("subject as listed first", subject == theirs["subject"][0])
    return {
        "subject": subject in theirs["subject"],
        "bound": ours.get("bound") == theirs["bound"] and ours.get("upper") == theirs.get("upper"),
        "period": days(ours.get("period")) == days(theirs["period"]),
        "status": ours.get("status") == theirs["status"],
    }


def _count(theirs: Json, ours: Json, right: Mapping[str, bool], score: Score) -> None:
    """Count a figure that was found, by how much of it is right."""
    for slot, holds in right.items():
        score.judge(slot, holds)
        if not holds:
            score.errors.append(f"~ figure {theirs['text']} {slot}: {ours.get(slot)!r} for {theirs[slot]!r}")
    judged = (True, right["metric"] and right["subject"], all(right.values()))
    for kind, holds in zip(KINDS, judged, strict=True):
        if holds:
            score.count("found", kind)
        else:
            score.count("extra", kind)
            score.count("missed", kind)
