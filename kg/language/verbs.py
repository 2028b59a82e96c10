"""Trigger verbs: which one a noun phrase is the object of, and what a chain of them states."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.knowledge import Knowledge
from kg.language.clauses import Clause
from kg.language.matching import Words
from kg.language.reading import Name, Span, Token

NEAR = 12  # characters that particles and attributes may take between a verb and its object


class Verbs:
    """Finds the trigger of a phrase in its clause and reads the predicates of a trigger."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("phrases")
        self.verbs = knowledge.verbs
        self.words = Words(self.verbs)
        self.auxiliary, self.conjunctions = set(table["auxiliary"]), set(table["conjunctions"])
        self.after, self.joining = re.compile(table["after"]), re.compile(table["joining"])
        self.list_mark: str = table["list_mark"]
        self.after_verbs: dict[str, str] = table["after_verbs"]
        self.predicates = lru_cache(maxsize=1 << 12)(self.stated)  # chains are few

    def stated(self, words: str, behind: bool = False) -> tuple[str, ...]:
        """What a chain of triggers may state, the likeliest first; verbs that only help another are passed over.

        `behind` its object a verb may mean another one: 条例通过 is 制定, 通过平台 is not.
        """
        words = self.after_verbs.get(words, words) if behind else words
        if words in self.verbs:
            return self.verbs[words]
        found = [words[s.start : s.end] for s in self.words.find(words)]
        found = [w for w in found if w not in self.auxiliary] or found
        return tuple(dict.fromkeys(p for word in found for p in self.verbs[word]))

    def trigger(self, clause: Clause, span: Span, before: list[Name]) -> tuple[Span | None, bool]:
        """The trigger of the phrase at `span`, and whether it stands right before it or what it is joined with."""
        text, last = clause.text, before[-1] if before else None
        if last and last.verb and last.verb.end <= last.start and self.joining.fullmatch(text[last.end : span.start]):
            return last.verb, True
        triggers = [
            e
            for e in clause.edges
            if e.end <= span.start and e.word in self.verbs and (last is None or e.start >= last.end)
        ]
        if triggers:
            between = text[triggers[-1].end : span.start]
            return self.chain(text, triggers), len(between) <= NEAR and self.list_mark not in between
        after = self.after.match(text[span.end :])
        if after:
            return Span(span.end + after.start("verb"), span.end + after.end("verb")), True
        return None, False

    def chain(self, text: str, triggers: list[Token]) -> Span:
        """The last trigger with those that it is joined with: 推动出台并落实."""
        start = triggers[-1].start
        for token in reversed(triggers[:-1]):
            if text[token.end : start] not in ("", self.list_mark, *self.conjunctions):
                break
            start = token.start
        return Span(start, triggers[-1].end)
