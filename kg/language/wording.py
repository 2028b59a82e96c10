"""Votes as names are worded: without what no name begins with, lists that share a head as their members."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.knowledge import Knowledge
from kg.language.lists import Lists
from kg.language.reach import Reach
from kg.language.reading import Name, Reading, Span, in_order
from kg.language.zones import Zones

SHORTEST, SHORT = 2, 4  # characters of a member; of one that does not stand for itself
ENDING = 8  # characters of the longest ending of a body's name
OPEN, CLOSE, LONGEST = "“", "”", 20  # quotation marks, and how far behind a name its own may close
BRACKET = re.compile("[（(]")


@dataclass(slots=True, unsafe_hash=True)
class Vote(Span):
    """A name that the trained reader sees."""

    kind: str = ""


class Wording:
    """Gives votes the bounds that names have, and the members of an enumeration each a name."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("recogniser")
        self.lead, self.tail = re.compile(table["lead"]), re.compile(table["tail"])
        self.shared, self.joint, self.pair = (re.compile(table[key]) for key in ("shared", "joint", "pair"))
        self.nouns = {"PRG": re.compile(table["quoted_programme"]), "MEC": re.compile(table["quoted_mechanism"])}
        self.listed, self.example = re.compile(table["listed"]), re.compile(table["example"])
        self.reach = Reach(knowledge)
        self.suffixes, self.lists, self.zones = knowledge.suffixes, Lists(knowledge), Zones(knowledge)
        self.level, self.uneven = re.compile(table["level"]), int(table["uneven"])
        self.beside = re.compile(table["beside"])
        self.bracketed, self.ranks = re.compile(table["bracketed"]), re.compile(table["ranks"])
        self.verb, self.several = re.compile(table["body_verb"]), re.compile(table["several"])
        self.over: str = table["over"]
        self.run, self.quoted = re.compile(table["quoted_run"]), re.compile(f"{OPEN}[^{OPEN}{CLOSE}]+{CLOSE}")
        self.chiefs, self.chief = re.compile(table["chiefs"]), re.compile(table["chief"])
        self.closed, self.quotes = re.compile(table["closed"]), re.compile(table["quotes"])

    def kind(self, text: str) -> str:
        """The kind that the longest known ending gives."""
        ending = self.ending(text)
        return self.suffixes[ending][0].kind if ending else "institution"

    def ending(self, text: str) -> str:
        """The longest known ending of a body's name, nothing where it has none."""
        ends = (text[-size:] for size in range(min(ENDING, len(text)), 0, -1))
        return next((end for end in ends if end in self.suffixes), "")

    def fitted(self, text: str, vote: Vote) -> Vote:
        """A vote without what no name begins with (全国首批), and with the noun behind it that makes it a programme."""
        vote = self.whole(text, vote)
        first = self.lead.match(text, vote.start, vote.end)
        more = self.tail.match(text, vote.end)
        start, end = first.end() if first else vote.start, more.end() if more else vote.end
        end, kind = quoted_to(text, start, end), "PRG" if more else vote.kind
        if text[end - 1] == CLOSE and kind in self.nouns:
            noun = next(((m, k) for k, nouns in self.nouns.items() if (m := nouns.match(text, end))), None)
            end, kind = (noun[0].end(), noun[1]) if noun else (end, kind)
        return Vote(start, end, kind)

    def whole(self, text: str, vote: Vote) -> Vote:
        """A vote that begins within 省（区、市）, from where that begins."""
        if not BRACKET.search(text, max(0, vote.start - LONGEST), vote.end):
            return vote
        around = self.ranks.finditer(text, max(0, vote.start - LONGEST), vote.end)
        at = next((m.start() for m in around if m.start() < vote.start < m.end() < vote.end), vote.start)
        return vote if at == vote.start else replace(vote, start=at)

    def bodies(self, text: str, vote: Vote) -> list[Vote]:
        """A body without the verb before it; two of 镇人民政府（街道办事处）, 县市场监管局和县茶叶中心."""
        if self.several.search(text, vote.start, vote.end):  # 教育等有关部门: the rules name each of them
            return []
        vote = self.whole(text, vote)
        before = self.verb.match(text, vote.start, vote.end)
        vote = replace(vote, start=before.end()) if before else vote
        inside, pair = (pattern.fullmatch(text, vote.start, vote.end) for pattern in (self.bracketed, self.beside))
        pair = inside if inside and self.ending(inside["second"]) else pair
        pair = pair if pair and self.ending(pair["first"]) else None
        return [Vote(*pair.span(part), vote.kind) for part in ("first", "second")] if pair else [vote]

    def members(self, reading: Reading, name: Name) -> list[Name]:
        """The members of an enumeration, each with the head that they share; else the name itself."""
        text = reading.quote(name)
        if self.run.match(text) or self.chiefs.fullmatch(text):
            pieces = [m.span() for m in (self.quoted if OPEN in text else self.chief).finditer(text)]
            return [replace(name, start=name.start + a, end=name.start + b, name=text[a:b]) for a, b in pieces]
        match = self.shared.match(text) or self.even(text)
        if match is None:
            before = self.listed.match(text)
            at = before.end() if before else 0
            return self.two(reading, replace(name, start=name.start + at, name=text[at:]) if before else name)
        bounds = [m.span() for m in self.joint.finditer(text, 0, match.end("parts"))]
        starts = [0, *(end for _, end in bounds)]
        ends = [*(start for start, _ in bounds), match.end("parts")]
        parts = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        if any(len(part) < SHORTEST or self.quotes.fullmatch(part) is None for part in parts):
            return [name]
        if len(parts) == 1:
            return [replace(name, name=self.named(parts[0], match["head"]))]
        return [
            replace(name, start=name.start + a, end=name.start + b, name=self.named(part, match["head"]))
            for part, a, b in zip(parts, starts, ends, strict=True)
        ]

    def even(self, text: str) -> re.Match[str] | None:
        """A list whose members are much of a length, before the head that they share."""
        match = self.level.fullmatch(text)
        sizes = [len(part) for part in self.joint.split(match["parts"])] if match else []
        return match if len(sizes) > 1 and max(sizes) - min(sizes) <= self.uneven else None

    def two(self, reading: Reading, name: Name) -> list[Name]:
        """The two names of 甲制度和乙机制; a short second one takes what the first is of: 调解员培训制度和退出机制."""
        match = self.pair.fullmatch(reading.quote(name))
        if match is None or any(self.quotes.fullmatch(match[key]) is None for key in ("first", "second")):
            return [name]
        middle, start = name.start + match.end("first"), name.start + match.start("second")
        words = reading.tokens.within(Span(name.start, middle - len(match["head"])))
        of = reading.text[name.start : words[-1].start] if len(words) > 1 and len(match["second"]) <= SHORT else ""
        return [
            replace(name, end=middle, name=match["first"]),
            replace(name, start=start, name=of + match["second"]),
        ]

    def completed(self, reading: Reading, names: Iterable[Name]) -> list[Name]:
        """The names, those of lists with their type, with the zones that some begin with."""
        return in_order(dict.fromkeys(self.zones(reading, self.lists(reading, self.reach(reading, names)))))

    def named(self, part: str, head: str) -> str:
        """A member with the head; one that has a head of its own keeps it."""
        return part if self.closed.search(part) and head != self.over else part + head


def quoted_to(text: str, start: int, end: int) -> int:
    """The end of a name, behind the quotation that it breaks off in, before the end of one that it lies in."""
    opened, closed = text.count(OPEN, start, end), text.count(CLOSE, start, end)
    if opened <= closed:
        return end - 1 if opened < closed and text[end - 1] == CLOSE else end
    close = text.find(CLOSE, end, end + LONGEST)
    return close + 1 if close >= 0 and OPEN not in text[end:close] and "\n" not in text[end:close] else end


def called(example: re.Pattern[str], reading: Reading, name: Name) -> Name:
    """“甲”等丙模式 as “甲”丙模式, whose mention is the quotation."""
    match = example.fullmatch(reading.text, name.start, name.end) if name.type == "Mechanism" else None
    return replace(name, end=match.end("quote"), name=match["quote"] + match["head"]) if match else name
