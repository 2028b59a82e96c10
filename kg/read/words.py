"""``ontology/patterns/reading.toml`` as records: what the readers must know of the language and of web pages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resources import ontology_folder

DATE = re.compile(r"((?:19|20)\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)|((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Page:
    """What tells a document from the page around it. Names are lower-case ids, classes and tags."""

    container: frozenset[str]
    title: frozenset[str]
    furniture: re.Pattern[str]  # a word of an id or class
    button: re.Pattern[str]  # one of those that stand on a line, without its filling
    frame: re.Pattern[str]
    label: re.Pattern[str]
    labels: re.Pattern[str]  # each with the mark that parts it from its value
    date: re.Pattern[str]
    attachment: re.Pattern[str]
    file: re.Pattern[str]  # an address
    sentence: str  # marks that end a sentence
    colon: str

    def is_buttons(self, text: str) -> bool:
        """Whether a text says nothing but what buttons and counters say.

        >>> words().page.is_buttons("【打印】 【关闭窗口】"), words().page.is_buttons("关闭窗口的通知")
        (True, False)
        """
        text, at = squeezed(text).lower(), 0
        # Button by button: one pattern for any number of them could be matched in too many ways to try.
        while (match := self.button.match(text, at)) and match.end() > at:
            at = match.end()
        return 0 < at == len(text)


@dataclass(frozen=True, slots=True)
class Numerals:
    """The signs of the numbers that Word writes; of `counting` and `legal`, the digits and the units."""

    counting: Sequence[str]
    legal: Sequence[str]
    digits: str
    stems: str
    branches: str


@dataclass(frozen=True, slots=True)
class Words:
    """The whole file: `fields` gives the names under which a document states each of its hints, best first."""

    fields: Mapping[str, tuple[str, ...]]
    nobody: re.Pattern[str]  # a publisher that is none
    ourselves: re.Pattern[str]  # before the name of a publisher
    page: Page
    page_number: re.Pattern[str]
    filling: str
    opening: re.Pattern[str]
    numerals: Numerals

    def hints(self, stated: Mapping[str, str]) -> dict[str, str]:
        """The hints among the `stated` fields (names in lower case); dates as ISO 8601."""
        found: dict[str, str] = {}
        for hint, names in self.fields.items():
            values = (stated.get(name, "").strip() for name in names)
            if hint == "date":
                values = (iso(value) for value in values)
            if hint == "publisher":
                values = ("" if self.nobody.fullmatch(value) else self.ourselves.sub("", value) for value in values)
            if value := next(filter(None, values), ""):
                found[hint] = value
        return found


def iso(text: str) -> str:
    """The first day that `text` names, as ISO 8601; empty if it names none.

    >>> iso("2022-05-16 08:12:18 +0800"), iso("2024年1月5日"), iso("today")
    ('2022-05-16', '2024-01-05', '')
    """
    match = DATE.search(text)
    if not match:
        return ""
    year, month, day = (int(part) for part in match.groups() if part)
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


@cache
def _filling() -> re.Pattern[str]:
    return re.compile(words().filling)


def squeezed(text: str) -> str:
    """A text without blank space and brackets, to compare."""
    return _filling().sub("", text)


def pattern(text: str) -> re.Pattern[str]:
    """`text` as a pattern; line ends and the indentation after them are layout of the file."""
    return re.compile(re.sub(r"\n\s*", "", text))


@cache
def words() -> Words:
    """The file, read once."""
    path = ontology_folder() / "patterns" / "reading.toml"
    tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    fields, lines = tables["fields"], tables["lines"]
    return Words(
        fields={hint: tuple(listed) for hint, listed in fields.items() if isinstance(listed, list)},
        nobody=pattern(fields["publishers"]["nobody"]),
        ourselves=pattern(fields["publishers"]["ourselves"]),
        page=_page(tables["page"]),
        page_number=pattern(lines["page"]),
        filling=lines["filling"],
        opening=pattern(lines["opening"]),
        numerals=Numerals(**tables["numerals"]),
    )


def _page(table: Mapping[str, Any]) -> Page:
    label, colon = table["label"], table["colon"]
    return Page(
        container=frozenset(map(str.lower, table["container"])),
        title=frozenset(map(str.lower, table["title"])),
        furniture=pattern(table["furniture"]),
        button=pattern(table["button"]),
        frame=pattern(table["frame"]),
        label=pattern(label),
        labels=pattern(rf"({label})[\s\u3000]*[{colon}][\s\u3000]*|(?:^|\t)({label})\t"),
        date=pattern(table["date"]),
        attachment=pattern(table["attachment"]),
        file=pattern(table["file"]),
        sentence=table["sentence"],
        colon=colon,
    )
