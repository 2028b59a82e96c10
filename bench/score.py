"""Measure quality on the development gold and on the project's own gold, by the definitions of shared/gold.

usage: score.py [--write] [--round NAME]

--write also writes docs/quality.md anew; --round keeps the counts of the classes of errors under that name first, to
stand beside later ones on the page. Reads ../shared/gold/dev and ../shared/corpus; what is not there is skipped, and
said. KG_SHARED names another shared/. Of the unseen half of the project's own gold only numbers are printed, never an
error: whoever reads one has tuned on it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

import error_classes
import quality
from error_classes import Round
from freeze_gold import CALIBRATING, HALVES, ROOT, SHARED, TUNED, UNSEEN, FrozenError, thaw

import kg
from kg.evaluate import Score, Tally, evaluate
from kg.evaluate.scores import OVERALL, total

DEV = "dev"
WRITTEN = {"written": "tuned", "written apart": "apart"}  # name of a part of bench/written → its folder
PAGE = ROOT / "docs" / "quality.md"
SEED, RESAMPLES = 20261122, 10_000
INTERVALS = (*OVERALL, "figure", "figure strict")
Json = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """What was measured on some documents, by their names."""

    name: str
    gold: Mapping[str, Json]
    records: Mapping[str, Json]  # what kg read
    scores: Mapping[str, Score]
    strict: Mapping[str, Score]  # were optional items required as well
    failures: Sequence[str]

    @cached_property
    def report(self) -> Json:
        """The numbers of ../shared/gold/score.py, to the digit."""
        return total(self.scores.values()).report()

    @cached_property
    def all_required(self) -> float:
        """Overall, were optional items required as well."""
        overall: float = total(self.strict.values()).report()["overall"]
        return overall

    @cached_property
    def intervals(self) -> Mapping[str, tuple[float, float]]:
        """Bootstrap intervals over the documents."""
        return intervals(list(self.scores.values()))

    @property
    def genres(self) -> Mapping[str, tuple[int, Score]]:
        """Genre → number of documents, and their score; genres of one document are put together at the end."""
        genre = {doc: gold["meta"]["genre"] for doc, gold in self.gold.items()}
        numbers = Counter(genre.values())
        single = ", ".join(sorted(each for each, number in numbers.items() if number == 1))
        docs: dict[str, list[str]] = {each: [] for each in [*sorted(numbers), single]}
        for doc, its in genre.items():
            docs[its if numbers[its] > 1 else single].append(doc)
        return {each: (len(these), total(self.scores[doc] for doc in these)) for each, these in docs.items() if these}

    @property
    def errors(self) -> Counter[str]:
        """Class of errors → how many."""
        return error_classes.classes(self.gold, self.records, self.scores)

    def batch(self, prefix: str) -> Measured:
        """Those of the documents whose names begin so."""

        def of(found: Mapping[str, Any]) -> dict[str, Any]:
            return {doc: each for doc, each in found.items() if doc.startswith(prefix)}

        gold, records, scores, strict = map(of, (self.gold, self.records, self.scores, self.strict))
        return replace(self, name=prefix, gold=gold, records=records, scores=scores, strict=strict)


def measure(name: str, gold: Path, out: Path) -> Measured:
    """Read the texts of a gold folder into the build folder `out` with this kg, and judge what came of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what failed is in `failures`, and counts as nothing found
        graph = kg.build(sorted(gold.glob("*.txt")), output=out, exports=())
    wanted = {each["doc"]: each for each in map(_loaded, sorted(gold.glob("*.gold.json")))}
    records = map(json.loads, (out / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return Measured(
        name=name,
        gold=wanted,
        records={record["doc"]: record for record in records},
        scores=evaluate(gold, out).documents,
        strict=_without_options(wanted.values(), out),
        failures=graph.failures,
    )


def _loaded(path: Path) -> Json:
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def _without_options(gold: Iterable[Json], build: Path) -> Mapping[str, Score]:
    """The scores, were every optional item of the gold required."""
    with tempfile.TemporaryDirectory() as folder:
        for number, each in enumerate(gold):
            strict = {
                part: [{key: value for key, value in item.items() if key != "optional"} for item in each[part]]
                for part in ("entities", "relations", "figures")
            }
            path = Path(folder) / f"{number}.gold.json"
            path.write_text(json.dumps({**each, **strict}), encoding="utf-8")
        return evaluate(Path(folder), build).documents


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


def measure_all(work: Path) -> dict[str, Measured]:
    """Dev, the parts of our own gold, or those that are here, and bench/written; what is skipped is said on stdout."""
    found = {}
    dev, corpus = SHARED / "gold" / "dev", SHARED / "corpus"
    if dev.is_dir():
        found[DEV] = measure(DEV, dev, work / DEV)
    else:
        print(f"skipped: dev, since there is no folder {dev} (KG_SHARED names another shared/)")
    if corpus.is_dir():
        thaw(corpus, work / "thawed")
        found |= {half: measure(half, work / "thawed" / half, work / half) for half in (TUNED, UNSEEN, CALIBRATING)}
    else:
        print(f"skipped: tuned and unseen, since there is no folder {corpus} to rebuild their excerpts from")
    written = ROOT / "bench" / "written"
    found |= {name: measure(name, written / part, work / name) for name, part in WRITTEN.items()}
    return found


def readable(measured: Collection[Measured]) -> Round:
    """The classes of errors of those whose errors may be read: never of the unseen half."""
    these = [each for each in measured if each.name in (DEV, TUNED)]
    return Round(sum(len(each.gold) for each in these), sum((each.errors for each in these), Counter()))


def page(measured: Mapping[str, Measured]) -> str:
    """The whole of docs/quality.md, with the rounds that were kept."""
    return quality.page(measured, {**error_classes.rounds(), "now": readable(measured.values())})


def main(arguments: list[str]) -> int:
    """Print the numbers; with ``--write``, write the page; with ``--round``, keep the classes of errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--round", metavar="NAME")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            measured = measure_all(Path(folder))
        except FrozenError as error:
            print(error, file=sys.stderr)
            return 1
    for each in measured.values():
        print(quality.printed(each))
    failures = [failure for each in measured.values() for failure in each.failures]
    print(*(f"not read: {failure}" for failure in failures), sep="\n", end="\n" if failures else "", file=sys.stderr)
    if failures:
        return 1
    return _keep(measured, options.round, options.write) if options.write or options.round else 0


def _keep(measured: Mapping[str, Measured], name: str | None, write: bool) -> int:
    """Keep the round of this name, and write the page; neither unless all was measured."""
    if len(measured) <= len(HALVES) + len(WRITTEN):
        print("nothing is written: dev and all of our own gold are needed for it", file=sys.stderr)
        return 1
    if name:
        error_classes.keep(name, readable(measured.values()))
        print(f"kept: the classes of errors of round {name!r}")
    if write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(measured), encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
