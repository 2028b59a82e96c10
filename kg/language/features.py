"""What can be seen at each word, as numbers: words and characters around it, what the rules have read there.

Each feature is a number below ``2 ** BITS`` (see `kg.language.hashing`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.hashing import Ids, Numbers, classes, code, joint, mixed, shifted
from kg.language.matching import Words
from kg.language.reading import Reading, Span

CLUSTERS = "word_clusters.csv"
LONG = 5  # characters of a word, above which sizes are alike
FAR = 40  # characters in which a head or a verb is looked for
STEPS = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, FAR))
BEGIN, INSIDE, END, SINGLE = 1, 2, 3, 4  # of a character in a stretch; 0 is outside
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as arrays: of its characters `chars` and `rules`, of its words all others."""

    chars: Numbers
    rules: tuple[Numbers, Numbers, Numbers, Numbers]  # places, organisations, titles, phrases
    starts: Ids
    ends: Ids
    words: Numbers
    tags: Numbers
    coarse: Numbers
    fine: Numbers
    verbs: NDArray[np.bool_]
    clauses: list[Span]  # in words
    opens: Ids  # the first word of the clause that a word is in
    closes: Ids  # the word behind that clause


class Features:
    """Reads a document's words as rows of feature numbers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.heads, self.verbs = Words(knowledge.heads), Words(knowledge.verbs)
        self.suffixes = Words(knowledge.suffixes)
        self.verb_words = frozenset(knowledge.verbs)
        self.clusters = clusters_of(knowledge.folder / "weights" / CLUSTERS)
        self.word = lru_cache(maxsize=1 << 16)(self.described)

    def seen(self, reading: Reading) -> Seen:
        """The document as arrays."""
        tokens, size = reading.tokens, len(reading.text)
        starts, ends = np.array(tokens.starts), np.array(tokens.ends)
        kinds = {pair: i for i, pair in enumerate(dict.fromkeys(zip(tokens.words, tokens.tags, strict=True)))}
        table = np.array([self.word(*pair) for pair in kinds], np.uint64)
        at = np.fromiter(map(kinds.__getitem__, zip(tokens.words, tokens.tags, strict=True)), np.int64, len(tokens))
        phrases = (n.type + n.kind + str(n.verb is not None) for n in reading.phrases)
        rules = (
            marked(reading.places, size, (n.kind or n.name for n in reading.places)),
            marked(reading.organisations, size, (n.kind for n in reading.organisations)),
            marked(reading.titles, size),
            marked(reading.phrases, size, phrases),
        )
        words, tags, coarse, fine, verbs = table.T[:, at]
        return Seen(
            *(classes(reading.text), rules, starts, ends, words, tags, coarse, fine, verbs > 0),
            *in_words(reading.clauses, starts),
        )

    def described(self, word: str, tag: str) -> tuple[int, int, int, int, int]:
        """A word's number, that of its part of speech, its clusters, and whether it is a trigger verb."""
        coarse, fine = self.clusters.get(word) or self.clusters.get(word[-1:], (0, 0))
        return code(word), code(tag), coarse, fine, word in self.verb_words

    def __call__(self, reading: Reading, seen: Seen) -> Ids:
        """One column a word, one row a kind of feature."""
        rows = [*of_words(seen), *of_clusters(seen), *of_characters(seen), *of_rules(seen)]
        rows += self.of_landmarks(reading.text, seen)
        return np.stack([mixed(i, row) for i, row in enumerate(rows)])

    def of_landmarks(self, text: str, seen: Seen) -> list[Numbers]:
        """The next head and the last verb and how far they are, quotation marks, the next and the last stop."""
        last, first = seen.ends - 1, seen.starts
        ahead, ahead_far = nearest(*found(text, self.heads, end=True), last, forward=True)
        behind, behind_far = nearest(*found(text, self.verbs, end=False), first, forward=False)
        suffix, suffix_far = nearest(*found(text, self.suffixes, end=True), last, forward=True)
        stops = np.flatnonzero((seen.chars < HAN_FIRST) | (seen.chars > HAN_LAST))
        stops = stops[(seen.chars[stops] != ord("0")) & (seen.chars[stops] != ord("a"))]
        stop, stop_far = nearest(stops, seen.chars[stops], last, forward=True)
        quotes, word = depth(seen.chars)[first], seen.words
        return [
            joint(ahead, ahead_far),
            joint(behind, behind_far),
            joint(suffix, suffix_far),
            joint(behind, behind_far, ahead),
            joint(stop, stop_far, ahead_far),
            joint(quotes, word),
            joint(quotes, ahead_far, behind_far),
            joint(ahead, ahead_far, word),
        ]


def clusters_of(path: Path) -> dict[str, tuple[int, int]]:
    """Word → its clusters, counted from 1."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: (int(row["coarse"]) + 1, int(row["fine"]) + 1) for row in csv.DictReader(lines)}


def in_words(clauses: Sequence[Span], starts: Ids) -> tuple[list[Span], Ids, Ids]:
    """The clauses in words; of each word its clause's first word and the one behind; others stand alone."""
    bounds = np.array([(c.start, c.end) for c in clauses], np.int64).reshape(-1, 2)
    first, behind = np.searchsorted(starts, bounds).T
    sizes = behind - first
    inside = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    opens = np.arange(len(starts))
    closes = opens + 1
    opens[inside], closes[inside] = np.repeat(first, sizes), np.repeat(behind, sizes)
    return list(map(Span, first.tolist(), behind.tolist())), opens, closes


