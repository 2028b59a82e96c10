"""What a document says of policies beside their titles: kind, number, the days of issue and of coming into force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.carriers import OPEN
from kg.language.reading import Name, Reading, Span, within
from kg.language.signatures import Dates

NEAR = 80  # characters before and behind a title in which its dates are told
HEAD = 1500
Attribute = tuple[Name, str, str]  # of a title: name of the property, value
KINDS, LEGISLATURE = ("PolicyDocument",), "legislature"


class Attributes:
    """Finds form, documentNumber, issuedOn and inForceFrom of the policy documents that a text names."""

    def __init__(self, knowledge: Knowledge, dates: Dates) -> None:
        self.forms, self.dates = knowledge.forms, dates
        self.longest = max(map(len, self.forms))
        own = knowledge.patterns("titles")["self"]
        self.tail, self.joined, self.row, self.head, self.not_made, self.not_in_force = (
            knowledge.compiled("titles", "attributes", key)
            for key in ("tail", "joined", "row", "head_force", "not_made", "not_in_force")
        )
        self.before, self.after, self.in_force, self.coming = (
            knowledge.compiled("titles", "attributes", key)
            for key in ("before", "after", "in_force", "in_force_before")
        )
        self.own_force, self.own_known = (
            re.compile(own + knowledge.compiled("titles", "attributes", key).pattern)
            for key in ("own_force", "own_known")
        )
        self.own = re.compile(own)

    def __call__(self, reading: Reading, issued: str, maker: Name | None) -> list[Attribute]:
        """The attributes; `issued` is when the document's own policy was, `maker` who made it."""
        texts = (name for name in (*reading.titles, *reading.phrases) if name.kind in KINDS)
        names = {name.name: name for name in texts if name.parent != "number"}
        found = [*self.told(reading, issued), *self.of_own(reading, issued)]
        for name in names.values():
            form = self.form(name, reading, maker)
            if form:
                found.append((name, "form", form))
        return found

    def form(self, name: Name, reading: Reading, maker: Name | None) -> str:
        """The kind that the noun at the end of a title and its maker give it."""
        head = self.tail.sub("", name.name)
        words = (head[-size:] for size in range(min(self.longest, len(head)), 0, -1))
        form = next((self.forms[word] for word in words if word in self.forms), None)
        if form is None:
            return ""
        start = maker.start if maker and name == reading.own else name.start + (reading.text[name.start] in OPEN)
        makers = (n for n in within(reading.organisations, Span(start, start + 1)) if n.kind == LEGISLATURE)
        return form.legislature if any(makers) else form.form

    def told(self, reading: Reading, issued: str) -> Iterator[Attribute]:
        """Dates that stand beside titles in 《》."""
        text, last, said = reading.text, 0, ""
        for title in reading.titles:
            if title.parent or title == reading.own:
                continue
            before = text[max(last, title.start - NEAR, reading.sentence(title.start).start) : title.start]
            after = text[title.end : min(title.end + NEAR, reading.sentence(title.start).end)]
            said = said if last and self.joined.match(text[last : title.start]) else self.date(self.before, before)
            made = said or self.date(self.after, after)
            if made and not (issued and made > issued):
                yield title, "issuedOn", made
            force = self.date(self.coming, before) or self.date(self.in_force, after)
            if force:
                yield title, "inForceFrom", force
            last = title.end

    def date(self, pattern: re.Pattern[str], text: str) -> str:
        """The date that a pattern reads, unless what stands between says that nothing was made then."""
        match = pattern.search(text)
        if match is None:
            return ""
        gap = match.groupdict().get("gap") or ""
        idle = self.not_in_force if pattern is self.in_force else self.not_made
        return "" if self.own.search(gap) or idle.search(gap) else self.dates.partial(match["date"])

    def of_own(self, reading: Reading, issued: str) -> Iterator[Attribute]:
        """Number, day of issue and of coming into force of the policy that the document is."""
        own = reading.own
        if own is None:
            return
        if reading.meta.get("number"):
            yield own, "documentNumber", reading.meta["number"]
        if issued:
            yield own, "issuedOn", issued
        row = self.row.search(reading.text[:HEAD]) or self.head.search(reading.text[:HEAD])
        stated = [*self.own_force.finditer(reading.text)]
        match = stated[-1] if stated else row
        if match:
            yield own, "inForceFrom", self.dates.partial(match["date"])
        elif issued and self.own_known.search(reading.text):
            yield own, "inForceFrom", issued
