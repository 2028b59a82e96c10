"""Train ontology/weights/subjects.npz, by which the subjects of figures are chosen, on known ones.

usage: train_subjects.py [--folds]

These are the marks of bench/figure_marks.jsonl (texts of our own, of which those in bench/figure_passages were written
for this, and stretches of ../shared/corpus that no gold is from; a line a document: its file and hash, and of each
figure where it stands, its text, whose it may be, best first, period and status) and the gold of bench/written/tuned.
--folds prints only how well each part of the documents is
judged by what the others teach, beside the rules alone. Prints as well how often period and status are as marked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from freeze_gold import ROOT, SHARED, FrozenError, text_of
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from spacy.language import Language
from train_names import FOLDS, fold_of

from kg.evaluate import matching
from kg.evaluate.texts import days
from kg.knowledge import load
from kg.language import pipeline, read
from kg.language.choice import BITS, FILE, features
from kg.language.reading import Reading
from kg.model import DOC, Source
from kg.resolve.documents import Resolver
from kg.resolve.owners import TEXT, Owners
from kg.store import records

OUT = ROOT / "ontology" / "weights" / FILE
MARKS, WRITTEN = ROOT / "bench" / "figure_marks.jsonl", ROOT / "bench" / "written" / "tuned"
OWN = ("passages/", "figure_passages/")  # folders of bench, of texts written for training
RIDGE = 3.0  # times half the sum of squared weights
ROUNDS = 200
SURES = (0.0, 0.5, 1.0, 1.5)
LEAST = 1e-3  # weight that is kept
Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
Json = Mapping[str, Any]


@cache
def reader() -> Language:
    """The pipeline."""
    return pipeline()


@dataclass(frozen=True)
class Example:
    """One figure: the features of its candidates (that of the rules first), which of them are right."""

    file: str
    features: Ids
    right: NDArray[np.bool_]


class Read:
    """A document as it is read, up to whose its figures may be."""

    def __init__(self, file: str, text: str) -> None:
        source = Source(Path(file).name, text, "txt", hashlib.sha256(text.encode()).hexdigest())
        reading: Reading = read(reader(), source)._.kg
        resolver = Resolver(load(), reading, source)
        self.file, self.record = file, json.loads(records.line(resolver.graph()))
        self.quantities = reading.quantities
        self.owners = Owners(load(), reading, resolver.known)
        self.starts = [resolver.quote(quantity.span).start for quantity in reading.quantities]

    def examples(self, right: Mapping[int, set[str]]) -> Iterator[Example]:
        """The figures, by number, of which the ids that are right are known."""
        before = TEXT
        for number, quantity in enumerate(self.quantities):
            owners = self.owners.owners(quantity)
            if known := right.get(number):
                sights = [self.owners.eyes(owner, owners, quantity, before) for owner in owners]
                found = np.array([owner.id in known for owner in owners])
                if found.any():
                    yield Example(self.file, features(sights), found)
            before = owners[0].id


def marked() -> Iterator[tuple[Read, dict[int, set[str]], Counter[str]]]:
    """The marked documents, the right ids of their figures by number, and how often period and status are as marked."""
    for line in MARKS.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        own = each["file"].startswith(OWN)
        path = ROOT / "bench" / f"{each['file']}.txt" if own else SHARED / "corpus" / each["file"]
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != each["sha256"]:
            raise FrozenError(f"{path} is not what was marked")
        document = Read(each["file"], text_of(raw))
        named = {f"{e['type']}:{e['name']}": e["id"] for e in document.record["entities"]}
        named |= {f"?:{e['name']}": e["id"] for e in document.record["entities"]} | {"": TEXT}
        right, slots = dict[int, set[str]](), Counter[str]()
        for start, text, whose, period, status in each["figures"]:
            number = figure(document, start, text, right)
            if number is None:
                continue
            right[number] = {named[name] for name in whose if name in named}
            quantity = document.quantities[number]
            slots["figures"] += 1
            slots["period"] += days(quantity.period) == days(period)
            slots["status"] += quantity.status == status
        yield document, right, slots


def figure(document: Read, start: int, text: str, taken: Mapping[int, set[str]]) -> int | None:
    """The number of the figure that is marked."""
    near = [n for n, at in enumerate(document.starts) if abs(at - start) <= len(text) and n not in taken]
    alike = [n for n in near if document.quantities[n].text in text or text in document.quantities[n].text]
    return min(alike, key=lambda n: abs(document.starts[n] - start), default=None)


def written() -> Iterator[tuple[Read, dict[int, set[str]]]]:
    """The written documents and the right ids of their figures."""
    for path in sorted(WRITTEN.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = Read(f"written/{gold['doc']}", path.with_name(gold["doc"]).read_text(encoding="utf-8"))
        found = [e for e in document.record["entities"] if e["type"] != "Document"]
        to_gold = {
            found[i]["id"]: gold["entities"][j]["id"] for i, j in matching.entities(gold["entities"], found).items()
        }
        right = dict[int, set[str]]()
        for ours, theirs in matching.figures(gold["figures"], document.record["figures"]).items():
            wanted = gold["figures"][theirs]["subject"]
            ids = {mine for mine, true in to_gold.items() if true in wanted}
            right[ours] = ids | ({TEXT} if DOC in wanted else set())
        yield document, right


def weights(taught: Sequence[Example]) -> Floats:
    """The weights under which the right candidates are likeliest (McFadden 1974), small ones preferred."""
    sizes = [len(each.right) for each in taught]
    group = np.repeat(np.arange(len(taught)), sizes)
    right = np.concatenate([each.right for each in taught])
    every = np.concatenate([each.features for each in taught], axis=1)
    bounds = np.arange(0, every.size + 1, len(every))
    seen = csr_matrix((np.ones(every.size), every.T.ravel(), bounds), shape=(every.shape[1], 1 << BITS))

    def loss(now: Floats) -> tuple[float, Floats]:
        scores = seen @ now
        top = np.full(len(taught), -np.inf)
        np.maximum.at(top, group, scores)
        likely = np.exp(scores - top[group])
        total, good = np.bincount(group, likely), np.bincount(group, likely * right)
        slope = likely / total[group] - likely * right / good[group]
        return float(np.log(total / good).sum() + RIDGE * now @ now / 2), seen.T @ slope + RIDGE * now

    found = minimize(loss, np.zeros(1 << BITS), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    result: Floats = found.x
    return result


def by_folds(every: Sequence[Example]) -> Iterator[str]:
    """How often the choice is right on each part, taught by the others; the rules' is the first candidate."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        learnt = weights([each for each in every if fold_of(each.file) != fold])
        for each in (each for each in every if fold_of(each.file) == fold):
            scores = learnt[each.features].sum(0)
            best = int(scores.argmax())
            kind = each.file.partition("/")[0] if "/" in each.file else each.file
            for name in (kind, "all"):
                counts[name]["figures"] += 1
                counts[name]["rules"] += int(each.right[0])
                for sure in SURES:
                    counts[name][f"choice at {sure}"] += int(
                        each.right[best if scores[best] - scores[0] >= sure else 0]
                    )
    for name, its in sorted(counts.items()):
        rates = (f"{what} {count / its['figures']:.3f}" for what, count in its.items() if what != "figures")
        yield f"{name} ({its['figures']}): " + "  ".join(rates)


def main(arguments: list[str]) -> int:
    """Train, print how well parts are judged, write the weights."""
    every, slots = list[Example](), Counter[str]()
    for document, right, its in marked():
        every += document.examples(right)
        slots += its
    for document, right in written():
        every += document.examples(right)
    rates = "  ".join(f"{slot} {slots[slot] / slots['figures']:.3f}" for slot in ("period", "status"))
    print(f"{slots['figures']} marked figures: {rates}")
    print("\n".join(by_folds(every)), flush=True)
    if "--folds" in arguments:
        return 0
    learnt = weights(every)
    learnt[np.abs(learnt) < LEAST] = 0
    np.savez_compressed(OUT, weights=learnt.astype(np.float16))
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes, {np.count_nonzero(learnt)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
