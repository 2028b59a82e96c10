"""What stands before the body of a document: which lines are its title, which say whose it is and when it was made."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Line, Name, Reading, Span, within


class Headers:
    """Finds the title among the first lines of a document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.limits = table = knowledge.patterns("metadata")["title"]
        self.skip, self.endings = re.compile(table["skip"]), re.compile(table["endings"])
        self.no_title, self.part = re.compile(table["no_title"]), re.compile(table["part"])
        self.byline, self.body = re.compile(table["byline"]), re.compile(table["body"])
        self.subtitle, self.bulletin, self.issue = (re.compile(table[key]) for key in ("subtitle", "bulletin", "issue"))
        self.spaced = re.compile(table["spaced"])
        self.onward, self.parallel = re.compile(table["onward"]), re.compile(table["parallel"])
        self.continues, self.site = re.compile(table["continues"]), re.compile(table["site"])
        number = knowledge.patterns("metadata")["number"]["line"]
        self.number = re.compile(number.replace("<number>", knowledge.patterns("titles")["number"]))

    def title(self, reading: Reading) -> Span:
        """The lines of the title; an empty span where there is none."""
        groups, opened = self.candidates(reading)
        for group in groups:
            for first in range(len(group)):
                found = self.ending(reading, group[first:])
                if found:
                    return self.subtitled(reading, found)
        found = self.headline(reading, groups) if opened else Span(0, 0)
        if found.end > found.start:
            return self.subtitled(reading, found)
        heads = (line for line in reading.lines[: self.limits["lines"]] if self.heads_bulletin(reading, line))
        return next((Span(line.start, line.end) for line in heads), Span(0, 0))

    def subtitled(self, reading: Reading, title: Span) -> Span:
        """A title with the line below that goes on with it."""
        below = next((line for line in reading.lines[: self.limits["lines"]] if line.start >= title.end > 0), None)
        more = self.subtitle.match(reading.quote(below).rstrip()) if below else None
        return Span(title.start, below.end) if more and below else title

    def candidates(self, reading: Reading) -> tuple[list[list[Line]], bool]:
        """Runs of adjacent lines that may be the title, up to the body; whether anything stands around them."""
        groups: list[list[Line]] = [[]]
        opened = False
        for line in reading.lines[: self.limits["lines"]]:
            text = reading.quote(line)
            short = len(text) <= self.limits["paragraph"]
            furniture = (
                (short and self.skip.search(text)) or self.number.match(text) or self.heads_bulletin(reading, line)
            )
            if not furniture and (line.level or len(text) > self.limits["longest"] or self.body.search(text)):
                opened = True
                break
            byline = not furniture and self.byline.search(text)
            if byline and any(not self.names_body(reading, each) for group in groups for each in group):
                opened = True
                break
            if furniture or byline:
                opened = True
                groups.append([])
            else:
                groups[-1].append(line)
        return [group for group in groups if group], opened

    def heads_bulletin(self, reading: Reading, line: Line) -> bool:
        """Whether a line is a bulletin's name, with its number below."""
        if not self.bulletin.match(reading.quote(line)):
            return False
        below = next((each for each in reading.lines[: self.limits["lines"]] if each.start > line.start), None)
        return below is not None and self.issue.match(reading.quote(below)) is not None

    def ending(self, reading: Reading, lines: list[Line]) -> Span | None:
        """The first lines as far as they end like a title."""
        joined = ""
        for index, part in enumerate(lines[: self.limits["wraps"]]):
            text = self.tight(reading.quote(part))
            alone = index == 1 and self.names_body(reading, lines[0])
            if self.no_title.search(text) or self.part.match(text) or (alone and not self.continues.match(text)):
                return None
            joined += text
            if len(joined) > self.limits["longest"]:
                return None
            ends = len(joined) >= self.limits["shortest"] and self.endings.search(self.tight(self.site.sub("", joined)))
            if ends and not (index == 0 and self.unfinished(reading, lines)):
                return Span(lines[0].start, part.end)
        return None

    def unfinished(self, reading: Reading, lines: list[Line]) -> bool:
        """Whether the line below goes on with this one: 关于…工作情况 / 的报告."""
        return len(lines) > 1 and self.onward.match(reading.quote(lines[1])) is not None

    def headline(self, reading: Reading, groups: list[list[Line]]) -> Span:
        """The first line that can be a title although no word at its end says so."""
        every = [line for group in groups for line in group]
        for index, line in enumerate(every):
            if self._heads(reading, line):
                more = every[index + 1 : index + 2] if self.parallel.fullmatch(reading.quote(line)) else []
                return Span(line.start, more[0].end if more and self._heads(reading, more[0]) else line.end)
        return Span(0, 0)

    def _heads(self, reading: Reading, line: Line) -> bool:
        """Whether a line can be a headline."""
        text = self.site.sub("", reading.quote(line))
        fits = self.limits["shortest_line"] <= len(text) <= self.limits["longest_line"]
        return fits and not (self.no_title.search(text) or self.part.match(text) or self.names_body(reading, line))

    def names_body(self, reading: Reading, line: Line) -> bool:
        """Whether a line holds nothing but names of bodies."""
        names = [name for name in within(reading.organisations, line) if name.end <= line.end]
        covered = {index for name in names for index in range(name.start, name.end)}
        rest = sum(not char.isspace() and char not in "、，" for char in reading.quote(line))
        return bool(names) and len(covered) >= 0.9 * rest

    def clean(self, title: str) -> str:
        """A title without the name of the website behind it, its line ends and the spaces between its letters."""
        return "".join(self.tight(self.site.sub("", line)) for line in title.split("\n"))

    def tight(self, line: str) -> str:
        """A line whose letters are set apart, without the spaces."""
        return line.replace(" ", "") if self.spaced.match(line) else line


def below(headers: Headers, reading: Reading, title: Span) -> list[Name]:
    """The body whose name alone stands below the title, and is not spoken to."""
    if title.end == title.start:
        return []
    lines = [line for line in reading.lines[: headers.limits["lines"]] if line.start >= title.end]
    told = next((line for line in lines if not headers.skip.search(reading.quote(line))), None)
    if told is None or told is reading.lines[-1] or not headers.names_body(reading, told):
        return []
    names = [n for n in within(reading.organisations, told) if n.start == told.start and not n.alias]
    return [name for name in names if name.end == told.end][:1]
