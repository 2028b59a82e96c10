"""Mechanisms, programmes and untitled documents: noun phrases by their heads, with the verb whose object they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Head, Knowledge, load
from kg.language.clauses import SHORTEST, Boundaries, Clause
from kg.language.entitled import Entitled
from kg.language.matching import Words
from kg.language.overlaps import Along
from kg.language.passives import Passives
from kg.language.reading import START, Name, Reading, Span, in_order, within
from kg.language.verbs import Verbs

CLASSES = {
    "Mechanism": ("Mechanism", ""),
    "Programme": ("Policy", "Programme"),
    "PolicyDocument": ("Policy", "PolicyDocument"),
}
LONGEST_LIST = 60  # characters of a list that shares its head
BARE = Head("", "Mechanism", "bare")  # a quoted name without a head


class Phrases:
    """Fills ``reading.phrases``; a name's `verb` is the trigger before (or after) it in its clause."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("phrases")
        self.boundaries, self.verbs = Boundaries(knowledge), Verbs(knowledge)
        self.passives, self.heads = Passives(knowledge), knowledge.heads
        self.head_words, self.entitled = Words(self.heads), Entitled(knowledge)
        self.going_on, self.stopping = set(table["going_on"]), set(table["stopping"])
        self.bare, self.bare_free = set(table["bare"]), set(table["bare_free"])
        self.particles: str = table["particles"]
        self.patterns = {
            key: re.compile(table[key])
            for key in (
                "left",
                "generic",
                "shared",
                "edition",
                "quote_mark",
                "no_start",
                "list_split",
                "open_list",
                "bare_end",
                "bare_after",
            )
        }

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        taken = in_order([*reading.titles, *reading.organisations])
        found: list[Name] = []
        stops = set(reading.tokens.ends)
        heads = [s for s in self.head_words.find_all(reading.text) if s.end in stops]
        heads.sort(key=START)
        along, names = Along(heads), Along(taken)
        for clause in reading.clauses:
            if clause.end - clause.start > SHORTEST:
                here = along.within(clause.start, clause.end)
                if here or self.boundaries.quotes(reading, clause):
                    found += self.clause(reading, clause, names.within(clause.start, clause.end), here)
        ends = {n.end: n for n in reading.organisations}
        found = [
            replace(n, parent=ends[n.start].name) if n.start in ends and n.type == "Mechanism" else n for n in found
        ]
        found += self.passives(reading, [*taken, *found])
        titled = (n for title in reading.titles for n in self.titled(reading, title, along))
        reading.phrases = in_order([*found, *titled])
        return doc

    def titled(self, reading: Reading, title: Name, heads: Along[Span]) -> list[Name]:
        """The mechanisms that a policy's own title names, where they are not all of it."""
        if title.alias or title.kind != "PolicyDocument":
            return []
        inner = Span(title.start + 1, title.end - 1)
        bodies = [n for n in within(reading.organisations, inner) if n.end < inner.end]
        names = self.clause(reading, inner, bodies, heads.within(inner.start, inner.end))
        found = [replace(n, verb=None, parent="title") for n in names if n.type == "Mechanism" and n.end < inner.end]
        new = list(self.entitled(reading, inner))
        return [*(n for n in found if not any(n.end > m.start and m.end > n.start for m in new)), *new]

    def clause(self, reading: Reading, span: Span, taken: Sequence[Name], heads: Sequence[Span]) -> list[Name]:
        """The names in one clause, left to right, by the heads that stand in it."""
        clause = self.boundaries.clause(reading, span, taken)
        found: list[Name] = []
        for stretch, head in self.candidates(
            clause, [Span(s.start - span.start, s.end - span.start) for s in heads if s.end <= span.end]
        ):
            if found and found[-1].holds(stretch):
                continue
            name = self.named(clause, stretch, head, found)
            found += self.sharing(clause, name or Name(*self.trimmed(clause, stretch)), head, found)
            if name is not None:
                found.append(name)
        return [moved(name, span.start) for name in found]

    def sharing(self, clause: Clause, name: Name, head: Head, before: list[Name]) -> list[Name]:
        """The members of a list that share the head of its last: 甲、乙和丙制度, 甲、乙等制度."""
        verb = self.verbs.trigger(clause, name, before)[0] if head.type == "Mechanism" else None
        if verb is None or verb.end > name.start or (before and before[-1].end > verb.start):
            return []
        between = clause.text[verb.end : name.start].lstrip(self.particles)
        listed = self.patterns["shared"].match(between)
        open_list = listed is not None and self.patterns["open_list"].search(between) is not None
        if listed is None or len(between) > LONGEST_LIST or open_list != (not name.name):
            return []
        found, position = [], name.start - len(between)
        for part in self.patterns["list_split"].split(listed["parts"]):
            if len(part) > 1 and not part.endswith(self.head_words.words):
                end = position + len(part)
                found.append(Name(position, end, type="Mechanism", name=part + head.word, verb=verb))
            position += len(part)
        return found

    def trimmed(self, clause: Clause, span: Span) -> tuple[int, int]:
        """A stretch without what a name does not begin with; whole words are cut off."""
        start = span.start
        while (trim := self.patterns["left"].match(clause.text[start : span.end])) and trim.end():
            begins = start + trim.end()
            if trim.group()[-1] not in self.particles and begins not in clause.tokens.starts:
                break
            start += trim.end()
        return start, span.end

    def candidates(self, clause: Clause, heads: list[Span]) -> list[tuple[Span, Head]]:
        """Stretches that may be names, each with its head; of nested ones the longest first."""
        ends: dict[int, Span] = {}
        for span in heads:
            if span.end not in clause.tokens.ends or not self.stops(clause, span.end):
                continue
            hidden = any(m.start < span.start and span.end < m.end for m in clause.masks) or any(
                b.overlaps(span) for b in clause.blocks
            )
            if not hidden:
                ends[span.end] = min(span, ends.get(span.end, span), key=lambda s: s.start)
        found = [
            (Span(self.boundaries.left(clause, head.start), end), self.heads[clause.text[head.start : end]])
            for end, head in sorted(ends.items())
        ]
        covered = [*(span for span, _ in found), *clause.blocks]
        found += [
            (m, BARE) for m in clause.masks if not any(s.overlaps(m) for s in covered) and self.stops(clause, m.end)
        ]
        return sorted(found, key=lambda item: (item[0].start, -item[0].end))

    def stops(self, clause: Clause, end: int) -> bool:
        """Whether the word after a head that ends here leaves the name complete."""
        if end not in clause.tokens.starts:
            return True
        place = clause.tokens.starts.index(end)
        word, tag = clause.tokens.words[place], clause.tokens.tags[place]
        return word in self.stopping or word in self.verbs.verbs or tag not in self.going_on

    def named(self, clause: Clause, span: Span, head: Head, before: list[Name]) -> Name | None:
        """The name at a stretch, trimmed, or None where it says only a kind or lacks the verb that it needs."""
        text, start = clause.text, self.trimmed(clause, span)[0]
        phrase = text[start : span.end]
        modifier = phrase.removesuffix(head.word)
        if (
            len(modifier) < SHORTEST
            or self.patterns["generic"].match(modifier)
            or self.patterns["no_start"].match(phrase)
        ):
            return None
        verb, direct = self.verbs.trigger(clause, span, before)
        chain = text[verb.start : verb.end] if verb else ""
        if head.strength == "bare":
            needed = direct and self.is_name(text, span, chain)
        else:
            direct = direct and head.strength == "object"
            needed = direct or head.strength == "strong" or self.patterns["quote_mark"].search(phrase) is not None
        kind = self.kind(head, chain, verb is not None and verb.start >= span.end) if needed else None
        if kind is None:
            return None
        edition = self.patterns["edition"].match(text[span.end :])
        end = span.end + (edition.end() if edition else 0)
        return Name(start, end, type=kind[0], name=text[start:end], kind=kind[1], verb=verb)

    def is_name(self, text: str, span: Span, verb: str) -> bool:
        """Whether a quotation without a head is the name of something done: by its verb, its end and what follows."""
        if verb not in self.bare or self.patterns["bare_after"].match(text, span.end):
            return False
        return verb in self.bare_free or self.patterns["bare_end"].search(text, span.start, span.end) is not None

    def kind(self, head: Head, verbs: str, behind: bool) -> tuple[str, str] | None:
        """Type and kind that the head gives; an untitled document needs verbs that make or carry out texts."""
        if head.type == "PolicyDocument":
            predicates = self.verbs.predicates(verbs, behind) if verbs else ()
            if "issues" not in predicates and not (head.strength == "strong" and predicates):
                return None
        return CLASSES[head.type]


def moved(name: Name, by: int) -> Name:
    """The name with its offsets counted from the text's start."""
    verb = name.verb and Span(name.verb.start + by, name.verb.end + by)
    return Name(name.start + by, name.end + by, name.type, name.name, name.kind, verb, name.parent, name.alias)


@Language.factory("kg_phrases")
def make(nlp: Language, name: str) -> Phrases:
    """The factory by which spaCy makes the component."""
    return Phrases(load())
