"""What was measured → the tables that `make score` prints, and docs/quality.md, which holds no clock and no machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any

from error_classes import classes
from freeze_gold import AGREEMENT, FROZEN, JUDGED

from kg.evaluate import Score
from kg.evaluate.scores import OVERALL

if TYPE_CHECKING:
    from score import Half

Json = dict[str, Any]
Row = Sequence[object]

NOTHING = "–"
MILESTONE = 0.50  # of overall on unseen excerpts, in issue 2
CLASSES = 25  # listed; the others are added up
# Of issue 3, of overall issue 2: for dev, for unseen, and where the afternoon's assembly stood on unseen documents.
TARGETS = {
    "entity": (0.90, 0.85, 0.59),
    "slot name": (0.95, 0.92, 0.91),
    "figure": (0.98, 0.96, 0.95),
    "figure core": (0.85, 0.75, 0.28),
    "figure strict": (0.78, 0.65, 0.07),
    "slot doc title": (0.95, 0.85, None),
    "slot doc publisher": (0.95, 0.85, None),
    "slot doc date": (0.95, 0.85, None),
    "slot doc genre": (0.95, 0.85, None),
    "overall": (0.55, 0.50, 0.38),
}
RULES = {"sparing": "spared", "all": "required"}
BATCHES = (("u01–u09", 0, 9), ("u10–u18", 9, 18), ("all", 0, None))


def printed(half: Half) -> str:
    """The tables for a terminal."""
    low, high = half.intervals["overall"]
    tables = [_kinds(half), _slots(half), _genres(half)]
    drawn = "\n\n".join(_plain(table) for table in tables)
    overall = f"overall {half.report['overall']:.4f}  95% interval {low:.2f}–{high:.2f}"
    return f"{half.name}: {len(half.gold)} documents, {overall}\n\n{drawn}\n"


def page(dev: Half, unseen: Half) -> str:
    """The whole of docs/quality.md."""
    parts = [
        _head(dev, unseen),
        _what(dev, unseen),
        _against_targets(dev, unseen),
        _half("The development half", dev, "Every error of it may be looked at, and is meant to be."),
        _half("The half kept apart from tuning", unseen, "Its errors are not listed here or anywhere."),
        _agreement(unseen),
        _errors(dev),
        _meaning(dev, unseen),
        REPRODUCE,
    ]
    return "\n".join(parts)


def _head(dev: Half, unseen: Half) -> str:
    low, high = unseen.intervals["overall"]
    of = unseen.report
    return (
        "# Quality, measured\n\n"
        f"unseen: overall {of['overall']:.2f} (95% interval {low:.2f}–{high:.2f}) on {len(unseen.gold)} excerpts that "
        f"were kept apart from tuning; F1 of entities {of['entity']['f1']:.2f}, relations {of['relation']['f1']:.2f}, "
        f"figures with metric and subject {of['figure core']['f1']:.2f}; {dev.report['overall']:.2f} on the "
        f"{len(dev.gold)} documents tuned on.\n\n"
        "Overall is the mean of those three. The definitions are those of `../shared/gold/GUIDELINES.md`, the numbers "
        "those of its\n`score.py`. This page is written by `python bench/score.py --write`; nothing in it is typed by "
        "hand.\n"
    )


def _what(dev: Half, unseen: Half) -> str:
    halves = (dev, unseen)
    parts = ("entities", "relations", "figures")
    rows: list[Row] = [
        ("", "dev", "unseen"),
        ("documents and excerpts", *(len(half.gold) for half in halves)),
        *((f"{part}, required + optional", *(_amount(half, part) for half in halves)) for part in parts),
        ("overall", *(f"{half.report['overall']:.3f}" for half in halves)),
        ("overall, were optional items required too", *(f"{half.all_required:.3f}" for half in halves)),
    ]
    return f"{WHAT}\n{_markdown(rows)}\n\n{OPTIONAL}"


def _amount(half: Half, part: str) -> str:
    required = optional = 0
    for gold in half.gold.values():
        spared = {each["id"] for each in gold["entities"] if each.get("optional")}
        for each in gold[part]:
            ends = {each["subject"], each["object"]} if part == "relations" else set()
            weak = bool(each.get("optional") or ends & spared)
            required, optional = required + (not weak), optional + weak
    return f"{required} + {optional}"


def _against_targets(dev: Half, unseen: Half) -> str:
    rows: list[Row] = [("", "dev", "target", "unseen", "target", "assembly, unseen")]
    for name, (for_dev, for_unseen, assembly) in TARGETS.items():
        rows.append(
            (
                *(name.removeprefix("slot "), _value(dev, name), f"{for_dev:.2f}", _value(unseen, name)),
                *(f"{for_unseen:.2f}", NOTHING if assembly is None else f"{assembly:.2f}"),
            )
        )
    return f"{AGAINST}\n{_markdown(rows)}\n"


def _value(half: Half, name: str) -> str:
    found = half.report.get(name)
    if found is None:
        return NOTHING
    if name == "overall":
        return f"{found:.3f}"
    if "f1" in found:
        return f"{found['f1']:.3f}"
    return f"{found['accuracy']:.3f} of {found['of']}"


def _half(title: str, half: Half, note: str) -> str:
    tables = (_markdown(table) for table in (_kinds(half), _slots(half), _genres(half)))
    low, high = half.intervals["overall"]
    overall = f"Overall **{half.report['overall']:.3f}**, 95% interval {low:.3f}–{high:.3f}. {note}"
    kinds, slots, genres = tables
    return f"## {title}\n\n{overall}\n\n{kinds}\n\n{slots}\n\n{genres}\n\n{GENRES}"


def _kinds(half: Half) -> list[Row]:
    rows: list[Row] = [("kind", "precision", "recall", "F1", "gold", "95% interval of F1")]
    for name, row in half.report.items():
        if isinstance(row, dict) and "f1" in row:
            rows.append(
                (
                    *(name, *(f"{row[key]:.4f}" for key in ("precision", "recall", "f1")), row["gold"]),
                    "{:.2f}–{:.2f}".format(*half.intervals[name]) if name in half.intervals else "",
                )
            )
    return rows


def _slots(half: Half) -> list[Row]:
    rows: list[Row] = [("slot", "right", "of")]
    for name, row in half.report.items():
        if name.startswith("slot "):
            rows.append((name.removeprefix("slot "), f"{row['accuracy']:.4f}", row["of"]))
    return rows


def _genres(half: Half) -> list[Row]:
    """Overall of a genre is the mean of those of the three that its gold has any of."""
    rows: list[Row] = [("genre", "documents", *OVERALL, "overall")]
    for genre, (documents, score) in half.genres.items():
        there = {kind: score.tally(kind) for kind in OVERALL}
        values = {kind: tally.f1 for kind, tally in there.items() if tally.found + tally.missed}
        shown = (f"{values[kind]:.3f}" if kind in values else NOTHING for kind in OVERALL)
        rows.append((genre, documents, *shown, f"{fmean(values.values()):.3f}"))
    return rows


def _agreement(unseen: Half) -> str:
    counted = json.loads((FROZEN / AGREEMENT).read_text(encoding="utf-8"))
    rows: list[Row] = [("optional items", "excerpts", *JUDGED)]
    for rule, title in RULES.items():
        both = [counted[rule][direction] for direction in ("A judges B", "B judges A")]
        for batch, first, last in BATCHES:
            rows.append((title, batch, *(f"{_mean_f1(both, kind, first, last):.3f}" for kind in JUDGED)))
    spared = counted["sparing"]
    against: list[Row] = [("annotator, by the adjudicated gold", *JUDGED)]
    for annotator in ("A", "B"):
        one = [spared[f"gold judges {annotator}"]]
        against.append((annotator, *(f"{_mean_f1(one, kind, 0, None):.3f}" for kind in JUDGED)))
    assert len(spared["A judges B"]) == len(unseen.gold)
    return f"{AGREED}\n{_markdown(rows)}\n\n{_markdown(against)}\n"


def _mean_f1(directions: Iterable[Mapping[str, Json]], kind: str, first: int, last: int | None) -> float:
    """The mean over the directions of the F1 of all documents' counts together."""
    values = []
    for documents in directions:
        score = Score()
        tally = score.tally(kind)
        for name in sorted(documents)[first:last]:
            found, extra, missed = documents[name][kind]
            tally.found, tally.extra, tally.missed = tally.found + found, tally.extra + extra, tally.missed + missed
        values.append(tally.f1)
    return fmean(values)


