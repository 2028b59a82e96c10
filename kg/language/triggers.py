"""Actor + what governs a name: issues, establishes, implements; provides, where the document's own policy says it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.carriers import OPEN
from kg.language.frames import Trigger
from kg.language.gazetteer import gazetteer_of
from kg.language.governors import PREDICATES, Governors
from kg.language.homes import home_place
from kg.language.moods import Moods
from kg.language.negation import Negation
from kg.language.reading import Actor, Link, Name, Reading, Section, Span, within
from kg.language.roles import HELPING, Roles

ISSUES, LAW, DOCUMENT = "issues", "law", "PolicyDocument"
COUNTY = "county"  # a kind of place
FIRMS, LONGEST = ("company", "institution"), 20  # kinds of bodies with programmes of their own; characters of a name


class Triggers:
    """Links from who acts to the phrases, titles and bodies that something is said of."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.governors, self.gazetteer = Governors(knowledge), gazetteer_of(knowledge)
        self.moods, self.roles, self.negation = Moods(knowledge), Roles(knowledge), Negation(knowledge)
        self.whole, self.relative, self.foreign, self.channel, self.building, self.shown, self.scope = (
            knowledge.compiled("relations", "verb", key)
            for key in ("whole", "relative", "foreign", "channel", "building", "shown", "scope")
        )
        self.where, self.about, self.basis = (
            knowledge.compiled("relations", "verb", key) for key in ("where", "about", "basis")
        )
        self.bettered = knowledge.compiled("relations", "verb", "bettered")
        self.rank = knowledge.compiled("resolve", "rank")
        self.named = knowledge.compiled("relations", "provides", "named")

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        governed = dict(self.governors(reading))
        sections = self.moods.find(reading)
        found = [
            link
            for name, trigger in governed.items()
            if not self.denied(reading, name, trigger)
            for link in self.links(reading, name, trigger, sections)
        ]
        told = {link.object.name for link in found if link.predicate == ISSUES and link.antecedent is None}
        for link in found:
            by_default = link.subject.type == "Place" and link.antecedent is not None
            if not (link.predicate == ISSUES and by_default and link.object.name in told):
                yield link  # 《甲》印发 in a headline: the text says elsewhere by whom
        if reading.own:
            yield from self.held(reading, reading.own, {name.name for name in governed})

    def held(self, reading: Reading, own: Name, done: set[str]) -> Iterator[Link]:
        """The mechanisms of which the document's own policy speaks without saying that anybody does something."""
        for name in reading.phrases:
            named = name.type == "Mechanism" and name.name not in done and self.named.search(name.name)
            if named and name.parent != "title" and not own.overlaps(name):
                title = Span(own.start, own.end)
                yield Link(own, "provides", name, Span(name.start, name.end), "own", title)

    def denied(self, reading: Reading, name: Name, trigger: Trigger) -> bool:
        """Whether a verb is negated or supposed, or only tells of what becomes part of a text."""
        text, verb = reading.text, trigger.span.start
        clause = reading.clause(verb)
        if self.negation.verb(reading, verb) or self.negation.name(reading, name):
            return True
        if name.type == "Mechanism" and verb >= name.end and self.shown.search(reading.quote(trigger.span)):
            return True
        where = self.where.search(text, max(clause.start, name.start - 2), name.start)
        if where and where.start() != verb:  # unless that is what tells: 在某行动中，…
            return True
        if ISSUES in trigger.predicates and verb >= name.end and self.basis.search(text, clause.start, name.start):
            return True
        if "implements" in trigger.predicates and self.about.search(text, name.start - 1, name.start):
            return True
        whole = self.whole.match(reading.quote(trigger.span)) is not None
        return whole and (name.kind == DOCUMENT or self.scope.search(name.name) is not None)

    def links(self, reading: Reading, name: Name, trigger: Trigger, sections: list[Section]) -> Iterator[Link]:
        """A link from each actor for each predicate that fits the object."""
        clause = reading.clause(trigger.span.start)
        actor = self.owner(reading, trigger, clause) or acting(reading, trigger.span.start, name)
        actor = self.elsewhere(reading, name, actor) or actor
        actor = self.owned(reading, name, actor, trigger.span.end <= name.start) or actor
        if actor is None or not actor.names:
            return
        mere = "implements" in trigger.predicates and self.channel.match(reading.quote(trigger.span))
        if mere and actor.names[0].start < clause.start:
            return
        passage = Span(min(trigger.span.start, name.start), max(name.end, trigger.span.end))
        if reading.own and reading.reporter in actor.names:
            if reading.own.overlaps(passage) and name != reading.own:
                return  # a title is no sentence
            if name.type == "Mechanism":
                title = Span(reading.own.start, reading.own.end)
                yield Link(reading.own, "provides", name, passage, "own", title)
            if name.type == "Mechanism" or reading.meta.get("genre") == LAW:
                return  # who adopts a law does not carry it out
        if reading.own and name.type == "Mechanism" and reading.meta.get("genre") == LAW:
            yield Link(reading.own, "provides", name, passage, "own", Span(reading.own.start, reading.own.end))
        roles = self.roles.acting(reading, actor)
        for index, subject in enumerate(actor.names):
            role = roles[index]
            if actor.roles and role in HELPING:
                continue
            here = clause.start <= subject.start < clause.end
            evidence = Span(min(passage.start, subject.start), passage.end) if here else passage
            antecedent = None if here or subject.end == 0 else Span(subject.start, subject.end)
            for predicate in self.fitting(reading, trigger, name):
                settled = predicate == ISSUES and reading.text[name.start] in OPEN
                status = self.moods.of(reading, trigger.span, sections, settled)
                yield Link(subject, predicate, name, evidence, "trigger", antecedent, role=role, status=status)

    def elsewhere(self, reading: Reading, name: Name, actor: Actor | None) -> Actor | None:
        """The document's place where another place than the object's seems to act: 甲县项目, 乙县项目完工."""
        subject = actor.names[0] if actor and actor.names else None
        if subject is None or subject.type != "Place" or subject.name == reading.home or not reading.home:
            return None
        near = [n for n in within(reading.places, Span(name.start - LONGEST, name.start + 1)) if n.end >= name.start]
        if not near or any(self.gazetteer.nested(n.name, subject.name) for n in near):
            return None
        home = home_place(reading)
        return Actor(home.start, (home,)) if home else None

    def owned(self, reading: Reading, name: Name, actor: Actor | None, advanced: bool) -> Actor | None:
        """The firm whose programme it is by name, or the place that is named for one (某县省级试点), beside who acts.

        `advanced`: whether a verb before the programme says that somebody advances it.
        """
        if name.kind != "Programme":
            return None
        reach = Span(max(0, name.start - LONGEST), name.start + 1)
        firms = [n for n in within(reading.organisations, reach) if n.kind in FIRMS]
        inner = [n for n in within(reading.places, reach) if n.kind == COUNTY and self.rank.match(reading.text, n.end)]
        inner = [n for n in inner if n.name != reading.home and self.gazetteer.nested(n.name, reading.home)]
        owner = next((n for n in (*firms, *inner) if name.start in (n.end, n.start)), None)
        if owner is None or (actor and owner in actor.names):
            return None
        others = actor.names if actor and (advanced or owner.type == "Place") else ()
        return Actor(owner.start, (*others, owner))

    def owner(self, reading: Reading, trigger: Trigger, clause: Span) -> Actor | None:
        """Who stands right before the verb of a relative clause: 甲制定的乙."""
        if not self.relative.match(reading.text, trigger.span.end, clause.end):
            return None
        near = [*within(reading.organisations, clause), *within(reading.places, clause)]
        names = [n for n in near if n.end == trigger.span.start]
        if not names and self.foreign.search(reading.text, clause.start, trigger.span.start):
            return Actor(trigger.span.start, ())
        actor = reading.actor(trigger.span.start)
        if actor and names and names[0] in actor.names:
            return actor  # 甲会同乙制定的丙
        return Actor(names[0].start, (names[0],)) if names else None

    def fitting(self, reading: Reading, trigger: Trigger, name: Name) -> list[str]:
        """The predicates of a trigger that the object's type admits; who sets a thing up also carries it out."""
        built = self.building.match(reading.text, name.end) is not None
        built = built and not self.bettered.search(reading.quote(trigger.span))
        found = dict.fromkeys(fit(predicate, name, built) for predicate in trigger.predicates)
        if name.type == "Mechanism" and "establishes" in found:
            found.pop("implements", None)
        return [predicate for predicate in found if predicate]


def acting(reading: Reading, position: int, name: Name) -> Actor | None:
    """Who acts at a position on a name, which does not act upon itself."""
    actor = reading.actor(position)
    within_it = actor and name.start <= actor.since < name.end and any(n.overlaps(name) for n in actor.names)
    return reading.actor(name.start - 1) if within_it else actor


def fit(predicate: str, name: Name, built: bool) -> str:
    """What a predicate says of an object of this type; nothing where it says none of ours. `built`: 建设 follows."""
    if predicate == "issues" and name.kind != DOCUMENT:
        return "implements" if name.type == "Policy" else "establishes"
    if predicate == "establishes" and name.type == "Policy":
        return "issues" if name.kind == DOCUMENT else "implements"
    if predicate == "implements" and name.type == "Mechanism" and built:
        return "establishes"
    return predicate if predicate in PREDICATES else ""