def of_words(seen: Seen) -> list[Numbers]:
    """Words and their parts of speech before, here and behind."""
    word = {k: shifted(seen.words, k) for k in range(-2, 3)}
    tag = {k: shifted(seen.tags, k) for k in range(-2, 3)}
    return [
        *(joint(word[k]) for k in range(-2, 3)),
        *(joint(word[k], word[k + 1]) for k in range(-2, 2)),
        joint(word[-1], word[1]),
        joint(word[-1], word[0], word[1]),
        *(joint(tag[k - 1], tag[k], tag[k + 1]) for k in range(-1, 2)),
    ]


def of_clusters(seen: Seen) -> list[Numbers]:
    """Clusters of the words before, here and behind."""
    near = {k: shifted(seen.fine, k) for k in range(-1, 2)}
    wide = {k: shifted(seen.coarse, k) for k in range(-2, 3)}
    return [
        *(joint(near[k]) for k in range(-1, 2)),
        joint(near[-1], near[0]),
        joint(near[0], near[1]),
        joint(near[-1], near[1]),
        *(joint(wide[k - 1], wide[k], wide[k + 1]) for k in range(-1, 2)),
    ]


def of_characters(seen: Seen) -> list[Numbers]:
    """Characters at the ends of the word and of its neighbours, and its length."""
    first, last, size = seen.chars[seen.starts], seen.chars[seen.ends - 1], seen.ends - seen.starts
    before_last = seen.chars[np.maximum(seen.ends - 2, seen.starts)]
    return [
        joint(first),
        joint(last),
        joint(before_last, last),
        joint(shifted(last, -1), first),
        joint(last, shifted(first, 1)),
        joint(shifted(last, 1)),
        joint(np.minimum(size, LONG).astype(np.uint64), seen.tags),
    ]


def of_rules(seen: Seen) -> list[Numbers]:
    """Where in a name of which kind the rules see this word."""
    places, bodies, titles, phrases = (joint(rule[seen.starts], rule[seen.ends - 1]) for rule in seen.rules)
    return [
        joint(places, bodies, titles, phrases),
        joint(places),
        joint(bodies, seen.words),
        joint(shifted(bodies, -1), bodies, shifted(bodies, 1)),
        joint(phrases, seen.words),
        joint(shifted(phrases, -1), phrases, shifted(phrases, 1)),
    ]


def marked(stretches: Sequence[Span], size: int, kinds: Iterable[str] | None = None) -> Numbers:
    """Where in which kind of stretch each character is; of nested ones the longest counts."""
    total = np.zeros(size, np.uint64)
    labels = [code(kind) << 3 for kind in kinds] if kinds is not None else [0] * len(stretches)
    for span, label in sorted(zip(stretches, labels, strict=True), key=lambda item: item[0].end - item[0].start):
        if span.end - span.start == 1:
            total[span.start] = label + SINGLE
        elif span.end > span.start:
            total[span.start : span.end] = label + INSIDE
            total[span.start], total[span.end - 1] = label + BEGIN, label + END
    return total


def depth(chars: Numbers) -> Numbers:
    """Whether a character stands within quotation marks (1), within a title (2), in both (3)."""
    total = np.zeros(len(chars), np.uint64)
    for value, (opening, closing) in ((1, "“”"), (2, "《》")):
        level = np.cumsum((chars == ord(opening)).astype(np.int64) - (chars == ord(closing)))
        total += np.where(level > 0, value, 0).astype(np.uint64)
    return total


def found(text: str, words: Words, end: bool) -> tuple[Ids, Numbers]:
    """Last (or first) characters of the words in a text, and the words' numbers."""
    spans = words.find(text)
    edges = np.fromiter((s.end - 1 if end else s.start for s in spans), np.int64, len(spans))
    return edges, np.fromiter((code(text[s.start : s.end]) for s in spans), np.uint64, len(spans))


def nearest(edges: Ids, numbers: Numbers, places: Ids, forward: bool) -> tuple[Numbers, Numbers]:
    """Number of the nearest landmark before or behind each place, and in how many steps; 0 if none is near."""
    if not len(edges):
        return np.zeros(len(places), np.uint64), np.zeros(len(places), np.uint64)
    index = np.searchsorted(edges, places, side="left" if forward else "right") - (not forward)
    inside = (index >= 0) & (index < len(edges))
    index = np.clip(index, 0, len(edges) - 1)
    far = np.abs(edges[index] - places)
    near = inside & (far < FAR)
    step = STEPS_OF[np.minimum(far, FAR)]
    return np.where(near, numbers[index], 0).astype(np.uint64), np.where(near, step, 0).astype(np.uint64)


STEPS_OF = np.searchsorted(STEPS, np.arange(FAR + 1), side="right")
