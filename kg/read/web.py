"""A saved page of a public body → its document; what its head and table of information state goes to the hints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from kg.read.article import BY_LINE, article
from kg.read.encoding import decode
from kg.read.flow import HEADINGS, Element, settled
from kg.read.markup import without_html
from kg.read.reading import Reading
from kg.read.words import Page, squeezed, words

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w]+)""", re.I)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
SITE = re.compile(r"\s*[_|\uff5c]|\s+-+\s*|\s*-+\s+")  # what parts the title of a page from the name of its site
LONGEST_VALUE = 200  # characters
# What the parser lets into a tree, raw and as &#1;, although a tree may not hold it.
CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")
HEAD = 4096  # bytes and characters in which a page declares itself


def read(data: bytes, path: Path) -> Reading:
    """An .html file, in whatever encoding: what it declares is believed only if it is not UTF-8."""
    declared = DECLARED.search(data[:HEAD])
    return read_page(decode(data, path, declared[1].decode("ascii") if declared else None))


def read_page(text: str) -> Reading:
    """A page whose characters are known."""
    root = _tree(text)
    if root is None:
        return Reading(without_html(text))
    page = words().page
    stated = _stated(root)
    if saved := SAVED_FROM.search(text[:HEAD]):
        stated.setdefault("url", saved[1])
    title = stated.setdefault("title", _title(root, stated))
    body = root.find("body")
    found = article(body if body is not None else root, title, page)
    hints = words().hints({**stated, **_labelled(found.head + found.body[:BY_LINE], page)})
    return Reading("\n".join(found.head + found.body + found.tail), hints)


def _tree(text: str) -> Element | None:
    """The elements of a page, however broken; none if it is empty, or nested deeper than the parser reads."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # Given bytes, since the parser would believe what a text declares of its encoding; it stops at NUL.
    root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser) if text.strip() else None
    for element in root.iter() if root is not None else ():
        if (inside := element.text) and CONTROLS.search(inside):
            element.text = CONTROLS.sub(" ", inside)
        if (behind := element.tail) and CONTROLS.search(behind):
            element.tail = CONTROLS.sub(" ", behind)
    too_deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals())
    return None if too_deep else root


def _stated(root: Element) -> dict[str, str]:
    """The fields of the head, names in lower case, the first of a name."""
    fields: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = (meta.get("content") or "").strip()
        if name and value:
            fields.setdefault(name, value)
    return fields


def _title(root: Element, stated: Mapping[str, str]) -> str:
    """The title that the head states; else what of ``<title>`` is a line of the page: without the name of the site."""
    if given := stated.get("articletitle") or stated.get("og:title"):
        return given
    whole = settled("".join(root.findtext("head/title") or root.findtext(".//title") or ""))
    wanted = squeezed(whole)
    simple = (element for element in root.iter(*HEADINGS, "p", "div", "td", "span") if not len(element))
    texts = ("".join(element.itertext()) for element in simple)
    same = (settled(text) for text in texts if len(text) < 2 * len(whole) and wanted.startswith(squeezed(text)))
    return max(same, key=len, default="") or SITE.split(whole)[0]


def _labelled(head: Iterable[str], page: Page) -> dict[str, str]:
    """Labels and values of the table of information and the by-line above the document."""
    fields: dict[str, str] = {}
    for line in head:
        if len(line) > LONGEST_VALUE and "\t" not in line:
            continue
        if dated := page.date.match(line.strip()):
            fields.setdefault("date", dated[0])
        matches = list(page.labels.finditer(line))
        for match, following in zip_longest(matches, matches[1:]):
            value = line[match.end() : following.start() if following else None].strip()
            label = squeezed(match[1] or match[match.re.groups // 2 + 1])
            if value and len(value) <= LONGEST_VALUE:
                fields.setdefault(label, value)
    return fields
