"""Offices and groups of the bodies that coordinate: 指挥部下设办公室, 下设综合组; 办公室 alone once it was named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.language.reading import START, Link, Name, Reading, Span, in_order


class Offices:
    """Names an office by its body, wherever the text leaves the body's name out, and says where it has its seat."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("organisations")["office"]
        self.host, self.set_up, self.short = (re.compile(table[key]) for key in ("host", "set_up", "short"))
        self.groups, self.group = re.compile(table["groups"]), re.compile(table["group"])
        self.alone, self.seat = re.compile(table["alone"]), re.compile(table["seat"])

    def __call__(self, text: str, names: Sequence[Name]) -> list[Name]:
        """The names in order of the text, with those of offices."""
        hosts = [name for name in names if self.host.search(name.name)]
        if not hosts:
            return list(names)
        found: dict[int, Name] = {}
        for match in self.short.finditer(text):
            if name := self.meant(match, hosts):
                found[name.start] = name
        for host in (*hosts, *list(found.values())):
            if new := self.set_up.match(text, host.end):
                found[new.start("office")] = self.office(host, *new.span("office"), new["office"])
            for group in self.set_apart(text, host):
                found[group.start()] = replace(self.office(host, *group.span(), group.group()), kind="unit")
        for match in self.alone.finditer(text):
            offices = [n for n in found.values() if n.end <= match.start()]
            if offices and match.start() not in found:
                last = max(offices, key=START)
                found[match.start()] = replace(last, start=match.start(), end=match.end(), alias=True)
        ends = {name.end for name in found.values()}
        kept = [name for name in names if name.start not in found and not (name.end in ends and name not in hosts)]
        return in_order([*kept, *found.values()])

    def set_apart(self, text: str, host: Name) -> Iterator[re.Match[str]]:
        """The groups of a list that a body sets up: 指挥部下设综合组、监测组."""
        new = self.groups.match(text, host.end)
        return self.group.finditer(text, *new.span("list")) if new else iter(())

    def meant(self, match: re.Match[str], hosts: Sequence[Name]) -> Name | None:
        """领导小组, 领导小组办公室: of the body of that kind that was named last."""
        said = (n for n in reversed(hosts) if n.end <= match.start() and len(n.name) > len(match["host"]))
        host = next((name for name in said if name.name.endswith(match["host"])), None)
        if host is None or not match["office"]:
            return host and replace(host, start=match.start(), end=match.end(), alias=True)
        return self.office(host, *match.span(), match["office"])

    def office(self, host: Name, start: int, end: int, word: str) -> Name:
        """The office of a body, wherever it stands."""
        return replace(host, start=start, end=end, name=host.name + word, parent=host.name, alias=True)

    def links(self, reading: Reading) -> Iterator[Link]:
        """甲下设办公室, 办公室设在乙: who has set the office up, and of which body it is part where it has its seat."""
        text, starts = reading.text, {name.start: name for name in reversed(reading.organisations)}
        for name in reading.organisations:
            new, seat = self.set_up.match(text, name.end), self.seat.match(text, name.end)
            office, body = starts.get(new.start("office") if new else -1), starts.get(seat.end() if seat else -1)
            groups = [starts[m.start()] for m in self.set_apart(text, name) if m.start() in starts]
            for part in [office, *groups] if office else groups:
                yield Link(name, "establishes", part, Span(name.start, part.end), "office")
            if body and body.name != name.name:
                yield Link(name, "partOf", body, Span(name.start, body.end), "seat")
