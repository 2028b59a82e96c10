"""Stretches that may be names, and what can be seen of each as a whole: its ends, its words, what stands around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.crf import Scores
from kg.language.features import Seen
from kg.language.hashing import Ids, Numbers, Row, codes, hashed, joint, repeated, runs
from kg.language.labels import BEGIN, END, INSIDE, KINDS, SINGLE
from kg.language.matching import Words
from kg.language.reading import Reading, Span

BITS = 18  # of a feature's number
EDGE, PAIR, WIDEST = 0.05, 0.03, 32  # least likelihood of an end, of both ends; words
LONGEST = 60  # characters of a candidate
LARGE, MANY = 24, 8  # characters and words above which sizes are alike
STEPS = np.array((0.003, 0.01, 0.03, 0.08, 0.16, 0.3, 0.45, 0.6, 0.75, 0.87, 0.95, 0.99))


@dataclass(frozen=True, slots=True)
class Stretches:
    """Candidates: characters ``starts[i]:ends[i]``, words ``first[i]`` to ``last[i]``."""

    starts: Ids
    ends: Ids
    first: Ids
    last: Ids

    def spans(self) -> list[Span]:
        """The candidates one by one."""
        return [Span(start, end) for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


class Candidates:
    """Proposes stretches: likely ends that fit together, and what the rules have read; and describes them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.endings = Words([*knowledge.heads, *knowledge.suffixes])
        self.numbers = codes(self.endings.words)
        self.marks: list[str] = knowledge.patterns("recogniser")["marks"]

    def proposed(self, reading: Reading, seen: Seen, sure: Scores) -> Stretches:
        """All candidates of a document, in order of the text."""
        pairs = edges(seen, sure)
        for name in (*reading.organisations, *reading.places, *reading.phrases):
            if name.kind != "self" and not name.alias and name.parent != "title" and name.end > name.start:
                pairs.add((name.start, name.end))
        table = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        starts, ends = table[:, 0], table[:, 1]
        first, last = (np.searchsorted(seen.starts, at, side="right") - 1 for at in (starts, ends - 1))
        return Stretches(starts, ends, first, last)

    def features(self, reading: Reading, seen: Seen, found: Stretches, sure: Scores) -> Ids:
        """One column a candidate, one row a kind of feature."""
        head = self.heads(reading.text, found)
        rows = [
            *inside(seen, found, head),
            *shaped(seen, found, head, self.marks),
            *outside(seen, found, head),
            *ruled(seen, found),
            *believed(sure, found, head),
        ]
        return hashed(rows, BITS)

    def heads(self, text: str, found: Stretches) -> Numbers:
        """Of each candidate the number of its longest known ending, 0 if it has none."""
        ends = np.zeros(len(text) + 1, np.uint64)
        sizes = np.zeros(len(text) + 1, np.int64)
        word, start, end = self.endings.indexes(text, overlapping=True).T
        np.maximum.at(sizes, end, end - start)
        longest = sizes[end] == end - start
        ends[end[longest]] = self.numbers[word[longest]]
        return np.where(sizes[found.ends] <= found.ends - found.starts, ends[found.ends], 0).astype(np.uint64)


def edges(seen: Seen, sure: Scores) -> set[tuple[int, int]]:
    """Pairs of a likely first and a likely last word in one clause, as characters."""
    alone = sure[:, SINGLE]
    begins, closes = sure[:, BEGIN] + alone, sure[:, END] + alone
    left, right = (np.flatnonzero(each.sum(1) > EDGE) for each in (begins, closes))
    low, high = np.searchsorted(right, left), np.searchsorted(right, np.minimum(seen.closes[left], left + WIDEST))
    many = np.maximum(high - low, 0)
    start = np.repeat(np.arange(len(left)), many)
    end = np.arange(len(start)) - np.repeat(np.cumsum(many) - many, many) + low[start]
    first, last = left[start], right[end]
    likely = np.where((first == last)[:, None], alone[first], begins[first] * closes[last]).max(1, initial=0)
    fits = (likely > PAIR) & (seen.ends[last] - seen.starts[first] <= LONGEST)
    return set(zip(seen.starts[first[fits]].tolist(), seen.ends[last[fits]].tolist(), strict=True))


def inside(seen: Seen, found: Stretches, head: Numbers) -> list[Row]:
    """Its words and characters at both ends, and their parts of speech."""
    first, last, starts, ends = found.first, found.last, found.starts, found.ends
    whole = ((seen.starts[first] == starts) * 2 + (seen.ends[last] == ends)).astype(np.uint64)
    words = np.minimum(last - first + 1, MANY).astype(np.uint64)
    chars = seen.chars
    second, before = np.minimum(starts + 1, ends - 1), np.maximum(ends - 2, starts)
    third = np.maximum(ends - 3, starts)
    next_word, last_but = np.minimum(first + 1, last), np.maximum(last - 1, first)
    return [
        (whole,),
        (seen.words[first], whole),
        (seen.words[last], whole),
        (seen.words[last_but], seen.words[last]),
        (seen.words[first], seen.words[next_word]),
        (chars[ends - 1],),
        (chars[before], chars[ends - 1]),
        (chars[third], chars[before], chars[ends - 1]),
        (chars[starts], chars[second]),
        (seen.tags[first], words),
        (seen.tags[last], words),
        (runs(seen.tags, first, last + 1),),
        (seen.tags[last_but], seen.tags[last], head),
        (seen.fine[first],),
        (seen.fine[last],),
        (seen.fine[first], seen.fine[last]),
        (seen.coarse[first], seen.coarse[last_but], seen.coarse[last]),
    ]


