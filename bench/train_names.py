"""Train ontology/weights/names.npz, by which `kg_recogniser` votes, on the excerpts of bench/training.

usage: train_names.py [--folds | --apart DIR]

--folds prints only how well each part is read by what the others teach. --apart writes besides, for each part, weights
that have not seen it: DIR/0.npz … (train_relations.py reads texts by them).

First a conditional random field gives each word's labels their probabilities; then a classifier judges whole stretches
by them and by what can be seen of a stretch. The second is taught on probabilities that a field gives which has not
seen the text (stacking, Wolpert 1992). Both score by a small network. Same input, same weights.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from crf_training import UNKNOWN, Example, Labelling
from freeze_gold import ROOT, SHARED
from marked import Marked, passages, thaw
from network_training import Pace, Plan, Trainer, classifier
from numpy.typing import NDArray

from kg.knowledge import load
from kg.language import COMPONENTS, pipeline
from kg.language import candidates as stretches
from kg.language.candidates import Candidates, Stretches, chosen
from kg.language.crf import Chain, marginals
from kg.language.features import Features, Seen
from kg.language.hashing import BITS
from kg.language.labels import KINDS, LABELS, write
from kg.language.network import Network
from kg.language.reading import Reading, Span

OUT = ROOT / "ontology" / "weights" / "names.npz"
FOLDS, WORKERS, LEAST = int(os.environ.get("FOLDS", "3")), 2, 0.02
FIELD = Plan(hidden=24, rounds=10, rate=3e-3, features_out=0.3, units_out=0.4, seldom=10)
CLASSES = Plan(hidden=24, rounds=5, rate=2e-3, features_out=0.3, units_out=0.5, seldom=3)
PACE = Pace(together=256, counted=8)  # candidates
TAUS = (0.2, 0.3, 0.4, 0.5)
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Text:
    """An excerpt as the components before the recogniser have read it."""

    marked: Marked
    reading: Reading
    seen: Seen
    example: Example
    names: list[tuple[int, int, str, bool]]  # in the folded text

    @property
    def fold(self) -> int:
        """Excerpts of one file are in one fold."""
        return fold_of(self.marked.file)


def fold_of(file: str) -> int:
    """The part that a file's excerpts are in."""
    return zlib.crc32(file.encode()) % FOLDS


def texts() -> list[Text]:
    """The excerpts of bench/training and the passages, read by the rules."""
    nlp = pipeline(COMPONENTS[: COMPONENTS.index("kg_recogniser")])
    features = Features(load())
    found = []
    for each in [*thaw(SHARED / "corpus"), *passages()]:
        doc = nlp.make_doc(each.text)
        doc._.kg_name, doc._.kg_hints = each.name, {}
        reading: Reading = nlp(doc)._.kg
        seen = features.seen(reading)
        places = np.searchsorted(np.array(reading.folded.offsets), np.arange(len(each.text) + 1)).tolist()
        names = [(places[start], places[end], kind, sure) for start, end, kind, sure in each.names]
        found.append(
            Text(each, reading, seen, Example(features(reading, seen), labels(seen, names), seen.clauses), names)
        )
    return found


def labels(seen: Seen, names: Sequence[tuple[int, int, str, bool]]) -> NDArray[np.int64]:
    """The words' labels; a name takes the words that it has a part in."""
    found = np.zeros(len(seen.starts), np.int64)
    for start, end, kind, sure in names:
        first, last = (int(np.searchsorted(seen.starts, at, side="right")) - 1 for at in (start, end - 1))
        if not sure:
            found[first : last + 1] = UNKNOWN
        elif end > start:
            write(found, first, last + 1, kind)
    return found


def field(taught: Sequence[Example]) -> tuple[Network, Chain]:
    """What a conditional random field learns of these texts."""
    labelling = Labelling(taught)
    network = Trainer([e.features for e in taught], BITS, len(LABELS), FIELD).fitted(labelling.batches, labelling)
    return network, labelling.fitted()


def small(network: Network, name: str, bits: int) -> tuple[Network, dict[str, NDArray[Any]]]:
    """The network as it is when it has been written and read, and what is written."""
    kept = network.kept(name, LEAST)
    return Network.load(kept, name, bits), kept


@dataclass(frozen=True)
class Judged:
    """A text's candidates with their features and, where it is known, their class (0 is no name)."""

    text: Text
    found: Stretches
    features: NDArray[np.int64]
    classes: NDArray[np.int64]