def _errors(dev: Half) -> str:
    counted = sorted(
        classes(dev.gold, dev.records, dev.evaluation.documents).items(), key=lambda each: (-each[1], each[0])
    )
    listed, rest = counted[:CLASSES], counted[CLASSES:]
    rows: list[Row] = [("class", "errors"), *listed]
    if rest:
        rows.append((f"{len(rest)} rarer classes", sum(count for _, count in rest)))
    rows.append(("all", sum(count for _, count in counted)))
    return f"{ERRORS}\n{_markdown(rows)}\n"


def _meaning(dev: Half, unseen: Half) -> str:
    low, high = unseen.intervals["overall"]
    side = "lies above" if low > MILESTONE else "lies below" if high < MILESTONE else "includes"
    return (
        "## What it means\n\n"
        f"- Dev minus unseen is {dev.report['overall'] - unseen.report['overall']:+.3f} overall, and "
        f"{dev.all_required - unseen.all_required:+.3f} where every optional item is\n"
        "  required. The halves are not equally hard nor equally strict, so this measures only roughly how much was\n"
        "  fitted to the development documents (the assembly lost 0.32).\n"
        f"- The unseen interval {side} the milestone's {MILESTONE:.2f}. It is {high - low:.2f} wide, since "
        f"{len(unseen.gold)} excerpts are few: a change\n  smaller than that is not shown by this half alone.\n"
        f"- Below target on dev: {_short(dev, 0)}.\n"
        f"- Below target on unseen: {_short(unseen, 1)}.\n"
        f"- A count below ten says little, of a slot as of a predicate. A genre of two documents says nothing.\n"
        "- Issue 3 asks for at least 30 excerpts, split by family into a half to tune on and a half to report. There "
        f"are\n  {len(unseen.gold)}, all in the reporting half.\n"
    )


