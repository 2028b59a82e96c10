"""Score kg's canonical metrics by pairs of phrases against the judged ones, beside simple ways to put phrases together.

usage: metric_pairs.py                    (measure; prints the tables of docs/metrics.md)
       metric_pairs.py --errors           (and the wrong pairs of the tuned half; those of the other are never shown)
       metric_pairs.py --built FOLDER     (with a build of these documents, or of more, that is there)
       metric_pairs.py freeze ANNOTATIONS (items.json, A.out, B.out, gold.out → bench/metrics_gold/)

Two phrases of one block are a pair. It is found if kg has their figures under one metric that it calls comparable. The
documents are built anew, whole, so what is measured is the phrase as kg reads it today; a figure that is read no
longer is under no metric. Blocks are of two halves: of `tuned` errors may be read, `unseen` is only measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from draw_metrics import place

import kg

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
FROZEN = ROOT / "bench" / "metrics_gold"
ITEMS, GROUPS = "items.json", "{}.json"
WHO = ("A", "B", "gold")
HALVES = ("unseen", "tuned")
LINE = re.compile(r"^BLOCK\s+(?P<block>\w+)\s*[:：](?P<groups>.*)$")
SEED, RESAMPLES = 20261123, 2_000
Json = dict[str, Any]
Labels = Mapping[int, Hashable]  # number of an item → what it is put under; items with none stand alone


class GoldError(Exception):
    """What is wrong with judgements, and where."""


class Score(NamedTuple):
    """Pairs that are in both, that were found, that are right."""

    both: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.right if self.right else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, self.found + self.right)


def partition(text: str, items: Sequence[Json]) -> dict[int, str]:
    """The group of each item as an annotator wrote it; what is no metric stands alone."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for item in items:
        blocks[item["block"]].add(item["number"])
    groups: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = LINE.match(line)
        if found is None:
            raise GoldError(f"no line of groups: {line[:60]}")
        for index, group in enumerate(found["groups"].split("|")):
            for word in group.split():
                number = int(word.removeprefix("x"))
                if number not in blocks[found["block"]] or number in groups:
                    raise GoldError(f"{found['block']}: {number} is not of this block, or is there twice")
                groups[number] = f"x{number}" if word.startswith("x") else f"{found['block']}/{index}"
    missing = {item["number"] for item in items} - set(groups)
    if missing:
        raise GoldError(f"not judged: {sorted(missing)}")
    return groups


def freeze(annotations: Path) -> None:
    """Keep what was drawn and what was judged."""
    FROZEN.mkdir(exist_ok=True)
    written = (annotations / ITEMS).read_text(encoding="utf-8")
    (FROZEN / ITEMS).write_text(written, encoding="utf-8")
    for who in WHO:
        groups = partition((annotations / f"{who}.out").read_text(encoding="utf-8"), json.loads(written))
        together: dict[str, list[int]] = defaultdict(list)
        for number in sorted(groups):
            together[groups[number]].append(number)
        judged = {"groups": list(together.values()), "none": sorted(n for n in groups if groups[n].startswith("x"))}
        (FROZEN / GROUPS.format(who)).write_text(json.dumps(judged) + "\n", encoding="utf-8")


def judged(who: str) -> dict[int, int]:
    """Item → group."""
    groups = json.loads((FROZEN / GROUPS.format(who)).read_text(encoding="utf-8"))["groups"]
    return {number: index for index, group in enumerate(groups) for number in group}


def pairs(items: Iterable[Json], labels: Labels) -> set[tuple[int, int]]:
    """The pairs within a block that are under one label."""
    blocks: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for item in items:
        if item["number"] in labels:
            blocks[item["block"], labels[item["number"]]].append(item["number"])
    return {pair for numbers in blocks.values() for pair in combinations(sorted(numbers), 2)}


def score(items: Sequence[Json], found: Labels, right: Labels) -> Score:
    """How well `found` puts together what `right` does."""
    ours, theirs = pairs(items, found), pairs(items, right)
    return Score(len(ours & theirs), len(ours), len(theirs))


def interval(items: Sequence[Json], found: Labels, right: Labels, of: Callable[[Score], float]) -> tuple[float, float]:
    """95 % of resamples of whole blocks."""
    blocks: dict[str, list[Json]] = defaultdict(list)
    for item in items:
        blocks[item["block"]].append(item)
    scores = [score(each, found, right) for each in blocks.values()]
    chance = random.Random(SEED)
    drawn = []
    for _ in range(RESAMPLES):
        sample = chance.choices(scores, k=len(scores))
        drawn.append(of(Score(*(sum(each[i] for each in sample) for i in range(3)))))
    drawn.sort()
    return drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES) - 1]


class Read(NamedTuple):
    """What kg has read today at the items: phrase, metric if comparable, and the sentence."""

    phrases: dict[int, tuple[str, str]]
    metrics: dict[int, str]
    names: dict[str, str]
    passages: dict[int, str]


