"""What is said of each name that somebody may set up, issue or carry out: the verb or frame that governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.bodies import outermost
from kg.language.frames import Frames, Trigger
from kg.language.reading import Name, Reading, Span, Token, within
from kg.language.verbs import Verbs

Governed = dict[Name, Trigger]
FIRM = "company"
PREDICATES = ("issues", "establishes", "implements")


class Governors:
    """Finds the trigger of every phrase, title and body of a document; what stands in a list shares its trigger."""

    def __init__(self, knowledge: Knowledge) -> None:
        relations = knowledge.patterns("relations")
        self.verbs, self.frames = Verbs(knowledge), Frames(knowledge)
        self.title_verbs: dict[str, str] = relations["policy"]["title_verbs"]
        self.mark, self.quote = (
            knowledge.compiled("relations", "actor", "list_mark"),
            knowledge.patterns("phrases")["quote_mark"],
        )
        self.endings = tuple(knowledge.suffixes)
        self.projects, self.facility = (
            knowledge.compiled("relations", "actor", key) for key in ("projects", "facility")
        )
        self.listed, self.detailed = (knowledge.compiled("relations", "policy", key) for key in ("listed", "detailed"))
        self.which = knowledge.compiled("relations", "policy", "which")
        self.after, self.basis = (knowledge.compiled("relations", "policy", key) for key in ("after", "basis_near"))

    def __call__(self, reading: Reading) -> Iterator[tuple[Name, Trigger]]:
        """Each name with its trigger: phrases, bodies, titles."""
        yield from self.phrases(reading).items()
        for name in outermost(reading.organisations):
            framed = self.frames.trigger(reading, name)
            if framed and not (self.firm(name) and self.projects.search(reading.quote(framed.span))):
                yield name, framed
        yield from self.titles(reading)

    def firm(self, name: Name) -> bool:
        """Whether a body is a firm, by its kind or because its name has no ending that bodies have."""
        known = name.name.endswith(self.endings) or self.facility.search(name.name) is not None
        return name.kind == FIRM or not known

    def phrases(self, reading: Reading) -> Governed:
        """The phrases with what is said of them; a verb governs all of a list before it, or behind it."""
        found: Governed = {}
        names = [n for n in reading.phrases if n.parent != "title"]
        last: Name | None = None
        for name in names:
            shared = found.get(last) if last and self.follows(reading, last, name) else None
            trigger = self.stated(reading, name, shared)
            if trigger:
                found[name] = trigger
            last = name
        following: Name | None = None
        for name in reversed(names):
            behind = found.get(following) if following and self.follows(reading, name, following) else None
            if name not in found and following and behind and behind.span.start >= following.end:
                found[name] = behind
            following = name
        return found

    def follows(self, reading: Reading, first: Name, second: Name) -> bool:
        """Whether the second name stands in a list right behind the first."""
        if first.end > second.start:
            return False
        gap = reading.text[first.end : second.start]
        return self.mark.fullmatch(gap) is not None or (not gap and reading.text[second.start] in self.quote)

    def stated(self, reading: Reading, name: Name, before: Trigger | None) -> Trigger | None:
        """What is said of a phrase: by a strong frame, its verb, another frame, or the verb of the name before it."""
        strong = self.frames.trigger(reading, name, strong=True)
        if strong:
            return strong
        governed = self.trigger(reading, name.verb, name.verb.start >= name.end) if name.verb else None
        if governed and set(governed.predicates) & set(PREDICATES):
            return governed
        return before if before and before.span.end <= name.start else self.frames.trigger(reading, name)

    def titles(self, reading: Reading) -> Iterator[tuple[Name, Trigger]]:
        """The titles with what is said of them."""
        last: tuple[Name, Trigger] | None = None
        for name in reading.titles:
            if name.parent in ("within", "number"):
                continue
            trigger = self.behind(reading, name) or self.before(reading, name)
            if trigger and "issues" in trigger.predicates and self.detailed.match(reading.text, name.end):
                trigger = replace(trigger, predicates=("implements",))  # what is made is another text
            if last and self.listed.match(reading.text[last[0].end : name.start]):
                trigger = last[1] if last[1].span.end <= last[0].start else trigger
            last = (name, trigger) if trigger else None
            if trigger:
                yield name, trigger

    def trigger(self, reading: Reading, span: Span, behind: bool = False) -> Trigger:
        """What a chain of verbs states, before or behind its object."""
        return Trigger(span, self.verbs.predicates(reading.quote(span), behind))

    def before(self, reading: Reading, title: Name) -> Trigger | None:
        """The verbs before a title in its clause, other titles of a list passed over."""
        clause = reading.clause(title.start)
        words = reading.tokens.within(Span(clause.start, title.start))
        verbs = [t for t in words if t.word in self.verbs.verbs or t.word in self.title_verbs]
        titles = within(reading.titles, clause)
        outside = [t for t in verbs if not any(n.start < t.start < n.end for n in titles)]
        if not outside:
            basis = self.basis.search(reading.text, clause.start, title.start)
            return Trigger(Span(basis.start(), title.start), ("implements",)) if basis else None
        outside = self.main(reading, clause, title, outside)
        other = self.title_verbs.get(outside[-1].word)
        if other:
            return Trigger(Span(outside[-1].start, outside[-1].end), (other,))
        return self.trigger(reading, self.verbs.chain(reading.text, outside))

    def main(self, reading: Reading, clause: Span, title: Name, verbs: list[Token]) -> list[Token]:
        """The verbs without those that only tell which text it is: 落实新修订的《甲》, unless its maker is told."""
        told = self.which.search(reading.text, clause.start, title.start)
        left = [t for t in verbs if told and t.end <= told.start()]
        near = within(reading.organisations, Span(left[-1].end, title.start)) if left else []
        return verbs if near or not left else left

    def behind(self, reading: Reading, title: Name) -> Trigger | None:
        """The verb after a title: 《…》出台, 《…》正式施行."""
        match = self.after.match(reading.text[title.end : title.end + 60])
        if match is None:
            return None
        span = Span(title.end + match.start("verb"), title.end + match.end("verb"))
        return Trigger(span, self.verbs.predicates(match["verb"], behind=True) or ("issues",))
