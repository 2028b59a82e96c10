"""What can be seen at each character, as numbers: the characters and words around it, and what the rules have read there."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.matching import Words
from kg.language.reading import Reading, Span

CLUSTERS = "word_clusters.csv"
BITS = 22  # of a feature's number; two features that share one are told apart by nothing
FAR = 40  # characters in which a head or a verb is looked for
STEPS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, FAR)
BEGIN, INSIDE, END, SINGLE = 1, 2, 3, 4  # of a character in a stretch; 0 is outside

Numbers = NDArray[np.uint64]
Ids = NDArray[np.int64]


class Features:
    """Reads a document's characters as rows of feature numbers, below ``2 ** BITS``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.heads, self.verbs = Words(knowledge.heads), Words(knowledge.verbs)
        self.suffixes = Words(knowledge.suffixes)
        self.clusters = clusters(knowledge.folder / "weights" / CLUSTERS)

    def __call__(self, reading: Reading) -> Ids:
        """One row a character of the folded text, one column a feature."""
        text = reading.text
        chars = classes(text)
        words, places, tags, word_at = self.words(reading)
        coarse, fine = self.clustered(reading)
        quotes = depth(text)
        columns = [*around(chars, 3)]
        columns += self.of_words(words, places, tags, word_at)
        columns += self.of_clusters(places, word_at, coarse, fine)
        columns += self.of_rules(reading, chars, words[word_at])
        columns += self.of_landmarks(text, chars, words[word_at], quotes)
        return np.stack([mixed(i, column) for i, column in enumerate(columns)], axis=1)

    def words(self, reading: Reading) -> tuple[Numbers, Numbers, Numbers, Ids]:
        """Of the words their numbers; of the characters their place in the word, its tag and its index."""
        numbers = np.fromiter((code(t.word) for t in reading.tokens), np.uint64, len(reading.tokens))
        tags = np.fromiter((code(t.tag) for t in reading.tokens), np.uint64, len(reading.tokens))
        sizes = np.fromiter((t.end - t.start for t in reading.tokens), np.int64, len(reading.tokens))
        index = np.repeat(np.arange(len(sizes)), sizes)
        return numbers, marked(reading.tokens, len(reading.text)), tags, index

    def of_words(self, words: Numbers, place: Numbers, tags: Numbers, at: Ids) -> list[Numbers]:
        """Words and parts of speech before, here and behind."""
        word = {k: shifted(words, k)[at] for k in (-2, -1, 0, 1, 2)}
        tag = {k: shifted(tags, k)[at] for k in (-1, 0, 1)}
        return [
            joint(place, word[0]),
            joint(place, word[-1]),
            joint(place, word[1]),
            joint(place, word[-1], word[0]),
            joint(place, word[0], word[1]),
            joint(place, word[-2], word[-1]),
            joint(place, word[1], word[2]),
            joint(place, tag[0]),
            joint(place, tag[-1], tag[0]),
            joint(place, tag[0], tag[1]),
            joint(place, tag[-1], tag[0], tag[1]),
        ]

    def clustered(self, reading: Reading) -> tuple[Numbers, Numbers]:
        """Of the words their clusters; of a word in none its last character's, told apart."""
        found = [self.clusters.get(t.word) or self.clusters.get(t.word[-1:], (0, 0)) for t in reading.tokens]
        table = np.array(found, np.uint64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def of_clusters(self, place: Numbers, at: Ids, coarse: Numbers, fine: Numbers) -> list[Numbers]:
        """What kind of words stand before, here and behind."""
        wide = {k: shifted(coarse, k)[at] for k in (-2, -1, 0, 1, 2)}
        near = {k: shifted(fine, k)[at] for k in (-1, 0, 1)}
        return [
            joint(place, near[-1]),
            joint(place, near[0]),
            joint(place, near[1]),
            joint(place, near[-1], near[0]),
            joint(place, near[0], near[1]),
            joint(place, wide[-2]),
            joint(place, wide[2]),
            joint(place, wide[-1], wide[0], wide[1]),
            joint(place, wide[-2], wide[-1], wide[0]),
            joint(place, wide[0], wide[1], wide[2]),
        ]

    def of_rules(self, reading: Reading, chars: Numbers, word: Numbers) -> list[Numbers]:
        """Where in a name of which kind the rules see this character."""
        size = len(reading.text)
        places = marked(reading.places, size, (n.kind or n.name for n in reading.places))
        bodies = marked(reading.organisations, size, (n.kind for n in reading.organisations))
        titles = marked(reading.titles, size)
        phrases = marked(reading.phrases, size, (n.type + n.kind + str(n.verb is not None) for n in reading.phrases))
        return [
            joint(places, bodies, titles, phrases),
            joint(places),
            joint(bodies),
            joint(titles),
            joint(phrases),
            joint(phrases, word),
            joint(bodies, chars),
            joint(shifted(phrases, -1), phrases, shifted(phrases, 1)),
        ]

    def of_landmarks(self, text: str, chars: Numbers, word: Numbers, quotes: Numbers) -> list[Numbers]:
        """The next head and the last verb and how far they are, quotation marks, the next and the last stop."""
        ahead, ahead_far = nearest(text, self.heads.find(text), forward=True)
        behind, behind_far = nearest(text, self.verbs.find(text), forward=False)
        suffix, suffix_far = nearest(text, self.suffixes.find(text), forward=True)
        stop, stop_far = nearest(text, marks(text), forward=True)
        last, last_far = nearest(text, marks(text), forward=False)
        return [
            joint(ahead, ahead_far),
            joint(behind, behind_far),
            joint(suffix, suffix_far),
            joint(behind, behind_far, ahead),
            joint(ahead_far, behind_far),
            joint(stop, stop_far, ahead_far),
            joint(last, last_far),
            joint(quotes, chars),
            joint(quotes, ahead_far, behind_far),
            joint(ahead, ahead_far, word),
            joint(behind, behind_far, word),
        ]


def clusters(path: Path) -> dict[str, tuple[int, int]]:
    """Word → its clusters, counted from 1."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: (int(row["coarse"]) + 1, int(row["fine"]) + 1) for row in csv.DictReader(lines)}


def code(word: str) -> int:
    """A number for a word, the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def classes(text: str) -> Numbers:
    """Code points, with all digits as one and all Latin letters as one."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    points[(points >= ord("0")) & (points <= ord("9"))] = ord("0")
    letters = ((points | 32) >= ord("a")) & ((points | 32) <= ord("z")) & (points < 128)
    points[letters] = ord("a")
    return points


def shifted(values: Numbers, by: int) -> Numbers:
    """At each place the value `by` places further on, 0 beyond the ends."""
    moved = np.zeros_like(values)
    if by == 0:
        return values
    if abs(by) >= len(values):
        return moved
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def around(chars: Numbers, reach: int) -> list[Numbers]:
    """Single characters, pairs and triples near each character."""
    at = {k: shifted(chars, k) for k in range(-reach, reach + 1)}
    single = [at[k] for k in range(-2, 3)]
    pairs = [joint(at[k], at[k + 1]) for k in range(-3, 3)]
    triples = [joint(at[k], at[k + 1], at[k + 2]) for k in range(-3, 2)]
    return [*single, *pairs, *triples]


def joint(*parts: Numbers) -> Numbers:
    """One number for a combination (FNV-like; overflow is meant)."""
    total = np.full(len(parts[0]), 0xCBF29CE484222325, np.uint64)
    for part in parts:
        total = (total ^ part) * np.uint64(0x100000001B3)
        total ^= total >> np.uint64(29)
    return total


def mixed(column: int, values: Numbers) -> Ids:
    """The feature's number in the table, the column told apart."""
    total = (values + np.uint64(column + 1)) * np.uint64(0x9E3779B97F4A7C15)
    total ^= total >> np.uint64(31)
    total *= np.uint64(0xBF58476D1CE4E5B9)
    return (total >> np.uint64(64 - BITS)).astype(np.int64)


def marked(stretches: Sequence[Span], size: int, kinds: Iterable[str] | None = None) -> Numbers:
    """Where in which kind of stretch each character is; of nested ones the longest counts."""
    found = np.zeros(size, np.uint64)
    labels = [code(kind) << 3 for kind in kinds] if kinds is not None else [0] * len(stretches)
    for span, label in sorted(zip(stretches, labels, strict=True), key=lambda item: item[0].end - item[0].start):
        if span.end - span.start == 1:
            found[span.start] = label + SINGLE
        elif span.end > span.start:
            found[span.start : span.end] = label + INSIDE
            found[span.start], found[span.end - 1] = label + BEGIN, label + END
    return found


def depth(text: str) -> Numbers:
    """Whether a character stands within quotation marks (1), within a title (2), in both (3)."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found = np.zeros(len(points), np.uint64)
    for value, (opening, closing) in ((1, "“”"), (2, "《》")):
        steps = (points == ord(opening)).astype(np.int64) - (points == ord(closing))
        level = np.cumsum(steps)
        found += np.where(level > 0, value, 0).astype(np.uint64)
    return found


def marks(text: str) -> list[Span]:
    """Each character that is neither letter, digit nor Han."""
    return [Span(i, i + 1) for i, char in enumerate(text) if not char.isalnum()]


def nearest(text: str, landmarks: Sequence[Span], forward: bool) -> tuple[Numbers, Numbers]:
    """Number of the nearest landmark before or behind each character, and how far it is, in steps; 0 if none is near.

    A landmark that holds the character counts by how far the character is within it.
    """
    size = len(text)
    edges = np.fromiter((s.end - 1 if forward else s.start for s in landmarks), np.int64, len(landmarks))
    numbers = np.fromiter((code(text[s.start : s.end]) for s in landmarks), np.uint64, len(landmarks))
    if not len(edges):
        return np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    here = np.arange(size)
    index = np.searchsorted(edges, here, side="left") if forward else np.searchsorted(edges, here, side="right") - 1
    inside = (index >= 0) & (index < len(edges))
    index = np.clip(index, 0, len(edges) - 1)
    far = np.abs(edges[index] - here)
    near = inside & (far < FAR)
    step = np.searchsorted(np.array(STEPS), far, side="right").astype(np.uint64)
    return np.where(near, numbers[index], 0).astype(np.uint64), np.where(near, step, 0).astype(np.uint64)
