"""Train ontology/weights/relations.npz, by which `kg_judge` votes, on the relations marked in bench/training, passages.

usage: train_relations.py APART [--folds]   (APART: what `train_names.py --apart APART` wrote)

A text is read by a recogniser that has not seen it, so that names are as good and as bad as on a new document; once
within its document and once alone, as users give both. Each pair of names that `kg.language.pairs` proposes has the
predicate that is marked, or none. --folds prints only how well each part is judged by what the others teach.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from freeze_gold import ROOT, SHARED, text_of
from marked import Marked, passages, thaw
from network_training import Pace, Plan, classifier
from numpy.typing import NDArray
from relation_labels import UNKNOWN, Folding, Labels
from spacy.language import Language
from train_names import FOLDS, WORKERS, fold_of

from kg.knowledge import load
from kg.language import COMPONENTS, pipeline, undisturbed
from kg.language.judge import FILE, PREDICATES
from kg.language.network import Network
from kg.language.pairs import pairs
from kg.language.reading import Reading
from kg.language.recogniser import Weights
from kg.language.views import BITS, Views

OUT = ROOT / "ontology" / "weights" / FILE
PLAN = Plan(hidden=32, rounds=8, rate=3e-3, features_out=0.3, units_out=0.4, seldom=3)
PACE = Pace(together=256, counted=8)  # pairs
LEAST = 0.02  # weight that is kept
TAUS = (0.3, 0.5, 0.7)
Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """The pairs of an excerpt: their features, their predicates (0 is none), what the rules say of them."""

    file: str
    features: Ids
    classes: Ids
    ruled: list[frozenset[str]]


@cache
def reader(fold: int, apart: Path) -> Language:
    """The components before the judge, with a recogniser that has not seen the texts of a part."""
    nlp = pipeline(COMPONENTS[: COMPONENTS.index("kg_judge")])
    nlp.get_pipe("kg_recogniser").weights = Weights.load(apart / f"{fold}.npz")  # type: ignore[attr-defined]
    return nlp


@cache
def views() -> Views:
    """What describes pairs."""
    return Views(load())


def examples(task: tuple[str, list[Marked], Path]) -> list[Example]:
    """The excerpts of one file, each within its document and alone."""
    file, excerpts, apart = task
    found = []
    if file.startswith("passages/"):
        whole = excerpts[0].text
    else:
        whole = text_of((SHARED / "corpus" / file).read_bytes())
        found = [example(file, read(file, each.text, apart), each, 0) for each in excerpts]
    reading = read(file, whole, apart)
    return [*found, *(example(file, reading, each, each.start) for each in excerpts)]


def read(file: str, text: str, apart: Path) -> Reading:
    """A text as the components before the judge read it."""
    nlp = reader(fold_of(file), apart)
    doc = nlp.make_doc(text)
    doc._.kg_name, doc._.kg_hints = Path(file).name, {}
    with undisturbed():
        reading: Reading = nlp(doc)._.kg
    return reading


def example(file: str, reading: Reading, marked: Marked, start: int) -> Example:
    """The pairs whose object lies in the excerpt, which begins at `start` of what was read."""
    folded = Folding(reading, start)
    stretch = folded.span((0, len(marked.text)))
    found = [pair for pair in pairs(reading) if stretch.start <= pair.object.start < stretch.end]
    if not found or reading.seen is None:
        return Example(file, np.zeros((1, 0), np.int64), np.zeros(0, np.int64), [])
    features = views()(reading, reading.seen, found)
    classes = Labels(reading, marked, folded).of(found)
    return Example(file, features, classes, [frozenset(link.predicate for link in pair.links) for pair in found])


def network(taught: Sequence[Example]) -> Network:
    """What tells the predicates of pairs."""
    features, wanted = [each.features for each in taught], [each.classes for each in taught]
    return classifier(features, wanted, BITS, len(PREDICATES), PLAN, PACE)


def by_folds(every: Sequence[Example]) -> Iterator[str]:
    """How well each part is judged by what the others teach, beside the rules."""
    pairs_: list[tuple[Example, Floats]] = []
    for fold in range(FOLDS):
        judge = network([e for e in every if fold_of(e.file) != fold])
        pairs_ += [(e, judge.probabilities(e.features)) for e in every if fold_of(e.file) == fold]
    yield line("rules", {"all": Counter(what for each, _ in pairs_ for what in ruled(each))})
    for tau in TAUS:
        table: dict[str, Counter[str]] = defaultdict(Counter)
        for each, likely in pairs_:
            chosen = np.where(likely[:, 0] < 1 - tau, likely[:, 1:].argmax(1) + 1, 0)
            for mine, true in zip(chosen.tolist(), each.classes.tolist(), strict=True):
                count(table, mine, true)
        yield line(f"judge at {tau}", table)


def ruled(each: Example) -> Iterator[str]:
    """What the rules say of each pair of which the truth is known: found, extra or missed."""
    for true, said in zip(each.classes.tolist(), each.ruled, strict=True):
        if true == UNKNOWN:
            continue
        if true and PREDICATES[true] in said:
            yield "found"
            continue
        if said & set(PREDICATES):
            yield "extra"
        if true:
            yield "missed"


def count(table: Mapping[str, Counter[str]], mine: int, true: int) -> None:
    """Count one judgement under its predicate and under all."""
    if true == UNKNOWN:
        return
    if mine and mine == true:
        outcomes = [("found", true)]
    else:
        outcomes = [(what, which) for what, which in (("extra", mine), ("missed", true)) if which]
    for what, which in outcomes:
        for name in (PREDICATES[which], "all"):
            table[name][what] += 1


def line(name: str, table: Mapping[str, Counter[str]]) -> str:
    """Precision, recall and F1 of all, F1 of each predicate."""
    parts = []
    for predicate, counts in sorted(table.items()):
        f, e, m = (counts[what] for what in ("found", "extra", "missed"))
        f1 = 2 * f / max(1, 2 * f + e + m)
        rates = f" (P {f / max(1, f + e):.3f} R {f / max(1, f + m):.3f})" if predicate == "all" else ""
        parts.append(f"{predicate} {f1:.3f}{rates}")
    return f"{name}: " + "  ".join(parts)


def main(arguments: list[str]) -> int:
    """Train, print how well parts are judged, write the weights."""
    apart = Path(arguments[0])
    files: dict[str, list[Marked]] = defaultdict(list)
    for each in [*thaw(SHARED / "corpus"), *passages()]:
        if each.relations is not None:
            files[each.file].append(each)
    tasks = sorted((file, its, apart) for file, its in files.items())
    tasks.sort(key=lambda task: fold_of(task[0]))
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        every = [each for its in pool.map(examples, tasks, chunksize=8) for each in its if len(each.classes)]
    stated = sum(int((each.classes > 0).sum()) for each in every)
    print(f"{len(every)} readings, {sum(len(e.classes) for e in every)} pairs, {stated} with a predicate")
    print("\n".join(by_folds(every)), flush=True)
    if "--folds" in arguments:
        return 0
    kept = network(every).kept("relations", LEAST)
    np.savez_compressed(OUT, **kept)
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes, {len(kept['relations_features'])} features")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