def shaped(seen: Seen, found: Stretches, head: Numbers, signs: Sequence[str]) -> list[Row]:
    """Its length, its head, its marks, the verbs in it, and the whole of it."""
    first, last, starts, ends = found.first, found.last, found.starts, found.ends
    size = np.minimum(ends - starts, LARGE).astype(np.uint64)
    words = np.minimum(last - first + 1, MANY).astype(np.uint64)
    marks, balanced = marked(seen.chars, found, signs)
    text = runs(seen.chars, starts, ends)
    verbs = np.concatenate([[0], np.cumsum(seen.verbs)])
    middle = np.maximum(verbs[last] - verbs[np.minimum(first + 1, last)], 0) > 0
    acts = seen.verbs[first].astype(np.uint64)
    return [
        (size,),
        (words,),
        (head,),
        (head, size),
        (marks,),
        (marks, balanced, head),
        (acts, middle.astype(np.uint64)),
        (acts, head),
        (text,),
        (repeated(text),),
    ]


def outside(seen: Seen, found: Stretches, head: Numbers) -> list[Row]:
    """The words before and behind, with its first and last."""
    at = np.pad(np.arange(len(seen.words)), (2, 3), constant_values=len(seen.words))
    words, tags, fine, coarse = (np.append(a, np.uint64(0)) for a in (seen.words, seen.tags, seen.fine, seen.coarse))
    verbs = np.append(seen.verbs, np.False_).astype(np.uint64)
    left, far = at[found.first + 1], at[found.first]
    right, further = at[found.last + 3], at[found.last + 4]
    opens = found.first == seen.opens[found.first]
    closes = found.last + 1 == seen.closes[found.first]
    bounds = (opens * 2 + closes).astype(np.uint64)
    return [
        (words[left],),
        (words[far], words[left]),
        (words[right],),
        (words[right], words[further]),
        (tags[far], tags[left]),
        (tags[right], tags[further]),
        (fine[left],),
        (fine[right],),
        (fine[left], fine[right]),
        (verbs[left], head),
        (words[right], head),
        (fine[left], head),
        (fine[left], fine[found.first]),
        (fine[found.last], fine[right]),
        (coarse[far], coarse[left], head),
        (tags[left], tags[right], head),
        (bounds,),
        (bounds, head),
    ]


def ruled(seen: Seen, found: Stretches) -> list[Row]:
    """What the rules have read at its ends."""
    ends = [(rule[found.starts], rule[found.ends - 1]) for rule in seen.rules]
    return [*ends, tuple(joint(*each) for each in ends)]


def believed(sure: Scores, found: Stretches, head: Numbers) -> list[Row]:
    """How likely the labels make its ends and its middle, in steps."""
    total = np.concatenate([np.zeros((1, sure.shape[1]), np.float64), np.cumsum(sure, 0, np.float64)])
    mean = (total[found.last + 1] - total[found.first]) / (found.last + 1 - found.first)[:, None]
    single = (found.first == found.last)[:, None]
    left = np.where(single, sure[found.first][:, SINGLE], sure[found.first][:, BEGIN])
    right = np.where(single, left, sure[found.last][:, END])
    middle = mean[:, BEGIN] + mean[:, INSIDE] + mean[:, END] + mean[:, SINGLE]
    low = np.minimum(left, right)
    rows = [steps(each[:, k]) for k in range(len(KINDS)) for each in (left, right, middle, low)]
    kind = middle.argmax(1).astype(np.uint64)
    best, nothing = steps(low.max(1)), steps(mean[:, 0])
    alone = [(row,) for row in rows]
    return [*alone, (nothing,), (kind, best), (kind, head), (kind, best, head)]


def steps(values: NDArray[np.floating]) -> Numbers:
    """Which step a probability is on."""
    found: Numbers = np.searchsorted(STEPS, values, side="right").astype(np.uint64)
    return found


def marked(chars: Numbers, found: Stretches, signs: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Which marks and joining words are in a candidate, as bits; whether quotation marks at its ends are in pairs."""
    starts, ends = found.starts, found.ends
    bits = np.zeros(len(starts), np.uint64)
    for bit, mark in enumerate(signs):
        here = np.flatnonzero(np.logical_or.reduce([chars == ord(char) for char in mark]))
        inside = np.searchsorted(here, ends) > np.searchsorted(here, starts)
        bits |= inside.astype(np.uint64) << np.uint64(bit)
    level = np.concatenate([[0], np.cumsum((chars == ord("“")).astype(np.int64) - (chars == ord("”")))])
    ends_in = (chars[starts] == ord("“")) * 4 + (chars[ends - 1] == ord("”")) * 2 + (level[ends] == level[starts])
    return bits, ends_in.astype(np.uint64)


def chosen(candidates: Sequence[Span], gains: Sequence[float]) -> list[int]:
    """The candidates of greatest total gain that do not overlap (weighted interval scheduling)."""
    order = sorted(
        (i for i, gain in enumerate(gains) if gain > 0), key=lambda i: (candidates[i].end, candidates[i].start)
    )
    ends = [candidates[i].end for i in order]
    total, come = [0.0], []
    for place, index in enumerate(order):
        before = bisect_right(ends, candidates[index].start, 0, place)
        taken = total[before] + gains[index]
        come.append((taken > total[place], before))
        total.append(max(taken, total[place]))
    kept, place = [], len(order)
    while place:
        take, before = come[place - 1]
        if take:
            kept.append(order[place - 1])
        place = before if take else place - 1
    return sorted(kept, key=lambda i: candidates[i].start)
