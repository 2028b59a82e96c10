"""Fit ontology/weights/confidence.csv, by which kg says how sure it is of a relation, and measure how well that holds.

usage: calibrate.py [--write] FOLDER…   (folders of DOC.txt with DOC.gold.json; the last was not tuned on)

A ridge-penalised logistic regression on what `kg.resolve.confidence` knows of a relation; right and wrong are the
scorer's, and what it neither requires nor punishes is left out. How well the confidence holds is measured on documents
that the weights were not fitted on (folds by document); so is the penalty chosen. With --write the weights and
bench/reliability.json are kept, from which bench/score.py --write renders its table.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import sys
import tempfile
import warnings
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from freeze_gold import ROOT

import kg
from kg.evaluate import matching
from kg.evaluate.judging import Wanted, triple_of
from kg.evaluate.predicates import predicates
from kg.model import DocumentGraph
from kg.resolve.confidence import BASE, FILE, Claim, known
from kg.store import documents
from kg.store.records import line

WEIGHTS = ROOT / "ontology" / "weights" / FILE
RELIABILITY = ROOT / "bench" / "reliability.json"
FOLDS, ROUNDS, STEPS = 10, 4, 40
SEED, RESAMPLES = 20261123, 2_000
PENALTIES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
NEARLY = 0.001  # of loss: the strongest penalty that costs no more than this above the best is taken
SELDOM = 3  # facts without which nothing is learnt
Json = dict[str, Any]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Fact:
    """A relation as read, what is known of it by each of its passages, and whether gold has it."""

    doc: str
    batch: str
    passages: tuple[tuple[str, ...], ...]
    right: bool

    @property
    def fold(self) -> int:
        return zlib.crc32(self.doc.encode()) % FOLDS


def facts(folder: Path, work: Path) -> Iterator[Fact]:
    """What kg reads in the documents of a gold folder, as far as the scorer has a word on it."""
    texts = [path for path in sorted(folder.glob("*.txt")) if path.with_suffix(".gold.json").exists()]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a document that fails would be missing here
        kg.build(texts, output=work, exports=())
    for graph in documents(work):
        gold = json.loads((folder / graph.doc).with_suffix(".gold.json").read_text(encoding="utf-8"))
        entities = {entity.id: entity for entity in graph.entities}
        for number, right in judged(gold, graph):
            relation = graph.relations[number]
            ends = entities[relation.subject], entities[relation.object]
            told = sorted(relation.evidence, key=lambda each: (each.quote.start, each.quote.end))  # not by confidence
            passages = tuple(tuple(known(Claim(relation, each, *ends))) for each in told)
            yield Fact(graph.doc, folder.name, passages, right)


def judged(gold: Json, graph: DocumentGraph) -> Iterator[tuple[int, bool]]:
    """Relations by number, and whether they are found or extra, by the definitions of `kg.evaluate.judging`."""
    record: Json = json.loads(line(graph))
    pairs = matching.entities(gold["entities"], record["entities"])
    theirs = {record["entities"][i]["id"]: gold["entities"][j] for i, j in pairs.items()}
    wanted, done = Wanted(gold), set()
    for number, relation in enumerate(record["relations"]):
        ends = [theirs.get(relation[end]) for end in ("subject", "object")]
        if relation["predicate"] not in predicates().scored:
            continue
        if all(ends):
            triple = triple_of(ends[0]["id"], relation["predicate"], ends[1]["id"])
            if triple in wanted.spare or triple in done or wanted.excused(triple):
                continue
            if triple in wanted.required:
                done.add(triple)
                yield number, True
                continue
        if not any(end and end.get("optional") for end in ends):
            yield number, False


def sure(passage: Iterable[str], weights: Weights) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in passage)))


def best(fact: Fact, weights: Weights) -> tuple[str, ...]:
    """The passage that the relation's confidence is of."""
    return max(fact.passages, key=lambda passage: sure(passage, weights))


def fitted(taught: Sequence[Fact], penalty: float) -> dict[str, float]:
    """The weights; which passage is the best depends on them, hence the rounds. The base is not penalised."""
    weights: dict[str, float] = {}
    for _ in range(ROUNDS):
        passages = [best(fact, weights) for fact in taught]
        counts = Counter(name for passage in passages for name in passage)
        names = sorted(name for name, number in counts.items() if number >= SELDOM)
        places = {name: place for place, name in enumerate(names)}
        table = np.zeros((len(taught), len(names)))
        for row, passage in enumerate(passages):
            table[row, [places[name] for name in passage if name in places]] = 1
        right = np.array([fact.right for fact in taught])
        weights = dict(zip(names, newton(table, right, shrunk(names, penalty)), strict=True))
    return weights


def shrunk(names: Sequence[str], penalty: float) -> np.ndarray:
    return np.array([1e-3 if name == BASE else penalty for name in names])


