"""Mechanisms, programmes and untitled documents: noun phrases by their heads, with the verb whose object they are."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Head, Knowledge, load
from kg.language.matching import Words
from kg.language.reading import Name, Reading, Span, Token, within

CLASSES = {"Mechanism": ("Mechanism", ""), "Programme": ("Policy", "Programme"), "PolicyDocument": ("Policy", "PolicyDocument")}
LONGEST, SHORTEST = 32, 2


class Phrases:
    """Fills ``reading.phrases``; a name's `verb` is the trigger before (or after) it in its clause."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("phrases")
        self.heads = knowledge.heads
        self.head_words = Words(self.heads)
        self.verbs = knowledge.verbs
        self.verb_words = Words(self.verbs)
        self.boundary, self.inner = set(table["boundary"]), set(table["inner"])
        self.boundary_tags, self.going_on = set(table["boundary_tags"]), set(table["going_on"])
        self.stopping = set(table["stopping"])
        self.nominal, self.free = set(table["nominal"]), set(table["free"])
        self.loose = set(table["loose"])
        self.auxiliary, self.conjunctions = set(table["auxiliary"]), set(table["conjunctions"])
        self.light = set(table["light"])
        self.patterns = {key: re.compile(table[key]) for key in ("left", "generic", "quoted", "after", "joining", "shared", "edition")}
        self.after_verbs: dict[str, str] = table["after_verbs"]

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.kg
        taken = sorted([*reading.titles, *reading.organisations])
        found: list[Name] = []
        for clause in reading.clauses:
            if clause.end - clause.start > SHORTEST:
                found += self.clause(reading, clause, within(taken, clause))
        ends = {n.end: n for n in reading.organisations}
        found = [replace(n, parent=ends[n.start].name) if n.start in ends and n.type == "Mechanism" else n for n in found]
        reading.phrases = sorted([*found, *(n for title in reading.titles for n in self.titled(reading, title))])
        return doc

    def titled(self, reading: Reading, title: Name) -> list[Name]:
        """The mechanisms that a policy's own title names, where they are not all of it."""
        if title.alias or title.kind != "PolicyDocument":
            return []
        inner = Span(title.start + 1, title.end - 1)
        names = self.clause(reading, inner, [n for n in within(reading.organisations, inner) if n.end < inner.end])
        return [replace(n, verb=None, parent="title") for n in names if n.type == "Mechanism" and n.end < inner.end]

    def clause(self, reading: Reading, clause: Span, taken: list[Name]) -> list[Name]:
        """The names in one clause, left to right."""
        text = reading.quote(clause)
        masks = [Span(m.start(), m.end()) for m in self.patterns["quoted"].finditer(text)]
        blocks = [Span(n.start - clause.start, n.end - clause.start) for n in taken]
        tokens = [Token(t.start - clause.start, t.end - clause.start, t.word, t.tag) for t in within(reading.tokens, clause)]
        edges = [t for t in tokens if self.is_edge(t) and not any(m.overlaps(t) for m in masks)]
        found: list[Name] = []
        for span, head in self.candidates(text, tokens, edges, masks, blocks):
            if found and found[-1].holds(span):
                continue
            name = self.named(text, span, head, edges, found)
            if name is not None:
                found += [*self.sharing(text, name, head), name]
        return [self.moved(name, clause.start) for name in found]

    def is_edge(self, token: Token) -> bool:
        """Whether a phrase can end to the left at this word."""
        if token.word in self.verbs or token.word in self.boundary or token.word in self.conjunctions:
            return True
        return token.tag in self.boundary_tags and token.word not in self.inner

    def sharing(self, text: str, name: Name, head: Head | None) -> list[Name]:
        """The members of a list that share the head of its last: 甲、乙和丙等制度 names 甲制度, 乙制度 and 丙制度."""
        if head is None or head.type != "Mechanism" or name.verb is None or name.verb.end > name.start:
            return []
        between = text[name.verb.end : name.start].removeprefix("了")
        listed = self.patterns["shared"].match(between)
        if not listed or len(between) > 60:
            return []
        found, position = [], name.start - len(between)
        for part in re.split("([、和与及])", listed["parts"]):
            if len(part) > 1 and not any(part.endswith(word) for word in self.heads):
                found.append(replace(name, start=position, end=position + len(part), name=part + head.word))
            position += len(part)
        return found

    def moved(self, name: Name, by: int) -> Name:
        """The name with its offsets counted from the text's start."""
        verb = name.verb and Span(name.verb.start + by, name.verb.end + by)
        return replace(name, start=name.start + by, end=name.end + by, verb=verb)

    def candidates(self, text: str, tokens: list[Token], edges: list[Token], masks: list[Span],
                   blocks: list[Span]) -> list[tuple[Span, Head | None]]:
        """Stretches that may be names, each with its head (None for a quoted name without one); of nested ones the longest first."""
        stops = {t.end for t in tokens}
        following = {t.start: t for t in tokens}
        ends: dict[int, Span] = {}
        for span in self.head_words.find_all(text):
            hidden = any(m.start < span.start and span.end < m.end for m in masks) or any(b.overlaps(span) for b in blocks)
            if not hidden and span.end in stops and self.stops(following.get(span.end)):
                ends[span.end] = min(span, ends.get(span.end, span), key=lambda s: s.start)
        found: list[tuple[Span, Head | None]] = []
        for end, head in sorted(ends.items(), reverse=True):
            found.append((Span(self.left(text, head.start, edges, masks, blocks), end), self.heads[text[head.start : end]]))
        covered = [span for span, _ in found]
        found += [(m, None) for m in masks if not any(s.overlaps(m) for s in [*covered, *blocks]) and self.stops(following.get(m.end))]
        return sorted(found, key=lambda item: (item[0].start, -item[0].end))

    def stops(self, token: Token | None) -> bool:
        """Whether the word after a head leaves the name complete."""
        return token is None or token.word in self.stopping or token.word in self.verbs or token.tag not in self.going_on

    def left(self, text: str, head: int, edges: list[Token], masks: list[Span], blocks: list[Span]) -> int:
        """Where the phrase whose head starts at `head` begins."""
        left = floor = max([b.end for b in blocks if b.end <= head] + [0])
        near = [e for e in edges if floor < e.end <= head]
        for index in range(len(near) - 1, -1, -1):
            if not self.is_noun(text, near[index], head, near[:index]):
                left = near[index].end
                break
        cuts = [m.end() for m in re.finditer("[、：（）\\s]", text[left:head]) if not inside(masks, left + m.start())]
        return max(left + max(cuts, default=0), head - LONGEST)

    def is_noun(self, text: str, edge: Token, head: int, before: list[Token]) -> bool:
        """Whether a word that can part phrases is part of one here: right before the head, after a noun or a light verb."""
        last = before[-1] if before else Token(0, 0)
        adjoins = last.end == edge.start
        if edge.word in self.conjunctions:
            return self.joins(text, edge)
        if edge.word in self.nominal or edge.word in self.free:
            if adjoins and last.word in self.light and last.word + edge.word not in self.verbs:
                return True
            if edge.end == head and not (adjoins and last.word in self.auxiliary):
                return True
            if edge.end < head and text[edge.end : head] in self.nominal and not adjoins:
                return True
        if edge.end == head and edge.start - last.end >= SHORTEST and edge.word not in self.auxiliary and edge.tag[:1] in "vn":
            return True
        return edge.word in self.free and not adjoins and edge.start > 0 and text[edge.start - 1] not in "、，”》"

    def joins(self, text: str, conjunction: Token) -> bool:
        """Whether a conjunction is within a name (激励和约束机制): what stands before it is no name, list or clause of its own."""
        before = text[max(0, conjunction.start - 4) : conjunction.start]
        stretch = re.split("[、，的了]", text[: conjunction.start])[-1]
        headed = any(before.endswith(word) for word in self.heads if word not in self.loose)
        return not headed and conjunction.start > 1 and "、" not in text[: conjunction.start] and 2 <= len(stretch)

    def named(self, text: str, span: Span, head: Head | None, edges: list[Token], before: list[Name]) -> Name | None:
        """The name at a stretch, trimmed, or None where it says only a kind or lacks the verb that it needs."""
        start = span.start
        while (trim := self.patterns["left"].match(text[start : span.end])) and trim.end():
            start += trim.end()
        verb, direct = self.verb(text, span, edges, before)
        phrase = text[start : span.end]
        word = head.word if head else ""
        edition = self.patterns["edition"].match(text[span.end :])
        end = span.end + (edition.end() if edition else 0)
        quoted = "“" in phrase
        modifier = phrase.removesuffix(word)
        if len(modifier) < SHORTEST or self.patterns["generic"].match(modifier) or phrase.startswith(("、", "）", "”")):
            return None
        strength = head.strength if head else "bare"
        if strength == "strong" or (strength in ("object", "bare") and verb and direct) or (strength in ("object", "quoted") and quoted):
            kind = self.kind(text, head, verb)
            if kind is None:
                return None
            type_, kind = kind
            return Name(start, end, type=type_, name=text[start:end], kind=kind, verb=verb)
        return None

    def kind(self, text: str, head: Head | None, verb: Span | None) -> tuple[str, str] | None:
        """Type and kind that the head gives; an untitled document needs a verb that makes texts."""
        if head is None:
            return "Mechanism", ""
        predicates = self.predicates(text[verb.start : verb.end]) if verb else []
        if head.type == "PolicyDocument" and "issues" not in predicates and not (head.strength == "strong" and predicates):
            return None
        return CLASSES[head.type]

    def predicates(self, words: str) -> list[str]:
        """What a chain of triggers may state; verbs that only help another are passed over."""
        words = self.after_verbs.get(words, words)
        if words in self.verbs:
            return list(self.verbs[words])
        found = [words[s.start : s.end] for s in self.verb_words.find(words)]
        found = [w for w in found if w not in self.auxiliary] or found
        return list(dict.fromkeys(p for word in found for p in self.verbs[word]))

    def verb(self, text: str, span: Span, edges: list[Token], before: list[Name]) -> tuple[Span | None, bool]:
        """The trigger of the phrase and whether it stands right before it (or before what it is joined with)."""
        last = before[-1] if before else None
        if last and last.verb and last.verb.end <= last.start and self.patterns["joining"].fullmatch(text[last.end : span.start]):
            return last.verb, True
        triggers = [e for e in edges if e.end <= span.start and e.word in self.verbs and (last is None or e.start >= last.end)]
        if triggers:
            return self.chain(text, triggers), self.near(text[triggers[-1].end : span.start])
        after = self.patterns["after"].match(text[span.end :])
        if after:
            return Span(span.end + after.start("verb"), span.end + after.end("verb")), True
        return None, False

    def chain(self, text: str, triggers: list[Token]) -> Span:
        """The last trigger with those that it is joined with: 推动出台并落实."""
        start = triggers[-1].start
        for token in reversed(triggers[:-1]):
            if text[token.end : start] not in ("", *self.conjunctions, "、"):
                break
            start = token.start
        return Span(start, triggers[-1].end)

    def near(self, between: str) -> bool:
        """Whether what stands between a verb and its object is only particles and attributes."""
        return len(between) <= 12 and "、" not in between


def inside(masks: list[Span], position: int) -> bool:
    """Whether a position lies within a quotation."""
    return any(m.start < position < m.end - 1 for m in masks)


@Language.factory("kg_phrases")
def make(nlp: Language, name: str) -> Phrases:
    """The factory by which spaCy makes the component."""
    return Phrases(load())
