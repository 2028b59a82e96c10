"""Mechanisms within mechanisms and bodies: partOf by composition of names and by where a thing is set up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from kg.knowledge import Knowledge
from kg.language.bodies import outermost
from kg.language.offices import Offices
from kg.language.reading import PLACE, Link, Name, Reading, Span, within

SHORTEST, NEAR = 4, 10
PAUSES, QUOTE = "，,", "“"


class Parts:
    """Links partOf between mechanisms, and from a mechanism to the body that it stands right behind."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.made_of, self.organ = (knowledge.compiled("relations", "part", key) for key in ("made_of", "organ"))
        self.made_lead = knowledge.compiled("relations", "part", "made_lead")
        self.host, self.part = (knowledge.compiled("relations", "part", key) for key in ("host", "part"))
        self.offices = Offices(knowledge)
        self.mark = knowledge.compiled("relations", "part", "mark")
        self.venue = knowledge.compiled("relations", "part", "venue")
        self.grouped = knowledge.compiled("relations", "part", "grouped")
        self.listing = knowledge.compiled("relations", "part", "listing")
        self.placed, self.sets = (knowledge.compiled("relations", "part", key) for key in ("placed", "sets"))

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        mechanisms = [n for n in reading.phrases if n.type == "Mechanism"]
        bodies = {n.end: n for n in reading.organisations}
        for name in mechanisms:
            if name.start in bodies and name.parent not in ("", "title"):
                yield Link(
                    name,
                    "partOf",
                    bodies[name.start],
                    Span(bodies[name.start].start, name.end),
                    "composition",
                )
        first = {name.name: name for name in reversed(mechanisms)}
        for name in first.values():
            sizes = range(len(name.name) - 1, SHORTEST - 1, -1)
            host = next((first[name.name[:size]] for size in sizes if name.name[:size] in first), None)
            if host and self.host.search(host.name) and self.part.search(name.name):
                yield Link(name, "partOf", host, Span(name.start, name.end), "composition")
        yield from self.organs(reading)
        yield from self.members(reading)
        yield from self.offices.links(reading)
        yield from self.listed(reading)
        for clause, names in groupby(mechanisms, key=lambda n: reading.clause(n.start)):
            yield from self.set_up(reading, list(names), clause)

    def set_up(self, reading: Reading, names: list[Name], clause: Span) -> Iterator[Link]:
        """在甲设立乙; 甲增设乙: 乙 is part of 甲."""
        bodies = outermost(within(reading.organisations, clause))
        inside = [n for n in bodies if self.placed.search(reading.text, clause.start, n.start)]
        venues = [n for n in bodies if n in inside or self.venue.search(n.name)]
        first = [(venue, next((n for n in names if n.start >= venue.end), None)) for venue in venues]
        for host, name in (*first, *pairwise(names)):
            if name is None:
                continue
            between = reading.text[host.end : name.start]
            before = reading.text[clause.start : host.start]
            beside = not between and reading.text[name.start] != QUOTE
            if beside and self.host.search(host.name) and self.part.search(name.name):  # 政务服务大厅|综合窗口
                yield Link(name, "partOf", host, Span(host.start, name.end), "placement")
            if self.sets.match(between) and (not before or self.placed.search(before)):
                for part in self.joined(reading.text, [n for n in names if n.start >= name.start]):
                    yield Link(part, "partOf", host, Span(host.start, part.end), "placement")

    def joined(self, text: str, names: list[Name]) -> list[Name]:
        """The first name and those of its verb, or joined with it in a list."""
        found = names[:1]
        for name in names[1:]:
            if name.verb != names[0].verb and not self.mark.match(text[found[-1].end : name.start]):
                break
            found.append(name)
        return found

    def organs(self, reading: Reading) -> Iterator[Link]:
        """甲常委会: a body whose name is another's with what organ it is."""
        first = {name.name: name for name in reversed(reading.organisations)}
        for name, body in first.items():
            for size in range(len(name) - 2, 1, -1):
                host = first.get(name[:size])
                if host and not body.parent and self.organ.match(name, size):
                    yield Link(body, "partOf", host, Span(body.start, body.end), "composition")
                    break

    def members(self, reading: Reading) -> Iterator[Link]:
        """由甲、乙等组成的丙; 丙由甲、乙组成: 甲 and 乙 are part of 丙."""
        done = 0
        for match in self.made_of.finditer(reading.text):
            lead = self.made_lead.search(reading.text, max(done, match.start() - NEAR), match.start())
            start, done = lead.start() if lead else match.start(), match.end()
            who = Span(*match.span("who"))
            bodies = outermost([n for n in within(reading.organisations, who) if n.end <= match.end()])
            if not bodies:
                continue
            wholes = self.before(reading, start)
            wholes = [n for n in [*reading.organisations, *reading.phrases] if n.start == match.end()] or wholes
            if not wholes or wholes[0].type != "Organisation":
                continue  # a body is part of no mechanism
            for body in bodies:
                passage = Span(min(start, wholes[0].start), max(match.end(), wholes[0].end))
                yield Link(body, "partOf", wholes[0], passage, "members")

    def before(self, reading: Reading, position: int) -> list[Name]:
        """What stands right before, or what the clause before begins with: 办公室设在甲，成员由乙、丙组成."""
        names = [*reading.organisations, *reading.phrases]
        if position and reading.text[position - 1] in PAUSES:
            clause = reading.clause(position - 1)
            inside = sorted((n for n in names if clause.start <= n.start and n.end < position), key=PLACE)[:1]
            return [name for name in inside if self.grouped.search(name.name)]
        return [n for n in names if n.end == position]

    def listed(self, reading: Reading) -> Iterator[Link]:
        """“甲”“乙”等14个项目: mechanisms of a list are part of the one that closes it."""
        for first, second in pairwise(reading.phrases):
            alike = first.type == second.type == "Mechanism" and first.end < second.start <= first.end + NEAR
            if alike and self.listing.match(reading.text[first.end : second.start]):
                yield Link(first, "partOf", second, Span(first.start, second.end), "listing")
