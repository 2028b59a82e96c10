"""Train the weights of `kg_recogniser` on marked excerpts of the corpus.

usage: train_names.py MARKED OUT.npz [--held PREFIX]

MARKED holds NAME.txt and NAME.tsv (type, surface, `?` where marginal). A conditional random field with L2
regularisation, by L-BFGS; what is marked `?` may be read either way and teaches nothing. Same input, same weights.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.language import pipeline
from kg.language.crf import best, padded, batches, Weights
from kg.language.features import BITS, Features
from kg.language.labels import LABELS, OUTSIDE, legal_end, legal_start, legal_step, spans, write
from kg.language.reading import Span
from kg.knowledge import load

L2 = 0.3
ROUNDS = 150
SELDOM = 2


@dataclass
class Text:
    name: str
    features: np.ndarray
    gold: np.ndarray  # label, -1 where any
    clauses: list[Span]
    names: list[tuple[int, int, str, bool]]


def read(folder: Path, nlp) -> list[Text]:
    features = Features(load())
    found = []
    for path in sorted(folder.glob("*.tsv")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        doc = nlp.make_doc(text)
        doc._.kg_name, doc._.kg_hints = path.stem, {}
        for name, component in nlp.pipeline:
            if name == "kg_recogniser":
                break
            doc = component(doc)
        reading = doc._.kg
        names = marked(reading.text, path.read_text(encoding="utf-8"))
        gold = np.zeros(len(reading.text), np.int64)
        for start, end, kind, sure in names:
            if sure:
                write(gold, start, end, kind)
            else:
                gold[start:end] = -1
        found.append(Text(path.stem, features(reading), gold, reading.clauses, names))
    return found


def marked(text: str, lines: str) -> list[tuple[int, int, str, bool]]:
    """Every occurrence of what is marked; of overlapping ones the longest."""
    hits = []
    for line in lines.splitlines():
        kind, surface, *flag = line.split("\t")
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            start = at
            if text[start - 1 : start] == "《" and text[end : end + 1] == "》":
                start, end = start - 1, end + 1
            hits.append((start, end, kind, not (flag and flag[0].strip())))
            at = text.find(surface, at + 1)
    hits.sort(key=lambda h: (h[0] - h[1], h[0]))
    taken = np.zeros(len(text) + 1, bool)
    kept = []
    for hit in hits:
        if not taken[hit[0] : hit[1]].any():
            taken[hit[0] : hit[1]] = True
            kept.append(hit)
    return sorted(kept)


class Training:
    def __init__(self, texts: list[Text]) -> None:
        every = np.concatenate([t.features for t in texts])
        values, counts = np.unique(every, return_counts=True)
        self.features = values[counts >= SELDOM]
        table = np.full(1 << BITS, -1, np.int64)
        table[self.features] = np.arange(len(self.features))
        index = table[every]
        rows, columns = np.nonzero(index >= 0)
        self.x = csr_matrix((np.ones(len(rows), np.float32), (rows, index[rows, columns])), shape=(len(every), len(self.features)))
        self.xt = self.x.T.tocsr()
        self.gold = np.concatenate([t.gold for t in texts])
        offsets = np.cumsum([0, *(len(t.features) for t in texts)])
        clauses = [Span(c.start + o, c.end + o) for t, o in zip(texts, offsets[:-1], strict=True) for c in t.clauses]
        sure = [c for c in clauses if (self.gold[c.start : c.end] >= 0).all()]
        unsure = [c for c in clauses if not (self.gold[c.start : c.end] >= 0).all()]
        self.batches = [*batches(sure), *batches(unsure)]
        n = len(LABELS)
        self.n = n
        self.step_mask = np.array([[legal_step(a, b) for b in range(n)] for a in range(n)])
        self.first_mask = np.array([legal_start(a) for a in range(n)])
        self.last_mask = np.array([legal_end(a) for a in range(n)])
        self.calls = 0

    def unpack(self, w):
        n, d = self.n, len(self.features)
        return w[: d * n].reshape(d, n), w[d * n : d * n + n * n].reshape(n, n), w[d * n + n * n : d * n + n * n + n], w[d * n + n * n + n :]

    def __call__(self, w):
        rows, steps, first, last = self.unpack(w)
        e = np.asarray(self.x @ rows.astype(np.float32))
        grad_e = np.zeros_like(e)
        loss = 0.0
        gs, gf, gl = np.zeros((self.n, self.n)), np.zeros(self.n), np.zeros(self.n)
        for batch in self.batches:
            scores, sizes = padded(e, batch)
            allowed = np.zeros(scores.shape, bool)
            for c, s in enumerate(batch):
                g = self.gold[s.start : s.end]
                t = np.arange(len(g))
                allowed[t[g >= 0], c, g[g >= 0]] = True
                allowed[t[g < 0], c] = True
            z, pz, sz, fz, lz = self.sums(scores, sizes, steps, first, last, None)
            if any((self.gold[s.start : s.end] < 0).any() for s in batch):
                y, py, sy, fy, ly = self.sums(scores, sizes, steps, first, last, allowed)
            else:
                y, py, sy, fy, ly = self.known(scores, sizes, steps, first, last, allowed)
            loss += (z - y).sum()
            gs += sz - sy
            gf += fz - fy
            gl += lz - ly
            d = pz - py
            for c, s in enumerate(batch):
                grad_e[s.start : s.end] = d[: sizes[c], c]
        gw = np.asarray(self.xt @ grad_e)
        grad = np.concatenate([gw.ravel(), gs.ravel(), gf, gl]).astype(np.float64) + L2 * w
        self.calls += 1
        return float(loss + L2 / 2 * (w @ w)), grad

    def known(self, scores, sizes, steps, first, last, allowed):
        """The same where the labels are all known."""
        length, count, n = scores.shape
        path = allowed.argmax(2)
        y = (scores * allowed).sum((0, 2)).astype(np.float64)
        expected = np.zeros((n, n))
        pairs = np.arange(1, length)[:, None] < sizes[None]
        a, b = path[:-1][pairs], path[1:][pairs]
        np.add.at(expected, (a, b), 1)
        columns = np.nonzero(pairs)[1]
        y += np.bincount(columns, steps[a, b], count)
        f, l = path[0], path[sizes - 1, np.arange(count)]
        y += first[f] + last[l]
        return y, allowed.astype(np.float64), expected, np.bincount(f, minlength=n), np.bincount(l, minlength=n)

    def sums(self, scores, sizes, steps, first, last, allowed):
        """Log of the sum over paths, marginals, expected steps, firsts, lasts; scaled forward and backward passes."""
        length, count, n = scores.shape
        peak = scores.max(2, keepdims=True)
        e = np.exp((scores - peak).astype(np.float64))
        if allowed is not None:
            e = e * allowed
        m = np.exp(np.clip(steps, -30, 30)) * self.step_mask
        f = np.exp(np.clip(first, -30, 30)) * self.first_mask
        l = np.exp(np.clip(last, -30, 30)) * self.last_mask
        inside = np.arange(length)[:, None] < sizes[None]
        alpha, beta = np.zeros_like(e), np.zeros_like(e)
        scale = np.ones((length, count))
        alpha[0] = f * e[0]
        scale[0] = alpha[0].sum(1)
        alpha[0] /= scale[0][:, None]
        for t in range(1, length):
            a = (alpha[t - 1] @ m) * e[t]
            s = a.sum(1)
            s = np.where(inside[t], s, 1.0)
            s = np.maximum(s, 1e-300)
            alpha[t] = np.where(inside[t][:, None], a / s[:, None], alpha[t - 1])
            scale[t] = s
        total = (alpha[-1] * l).sum(1)
        logz = np.log(total) + np.log(scale).sum(0) + (peak[..., 0] * inside).sum(0)
        beta[-1] = l / total[:, None]
        expected = np.zeros((n, n))
        for t in range(length - 1, 0, -1):
            b = e[t] * beta[t] / scale[t][:, None]
            live = inside[t]
            expected += (alpha[t - 1][live].T @ b[live]) * m
            beta[t - 1] = np.where(live[:, None], b @ m.T, beta[t])
        marg = alpha * beta * inside[..., None]
        return logz, marg, expected, marg[0].sum(0), marg[sizes - 1, np.arange(count)].sum(0)


def weights(training: Training, w) -> Weights:
    rows, steps, first, last = training.unpack(w)
    table = np.zeros(1 << BITS, np.int32)
    table[training.features] = np.arange(1, len(training.features) + 1)
    low = np.float32(-1e4)
    return Weights(
        tuple(LABELS), table, np.concatenate([np.zeros((1, training.n)), rows]).astype(np.float32),
        np.where(training.step_mask, steps, low).astype(np.float32), np.where(training.first_mask, first, low).astype(np.float32),
        np.where(training.last_mask, last, low).astype(np.float32),
    )


def judge(found: Weights, texts: list[Text]) -> None:
    import collections
    tally = collections.defaultdict(lambda: [0, 0, 0])
    for t in texts:
        labels = best(found, found.emissions(t.features), t.clauses)
        mine = {(s, e, k) for s, e, k in spans(labels)}
        gold = {(s, e, k) for s, e, k, sure in t.names if sure}
        spare = [(s, e) for s, e, k, sure in t.names if not sure]
        for x in mine:
            if x in gold: tally[x[2]][0] += 1
            elif not any(x[0] < e and s < x[1] for s, e in spare): tally[x[2]][1] += 1
        for x in gold - mine: tally[x[2]][2] += 1
    for k, (tp, fp, fn) in sorted(tally.items()):
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        print(k, f"P {p:.3f} R {r:.3f} F {2*p*r/max(1e-9,p+r):.3f} of {tp+fn}")


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    nlp = pipeline()
    import os, pickle
    global L2, ROUNDS, SELDOM
    L2, ROUNDS, SELDOM = float(os.environ.get("L2", L2)), int(os.environ.get("ROUNDS", ROUNDS)), int(os.environ.get("SELDOM", SELDOM))
    texts = pickle.load(open("/tmp/texts.pkl", "rb")) if os.path.exists("/tmp/texts.pkl") else read(folder, nlp)
    held = [t for i, t in enumerate(texts) if i % 5 == 0] if "--held" in sys.argv else []
    train = [t for t in texts if t not in held] if held else texts
    training = Training(train)
    print(len(train), "texts", sum(len(t.features) for t in train), "characters", len(training.features), "features")
    n = training.n
    start = np.zeros(len(training.features) * n + n * n + 2 * n)
    begin = time.time()
    result = minimize(training, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 6})
    print("loss", result.fun, "rounds", result.nit, f"{time.time()-begin:.0f} s")
    found = weights(training, result.x)
    if held:
        judge(found, held)
    kept = np.abs(found.rows[1:]).max(1) > 0.02
    rows = found.rows[1:][kept]
    scale = np.abs(rows).max() / 127
    np.savez_compressed(
        out, labels=np.array(LABELS), features=training.features[kept].astype(np.int32), rows=np.round(rows / scale).astype(np.int8),
        scale=np.float32(scale), steps=found.steps, first=found.first, last=found.last,
    )
    print("kept", kept.sum(), out.stat().st_size)


if __name__ == "__main__":
    main()
