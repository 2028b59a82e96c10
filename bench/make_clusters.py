"""Sort the corpus' words into clusters by their neighbours, without any annotation: what stands alike is read alike.

usage: make_clusters.py CORPUS [OUT.csv]

Counts of the words one and two to the left and right, as positive pointwise mutual information, reduced by singular
values (Levy and Goldberg 2014), then spherical k-means at two sizes, by a fixed seed. Files of the held-out gold's
families are left out.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rjieba
from draw_gold import HELD, every, family
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.linalg import svds

from kg.knowledge import load
from kg.text import fold

SEED, LEAST, CONTEXTS, DIMENSIONS, ROUNDS = 20261122, 5, 4_000, 80, 25
SIZES = (128, 1_000)
OUT = Path(__file__).resolve().parents[1] / "ontology" / "weights" / "word_clusters.csv"


def texts(corpus: Path) -> Iterator[str]:
    """The plain documents, but those of the families that are held out."""
    drawn = every(corpus)
    held = {family(Path(each["file"])) for batch in HELD for each in drawn[batch]}
    for path in sorted(corpus.glob("*/*.txt")):
        if family(path) not in held:
            yield fold(path.read_bytes().decode("utf-8", "replace")).text


def vectors(words: list[list[int]], size: int) -> NDArray[np.float64]:
    """A row a word: its left and right neighbours, reduced."""
    contexts = min(size, CONTEXTS)
    parts = []
    for step in (-2, -1, 1, 2):
        here: list[int] = []
        there: list[int] = []
        for line in words:
            near, far = (line[:-step], line[step:]) if step > 0 else (line[-step:], line[:step])
            here += near
            there += far
        pair = [(a, b) for a, b in zip(here, there, strict=True) if a >= 0 and 0 <= b < contexts]
        a, b = np.array(pair).T
        parts.append(csr_matrix((np.ones(len(a)), (a, b)), shape=(size, contexts)))
    counts = hstack(parts).tocsr()
    rows, columns = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel()
    found = counts.tocoo()
    with np.errstate(divide="ignore"):
        information = np.log(
            found.data * counts.sum() / (rows[found.row] * columns[found.col] ** 0.75 * columns.sum() ** 0.25)
        )
    kept = information > 0
    matrix = csr_matrix((information[kept], (found.row[kept], found.col[kept])), shape=counts.shape)
    left, values, _ = svds(matrix, k=DIMENSIONS, v0=np.ones(min(matrix.shape)), random_state=SEED)
    reduced = left * np.sqrt(values)
    return reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)


def clusters(rows: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """Spherical k-means, begun from the commonest words."""
    centres = rows[:number].copy()
    label = np.zeros(len(rows), np.int64)
    for _ in range(ROUNDS):
        label = (rows @ centres.T).argmax(1)
        total = np.zeros_like(centres)
        np.add.at(total, label, rows)
        size = np.linalg.norm(total, axis=1, keepdims=True)
        centres = np.where(size > 0, total / np.maximum(size, 1e-9), centres)
    return label


def main(corpus: Path, out: Path) -> None:
    segmenter = rjieba.Jieba()
    for _, row in load().rows("words"):
        segmenter.add_word(row["word"], 100_000, row["tag"])
    lines = [
        [w for w, _ in segmenter.tag(line, hmm=False)] for text in texts(corpus) for line in text.split("\n") if line
    ]
    counts = Counter(word for line in lines for word in line)
    kept = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= LEAST]
    number = {word: index for index, word in enumerate(kept)}
    rows = vectors([[number.get(w, -1) for w in line] for line in lines], len(kept))
    labels = [clusters(rows, size) for size in SIZES]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "coarse", "fine"])
        writer.writerows(sorted((word, *(int(label[i]) for label in labels)) for word, i in number.items()))
    print(f"{len(kept)} words of {sum(counts.values())} in {SIZES} clusters")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