def judged(text: Text, by: tuple[Network, Chain], candidates: Candidates) -> Judged:
    """The candidates of a text that a field has not been taught on."""
    sure = marginals(by[1], by[0].scores(text.example.features), text.seen.clauses)
    found = candidates.proposed(text.reading, text.seen, sure)
    gold = {(start, end): KINDS.index(kind) + 1 for start, end, kind, known in text.names if known}
    spare = [(start, end) for start, end, _, known in text.names if not known]
    classes = []
    for span in found.spans():
        near = any(span.start < end and start < span.end for start, end in gold)
        marginal = any(span.start < end and start < span.end for start, end in spare)
        classes.append(gold.get((span.start, span.end), UNKNOWN if marginal and not near else 0))
    return Judged(text, found, candidates.features(text.reading, text.seen, found, sure), np.array(classes, np.int64))


def classes(taught: Sequence[Judged]) -> Network:
    """What tells the classes of stretches."""
    features, wanted = [each.features for each in taught], [each.classes for each in taught]
    return classifier(features, wanted, stretches.BITS, len(KINDS) + 1, CLASSES, PACE)


def compare(every: Sequence[Judged], likely: Callable[[Judged], Floats], tau: float) -> str:
    """F1 of all names and of each kind, titles left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in every:
        found = likely(each)
        spans = each.found.spans()
        picked = chosen(spans, (1 - found[:, 0] - tau).tolist())
        mine = {(spans[i].start, spans[i].end): KINDS[int(found[i, 1:].argmax())] for i in picked}
        titles = [Span(t.start, t.end) for t in each.text.reading.titles]
        gold = {(s, e): k for s, e, k, sure in each.text.names if sure and not any(t.holds(Span(s, e)) for t in titles)}
        spare = [(s, e) for s, e, _, sure in each.text.names if not sure]
        for span, kind in mine.items():
            if gold.get(span) == kind:
                counts[kind, "found"] += 1
            elif not any(span[0] < e and s < span[1] for s, e in spare) and not any(
                t.holds(Span(*span)) for t in titles
            ):
                counts[kind, "extra"] += 1
        for span, kind in gold.items():
            counts[kind, "missed"] += mine.get(span) != kind
    rows = [(kind, [counts[kind, part] for part in ("found", "extra", "missed")]) for kind in KINDS]
    rows.append(("all", [sum(row[i] for _, row in rows) for i in range(3)]))
    return "  ".join(f"{kind} {2 * f / max(1, 2 * f + e + m):.3f}" for kind, (f, e, m) in rows)


def by_folds(held: Sequence[Judged]) -> str:
    """How well each fifth is read by what the others teach, at several thresholds."""
    read: dict[str, Floats] = {}
    for fold in range(FOLDS):
        by, _ = small(classes([j for j in held if j.text.fold != fold]), "classes", stretches.BITS)
        read |= {j.text.marked.name: by.probabilities(j.features) for j in held if j.text.fold == fold}
    return "\n".join(f"at {tau}: {compare(held, lambda each: read[each.text.marked.name], tau)}" for tau in TAUS)


def written(
    path: Path, kept: dict[str, NDArray[Any]], chain: Chain, taught: Sequence[Judged]
) -> dict[str, NDArray[Any]]:
    """Write what `kg_recogniser` reads: a field, and what tells classes of stretches by these texts."""
    kept = kept | small(classes(taught), "classes", stretches.BITS)[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **kept, steps=chain.steps, first=chain.first, last=chain.last)
    return kept


def main(arguments: list[str]) -> int:
    """Train, print how well fifths are read, write the weights."""
    every, candidates = texts(), Candidates(load())
    print(f"{len(every)} excerpts, {sum(len(t.reading.text) for t in every)} characters")
    examples = [t.example for t in every]
    without = [[t.example for t in every if t.fold != fold] for fold in range(FOLDS)]
    held: list[Judged] = []
    parts = []
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for fold, (network, chain) in enumerate(pool.map(field, [*without, examples])):
            read, kept = small(network, "labels", BITS)
            parts.append((kept, chain))
            if fold < FOLDS:
                held += [judged(t, (read, chain), candidates) for t in every if t.fold == fold]
                print(f"fold {fold + 1} of {FOLDS}", flush=True)
    print(by_folds(held), flush=True)
    if "--folds" in arguments:
        return 0
    if "--apart" in arguments:
        for fold, part in enumerate(parts[:FOLDS]):
            written(Path(arguments[-1]) / f"{fold}.npz", *part, [j for j in held if j.text.fold != fold])
    kept = written(OUT, *parts[FOLDS], held)
    counts = (len(kept[f"{name}_features"]) for name in ("labels", "classes"))
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes, {' + '.join(map(str, counts))} features")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
