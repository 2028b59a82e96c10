"""Text → folded text, lines with their heading levels, sentences, clauses and words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

import rjieba
from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.reading import Line, Reading, Span, Tokens
from kg.text import fold

FREQUENT = 100_000  # so often that the segmentation prefers the genre's own words
LONGEST_CLAUSE = 1_000
WRAPPED_WIDTH = 40  # columns, two a Chinese character; a page of shorter lines is a list, not a wrapped text
CLOSED = "：:])）】"  # what a line that is not wrapped may end with, too
ALIKE = 4  # columns by which lines of one width differ
NARROW = re.compile(r"[ -~]")
WRAPPED_PART = 0.4  # of the characters of a wrapped text, at least, stand on lines of its width


class Structure:
    """The first component: opens the `Reading` of a document."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("structure")
        self.headings = [(row["level"], re.compile(row["pattern"])) for row in table["heading"]]
        self.path = re.compile(table["path"]["line"])
        self.segmenter = rjieba.Jieba()
        for _, row in knowledge.rows("words"):
            self.segmenter.add_word(row["word"], FREQUENT, row["tag"])
        self.limits, self.marks = table["limits"], table["marks"]
        self.parting = re.compile("[" + re.escape("".join(self.marks[k] for k in ("open", "close", "clause"))) + "]")

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        text = doc.text if doc._.kg_text is None else doc._.kg_text
        text = self.path.sub(lambda line: " " * len(line.group()), text)
        reading = Reading(
            fold(text, wraps(text, self.marks["sentence"])), doc=doc._.kg_name, hints=doc._.kg_hints or {}
        )
        reading.lines = self.lines(reading.text)
        reading.sentences, reading.clauses = self.parts(reading)
        reading.tokens = self.tokens(reading.text)
        doc._.kg = reading
        return doc

    def lines(self, text: str) -> list[Line]:
        """Every line that is not empty, with its heading level."""
        found = []
        for match in re.finditer(r"[^\n]+", text):
            content = match.group()
            level = next((level for level, pattern in self.headings if pattern.search(content)), 0)
            topic = 0
            if level:
                stop = re.search(f"[{self.marks['sentence']}]", content)
                end = stop.start() if stop else len(content)
                topic = match.start() + end if end <= self.limits["topic"] else 0
            found.append(Line(match.start(), match.end(), level, topic))
        return found

    def tokens(self, text: str) -> Tokens:
        """The text in words with their parts of speech, by rjieba (this is its one door)."""
        if not text:
            return Tokens()
        words, tags = zip(*self.segmenter.tag(text, hmm=False), strict=True)
        ends = list(accumulate(map(len, words)))
        return Tokens([0, *ends[:-1]], ends, words, tags)

    def parts(self, reading: Reading) -> tuple[list[Span], list[Span]]:
        """Sentences and clauses; marks inside quotation marks and titles do not part."""
        sentences, clauses = [], []
        opening, closing, text = self.marks["open"], self.marks["close"], reading.text
        for line in reading.lines:
            depth, sentence, clause = 0, line.start, line.start
            for mark in self.parting.finditer(text, line.start, line.end):
                index, char = mark.start(), mark.group()
                if char in opening:
                    depth += 1
                elif char in closing:
                    depth = max(0, depth - 1)
                elif depth == 0 and char in self.marks["clause"]:
                    clauses += pieces(clause, index)
                    clause = index + 1
                    if char in self.marks["sentence"]:
                        sentences.append(Span(sentence, index + 1))
                        sentence = index + 1
            if clause < line.end:
                clauses += pieces(clause, line.end)
            if sentence < line.end:
                sentences.append(Span(sentence, line.end))
        return sentences or [Span(0, 0)], clauses or [Span(0, 0)]


def pieces(start: int, end: int) -> list[Span]:
    """A clause, in pieces where it is longer than any of a person's: the work on one is its square."""
    if end - start <= LONGEST_CLAUSE:
        return [Span(start, end)]
    return [Span(at, min(end, at + LONGEST_CLAUSE)) for at in range(start, max(end, start + 1), LONGEST_CLAUSE)]


def wraps(text: str, ends: str) -> frozenset[int]:
    """Offsets of the line ends that only wrap a paragraph: lines of one width that stop in mid-sentence.

    >>> sorted(wraps("甲" * 30 + "\\n" + "乙" * 30 + "\\n" + "丙" * 30 + "\\n" + "丁" * 30 + "\\n完。", "。"))
    [30, 61, 92, 123]
    """
    rows = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    sizes = [2 * (end - start) - len(NARROW.findall(text, start, end)) for start, end in rows]
    long = [size // ALIKE for size in sizes if size >= WRAPPED_WIDTH]
    if len(long) < 4:
        return frozenset()
    width, _ = Counter(long).most_common(1)[0]
    full = [row for row, size in zip(rows, sizes, strict=True) if abs(size // ALIKE - width) <= 1]
    open_ended = [end for _, end in full if text[end - 1] not in ends + CLOSED]
    held, whole = (sum(end - start for start, end in some) for some in (full, rows))
    if len(full) < 0.5 * len(long) or len(open_ended) < 0.6 * len(full) or held < WRAPPED_PART * whole:
        return frozenset()
    return frozenset(end for end in open_ended if text[end : end + 2] != "\n\n" and end < len(text))


@Language.factory("kg_structure")
def make(nlp: Language, name: str) -> Structure:
    """The factory by which spaCy makes the component."""
    return Structure(load())