def read(items: Sequence[Json], corpus: Path) -> Read:
    """Build the documents of the items, and find each item's figure by the place of its number."""
    files = sorted({corpus / item["file"] for item in items})
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise GoldError(f"{missing[0]}: no such file; what was judged there cannot be measured")
    with tempfile.TemporaryDirectory() as folder:
        graph = kg.build([str(path) for path in files], output=f"{folder}/built", exports=())
        return at_items(items, graph)


def at_items(items: Sequence[Json], graph: kg.KnowledgeGraph) -> Read:
    """The figures of a build at the places of the items."""
    metric_of = {figure: metric for metric in graph.graph.metrics for figure in metric.figures}
    figures = defaultdict(list)
    for figure in graph.figures:
        doc, start = place(figure)
        figures[Path(doc).name, start].append(figure)
    texts = {Path(doc).name: text for doc, text in graph.texts.items()}
    result = Read({}, {}, {metric.id: metric.name for metric in graph.graph.metrics}, {})
    for item in items:
        doc, number = Path(item["file"]).name, item["number"]
        said = texts[doc][item["start"] : item["end"]]
        if hashlib.sha256(said.encode()).hexdigest() != item["sha256"]:
            raise GoldError(f"{item['file']}: has changed since it was judged")
        result.passages[number] = texts[doc][max(0, item["start"] - 50) : item["end"] + 20].replace("\n", " ")
        for at in range(item["start"], item["end"]):
            if (doc, at) in figures:
                figure = figures[doc, at][0]
                metric = metric_of[figure.id]
                result.phrases[number] = figure.metric, metric.unit
                if metric.comparable:
                    result.metrics[number] = metric.id
                break
    return result


def table(items: Sequence[Json], said: Read) -> str:
    """Precision and recall of every way, on both halves."""
    gold = judged("gold")
    ways: dict[str, Labels] = {
        "kg": said.metrics,
        "equal phrases": {number: phrase for number, (phrase, _) in said.phrases.items()},
        "equal phrases and units": said.phrases,
        "nothing": {},
    }
    lines = [
        "| put together by | half | pairs right | found | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, labels in ways.items():
        for half in HALVES:
            part = [item for item in items if item["half"] == half]
            got = score(part, labels, gold)
            low, high = interval(part, labels, gold, lambda s: s.precision)
            least, most = interval(part, labels, gold, lambda s: s.recall)
            precision = f"{got.precision:.3f} ({low:.2f}–{high:.2f})" if got.found else "–"
            recall = f"{got.recall:.3f} ({least:.2f}–{most:.2f})"
            lines.append(f"| {name} | {half} | {got.right} | {got.found} | {precision} | {recall} | {got.f1:.3f} |")
    return "\n".join(lines)


def agreement(items: Sequence[Json]) -> str:
    """How far the two annotators, who did not see each other, put the same together; and each with the adjudicated."""
    labels = {who: judged(who) for who in WHO}
    lines = ["| judged by | half | pairs in both | of the first | of the second | F1 |", "|---|---|---|---|---|---|"]
    for one, other in combinations(WHO, 2):
        for half in HALVES:
            got = score([item for item in items if item["half"] == half], labels[one], labels[other])
            lines.append(f"| {one}, {other} | {half} | {got.both} | {got.found} | {got.right} | {got.f1:.3f} |")
    return "\n".join(lines)


def errors(items: Sequence[Json], said: Read) -> str:
    """The wrong pairs of the tuned half."""
    part = [item for item in items if item["half"] == "tuned"]
    ours, theirs = pairs(part, said.metrics), pairs(part, judged("gold"))
    lines = []
    for mark, wrong in (("together, wrongly", ours - theirs), ("apart, wrongly", theirs - ours)):
        for pair in sorted(wrong):
            lines.append(f"\n{mark}:")
            for number in pair:
                phrase, unit = said.phrases.get(number, ("–", ""))
                named = said.metrics.get(number, "not comparable")
                lines.append(f"  {number} {phrase} [{unit}] {named}\n       …{said.passages[number]}…")
    return "\n".join(lines)


def main() -> None:
    """Freeze, or measure and print."""
    if sys.argv[1:2] == ["freeze"]:
        freeze(Path(sys.argv[2]))
        return
    items = json.loads((FROZEN / ITEMS).read_text(encoding="utf-8"))
    at = sys.argv.index("--built") if "--built" in sys.argv else None
    said = at_items(items, kg.load(sys.argv[at + 1])) if at else read(items, SHARED / "corpus")
    documents = len({item["file"] for item in items})
    print(f"{len(items)} phrases of {documents} documents, {len(said.phrases)} of them read today\n")
    print(table(items, said), agreement(items), sep="\n\n")
    if "--errors" in sys.argv:
        print(errors(items, said))


if __name__ == "__main__":
    main()
