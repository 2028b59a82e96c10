"""A page as an element tree → the same without what is not read: scripts, what is hidden, menus, buttons.

Names of elements mislead, so nothing goes by its name alone that holds the title of the document or most of the text.
"""

from __future__ import annotations

import re

from kg.read.flow import Element, names
from kg.read.words import Page, squeezed

SILENT = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map"),
    *("select", "button", "input", "textarea", "datalist"),
)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
LEAST_SEEN = 0.25  # of the running text must be visible, or hiding is what a script undoes
LARGEST_FURNITURE = 0.5  # of the running text: beyond, a name such as "main-header" misleads


def clear(body: Element, title: str, page: Page) -> None:
    """Take out of the page what no reader sees, and what stands around every document of the site."""
    for element in list(body.iter(*SILENT)):
        remove(element)
    _remove_hidden(body, page)
    _remove_furniture(body, title, page)


def remove(element: Element) -> None:
    """Take an element out, and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def weigh(body: Element) -> dict[Element, int]:
    """Of every element, the characters of running text in it: outside links, blank space left out."""
    elements = list(body.iter())
    linked = {inner for link in body.iter("a") for inner in link.iter()}
    weights = {e: len(squeezed(e.text)) if e.text and e not in linked else 0 for e in elements}
    for element in reversed(elements):
        parent = element.getparent()
        if element is not body and parent is not None:
            tail = element.tail if element.tail and parent not in linked else ""
            weights[parent] += weights[element] + len(squeezed(tail))
    return weights


def _remove_hidden(body: Element, page: Page) -> None:
    """Take out what is not shown; but a script may show the document, so not its element, nor most of the text."""
    named = [element for element in body.iter() if names(element) & page.container]
    known = {above for element in named for above in (element, *element.iterancestors())}
    hidden = {e for e in body.iter() if ("hidden" in e.attrib or HIDDEN.search(e.get("style", ""))) and e not in known}
    outermost = [e for e in hidden if e is not body and not any(above in hidden for above in e.iterancestors())]
    weights = weigh(body)
    seen = weights[body] - sum(weights[e] for e in outermost)
    if seen >= LEAST_SEEN * weights[body]:
        for element in outermost:
            remove(element)


def _remove_furniture(body: Element, title: str, page: Page) -> None:
    weights = weigh(body)
    limit = LARGEST_FURNITURE * weights[body]
    for element in list(body.iter()):
        if element is body or weights[element] > limit or not _is_furniture(element, page):
            continue
        if not (title and squeezed(title) in squeezed("".join(element.itertext()))):
            remove(element)


def _is_furniture(element: Element, page: Page) -> bool:
    return any(page.furniture.fullmatch(name) for name in names(element)) and not names(element) & page.container


def remove_buttons(body: Element, core: Element, page: Page) -> None:
    """Take out what stands on one line with the date and source, but is a button or counter."""
    kept = {core, *core.iterdescendants(), *core.iterancestors()}
    for element in list(body.iter()):
        if element not in kept and len(element) <= 3 and page.is_buttons("".join(element.itertext())):
            remove(element)
