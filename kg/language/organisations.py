"""Organisations by structure: suffix first, then what stands to its left (a department's stem, a place, free words)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, load
from kg.language.anchors import Anchors
from kg.language.cues import Cued
from kg.language.departments import Departments
from kg.language.firms import Firms
from kg.language.gazetteer import gazetteer_of
from kg.language.matching import Words
from kg.language.reading import Name, Reading, Span, in_order


class Organisations:
    """Fills ``reading.organisations`` with mentions; local words in them (市司法局) are resolved later."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.table = knowledge.patterns("organisations")
        self.bodies = {row["name"]: row["kind"] for _, row in knowledge.rows("bodies")}
        self.roots = self.table["prefix"]["roots"]
        self.body_words = Words(self.bodies)
        self.suffixes = dict(knowledge.suffixes)
        self.suffix_words = Words(self.suffixes)
        self.anchors = Anchors(knowledge)
        self.not_after = {word: re.compile(p) for word, p in self.table["not_after"].items()}
        self.not_last = {word: re.compile(p) for word, p in self.table["not_last"].items()}
        self.generic = re.compile(self.table["generic"]["before"])
        self.kinds = re.compile(f"{self.table['generic']['names']}|{self.table['generic']['class']}")
        self.single = set(self.table["prefix"]["single"])
        unit, heir = self.table["unit"], self.table["heir"]
        self.gazetteer, self.fields = gazetteer_of(knowledge), knowledge.words("departments")
        self.twin = re.compile(heir["twin"])
        self.heir, self.mark, self.of_body = re.compile(heir["body"]), heir["mark"], heir["of_body"]
        self.seat, self.meeting = re.compile(unit["seat"]), re.compile(unit["meeting"])
        self.branch, self.branched = re.compile(unit["branch"]), set(unit["branched"])
        self.team = re.compile(unit["team"])
        self.inner, self.committee, self.of = re.compile(unit["inner"]), re.compile(unit["committee"]), set(unit["of"])
        self.article, self.formal = re.compile(self.table["law"]["article"]), Cued(unit["formal"], unit["formal_holds"])
        self.levels = re.compile(self.table["law"]["levels"])
        self.firms = Firms(knowledge)
        self.departments = Departments(knowledge, self.anchors)
        self.office = re.compile(self.table["unit"]["office"])
        self.alone = Cued(unit["alone"], unit["alone_holds"])
        self.housed = [re.compile(unit[key]) for key in ("house", "listed")]
        self.self_words = Cued(self.table["self"]["words"], self.table["self"]["hold"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        text = reading.text
        law = sum(1 for line in reading.lines if self.article.match(reading.quote(line))) > 1
        found = [name for span in self.body_words.find(text) for name in self.central(text, span)]
        found += self.formally(text)
        found += self.by_suffix(text)
        found += self.departments(text, law)
        found = longest(found, self.single)
        for _ in range(2):  # a unit, and what is within the unit
            found = longest([*found, *(unit for name in found for unit in self.units(text, name))], self.single)
        found = self.twins(text, found)
        found = [*self.heirs(text, nested(found)), *found]
        found += self.firms(reading, in_order(found))
        found += [other for name in found for other in self.departments.shared(text, name)]
        found += self.departments.of_levels(text, law)
        found += [self.bare_unit(text, m) for m in self.alone.finditer(text)]
        found += [
            Name(*m.span(), type="Organisation", name=m.group(), kind="unit")
            for pattern in self.housed
            for m in pattern.finditer(text)
        ]
        found += [
            Name(m.start(), m.end(), type="Organisation", name=m.group(), kind="self", alias=True)
            for m in self.self_words.finditer(text)
        ]
        reading.organisations = in_order(nested(found))
        return doc

    def by_suffix(self, text: str) -> Iterator[Name]:
        """Names by their ending; of two endings at one place the longer tells the kind."""
        seen: set[tuple[int, int]] = set()
        for span in sorted(self.suffix_words.find_all(text), key=lambda s: (s.end, s.start)):
            name = self.read(text, span)
            if name is not None and (name.start, name.end) not in seen:
                seen.add((name.start, name.end))
                yield name

    def formally(self, text: str) -> Iterator[Name]:
        """Bodies by their formal names: 中国共产党第二十届中央委员会; 全党."""
        for m in self.formal.finditer(text):
            name = self.table["prefix"]["called"].get(m.group(), m.group())
            yield Name(m.start(), m.end(), "Organisation", name, str(m.lastgroup), alias=name != m.group())

    def central(self, text: str, span: Span) -> Iterator[Name]:
        """A known body, with the body that its name begins with (国务院 in 国务院办公厅)."""
        if not self.ends(text, span) or self.in_place(text, span):
            return
        word = text[span.start : span.end]
        for root in self.roots:
            if word.startswith(root) and word != root:
                yield Name(span.start, span.start + len(root), type="Organisation", name=root, kind=self.bodies[root])
        of = self.table["prefix"]["of"].get(word, "")
        yield Name(span.start, span.end, type="Organisation", name=word, kind=self.bodies[word], parent=of)

    def ends(self, text: str, span: Span) -> bool:
        """Whether the word stops here rather than goes on (部 in 部门)."""
        before = self.not_last.get(text[span.start : span.end])
        if before and before.match(text, span.start - 1):
            return False
        for size in (1, 2):
            pattern = self.not_after.get(text[span.end - size : span.end])
            if pattern and pattern.match(text, span.end):
                return False
        return True

    def in_place(self, text: str, span: Span) -> bool:
        """Whether a central body's short name is the tail of a local one: 林业局 in 市林业局."""
        start = self.anchors.place(text, span.start)
        return start < span.start

    def read(self, text: str, span: Span) -> Name | None:
        """The name that ends with this suffix."""
        word = text[span.start : span.end]
        ways = {"stem": self.anchors.by_stem, "place": self.anchors.by_place, "open": self.anchors.by_words}
        if not self.ends(text, span):
            return None
        starts = [(ways[suffix.anchor](text, span), suffix.kind) for suffix in self.suffixes[word]]
        start, kind = min(((s, kind) for s, kind in starts if s is not None), default=(span.end, ""))
        name = self.anchors.session.sub("", text[start : span.end])
        if len(name) < span.end - start and self.meeting.match(text, span.end):  # 市二届人大三次会议: a date
            return None
        shared = self.anchors.shared.search(name)
        if shared and shared.start() > 0:
            name = name[: shared.start()] + word
        if not kind or self.kinds.match(name) or self.generic.search(text, max(0, start - 6), start):
            return None
        if self.levels.match(name) and self.levels.match(text, start - 1):  # 旗县区, 区县: kinds of places
            return None
        return Name(start, span.end, type="Organisation", name=name, kind=kind)

    def twins(self, text: str, names: list[Name]) -> list[Name]:
        """The names; of two bodies of one place, 贵州省委和省政府, the second one's level is the place of the first."""
        ends = {name.end: name for name in names}
        found = []
        for name in names:
            first = ends.get(name.start - 1) if self.twin.match(text, name.start - 1) else None
            size = self.gazetteer.head(first.name, "")[0] if first else 0
            if first and size > 1 and first.name[size - 1] == name.name[0]:
                name = replace(name, name=first.name[:size] + name.name[1:])
            found.append(name)
        return found

    def heirs(self, text: str, names: list[Name]) -> Iterator[Name]:
        """Bodies that share the place of the one named before them: 市公安局、检察院, 市委组织部、宣传部."""
        taken = {name.start: name for name in names}
        for name in names:
            end = name.end
            size = self.gazetteer.head(name.name, "")[0] if text.startswith(self.mark, end) else 0
            while size and text.startswith(self.mark, end):
                match = self.heir.match(text, end + 1)
                if match is None or (match["field"] and match["field"] not in self.fields):
                    break
                other = taken.get(match.start())  # a name of its own, unless any place may have one: 气象局
                central = match["suffix"] in (None, self.of_body) and other is not None and other.name in self.bodies
                if other and (other.end != match.end() or central):
                    break
                if not self.ends(text, Span(match.start(match.lastgroup or 0), match.end())):
                    break
                of_body = name.parent and match["suffix"] == self.of_body
                full = (name.parent if of_body else name.name[:size]) + match.group()
                parent = name.parent if of_body else ""
                end = match.end()
                yield Name(match.start(), end, type="Organisation", name=full, kind=name.kind, parent=parent)

    def units(self, text: str, name: Name) -> list[Name]:
        """Units whose names follow the body's: 自治区司法厅|法治督察处."""
        seat = self.seat.match(text, name.end)
        if seat:
            start, unit = seat.start("unit"), name.name + seat["unit"]
            return [Name(start, seat.end(), type="Organisation", name=unit, kind="unit", parent=name.name)]
        match = self.inner.match(text, name.end)
        if match is None and name.kind in self.of:
            match = self.committee.match(text, name.end)
        if match is None and name.kind in self.branched:
            match = self.branch.match(text, name.end) or self.team.match(text, name.end)
        if match is None or name.kind == "self":
            return []
        unit = name.name + match.group()
        kind = name.kind if self.office.search(unit) or match.re is self.branch else "unit"
        return [Name(name.start, match.end(), type="Organisation", name=unit, kind=kind, parent=name.name)]

    def bare_unit(self, text: str, match: re.Match[str]) -> Name:
        """A unit named before its head alone: 法治督察处(处长)."""
        name = match.group()
        cut = max((m.end() for m in self.anchors.stop.finditer(name)), default=0)
        return Name(match.start() + cut, match.end(), type="Organisation", name=name[cut:], kind="unit")


def longest(names: list[Name], single: Collection[str] = ()) -> list[Name]:
    """Of names with one end the longest; of crossing ones the first; 市委 in 市委宣传部 stays."""
    kept: list[Name] = []
    reach = Span(0, 0)
    for name in sorted(dict.fromkeys(names), key=lambda n: (n.start, -n.end, n.kind)):
        if name.start >= reach.end:
            reach = name
        elif name.start > reach.start or any(kept[-1].name.endswith(word) for word in single):
            continue
        kept.append(name)
    return kept


def nested(names: list[Name]) -> list[Name]:
    """The names with `parent` set where one starts another."""
    kept: list[Name] = []
    here: list[Name] = []  # the names that start where the last one does, the shorter first
    for name in sorted(dict.fromkeys(names), key=lambda n: (n.start, n.end, not n.parent, n.kind)):
        here = here if here and here[0].start == name.start else []
        if here and here[-1].end == name.end:
            continue
        parent = name.parent or next((n.name for n in reversed(here) if name.name.startswith(n.name)), "")
        here.append(replace(name, parent=parent) if parent != name.parent else name)
        kept.append(here[-1])
    return kept


@Language.factory("kg_organisations")
def make(nlp: Language, name: str) -> Organisations:
    """The factory by which spaCy makes the component."""
    return Organisations(load())
