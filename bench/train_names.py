"""Train ontology/weights/names.npz, by which `kg_recogniser` votes, on the excerpts of bench/training.

usage: train_names.py [--folds]   (--folds: only print how well each fifth is read by what the others teach)

First a conditional random field gives each character's labels their probabilities; then a multinomial logistic
regression judges whole stretches by them and by what can be seen of a stretch. The second is taught on probabilities
that a field gives which has not seen the text (stacking, Wolpert 1992). Same input, same weights.
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

import numpy as np
from crf_training import UNKNOWN, Example, Objective, encoded
from freeze_gold import ROOT, SHARED
from marked import Marked, passages, thaw
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.knowledge import load
from kg.language import COMPONENTS, pipeline
from kg.language import candidates as stretches
from kg.language.candidates import Candidates, Stretches, chosen
from kg.language.crf import Chain, Table, marginals
from kg.language.features import Features, Seen
from kg.language.hashing import BITS
from kg.language.labels import KINDS, write
from kg.language.reading import Reading, Span

OUT = ROOT / "ontology" / "weights" / "names.npz"
FOLDS, WORKERS, LEAST = int(os.environ.get("FOLDS", "3")), 2, 0.03
L2, SELDOM, ROUNDS = 2.0, 2, 120
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
        return zlib.crc32(self.marked.file.encode()) % FOLDS


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
        labels = np.zeros(len(reading.text), np.int64)
        for start, end, kind, sure in names:
            if not sure:
                labels[start:end] = UNKNOWN
            elif end > start:
                write(labels, start, end, kind)
        found.append(Text(each, reading, seen, Example(features(reading, seen), labels, reading.clauses), names))
    return found


def field(taught: Sequence[Example]) -> tuple[NDArray[np.int64], Floats, Chain]:
    """What a conditional random field learns of these texts."""
    return Objective(taught, BITS).fitted()


def compressed(features: NDArray[np.int64], rows: Floats) -> tuple[NDArray[np.int32], NDArray[np.int8], np.float32]:
    """Without weights that are next to nothing, and in eight bits."""
    kept = np.abs(rows).max(1) > LEAST
    scale = np.float32(np.abs(rows).max() / 127)
    return features[kept].astype(np.int32), np.round(rows[kept] / scale).astype(np.int8), scale


def table(features: NDArray[np.int64], rows: Floats, bits: int) -> Table:
    """The weights as they are when they have been compressed."""
    kept, small, scale = compressed(features, rows)
    return Table.of(kept, small.astype(np.float32) * scale, bits)


@dataclass(frozen=True)
class Judged:
    """A text's candidates with their features and, where it is known, their class (0 is no name)."""

    text: Text
    found: Stretches
    features: NDArray[np.int64]
    classes: NDArray[np.int64]


def judged(text: Text, by: tuple[Table, Chain], candidates: Candidates) -> Judged:
    """The candidates of a text that a field has not been taught on."""
    sure = marginals(by[1], by[0].totals(text.example.features), text.reading.clauses)
    found = candidates.proposed(text.reading, text.seen, sure)
    gold = {(start, end): KINDS.index(kind) + 1 for start, end, kind, known in text.names if known}
    spare = [(start, end) for start, end, _, known in text.names if not known]
    classes = []
    for span in found.spans():
        near = any(span.start < end and start < span.end for start, end in gold)
        marginal = any(span.start < end and start < span.end for start, end in spare)
        classes.append(gold.get((span.start, span.end), UNKNOWN if marginal and not near else 0))
    return Judged(text, found, candidates.features(text.reading, text.seen, found, sure), np.array(classes, np.int64))


def regression(taught: Sequence[Judged]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Features, their weights of the classes, and the classes' own."""
    known = [each.classes != UNKNOWN for each in taught]
    features, seen = encoded([e.features[:, k] for e, k in zip(taught, known, strict=True)], stretches.BITS, SELDOM)
    classes = np.concatenate([e.classes[k] for e, k in zip(taught, known, strict=True)])
    by_feature, width = seen.T.tocsr(), len(KINDS) + 1
    right = np.eye(width)[classes]

    def objective(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        rows, own = weights[:-width].reshape(-1, width), weights[-width:]
        scores = seen @ rows + own
        scores -= scores.max(1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        difference = np.exp(logs) - right
        slope = np.concatenate([(by_feature @ difference).ravel() + L2 * weights[:-width], difference.sum(0)])
        return float(-(logs * right).sum() + L2 / 2 * (weights[:-width] @ weights[:-width])), slope

    result = minimize(
        objective, np.zeros((len(features) + 1) * width), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}
    )
    return features, result.x[:-width].reshape(-1, width).astype(np.float32), result.x[-width:].astype(np.float32)


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
        names, weights, own = regression([j for j in held if j.text.fold != fold])
        of = table(names, weights, stretches.BITS)
        read |= {j.text.marked.name: of.probabilities(j.features, own) for j in held if j.text.fold == fold}
    return "\n".join(f"at {tau}: {compare(held, lambda each: read[each.text.marked.name], tau)}" for tau in TAUS)


def main(arguments: list[str]) -> int:
    """Train, print how well fifths are read, write the weights."""
    every, candidates = texts(), Candidates(load())
    print(f"{len(every)} excerpts, {sum(len(t.reading.text) for t in every)} characters")
    examples = [t.example for t in every]
    without = [[t.example for t in every if t.fold != fold] for fold in range(FOLDS)]
    held: list[Judged] = []
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for fold, (features, rows, chain) in enumerate(pool.map(field, [*without, examples])):
            if fold < FOLDS:
                by = table(features, rows, BITS), chain
                held += [judged(t, by, candidates) for t in every if t.fold == fold]
                print(f"fold {fold + 1} of {FOLDS}", flush=True)
    print(by_folds(held), flush=True)
    if "--folds" in arguments:
        return 0
    names, weights, own = regression(held)
    kept = dict(zip(("features", "rows", "scale"), compressed(features, rows), strict=True))
    kept |= dict(zip(("names", "weights", "step"), compressed(names, weights), strict=True))
    np.savez_compressed(OUT, **kept, own=own, steps=chain.steps, first=chain.first, last=chain.last)
    print(
        f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes, {len(kept['features'])} + {len(kept['names'])} features"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
