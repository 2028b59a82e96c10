"""Measure quality on the development gold and on the project's own unseen gold, by the definitions of shared/gold.

usage: score.py [--write]   (--write also writes docs/quality.md anew)

Reads ../shared/gold/dev and ../shared/corpus; what is not there is skipped, and said. KG_SHARED names another shared/.
Of the unseen half only numbers are printed, never an error: whoever reads one has tuned on it.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import quality
from freeze_gold import ROOT, SHARED, FrozenError, thaw

import kg
from kg.evaluate import Evaluation, Score, Tally, evaluate
from kg.evaluate.scores import OVERALL, total

DEV, UNSEEN = "dev", "unseen"
PAGE = ROOT / "docs" / "quality.md"
SEED, RESAMPLES = 20261122, 10_000
INTERVALS = (*OVERALL, "figure", "figure strict")
Json = dict[str, Any]


@dataclass(frozen=True)
class Half:
    """What was measured on one half of the gold."""

    name: str
    gold: Mapping[str, Json]  # document → its gold
    records: Mapping[str, Json]  # document → what kg read
    evaluation: Evaluation
    intervals: Mapping[str, tuple[float, float]]
    all_required: float  # overall, were optional items required as well
    failures: Sequence[str]

    @property
    def report(self) -> Json:
        """The numbers of ../shared/gold/score.py, to the digit."""
        return self.evaluation.total.report()

    @property
    def genres(self) -> Mapping[str, tuple[int, Score]]:
        """Genre → number of documents, and their score; genres of one document are put together at the end."""
        genre = {doc: gold["meta"]["genre"] for doc, gold in self.gold.items()}
        numbers = Counter(genre.values())
        single = ", ".join(sorted(each for each, number in numbers.items() if number == 1))
        docs: dict[str, list[str]] = {each: [] for each in [*sorted(numbers), single]}
        for doc, its in genre.items():
            docs[its if numbers[its] > 1 else single].append(doc)
        scores = self.evaluation.documents
        return {each: (len(these), total(scores[doc] for doc in these)) for each, these in docs.items() if these}


def measure(name: str, gold: Path, out: Path) -> Half:
    """Read the texts of a gold folder into the build folder `out` with this kg, and judge what came of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what failed is in `failures`, and counts as nothing found
        graph = kg.build(sorted(gold.glob("*.txt")), output=out, exports=())
    evaluation = evaluate(gold, out)
    wanted = {each["doc"]: each for each in map(_loaded, sorted(gold.glob("*.gold.json")))}
    records = map(json.loads, (out / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return Half(
        name=name,
        gold=wanted,
        records={record["doc"]: record for record in records},
        evaluation=evaluation,
        intervals=intervals(list(evaluation.documents.values())),
        all_required=_without_options(wanted.values(), out),
        failures=graph.failures,
    )


def _loaded(path: Path) -> Json:
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def _without_options(gold: Iterable[Json], build: Path) -> float:
    """Overall, were every optional item of the gold required."""
    with tempfile.TemporaryDirectory() as folder:
        for number, each in enumerate(gold):
            strict = {
                part: [{key: value for key, value in item.items() if key != "optional"} for item in each[part]]
                for part in ("entities", "relations", "figures")
            }
            path = Path(folder) / f"{number}.gold.json"
            path.write_text(json.dumps({**each, **strict}), encoding="utf-8")
        overall: float = evaluate(Path(folder), build).total.report()["overall"]
        return overall


def intervals(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """95% percentile intervals of F1 and of overall, over documents drawn anew with replacement."""
    chance = random.Random(SEED)
    counts = [{kind: (t.found, t.extra, t.missed) for kind in INTERVALS for t in [s.tally(kind)]} for s in scores]
    drawn: dict[str, list[float]] = {kind: [] for kind in (*INTERVALS, "overall")}
    for _ in range(RESAMPLES):
        sample = chance.choices(counts, k=len(counts))
        f1 = {kind: Tally(*map(sum, zip(*(each[kind] for each in sample), strict=True))).f1 for kind in INTERVALS}
        for kind in INTERVALS:
            drawn[kind].append(f1[kind])
        drawn["overall"].append(fmean(f1[kind] for kind in OVERALL))
    low, high = round(0.025 * RESAMPLES), round(0.975 * RESAMPLES) - 1
    return {kind: (values[low], values[high]) for kind, found in drawn.items() for values in [sorted(found)]}


def measure_all(work: Path) -> list[Half]:
    """Both halves, or those that are here; what is skipped is said on stdout."""
    halves = []
    dev, corpus = SHARED / "gold" / "dev", SHARED / "corpus"
    if dev.is_dir():
        halves.append(measure(DEV, dev, work / DEV))
    else:
        print(f"skipped: dev, since there is no folder {dev} (KG_SHARED names another shared/)")
    if corpus.is_dir():
        thaw(corpus, work / "thawed")
        halves.append(measure(UNSEEN, work / "thawed", work / UNSEEN))
    else:
        print(f"skipped: unseen, since there is no folder {corpus} to rebuild its excerpts from")
    return halves


def main(arguments: list[str]) -> int:
    """Print the numbers; with ``--write``, write the page."""
    if arguments not in ([], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        try:
            halves = measure_all(Path(folder))
        except FrozenError as error:
            print(error, file=sys.stderr)
            return 1
    for half in halves:
        print(quality.printed(half))
    failures = [failure for half in halves for failure in half.failures]
    print(*(f"not read: {failure}" for failure in failures), sep="\n", end="\n" if failures else "", file=sys.stderr)
    if arguments and not failures:
        if len(halves) < 2:
            print(f"{PAGE} is left as it is: both halves are needed to write it", file=sys.stderr)
            return 1
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(quality.page(*halves), encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