def newton(table: np.ndarray, right: np.ndarray, penalty: np.ndarray) -> list[float]:
    """The minimum of the penalised log loss."""
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (likely - right) + penalty * found
        bend = (table.T * (likely * (1 - likely))) @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    return found.tolist()


def held_out(every: Sequence[Fact], penalty: float) -> list[float]:
    """The confidence of each fact by weights fitted on the documents of the other folds."""
    found = [0.0] * len(every)
    for fold in range(FOLDS):
        weights = fitted([fact for fact in every if fact.fold != fold], penalty)
        for place, fact in enumerate(every):
            if fact.fold == fold:
                found[place] = sure(best(fact, weights), weights)
    return found


def loss(every: Sequence[Fact], likely: Sequence[float]) -> float:
    return -sum(math.log(p if f.right else 1 - p) for f, p in zip(every, likely, strict=True)) / len(every)


def strongest(every: Sequence[Fact]) -> tuple[float, list[float]]:
    """The strongest penalty that is nearly the best, and the held-out confidences by it."""
    found = {penalty: held_out(every, penalty) for penalty in PENALTIES}
    losses = {penalty: loss(every, likely) for penalty, likely in found.items()}
    for penalty, lost in losses.items():
        print(f"penalty {penalty:4.0f}: held-out loss {lost:.4f}")
    penalty = max(each for each, lost in losses.items() if lost <= min(losses.values()) + NEARLY)
    return penalty, found[penalty]


def reliability(told: Sequence[tuple[float, Fact]]) -> list[Json]:
    """Of each bin of confidence how many facts, what is said and what holds, with its interval; at the end all."""
    rows = []
    for low, high in [*pairwise(BINS), (BINS[0], BINS[-1])]:
        found = [(likely, fact) for likely, fact in told if low <= likely < high]
        if found:
            said, right = fmean(likely for likely, _ in found), fmean(fact.right for _, fact in found)
            rows.append(
                {
                    "from": low,
                    "to": min(1.0, high),
                    "facts": len(found),
                    "confidence": round(said, 3),
                    "precision": round(right, 3),
                    "interval": interval([fact for _, fact in found]),
                }
            )
    return rows


def interval(found: Sequence[Fact]) -> list[float]:
    """95% percentile interval of precision over documents drawn anew: the facts of one document hang together."""
    docs: dict[str, list[bool]] = {}
    for fact in found:
        docs.setdefault(fact.doc, []).append(fact.right)
    counts = [(sum(its), len(its)) for its in docs.values()]
    chance = random.Random(SEED)
    drawn = [list(map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True))) for _ in range(RESAMPLES)]
    shares = sorted(right / all_ for right, all_ in drawn)
    return [round(shares[round(share * (RESAMPLES - 1))], 2) for share in (0.025, 0.975)]


def measured(every: Sequence[Fact], likely: Sequence[float], penalty: float) -> Json:
    """What bench/reliability.json holds: tables for all documents and for those that were not tuned on."""
    pairs: dict[str, list[tuple[float, Fact]]] = {batch: [] for batch in dict.fromkeys(fact.batch for fact in every)}
    for fact, confidence in zip(every, likely, strict=True):
        pairs[fact.batch].append((confidence, fact))
    *_, apart = pairs
    return {
        "documents": {batch: len({fact.doc for fact in every if fact.batch == batch}) for batch in pairs},
        "penalty": penalty,
        "folds": FOLDS,
        "all": reliability([pair for these in pairs.values() for pair in these]),
        "apart": reliability(pairs[apart]),
    }


def printed(rows: Iterable[Json]) -> str:
    lines = [
        f"{r['from']:.2f}–{r['to']:.2f}  {r['facts']:5}  {r['confidence']:.3f}  {r['precision']:.3f}" for r in rows
    ]
    return "\n".join(["confidence  facts  mean   precision", *lines])


def write(every: Sequence[Fact], weights: Weights) -> None:
    """The weights with the facts that they were learnt from: how many have it, and what share of them is right."""
    having: dict[str, list[bool]] = {name: [] for name in weights}
    for fact in every:
        for name in best(fact, weights):
            if name in having:
                having[name].append(fact.right)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("known", "weight", "facts", "right"))
        for name in sorted(weights, key=lambda each: (each != BASE, each)):
            its = having[name]
            rows.writerow((name, f"{weights[name]:.3f}", len(its), f"{sum(its) / max(1, len(its)):.2f}"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    every: list[Fact] = []
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as work:
            every += facts(folder, Path(work) / "out")
    penalty, likely = strongest(every)
    found = measured(every, likely, penalty)
    for name in ("all", "apart"):
        print(f"{name}:\n{printed(found[name])}")
    if options.write:
        write(every, fitted(every, penalty))
        RELIABILITY.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
