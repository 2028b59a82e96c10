"""What was read of one document → its graph: entities with mentions, relations and figures with evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg import language
from kg.knowledge import Knowledge, load
from kg.language.gazetteer import gazetteer_of
from kg.language.overlaps import Along
from kg.language.reading import Link, Name, Reading, Span, in_order
from kg.model import DOC, DocumentGraph, Entity, Evidence, Figure, Meta, Quote, Relation, Source
from kg.resolve.clusters import Cluster, Clusters, Key
from kg.resolve.composition import composed, idle, seats
from kg.resolve.confidence import assessed
from kg.resolve.merging import merged
from kg.resolve.owners import Owners
from kg.resolve.variants import Variants

LETTERS = {"Place": "l", "Organisation": "o", "Policy": "p", "Mechanism": "m"}
NAMED = ("Policy", "Mechanism")  # what is also named with or without what stands before it
TYPES = {letter: type_ for type_, letter in LETTERS.items()}
JUDGED = "judge"  # the rule of what the trained judge has added
DATES = ("issuedOn", "inForceFrom")
SIGNATURES = {
    "issues": ({"Organisation", "Place"}, {"Policy"}),
    "establishes": ({"Organisation", "Place"}, {"Mechanism", "Organisation"}),
    "implements": ({"Organisation", "Place"}, {"Policy", "Mechanism"}),
    "provides": ({"Policy"}, {"Mechanism"}),
    "basedOn": ({"Policy"}, {"Policy"}),
    "amends": ({"Policy"}, {"Policy"}),
    "repeals": ({"Policy"}, {"Policy"}),
    "partOf": ({"Organisation", "Mechanism"}, {"Organisation", "Mechanism"}),
    "cooperatesWith": ({"Organisation"}, {"Organisation"}),
    "directs": ({"Organisation", "Place"}, {"Organisation"}),
    "jurisdiction": ({"Organisation"}, {"Place"}),
}


def document(doc: Doc, source: Source) -> DocumentGraph:
    """The graph of one document that the language components have read."""
    with language.undisturbed():
        return Resolver(load(), doc._.kg, source).graph()


def record(nlp: Language, source: Source) -> DocumentGraph:
    """Text in, record out; what was read on the way is gone before a garbage collection could go through all of it."""
    with language.undisturbed():
        return document(language.read(nlp, source), source)


class Resolver:
    """One document on its way from names to nodes."""

    def __init__(self, knowledge: Knowledge, reading: Reading, source: Source) -> None:
        self.knowledge, self.reading, self.source = knowledge, reading, source
        self.clusters = Clusters(knowledge, gazetteer_of(knowledge), reading)
        self.table = knowledge.patterns("resolve")
        self.national, self.level = knowledge.national, re.compile(self.table["level"])
        self.organisations, self.phrases, self.titles = map(
            Along, (reading.organisations, reading.phrases, reading.titles)
        )
        self.variants = Variants(knowledge, reading)
        self.ids: dict[Key, str] = {}
        self.attributes: dict[Key, set[tuple[str, str]]] = defaultdict(set)

    def graph(self) -> DocumentGraph:
        """Cluster, number, link."""
        names = [n for n in self.reading.names() if n.type != "Place" or not self.inner(n)]
        for name in (*names, *filter(None, [self.reading.reporter])):
            self.clusters.add(name)
        for place in seats(self.clusters, self.level):
            self.clusters.add(place)
        self.clusters.join()
        for name, attribute, value in self.reading.attributes:
            if key := self.clusters.add(name):
                self.attributes[key].add((attribute, value))
        self.number()
        links = [*self.reading.links, *own_policy(self.reading)]
        relations = merged([*self.stated(links), *composed(self.clusters, self.ids, self.quote)])
        figures = tuple(self.figures())
        busy = {end for r in relations for end in (r.subject, r.object)} | {f.subject[0] for f in figures}
        for key in idle(self.clusters, self.ids, busy):
            del self.ids[key]
        entities = tuple(self.entity(key, cluster) for key, cluster in self.clusters.found.items() if key in self.ids)
        return DocumentGraph(
            self.source.doc,
            self.source.sha256,
            self.meta(),
            tuple(sorted(entities, key=order)),
            assessed(relations, entities),
            figures,
        )

    def inner(self, place: Name) -> bool:
        """Whether a place stands within a longer name that is no organ of it and no programme that begins with it."""
        if place.name == self.reading.home:
            return False
        around = [
            *at_most(self.organisations, place),
            *(n for n in at_most(self.phrases, place) if n.start < place.start),
            *at_most(self.titles, place),
        ]
        return any(n.kind not in self.table["jurisdiction"] for n in around)

    def number(self) -> None:
        """Give each entity its id, by type and first mention."""
        counts, home = dict.fromkeys(LETTERS, 0), self.reading.home
        first = {key: min((s.start for s in c.spans), default=0) for key, c in self.clusters.found.items()}
        for key, cluster in sorted(
            self.clusters.found.items(), key=lambda item: (item[1].place != home, first[item[0]], item[0])
        ):
            if not cluster.spans:
                continue
            counts[cluster.type] += 1
            self.ids[key] = f"{LETTERS[cluster.type]}{counts[cluster.type]}"

    def quote(self, span: Span) -> Quote:
        """The original characters of a span of the folded text."""
        start, end = self.reading.folded.original(span.start, span.end)
        return Quote.of(self.source.doc, self.source.text, start, end)

    def entity(self, key: Key, cluster: Cluster) -> Entity:
        """The entity of a cluster, each surface form once, where it stands first."""
        mentions: dict[str, Quote] = {}
        for span in in_order([*cluster.spans, *(self.variants(cluster.spans) if cluster.type in NAMED else ())]):
            start, end = self.reading.folded.original(span.start, span.end)
            text = self.source.text[start:end]
            if text not in mentions:
                mentions[text] = Quote(self.source.doc, start, end, text)
        kind = {"PolicyDocument": "document", "Programme": "programme"}.get(cluster.kind, cluster.kind) or None
        numbers = {("documentNumber", number) for number in cluster.numbers}
        code = {("code", cluster.place)} if cluster.type == "Place" and cluster.place else set()
        attributes = precise(numbers | code | self.attributes.get(key, set()))
        local = cluster.type == "Mechanism" or cluster.kind == "Programme"
        owner = self.clusters.home_name if local and cluster.name not in self.national else ""
        return Entity(
            self.ids[key], cluster.type, cluster.name, tuple(mentions.values()), kind, owner or None, attributes
        )

    def id_of(self, name: Name) -> str | None:
        """The id of the entity that a name means."""
        key = self.clusters.add(name)
        return self.ids.get(key) if key else None

    def known(self, name: Name) -> str | None:
        """The id of the entity that a name would mean, were it said; only looking makes it no mention."""
        key = self.clusters.look(name)
        return self.ids.get(key) if key else None

    def stated(self, links: list[Link]) -> Iterator[Relation]:
        """Relations that the text states, with evidence in the original text."""
        for link in links:
            subject, object_ = self.id_of(link.subject), self.id_of(link.object)
            if subject is None or object_ is None or subject == object_ or not legal(link.predicate, subject, object_):
                continue
            antecedent = self.quote(link.antecedent) if link.antecedent else None
            component = f"{'kg_judge' if link.rule == JUDGED else 'kg_relations'}/{link.rule}"
            evidence = Evidence(self.quote(link.evidence), antecedent, component, score=link.score)
            yield Relation(subject, link.predicate, object_, (evidence,), link.period, link.role, link.status)

    def figures(self) -> Iterator[Figure]:
        """The quantities with their subjects."""
        chosen = Owners(self.knowledge, self.reading, self.known)()
        for index, (quantity, (owner, id_)) in enumerate(zip(self.reading.quantities, chosen, strict=True), 1):
            if owner:
                self.id_of(owner)  # now it is a mention
            span = quantity.evidence or quantity.span
            apart = owner and owner.end > owner.start and not span.start <= owner.start < span.end
            evidence = Evidence(self.quote(span), self.quote(owner) if owner and apart else None, "kg_figures", 0.7)
            metric = quantity.metric
            if owner and owner.type == "Place" and metric.startswith(self.reading.quote(owner)):
                metric = metric.removeprefix(self.reading.quote(owner)) or metric  # whose it is, the subject says
            yield Figure(
                f"f{index}",
                self.quote(quantity.span).text,
                quantity.value,
                quantity.unit,
                quantity.bound,
                metric,
                (id_ or DOC,),
                quantity.period,
                quantity.status,
                (evidence,),
                quantity.upper,
            )

    def meta(self) -> Meta:
        """What is known of the document itself."""
        found = self.reading.meta
        places = [(k, c) for k, c in self.clusters.found.items() if c.type == "Place" and k in self.ids]
        home = next((k for k, c in places if c.place == self.reading.home and c.place), None)
        if not self.reading.home:
            home = next((k for k, c in places if c.name in self.table["own_country"]), None)
        publisher = found.get("publisher") or ""
        bodies = (self.reading.reporter, *self.reading.organisations)
        if publisher and (body := next((name for name in bodies if name and name.name == publisher), None)):
            key = self.clusters.add(body)
            publisher = self.clusters.found[key].name if key else publisher
        return Meta(
            found.get("title") or None,
            publisher or None,
            found.get("date") or None,
            found.get("genre") or None,
            self.ids.get(home) if home else None,
            found.get("number") or None,
        )


def legal(predicate: str, subject: str, object_: str) -> bool:
    """Whether entities of these ids are of the types that the predicate joins; an id begins with the type's letter."""
    subjects, objects = SIGNATURES[predicate]
    return TYPES[subject[0]] in subjects and TYPES[object_[0]] in objects


def own_policy(reading: Reading) -> Iterator[Link]:
    """The publisher issues the policy that the document itself is."""
    own, reporter = reading.own, reading.reporter
    if own and reporter:
        antecedent = Span(reporter.start, reporter.end) if reporter.end else None
        yield Link(reporter, "issues", own, Span(own.start, own.end), "own", antecedent)


def precise(attributes: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The attributes in order, without a year or month of which the day is known.

    >>> precise({("issuedOn", "2022"), ("issuedOn", "2022-03-05"), ("form", "plan")})
    (('form', 'plan'), ('issuedOn', '2022-03-05'))
    """
    longer = {(name, value[:size]) for name, value in attributes for size in (4, 7) if len(value) > size}
    dates = {pair for pair in attributes if pair[0] in DATES}
    return tuple(sorted(attributes - (dates & longer)))


def at_most(names: Along[Name], place: Name) -> list[Name]:
    """The names that hold a place and more."""
    first = max(0, bisect_right(names.starts, place.start) - 3)
    return [n for n in names.spans[first : first + 4] if n.holds(place) and n.end - n.start > place.end - place.start]


def order(entity: Entity) -> tuple[str, int]:
    """By type letter, then number."""
    return entity.id[0], int(entity.id[1:])
