"""Policies and what they set out, and who made them by their titles and signatures: provides, issues."""

from __future__ import annotations

from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.addressees import Addressees
from kg.language.bodies import outermost
from kg.language.carriers import OPEN
from kg.language.cosigners import Cosigners
from kg.language.matching import Words
from kg.language.reading import Link, Name, Reading, Span, in_order, within

DOCUMENT = "PolicyDocument"
NEAR = 12  # characters behind a body that tell what it does


class Policies:
    """Links provides, and issues as a title, its neighbour, a signature or a reply tells it."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("relations")
        self.provides = knowledge.compiled("relations", "provides", "verbs")
        self.lead = knowledge.compiled("relations", "provides", "subject")
        self.then = knowledge.compiled("relations", "provides", "then")
        self.by, self.makes = table["policy"]["by"], knowledge.compiled("relations", "policy", "makes")
        self.given = knowledge.compiled("relations", "policy", "given")
        self.beside = knowledge.compiled("relations", "policy", "beside")
        self.mark = knowledge.compiled("relations", "actor", "list_mark")
        self.named = knowledge.compiled("relations", "provides", "named")
        self.received = knowledge.compiled("relations", "reply", "received")
        self.addressees, self.cosigners = Addressees(knowledge), Cosigners(knowledge)

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        titles = [t for t in reading.titles if t.parent != "number"]
        for title in titles:
            yield from self.issuers(reading, title)
            yield from self.holds(reading, title)
        if reading.own:
            yield from self.signed(reading, reading.own)
        yield from self.named_for(reading, titles)
        yield from self.submitted(reading, titles)

    def issuers(self, reading: Reading, title: Name) -> Iterator[Link]:
        """The bodies at the head of a title: 《国务院关于…的通知》; who stands right before it: 国务院《…》."""
        clause = reading.clause(title.start)
        lead = Span(clause.start, title.start)
        owners = in_order([*outermost(within(reading.organisations, lead)), *within(reading.places, lead)])
        position = title.start if reading.text[title.start] in OPEN else -1
        for owner in reversed([n for n in owners if not any(o != n and o.holds(n) for o in owners)]):
            gap = reading.text[owner.end : position] if owner.end <= position else None
            if gap is None or (gap and not self.mark.fullmatch(gap)):
                continue
            if self.beside.search(reading.text, clause.start, owner.start):
                break
            yield Link(owner, "issues", title, Span(owner.start, title.end), "owner")
            position = owner.start
        if reading.text.startswith(self.by, title.end):
            start = title.end + len(self.by)
            behind = [n for n in within(reading.organisations, Span(start, start + 1)) if n.start == start]
            for body in behind:
                if self.makes.match(reading.text[body.end : body.end + NEAR]):
                    yield Link(body, "issues", title, Span(title.start, body.end), "owner")
        for body in within(reading.organisations, lead):
            if self.given.fullmatch(reading.text, body.end, title.start):
                yield Link(body, "issues", title, Span(body.start, title.end), "owner")
        bodies = [n for n in within(reading.organisations, title) if n.end < title.end]
        position, first = title.start + reading.text.startswith(("《", "〈"), title.start), None
        for body in sorted(bodies, key=lambda n: (n.start, -n.end)):
            if body.start > position + 1:
                break
            if body.start >= position:
                position = body.end
                yield Link(body, "issues", title, Span(title.start, title.end), "title")
                if first:
                    yield Link(first, "cooperatesWith", body, Span(title.start, title.end), "title")
                first = first or body

    def holds(self, reading: Reading, title: Name) -> Iterator[Link]:
        """What a policy sets out: 《条例》明确…, 规划提出…; and the mechanism that its own title names."""
        sentence, clause = reading.sentence(title.start), reading.clause(title.start)
        verb = self.provides.match(reading.text, title.end)
        told = verb and self.lead.match(reading.text[clause.start : title.start])
        if told or self.then.match(reading.text, title.end, sentence.end):
            for phrase in within(reading.phrases, Span(title.end, sentence.end)):
                if phrase.type == "Mechanism":
                    yield Link(title, "provides", phrase, Span(title.start, phrase.end), "provides")

    def signed(self, reading: Reading, own: Name) -> Iterator[Link]:
        """Those who sign the document's own policy beside its publisher."""
        signers = self.cosigners(reading)
        for other in signers[1:]:
            passage = Span(own.start, own.end)
            yield Link(other, "issues", own, passage, "signature", Span(other.start, other.end))
            yield Link(signers[0], "cooperatesWith", other, Span(other.start, other.end), "signature")

    def named_for(self, reading: Reading, titles: list[Name]) -> Iterator[Link]:
        """关于加强甲机制的意见: a text whose name holds a mechanism that the document names elsewhere."""
        mechanisms = [n for n in reversed(reading.phrases) if n.type == "Mechanism"]
        known = {n.name: n for n in mechanisms if n.parent == "title" or self.named.search(n.name)}
        inner = {name for name, n in known.items() if n.parent == "title"}
        words = Words(known, once=True) if known and titles else None
        for title in {t.name: t for t in reversed(titles) if t.kind == DOCUMENT}.values() if words else ():
            best: dict[int, tuple[bool, int]] = {}
            for span in words.find_all(title.name) if words else []:
                rank = (title.name[span.start : span.end] in inner, span.start)  # rather a name of the text, in full
                best[span.end] = min(rank, best.get(span.end, rank))
            for end, (_, start) in best.items():
                if end < len(title.name):
                    found, passage = known[title.name[start:end]], Span(title.start, title.end)
                    yield Link(title, "provides", found, passage, "title", Span(found.start, found.end))

    def submitted(self, reading: Reading, titles: list[Name]) -> Iterator[Link]:
        """你们《甲》收悉: those whom a reply addresses made it."""
        bodies = self.addressees(reading)
        for title in titles if bodies else ():
            clause = reading.clause(title.start)
            inner = [t for t in titles if t.parent == "within" and title.holds(t)]
            if self.received.match(reading.text[clause.start : title.start]):
                for body in bodies:
                    for text in [title, *inner]:
                        apart = Span(body.start, body.end)
                        yield Link(body, "issues", text, Span(clause.start, title.end), "reply", apart)
