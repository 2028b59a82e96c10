"""Policies that change or end other policies, by titles, closing articles and lists of texts: amends, repeals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.reading import Link, Name, Reading, Span, at, within

KINDS = ("amends", "repeals")


class Amendments:
    """Links from a policy to the ones that it changes or ends; a body that revises a text issues it."""

    def __init__(self, knowledge: Knowledge) -> None:
        def read(key: str) -> re.Pattern[str]:
            return knowledge.compiled("relations", "amendment", key)

        self.verbs = {kind: read(kind) for kind in KINDS}
        self.behind = {kind: read(kind + "_behind") for kind in KINDS}
        self.purposes = {kind: read(kind + "_purpose") for kind in KINDS}
        self.heads = {kind: read(kind + "_head") for kind in KINDS}
        self.between, self.item, self.day = read("between"), read("item"), read("day")
        self.put, self.known, self.known_day = read("put"), read("known"), read("made_known")
        self.amending, self.carried, self.opening = read("amending"), read("carried"), read("opening")
        self.supposed = knowledge.compiled("relations", "planned", "supposed")

    def __call__(self, reading: Reading) -> Iterator[Link]:
        """All links of the document."""
        runs = self.runs(reading)
        yield from self.titled(reading)
        for run in runs:
            yield from self.ended(reading, run, runs)
            yield from self.told(reading, run, runs)
        yield from self.listed(reading, runs)
        yield from self.named(reading)

    def runs(self, reading: Reading) -> list[list[Name]]:
        """The titles of the text, those of a list together; none that stands in the document's own title."""
        found: list[list[Name]] = []
        for title in reading.titles:
            inside = reading.own and reading.own != title and reading.own.holds(title)
            if title.parent in ("within", "number") or inside:
                continue
            if found and self.between.fullmatch(reading.text, found[-1][-1].end, title.start):
                found[-1].append(title)
            else:
                found.append([title])
        return found

    def titled(self, reading: Reading) -> Iterator[Link]:
        """关于修改〈甲〉〈乙〉的决定: what a title says that its text does to those that it names."""
        outer: Name | None = None
        for title in reading.titles:
            if reading.own and reading.own.holds(title) and reading.own != title:
                outer = reading.own
            elif title.parent == "number":
                continue
            elif title.parent != "within":
                outer = title
                continue
            if outer is None or title.name not in outer.name or title.end >= outer.end:
                continue
            lead = reading.text[outer.start : title.start]
            for kind, pattern in self.purposes.items():
                if pattern.search(lead):
                    yield Link(outer, kind, title, Span(outer.start, outer.end), "title")

    def ended(self, reading: Reading, run: list[Name], runs: list[list[Name]]) -> Iterator[Link]:
        """《甲》同时废止, 对《甲》作如下修改: the text that comes into its place, else the document's own."""
        for kind, pattern in self.behind.items():
            match = pattern.match(reading.text, run[-1].end)
            sentence = reading.sentence(run[0].start)
            if match is None or self.supposed.search(reading.text, sentence.start, run[0].start):
                continue
            subject = self.successor(reading, sentence, run, runs) or reading.own
            passage = Span(run[0].start, match.end())
            if subject and subject.start >= sentence.start and subject.start < run[0].start:
                passage = Span(subject.start, match.end())
            yield from self.links(reading, subject, kind, run, passage)

    def successor(self, reading: Reading, sentence: Span, run: list[Name], runs: list[list[Name]]) -> Name | None:
        """The last text before, in the same sentence, that is put into force or made known there."""
        last = bisect_right(runs, run[0].start, key=lambda r: r[0].start) - 1
        for other in reversed(runs[max(0, last - 2) : last]):
            title = other[-1]
            if title.start < sentence.start:
                break
            before = reading.text[sentence.start : title.start]
            if self.put.match(reading.text, title.end, run[0].start) or self.known.search(before):
                return title
        return None

    def told(self, reading: Reading, run: list[Name], runs: list[list[Name]]) -> Iterator[Link]:
        """《甲》修改了《乙》,废止了《丙》: a text acts on those behind the verb, to the end of its sentence."""
        sentence = reading.sentence(run[0].start)
        lead = reading.text[max(sentence.start, run[0].start - 30) : run[0].start]
        for kind, pattern in self.verbs.items():
            verb = pattern.search(lead)
            if verb is None:
                continue
            start = run[0].start - len(lead) + verb.start()
            before = [r[-1] for r in runs if sentence.start <= r[0].start and r[-1].end <= start]
            subject = self.acting(reading, before[0], start) if before else None
            if subject:
                yield from self.links(reading, subject, kind, run, Span(subject.start, run[-1].end))

    def acting(self, reading: Reading, title: Name, verb: int) -> Name | None:
        """The title, if it opens its clause (alone or behind its maker) and what follows is said of it."""
        clause, gap = reading.clause(title.start), reading.text[title.end : verb]
        if gap and not self.carried.fullmatch(gap):
            return None
        near = [*within(reading.organisations, clause), *within(reading.places, clause)]
        starts = [title.start, *(n.start for n in near if n.end == title.start)]
        return title if any(self.opening.fullmatch(reading.text, clause.start, start) for start in starts) else None

    def listed(self, reading: Reading, runs: list[list[Name]]) -> Iterator[Link]:
        """The texts that a decision numbers under the words that it ends or changes the following."""
        own = reading.own
        if own is None:
            return
        kinds = [kind for kind, pattern in self.heads.items() if pattern.search(own.name)]
        mode = kinds[0] if len(kinds) == 1 else ""
        if not kinds or not self.amending.search(own.name):
            return
        for line in reading.lines:
            first = next(
                (r for r in within_runs(runs, line) if self.item.fullmatch(reading.text, line.start, r[0].start)), None
            )
            told = [kind for kind in kinds if self.heads[kind].search(reading.quote(line))]
            if first:
                one = told[0] if len(told) == 1 else mode
                yield from self.links(reading, own, one, first, Span(first[0].start, first[-1].end)) if one else ()
            elif len(told) == 1:
                mode = told[0]

    def named(self, reading: Reading) -> Iterator[Link]:
        """甲修正案: a text whose name is another's with this behind it."""
        first = {n.name: n for n in reversed(reading.titles)}
        for name, text in first.items():
            match = self.amending.search(name)
            other = first.get(name[: match.start()]) if match else None
            if other:
                yield Link(text, "amends", other, Span(text.start, text.end), "title")

    def links(
        self, reading: Reading, subject: Name | None, kind: str, run: list[Name], passage: Span
    ) -> Iterator[Link]:
        """A link to each of a list; when a text ends, its successor tells, not the day on which it was made."""
        for title in run:
            if subject is None or subject.name == title.name:
                continue
            apart = None if passage.start <= subject.start < passage.end else Span(subject.start, subject.end)
            period = self.since(reading, subject, run[0].start) if kind == "repeals" else None
            yield Link(subject, kind, title, passage, "amendment", apart, period or None)

    def since(self, reading: Reading, subject: Name, position: int) -> str:
        """The day from which on one text is in the place of another: 自某日起施行, 自印发之日起."""
        stretch = Span(at(reading.lines, position).start, reading.sentence(position).end)
        days = [p.value for p in within(reading.periods, stretch) if self.day.match(reading.text, p.end)]
        force = [v for name, key, v in reading.attributes if key == "inForceFrom" and name.name == subject.name]
        known = subject == reading.own and self.known_day.search(reading.text, stretch.start, stretch.end)
        return next(iter([*days, *force]), reading.meta.get("date", "") if known else "")


def within_runs(runs: list[list[Name]], line: Span) -> list[list[Name]]:
    """The lists of titles that begin in a line."""
    first = bisect_right(runs, line.start - 1, key=lambda r: r[0].start)
    last = bisect_right(runs, line.end - 1, key=lambda r: r[0].start)
    return runs[first:last]
