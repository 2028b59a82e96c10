"""What can be seen at each character, as numbers: characters and words around it, what the rules have read there.

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
FAR = 40  # characters in which a head or a verb is looked for
STEPS = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, FAR))
BEGIN, INSIDE, END, SINGLE = 1, 2, 3, 4  # of a character in a stretch; 0 is outside
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as arrays: of its characters `chars` to `clause_ends`, and `rules`; of its words the other ones."""

    chars: Numbers
    token: Ids  # index of the word that a character is in
    clause_starts: Ids
    clause_ends: Ids
    starts: Ids
    ends: Ids
    words: Numbers
    tags: Numbers
    coarse: Numbers
    fine: Numbers
    verbs: NDArray[np.bool_]
    rules: tuple[Numbers, Numbers, Numbers, Numbers]  # places, organisations, titles, phrases


class Features:
    """Reads a document's characters as rows of feature numbers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.heads, self.verbs = Words(knowledge.heads), Words(knowledge.verbs)
        self.suffixes = Words(knowledge.suffixes)
        self.verb_words = frozenset(knowledge.verbs)
        self.clusters = clusters_of(knowledge.folder / "weights" / CLUSTERS)
        self.word = lru_cache(maxsize=1 << 16)(self.described)

    def seen(self, reading: Reading) -> Seen:
        """The document as arrays."""
        tokens, size = reading.tokens, len(reading.text)
        ends = np.fromiter((t.end for t in tokens), np.int64, len(tokens))
        starts = np.concatenate([[0], ends[:-1]])
        table = np.array([self.word(t.word, t.tag) for t in tokens], np.uint64)
        clause_starts, clause_ends = clauses(reading.clauses, size)
        phrases = (n.type + n.kind + str(n.verb is not None) for n in reading.phrases)
        rules = (
            marked(reading.places, size, (n.kind or n.name for n in reading.places)),
            marked(reading.organisations, size, (n.kind for n in reading.organisations)),
            marked(reading.titles, size),
            marked(reading.phrases, size, phrases),
        )
        at = np.repeat(np.arange(len(tokens)), ends - starts)
        words, tags, coarse, fine, verbs = table.T.copy()
        return Seen(
            *(classes(reading.text), at, clause_starts, clause_ends, starts, ends),
            *(words, tags, coarse, fine, verbs > 0, rules),
        )

    def described(self, word: str, tag: str) -> tuple[int, int, int, int, int]:
        """A word's number, that of its part of speech, its clusters, and whether it is a trigger verb."""
        coarse, fine = self.clusters.get(word) or self.clusters.get(word[-1:], (0, 0))
        return code(word), code(tag), coarse, fine, word in self.verb_words

    def __call__(self, reading: Reading, seen: Seen) -> Ids:
        """One row a character of the folded text, one column a feature."""
        columns = [*around(seen.chars), *self.of_words(seen), *self.of_rules(seen)]
        columns += self.of_landmarks(reading.text, seen)
        return np.stack([mixed(i, column) for i, column in enumerate(columns)])

    def of_words(self, seen: Seen) -> list[Numbers]:
        """Words, their parts of speech and their clusters before, here and behind."""
        at = seen.token
        place = inner(seen)
        word = {k: shifted(seen.words, k)[at] for k in (-2, -1, 0, 1, 2)}
        tag = {k: shifted(seen.tags, k)[at] for k in (-1, 0, 1)}
        wide = {k: shifted(seen.coarse, k)[at] for k in (-2, -1, 0, 1, 2)}
        near = {k: shifted(seen.fine, k)[at] for k in (-1, 0, 1)}
        return [
            *(joint(place, word[k]) for k in (-1, 0, 1)),
            joint(place, word[-1], word[0]),
            joint(place, word[0], word[1]),
            joint(place, word[-2], word[-1]),
            joint(place, word[1], word[2]),
            joint(place, tag[-1], tag[0], tag[1]),
            *(joint(place, near[k]) for k in (-1, 0, 1)),
            joint(place, near[-1], near[0]),
            joint(place, near[0], near[1]),
            joint(place, wide[-2], wide[-1], wide[0]),
            joint(place, wide[-1], wide[0], wide[1]),
            joint(place, wide[0], wide[1], wide[2]),
        ]

    def of_rules(self, seen: Seen) -> list[Numbers]:
        """Where in a name of which kind the rules see this character."""
        places, bodies, titles, phrases = seen.rules
        return [
            joint(places, bodies, titles, phrases),
            joint(places),
            joint(bodies, seen.chars),
            joint(bodies),
            joint(phrases, seen.words[seen.token]),
            joint(shifted(phrases, -1), phrases, shifted(phrases, 1)),
        ]

    def of_landmarks(self, text: str, seen: Seen) -> list[Numbers]:
        """The next head and the last verb and how far they are, quotation marks, the next and the last stop."""
        ahead, ahead_far = nearest(*found(text, self.heads, end=True), len(text), forward=True)
        behind, behind_far = nearest(*found(text, self.verbs, end=False), len(text), forward=False)
        suffix, suffix_far = nearest(*found(text, self.suffixes, end=True), len(text), forward=True)
        stops = np.flatnonzero((seen.chars < HAN_FIRST) | (seen.chars > HAN_LAST))
        stops = stops[(seen.chars[stops] != ord("0")) & (seen.chars[stops] != ord("a"))]
        stop, stop_far = nearest(stops, seen.chars[stops], len(text), forward=True)
        quotes, word = depth(seen.chars), seen.words[seen.token]
        return [
            joint(ahead, ahead_far),
            joint(behind, behind_far),
            joint(suffix, suffix_far),
            joint(behind, behind_far, ahead),
            joint(stop, stop_far, ahead_far),
            joint(quotes, seen.chars),
            joint(quotes, ahead_far, behind_far),
            joint(ahead, ahead_far, word),
        ]


