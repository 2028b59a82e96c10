"""Titles in 《》 (nested, unclosed), numbers beside them, short names given to them, national laws without brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, expand, load
from kg.language.carriers import CLOSE, OPEN, Carriers, policy
from kg.language.cues import Cued
from kg.language.matching import Words
from kg.language.overlaps import Along
from kg.language.reading import Name, Reading, Span, in_order

LONGEST = 120
SHORTEST = 3  # characters of a law's name that is no common word
BEFORE = 80  # characters before a title in which a list of works can be announced
REMEMBERED = 200  # titles back that a short one may stand for


class Titles:
    """Fills ``reading.titles`` (kind PolicyDocument) and the aliases of titles."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("titles")
        self.not_policy = re.compile(table["not_policy"])
        self.before_work, self.after_work = (re.compile(expand(table, key)) for key in ("before_work", "after_work"))
        self.form = re.compile(f"(?:{'|'.join(map(re.escape, knowledge.forms))}){table['attributes']['tail']}$")
        self.carriers = Carriers(knowledge)
        self.number = Cued(table["number"], table["number_holds"])
        self.number_text = re.compile(table["number_text"])
        self.alias = re.compile(table["alias"])
        self.short, self.detail = re.compile(table["short"]), re.compile(table["detail"])
        self.act_lead, self.act = Cued(expand(table, "act_lead"), table["act_holds"]), re.compile(expand(table, "act"))
        laws = [name for name in knowledge.words("laws") if len(name) >= SHORTEST]
        self.laws = Words([*laws, *(table["republic"] + name for name in laws)])
        self.placed = frozenset(table["placed"])
        self.no_law = re.compile(table["no_law"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        found: list[Name] = []
        spans = bracketed(reading.text)
        works = Along([span for span in spans if self.work(reading.text, span)])
        for span in spans:
            found += [] if works.over(span) else self.titles(reading, span)
        if works.spans:
            reading.places = [place for place in reading.places if not works.over(place)]
        found.sort()
        found = [self.resolve(name, found[:i], reading) for i, name in enumerate(found)]
        acts = self.acts(reading)
        found += [*self.numbers(reading, found), *self.bare(reading, found, Along(acts)), *acts]
        reading.titles = in_order(n for n in found if n.name)
        return doc

    def titles(self, reading: Reading, span: Span) -> list[Name]:
        """The name of a bracketed title, and of each title within it that is not all that it carries."""
        title = reading.text[span.start + 1 : span.end].rstrip(CLOSE)
        if self.not_policy.search(title) or len(title) < 2:
            return []
        name, base = self.carriers.name(title), span.start + 1
        inner = [Span(base + s.start, base + s.end) for s in bracketed(title) if s.end - s.start > 4]
        within = [(s, reading.text[s.start + 1 : s.end - 1]) for s in inner]
        found = [policy(s, text, "within") for s, text in within if text != name]
        of = self.detail.match(name)
        if of and not inner and name in title:
            at = base + title.index(name)
            found.append(policy(Span(at, at + of.end("base")), of["base"], "within"))
        return [policy(span, name), *found]

    def work(self, text: str, span: Span) -> bool:
        """Whether a title that names no form of documents is one of a film, a song, a book or a programme."""
        if self.form.search(text[span.start : span.end].strip(OPEN + CLOSE)):
            return False
        before = self.before_work.search(text, max(0, span.start - BEFORE), span.start)
        return before is not None or self.after_work.match(text, span.end) is not None

    def resolve(self, name: Name, before: list[Name], reading: Reading) -> Name:
        """Note an introduced short name; give a title that is only a kind (《条例》) the full name it stands for."""
        after = reading.text[name.end : name.end + 60]
        introduced = self.alias.match(after)
        if introduced:
            reading.aliases[introduced["short"]] = name.name
        if not self.short.match(name.name):
            return name
        full = reading.aliases.get(name.name)
        if full is None:
            full = next(
                (
                    n.name
                    for n in reversed(before[-REMEMBERED:])
                    if n.name.endswith(name.name) and not n.alias and n.name != name.name
                ),
                "",
            )
        return replace(name, name=full, alias=True)

    def numbers(self, reading: Reading, titles: list[Name]) -> list[Name]:
        """Document numbers as mentions of the title that they stand behind, and of it again where it goes by them."""
        ends = {t.end: t for t in titles}
        found: list[Name] = []
        known: dict[str, Name] = {}
        for match in self.number.finditer(reading.text):
            behind = reading.text[match.start() - 1 : match.start()]
            title = ends.get(match.start() - 1) if behind in ("（", "(") else None
            if title is not None:
                found.append(replace(title, start=match.start(), end=match.end(), alias=True, parent="number"))
                known[match.group()] = title
                continue
            number = next((n for n in known if match.group().endswith(n)), "")
            start, text = match.end() - len(number), self.number_text.match(reading.text, match.end())
            if number and reading.text[start - 1] not in OPEN:
                end = text.end() if text else match.end()
                found.append(replace(known[number], start=start, end=end, alias=True, parent=""))
        return found

    def acts(self, reading: Reading) -> list[Name]:
        """What is heard, passed or carried out without brackets: 听取了关于…的报告; each of a list of them."""
        found: list[Name] = []
        for lead in self.act_lead.finditer(reading.text):
            match = self.act.match(reading.text, lead.end())
            while match:
                found.append(policy(Span(*match.span("name")), match["name"]))
                match = self.act.match(reading.text, match.end())
        return in_order(dict.fromkeys(found))

    def bare(self, reading: Reading, titles: list[Name], acts: Along[Name]) -> list[Name]:
        """National laws that are named without brackets, some within the title of an act."""
        text, ends = reading.text, [t.end for t in titles]
        found = []
        for law in self.laws.find(text):
            next_title = bisect_right(ends, law.start)
            inside = next_title < len(titles) and titles[next_title].start <= law.start
            local = text[law.start - 1 : law.start] in self.placed
            if not (inside or local or reading.splits(law.start) or self.no_law.match(text, law.end)):
                found.append(policy(law, reading.quote(law), "within" if acts.over(law) else ""))
        return found


def bracketed(text: str) -> list[Span]:
    """Outermost titles with their brackets; one that is never closed ends with its clause."""
    found: list[Span] = []
    start, depth = -1, 0
    for match in re.finditer(r"[《》〈〉\n]", text):
        char = match.group()
        if char in OPEN:
            depth += 1
            if depth == 1:
                start = match.start()
        elif char in CLOSE and depth:
            depth -= 1
            if depth == 0 and match.end() - start <= LONGEST:
                found.append(Span(start, match.end()))
        elif char == "\n" and depth:
            end = re.search(r"[，。；\n]", text[start:])
            if end and end.start() > 3:
                found.append(Span(start, start + end.start()))
            depth = 0
    return found


@Language.factory("kg_titles")
def make(nlp: Language, name: str) -> Titles:
    """The factory by which spaCy makes the component."""
    return Titles(load())