def _short(half: Half, place: int) -> str:
    """What misses its target."""
    missed = (
        name for name, of in TARGETS.items() if name in half.report and _number(half, name) < float(of[place] or 0)
    )
    return ", ".join(name.removeprefix("slot ") for name in missed) or "nothing"


def _number(half: Half, name: str) -> float:
    found = half.report[name]
    return float(found if name == "overall" else found["f1"] if "f1" in found else found["accuracy"])


def _markdown(rows: Sequence[Row]) -> str:
    head, *body = rows
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, rule, *body))


def _plain(rows: Sequence[Row]) -> str:
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for first, *others in rows:
        cells = (f"{cell!s:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        lines.append("  ".join([f"{first!s:{widths[0]}}", *cells]).rstrip())
    return "\n".join(lines)


WHAT = """## What was measured on what

- **dev**: `../shared/gold/dev`, whole documents and excerpts, handed out with their gold to be tuned on.
- **unseen**: excerpts of 600 to 1,300 characters of `../shared/corpus`, drawn by `bench/draw_gold.py` with a fixed
  seed over reports, notices, replies, laws and news, leaving out every file whose name shows the place or act of a
  development excerpt. Annotated by the guidelines by two annotators, adjudicated. Kept in `bench/gold/` as offsets,
  names, values and hashes.

The corpus lies open to whoever builds kg, to run on and to read. The rule for the unseen excerpts: nothing is taken
from their gold, and no list of their errors is made. Their totals were watched while the rules were tuned on dev, and
once the home places that kg gave them were looked at to find what a change had broken: the number is a little kinder
than a blind test would be. Each text is read by kg in its default configuration. Intervals
are percentiles of 10,000 bootstrap samples over documents, by a fixed seed.
"""

OPTIONAL = """An optional item is neither required nor punished. The annotators of the unseen half set the flag far more
freely than those of dev. So this half forgives more, and the two are not strictly comparable; the last line shows
what is left where the flag is ignored in both.
"""

GENRES = """Genres of one document are put together. The overall of a genre leaves out what its gold has none of.
"""

AGAINST = """## Against the targets

Targets are those of the project's issue 3; of "overall", of issue 2. The assembly is an afternoon's work
with LAC, regexes and trigger words, measured on sixteen other documents.
"""

AGREED = """## How far the annotators agree

**Read this as an upper bound.** Both annotators and the adjudicator were language-model annotators of the same make,
working in separate contexts. They share their habits, so what they overlook or misread alike counts as agreement, and
nobody has compared them with a person. Where both call most of what is disputable optional, the rule that spares
optional items hides the dispute; hence the second half of the table, with every item required. F1, mean of both
directions.
"""

ERRORS = """## The commonest errors, on dev only

Every line of `kg evaluate --errors` falls into one class. An entity whose name was cut otherwise counts twice, as
extra and as missed. "An end is not matched": the relation fell with its entity.
"""

REPRODUCE = """## How to reproduce it

```
make score                                       # both halves, printed
.venv/bin/python bench/score.py --write          # and this page
.venv/bin/python bench/freeze_gold.py thaw OUT   # texts and gold of the unseen half, from ../shared/corpus
```

`../shared` must lie beside the checkout (or `KG_SHARED` name it); what is missing is skipped, and said. A source that
no longer gives the hash under which its excerpt was annotated is refused.
"""
