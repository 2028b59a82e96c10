"""What can be seen at each word, as numbers: words and characters around it, what the rules have read there.

Each feature is a number below ``2 ** BITS`` (see `kg.language.hashing`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.hashing import Ids, Numbers, Row, classes, code, codes, hashed, joint, shifted
from kg.language.landmarks import Landmarks, nearest
from kg.language.reading import Reading, Span
from kg.language.vocabulary import Vocabulary

CLUSTERS = "word_clusters.csv"
LONG = 5  # characters of a word, above which sizes are alike
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
        self.heads, self.verbs = Landmarks(knowledge.heads), Landmarks(knowledge.verbs)
        self.suffixes = Landmarks(knowledge.suffixes)
        self.verb_words = frozenset(knowledge.verbs)
        self.clusters = clusters_of(knowledge.folder / "weights" / CLUSTERS)
        self.words, self.tags = Vocabulary(self.described, 4), Vocabulary(lambda tag: (code(tag),), 1)

    def seen(self, reading: Reading) -> Seen:
        """The document as arrays."""
        tokens, size = reading.tokens, len(reading.text)
        starts, ends = np.array(tokens.starts), np.array(tokens.ends)
        words, coarse, fine, verbs = self.words.of(tokens.words)
        (tags,) = self.tags.of(tokens.tags)
        phrases = (n.type + n.kind + str(n.verb is not None) for n in reading.phrases)
        rules = (
            marked(reading.places, size, (n.kind or n.name for n in reading.places)),
            marked(reading.organisations, size, (n.kind for n in reading.organisations)),
            marked(reading.titles, size),
            marked(reading.phrases, size, phrases),
        )
        return Seen(
            *(classes(reading.text), rules, starts, ends, words, tags, coarse, fine, verbs > 0),
            *in_words(reading.clauses, starts),
        )

    def described(self, word: str) -> tuple[int, ...]:
        """A word's number, its clusters, and whether it is a trigger verb."""
        coarse, fine = self.clusters.get(word) or self.clusters.get(word[-1:], (0, 0))
        return code(word), coarse, fine, word in self.verb_words

    def __call__(self, reading: Reading, seen: Seen) -> Ids:
        """One column a word, one row a kind of feature."""
        rows = [*of_words(seen), *of_clusters(seen), *of_characters(seen), *of_rules(seen)]
        rows += self.of_landmarks(reading.text, seen)
        return hashed(rows)

    def of_landmarks(self, text: str, seen: Seen) -> list[Row]:
        """The next head and the last verb and how far they are, quotation marks, the next and the last stop."""
        last, first = seen.ends - 1, seen.starts
        ahead, ahead_far = nearest(*self.heads.ends(text), last, forward=True)
        behind, behind_far = nearest(*self.verbs.starts(text), first, forward=False)
        suffix, suffix_far = nearest(*self.suffixes.ends(text), last, forward=True)
        stops = np.flatnonzero((seen.chars < HAN_FIRST) | (seen.chars > HAN_LAST))
        stops = stops[(seen.chars[stops] != ord("0")) & (seen.chars[stops] != ord("a"))]
        stop, stop_far = nearest(stops, seen.chars[stops], last, forward=True)
        quotes, word = depth(seen.chars)[first], seen.words
        return [
            (ahead, ahead_far),
            (behind, behind_far),
            (suffix, suffix_far),
            (behind, behind_far, ahead),
            (stop, stop_far, ahead_far),
            (quotes, word),
            (quotes, ahead_far, behind_far),
            (ahead, ahead_far, word),
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
    inside = places(first, sizes)
    opens = np.arange(len(starts))
    closes = opens + 1
    opens[inside], closes[inside] = np.repeat(first, sizes), np.repeat(behind, sizes)
    return list(map(Span, first.tolist(), behind.tolist())), opens, closes


def of_words(seen: Seen) -> list[Row]:
    """Words and their parts of speech before, here and behind."""
    word = {k: shifted(seen.words, k) for k in range(-2, 3)}
    tag = {k: shifted(seen.tags, k) for k in range(-2, 3)}
    return [
        *((word[k],) for k in range(-2, 3)),
        *((word[k], word[k + 1]) for k in range(-2, 2)),
        (word[-1], word[1]),
        (word[-1], word[0], word[1]),
        *((tag[k - 1], tag[k], tag[k + 1]) for k in range(-1, 2)),
    ]


def of_clusters(seen: Seen) -> list[Row]:
    """Clusters of the words before, here and behind."""
    near = {k: shifted(seen.fine, k) for k in range(-1, 2)}
    wide = {k: shifted(seen.coarse, k) for k in range(-2, 3)}
    return [
        *((near[k],) for k in range(-1, 2)),
        (near[-1], near[0]),
        (near[0], near[1]),
        (near[-1], near[1]),
        *((wide[k - 1], wide[k], wide[k + 1]) for k in range(-1, 2)),
    ]


def of_characters(seen: Seen) -> list[Row]:
    """Characters at the ends of the word and of its neighbours, and its length."""
    first, last, size = seen.chars[seen.starts], seen.chars[seen.ends - 1], seen.ends - seen.starts
    before_last = seen.chars[np.maximum(seen.ends - 2, seen.starts)]
    return [
        (first,),
        (last,),
        (before_last, last),
        (shifted(last, -1), first),
        (last, shifted(first, 1)),
        (shifted(last, 1),),
        (np.minimum(size, LONG).astype(np.uint64), seen.tags),
    ]


def of_rules(seen: Seen) -> list[Row]:
    """Where in a name of which kind the rules see this word."""
    places, bodies, titles, phrases = (joint(rule[seen.starts], rule[seen.ends - 1]) for rule in seen.rules)
    return [
        (places, bodies, titles, phrases),
        (places,),
        (bodies, seen.words),
        (shifted(bodies, -1), bodies, shifted(bodies, 1)),
        (phrases, seen.words),
        (shifted(phrases, -1), phrases, shifted(phrases, 1)),
    ]


def marked(stretches: Sequence[Span], size: int, kinds: Iterable[str] | None = None) -> Numbers:
    """Where in which kind of stretch each character is; of nested ones the longest counts."""
    total = np.zeros(size, np.uint64)
    starts, ends = np.array([(s.start, s.end) for s in stretches], np.int64).reshape(-1, 2).T
    labels = codes(kinds) << np.uint64(3) if kinds is not None else np.zeros(len(starts), np.uint64)
    order = np.argsort(ends - starts, kind="stable")
    starts, labels, sizes = starts[order], labels[order], (ends - starts)[order]
    at, whose = places(starts, sizes), np.repeat(np.arange(len(sizes)), sizes)
    here = np.full(len(at), INSIDE, np.uint64)
    behind = np.cumsum(sizes)
    here[(behind - sizes)[sizes > 1]], here[behind[sizes > 1] - 1] = BEGIN, END
    here[behind[sizes == 1] - 1] = SINGLE
    total[at] = here + labels[whose]  # of several at one place the last, which is the longest, stays
    return total


def places(starts: Ids, sizes: Ids) -> Ids:
    """All places of runs, one run after the other."""
    found: Ids = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    return found


def depth(chars: Numbers) -> Numbers:
    """Whether a character stands within quotation marks (1), within a title (2), in both (3)."""
    total = np.zeros(len(chars), np.uint64)
    for value, (opening, closing) in ((1, "“”"), (2, "《》")):
        level = np.cumsum((chars == ord(opening)).astype(np.int64) - (chars == ord(closing)))
        total += np.where(level > 0, value, 0).astype(np.uint64)
    return total
