"""Stretches that may be names, and what can be seen of each as a whole: its ends, its words, what stands around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.crf import Scores, Weights, best, marginals
from kg.language.features import code
from kg.language.labels import KINDS, spans
from kg.language.reading import Reading, Span, Token

BITS = 18  # of a feature's number
BIASES = (0.0, -0.6)  # by which the score of "no name" is lowered, to see more
EDGE, PAIR, WIDEST = 0.02, 0.004, 40  # least likelihood of an end, of both ends; characters between them
LONGEST_TAGS, LONGEST_SIZE = 6, 24
SURE = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)


@dataclass(frozen=True, slots=True)
class Candidate(Span):
    """A stretch, with who proposed it as what."""

    votes: tuple[str, ...] = field(default=(), compare=False)


class Candidates:
    """Proposes stretches: the likeliest labels at several biases, and what the rules have read."""

    def __init__(self, knowledge: Knowledge, clusters: dict[str, tuple[int, int]]) -> None:
        self.clusters = clusters
        self.heads, self.suffixes, self.verbs = knowledge.heads, knowledge.suffixes, knowledge.verbs
        self.longest = max(map(len, [*self.heads, *self.suffixes]))

    def proposed(self, reading: Reading, weights: Weights, scores: Scores, sure: Scores) -> list[Candidate]:
        """All candidates of a document, in order of the text."""
        votes: dict[tuple[int, int], list[str]] = {}
        for bias in BIASES:
            shifted = scores.copy()
            shifted[:, 0] += bias
            for start, end, kind in spans(best(weights, shifted, reading.clauses)):
                votes.setdefault((start, end), []).append(f"{kind}{bias}")
        for start, end in self.edges(reading, sure):
            votes.setdefault((start, end), [])
        for name in (*reading.organisations, *reading.places, *reading.phrases):
            if name.kind != "self" and not name.alias and name.parent != "title":
                kind = f"{name.type}{name.kind}{name.verb is not None}"
                votes.setdefault((name.start, name.end), []).append(kind)
        return [Candidate(start, end, tuple(found)) for (start, end), found in sorted(votes.items())]

    def edges(self, reading: Reading, sure: Scores) -> Iterator[tuple[int, int]]:
        """Pairs of a likely beginning and a likely end in one clause, at whole words."""
        first = np.arange(len(KINDS)) * 4 + 1
        begins, ends = sure[:, first] + sure[:, first + 3], sure[:, first + 2] + sure[:, first + 3]
        starts = {t.start for t in reading.tokens}
        left = [int(i) for i in np.flatnonzero(begins.sum(1) > EDGE) if int(i) in starts]
        right = [int(i) + 1 for i in np.flatnonzero(ends.sum(1) > EDGE) if int(i) + 1 in starts or int(i) + 1 == len(sure)]
        for start in left:
            stop = min(reading.clause(start).end, start + WIDEST)
            for end in right[bisect_right(right, start) : bisect_right(right, stop)]:
                if float((begins[start] * ends[end - 1]).max()) > PAIR and end - start > 1:
                    yield start, end

    def features(self, reading: Reading, found: Sequence[Candidate], sure: Scores) -> Iterator[NDArray[np.int64]]:
        """Of each candidate the numbers of its features."""
        starts = [t.start for t in reading.tokens]
        outside = [Span(0, 0), *(n for n in (*reading.titles, *reading.organisations))]
        outside.sort()
        for candidate in found:
            seen = [*self.inside(reading, candidate, starts), *self.around(reading, candidate, starts)]
            seen += [f"v{vote}" for vote in candidate.votes]
            seen += [f"n{len(candidate.votes)}"]
            seen += self.believed(candidate, sure)
            yield np.array([code(word) & ((1 << BITS) - 1) for word in seen], np.int64)

    def believed(self, span: Span, sure: Scores) -> Iterator[str]:
        """How likely the labels make its ends and its middle, in steps."""
        for index, kind in enumerate(KINDS):
            first = 1 + 4 * index
            ends = (first, first + 2) if span.end - span.start > 1 else (first + 3, first + 3)
            left, right = float(sure[span.start, ends[0]]), float(sure[span.end - 1, ends[1]])
            middle = float(sure[span.start : span.end, first : first + 4].sum(1).mean())
            low = min(left, right)
            for name, value in (("l", left), ("r", right), ("m", middle), ("b", low)):
                yield f"{name}{kind}{bisect_right(SURE, value)}"
        yield f"o{bisect_right(SURE, float(sure[span.start : span.end, 0].mean()))}"

    def inside(self, reading: Reading, span: Candidate, starts: list[int]) -> Iterator[str]:
        """Its words, their parts of speech, its head, its length, its marks."""
        text = reading.quote(span)
        first, last = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1
        tokens = reading.tokens[first : last + 1]
        whole = tokens[0].start == span.start, tokens[-1].end == span.end
        yield f"w{whole}"
        yield f"a{tokens[0].word}{whole[0]}"
        yield f"z{tokens[-1].word}{whole[1]}"
        yield f"zz{''.join(t.word for t in tokens[-2:])}"
        yield f"aa{''.join(t.word for t in tokens[:2])}"
        yield f"s{text[-1:]}"
        yield f"ss{text[-2:]}"
        yield f"sss{text[-3:]}"
        yield f"p{text[:2]}"
        yield f"ta{tokens[0].tag}"
        yield f"tz{tokens[-1].tag}"
        yield f"tt{'.'.join(t.tag for t in tokens[:LONGEST_TAGS])}"
        yield f"te{'.'.join(t.tag for t in tokens[-3:])}"
        yield f"ca{self.cluster(tokens[0])}"
        yield f"cz{self.cluster(tokens[-1])}"
        yield f"cc{self.cluster(tokens[0])}.{self.cluster(tokens[-1])}"
        size = min(len(text), LONGEST_SIZE)
        yield f"x{size}"
        yield f"y{min(len(tokens), 8)}"
        head = self.head(text)
        yield f"h{head}"
        yield f"hx{head}.{min(size, 12)}"
        marks = [mark for mark in "“”、的和与《》（）0123456789" if mark in text]
        shown = "".join("0" if mark.isdigit() else mark for mark in marks)
        yield f"k{shown[:6]}"
        yield f"q{text[:1] == '“'}{text[-1:] == '”'}{text.count('“') == text.count('”')}{head}"
        yield f"vb{tokens[0].word in self.verbs}{any(t.word in self.verbs for t in tokens[1:-1])}"
        yield f"vh{tokens[0].word in self.verbs}{head}"
        yield f"T{text}"

    def around(self, reading: Reading, span: Span, starts: list[int]) -> Iterator[str]:
        """The words before and behind, with its first and last."""
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        tokens = reading.tokens
        outside = Token(0, 0)
        left, far = (tokens[i] if i >= 0 else outside for i in (first - 1, first - 2))
        right, further = (tokens[i] if i < len(tokens) else outside for i in (last, last + 1))
        head = self.head(reading.quote(span))
        yield f"L{left.word}"
        yield f"LL{far.word}{left.word}"
        yield f"R{right.word}"
        yield f"RR{right.word}{further.word}"
        yield f"Lt{far.tag}.{left.tag}"
        yield f"Rt{right.tag}.{further.tag}"
        yield f"Lc{self.cluster(left)}"
        yield f"Rc{self.cluster(right)}"
        yield f"LR{self.cluster(left)}.{self.cluster(right)}"
        yield f"Lh{left.word in self.verbs}{head}"
        yield f"Rh{right.word in self.verbs}{right.word}.{head}"
        yield f"Lch{self.cluster(left)}.{head}"
        yield f"m{left.tag == 'q' or left.tag == 'm'}{right.tag == 'm'}{head}"
        clause = reading.clause(span.start)
        yield f"e{span.start == clause.start}{span.end == clause.end}"

    def head(self, text: str) -> str:
        """The longest known ending."""
        for size in range(min(self.longest, len(text)), 0, -1):
            if text[-size:] in self.heads or text[-size:] in self.suffixes:
                return text[-size:]
        return "”" if text.endswith("”") else ""

    def cluster(self, token: Token) -> int:
        """The fine cluster of a word."""
        return (self.clusters.get(token.word) or self.clusters.get(token.word[-1:], (0, 0)))[1]


def chosen(candidates: Sequence[Span], gains: Sequence[float]) -> list[int]:
    """The candidates of greatest total gain that do not overlap (weighted interval scheduling)."""
    order = sorted(range(len(candidates)), key=lambda i: (candidates[i].end, candidates[i].start))
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


__all__ = ["BITS", "Candidate", "Candidates", "chosen", "marginals"]