def clusters_of(path: Path) -> dict[str, tuple[int, int]]:
    """Word → its clusters, counted from 1."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: (int(row["coarse"]) + 1, int(row["fine"]) + 1) for row in csv.DictReader(lines)}


def clauses(found: Sequence[Span], size: int) -> tuple[Ids, Ids]:
    """First character and end of the clause that each character is in, or else of the one before."""
    starts = np.fromiter((c.start for c in found), np.int64, len(found))
    ends = np.fromiter((c.end for c in found), np.int64, len(found))
    at = np.maximum(np.searchsorted(starts, np.arange(size), side="right") - 1, 0)
    return starts[at], ends[at]


def inner(seen: Seen) -> Numbers:
    """Where in its word each character is."""
    here = np.arange(len(seen.token))
    first, last = here == seen.starts[seen.token], here == seen.ends[seen.token] - 1
    return np.where(first & last, SINGLE, np.where(first, BEGIN, np.where(last, END, INSIDE))).astype(np.uint64)


def around(chars: Numbers) -> list[Numbers]:
    """Single characters, pairs and triples near each character."""
    at = {k: shifted(chars, k) for k in range(-2, 3)}
    single = [joint(at[k]) for k in range(-1, 2)]
    pairs = [joint(at[k], at[k + 1]) for k in range(-2, 2)]
    triples = [joint(at[k], at[k + 1], at[k + 2]) for k in (-2, -1, 0)]
    return [*single, *pairs, *triples]


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


def nearest(edges: Ids, numbers: Numbers, size: int, forward: bool) -> tuple[Numbers, Numbers]:
    """Number of the nearest landmark before or behind each character, and in how many steps; 0 if none is near."""
    if not len(edges):
        return np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    here = np.arange(size)
    index = np.searchsorted(edges, here, side="left" if forward else "right") - (not forward)
    inside = (index >= 0) & (index < len(edges))
    index = np.clip(index, 0, len(edges) - 1)
    far = np.abs(edges[index] - here)
    near = inside & (far < FAR)
    step = STEPS_OF[np.minimum(far, FAR)]
    return np.where(near, numbers[index], 0).astype(np.uint64), np.where(near, step, 0).astype(np.uint64)


STEPS_OF = np.searchsorted(STEPS, np.arange(FAR + 1), side="right")
