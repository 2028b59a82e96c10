"""An element tree → the lines that a page shows: a block begins a line, ``<br>`` ends one, a row of a table is one.

Blank space is layout in HTML: a run of it is one space, or nothing where the file merely breaks a line between two CJK
characters. Full-width and no-break spaces are characters and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

Element = etree._Element  # the class has no public name

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
        ),
        *(
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
        ),
        *(
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
        ),
        *("th", "thead", "title", "tr", "ul"),
    }
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
BLOCK_STYLE = re.compile(r"display\s*:\s*(block|table|flex|grid|list-item)")
KEPT_LINES = re.compile(r"white-space\s*:\s*pre")
KINDS = ("core", "around", "a", "heading", "pre", "row")
# NUL and SOH cannot occur in a tree of elements, so they can stand for what is not text yet.
CELL, PARAGRAPH = "\0", "\1"
BLANK = re.compile("[ \t\n\r\f]+")
IN_CELL = re.compile(f" ?{PARAGRAPH}[ {PARAGRAPH}]*")
BESIDE_CELL = re.compile(f" ?{CELL} ?")
WIDEST_CELL = 400  # characters; a cell of several paragraphs that is longer is a column of a page, not of a table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; `linked` counts its characters in links, `links` are their addresses."""

    text: str
    inside: bool  # of the element that holds the document
    near: bool  # inside of the element around that
    heading: bool
    linked: int
    links: tuple[str, ...]
    names: frozenset[str]  # tag, id and classes of its block


@dataclass(slots=True)
class Flow:
    """The walk over a tree: what of the line is read, and in which kinds of element it stands."""

    core: Element | None
    around: Element | None
    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    linked: int = 0
    depth: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    block: Element | None = None

    def text(self, text: str | None) -> None:
        """Read a piece of text."""
        if text:
            self.pieces.append(text)
            if self.depth["a"]:
                self.linked += len(text.strip())

    def end(self) -> Iterator[Line]:
        """The line read so far, if there is anything on it."""
        whole = "".join(self.pieces)
        for text in whole.split("\n") if self.depth["pre"] else [whole]:
            text = settled(text)
            if text and not text.isspace():
                yield Line(
                    text=text,
                    inside=self.depth["core"] > 0,
                    near=self.depth["around"] > 0,
                    heading=self.depth["heading"] > 0,
                    linked=self.linked,
                    links=tuple(self.links),
                    names=names(self.block) if self.block is not None else frozenset(),
                )
        self.pieces, self.links, self.linked = [], [], 0


def lines(root: Element, core: Element | None = None, around: Element | None = None) -> Iterator[Line]:
    """The lines of `root` in order; those in `core` and those in `around` are marked."""
    flow = Flow(core, around)
    above = set(core.iterancestors()) if core is not None else set()
    tables = {table for table in root.iter("table") if table not in above and is_data(table)}
    rows = {row for table in tables for row in table.iter("tr")}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        opens = event == "start"
        yield from _boundary(flow, element, opens, element in rows)
        _kind(flow, element, 1 if opens else -1, element in rows)
        if not opens and flow.depth["row"] and element.tag in CELLS:
            flow.pieces.append(CELL)
        flow.text(element.text if opens else element.tail if element is not root else None)
    yield from flow.end()


def _boundary(flow: Flow, element: Element, opens: bool, is_row: bool) -> Iterator[Line]:
    """What the edge of an element means for the line: its end, a new paragraph in a cell, or nothing."""
    if (element.tag == "br" and opens) or is_block(element):
        if flow.depth["row"] and not is_row:
            flow.pieces.append("" if element.tag in CELLS else PARAGRAPH)
        else:
            yield from flow.end()
            flow.block = element if opens and element.tag != "br" else element.getparent()


def _kind(flow: Flow, element: Element, step: int, is_row: bool) -> None:
    """Enter or leave the kinds of element that matter for what is read in them."""
    depth = flow.depth
    depth["core"] += step * (element is flow.core)
    depth["around"] += step * (element is flow.around)
    depth["heading"] += step * (element.tag in HEADINGS)
    depth["row"] += step * is_row
    style = element.get("style")
    depth["pre"] += step * (element.tag == "pre" or (style is not None and KEPT_LINES.search(style) is not None))
    if element.tag == "a":
        depth["a"] += step
        if step > 0:
            flow.links.append(element.get("href", ""))


def is_block(element: Element) -> bool:
    """Whether the element begins and ends a line."""
    style = element.get("style")
    return element.tag in BLOCKS or (style is not None and BLOCK_STYLE.search(style) is not None)


def is_data(table: Element) -> bool:
    """Whether the table shows rows and columns, rather than being the frame of a page or of an annex."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    cells = list(table.iter("td", "th"))
    sizes = [sum(map(len, cell.itertext())) for cell in cells]
    widest = max(zip(sizes, cells, strict=True), key=lambda pair: pair[0], default=(0, table))
    rows = sum(1 for _ in table.iter("tr"))
    column = widest[0] > max(WIDEST_CELL if rows > 1 else 0, sum(sizes) // 2) and holds_lines(widest[1], 3)
    return len(cells) > 1 and not column


def holds_lines(element: Element, least: int = 1) -> bool:
    """Whether an element holds at least so many paragraphs or line ends."""
    return sum(inner.tag == "br" or is_block(inner) for inner in element.iterdescendants()) >= least


def names(element: Element) -> frozenset[str]:
    """Tag, id and classes of an element, in lower case.

    >>> sorted(names(etree.fromstring('<div id="Zoom" class="TRS_Editor main"/>')))
    ['div', 'main', 'trs_editor', 'zoom']
    """
    return _names(str(element.tag), element.get("id", ""), element.get("class", ""))


@lru_cache(4096)
def _names(tag: str, identity: str, classes: str) -> frozenset[str]:
    return frozenset(word.lower() for word in (tag, identity, *classes.split()) if word)


def settled(text: str) -> str:
    """The characters of a line without the layout of the file."""
    text = BLANK.sub(_blank, text).strip(" ")
    text = BESIDE_CELL.sub(CELL, IN_CELL.sub(PARAGRAPH, text))
    text = text.replace(f"{PARAGRAPH}{CELL}", CELL).replace(f"{CELL}{PARAGRAPH}", CELL)
    return text.replace(CELL, "\t").replace(PARAGRAPH, " ").strip("\t ")


def _blank(match: re.Match[str]) -> str:
    """A run of blank space as it is shown: nothing if it only wraps a line between two CJK characters."""
    text, start, end = match.string, match.start(), match.end()
    wraps = "\n" in match[0] and start > 0 and end < len(text) and is_cjk(text[start - 1]) and is_cjk(text[end])
    return "" if wraps else " "


def is_cjk(character: str) -> bool:
    """Whether a character is written without spaces around it: ideographs, their punctuation, curly quotes, dashes."""
    return ord(character) >= 0x2E80 or 0x2010 <= ord(character) <= 0x2027
