"""A page as an element tree → the lines that are its document: title, table of information, body, attachments' names.

The document is looked for by where the running text stands: the smallest element that holds nine tenths of it. There
everything is kept but buttons; outside, only what is recognised as part of it. So an unknown container loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.read.flow import Element, Line, holds_lines, is_data, lines, names
from kg.read.furniture import clear, remove_buttons, weigh
from kg.read.words import Page, squeezed

MOST = 0.9  # of the running text stands in the document's element
LEAST_KNOWN = 0.3  # of the running text, if the element's name tells that it holds a document
LABELLED = 100  # characters; longer lines are text, even if they begin with a label
BY_LINE = 6  # lines of the body, among which date and source may stand
SHORTEST_LINK = 12  # characters, of a link that is the title of a document rather than an entry of a menu
PROSE = 30  # characters; a sentence beside the body that is as long belongs to the document


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of a document: title, table of information and by-line; body; attachments."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    tail: tuple[str, ...]


def article(body: Element, title: str, page: Page) -> Article:
    """The document on the page `body`, whose title is `title` if that is known. The tree is taken apart."""
    clear(body, title, page)
    core = _core(body, page)
    remove_buttons(body, core, page)
    found = list(lines(body, core, _around(core, body, title)))
    if core is body:
        found = [line for line in found if not _is_frame(line, page)]
    return _chosen(found, title, page)


def _core(body: Element, page: Page) -> Element:
    """The element that holds the document."""
    weights = weigh(body)
    known = [element for element in body.iter() if names(element) & page.container and weights[element]]
    if known:
        best = _common(known, weights)
        if best is not body and weights[best] >= LEAST_KNOWN * weights[body]:
            return best
    core = body
    while len(core):
        heaviest = max(core, key=lambda element: weights[element])
        if weights[heaviest] < MOST * weights[body] or not weights[heaviest] or not holds_lines(heaviest):
            break
        if any(_is_paragraph(sibling, heaviest, page) for sibling in core if weights[sibling]):
            break
        core = heaviest
        if core.tag == "table" and is_data(core):
            break
    return core


def _is_paragraph(element: Element, heaviest: Element, page: Page) -> bool:
    """Whether an element is a paragraph beside the heaviest one, so that what holds both holds the document."""
    if element is heaviest or not (element.tag == "p" or (element.tag == heaviest.tag and not element.attrib)):
        return False
    text = squeezed("".join(element.itertext()))
    furniture = page.is_buttons(text) or page.frame.fullmatch(text) or page.label.match(text)
    return not furniture and not page.attachment.fullmatch(text)


def _common(known: list[Element], weights: dict[Element, int]) -> Element:
    """The heaviest of the elements, or what holds all of them that are not much lighter: a document may be in parts."""
    best = max(known, key=lambda element: weights[element])
    parts = [element for element in known if weights[element] >= (1 - MOST) * weights[best]]
    around = (best, *best.iterancestors())
    return next(e for e in around if all(e is part or e in part.iterancestors() for part in parts))


def _around(core: Element, body: Element, title: str) -> Element | None:
    """The element in which what stands beside the document may belong to it: the smallest that has its title too."""
    above = [element for element in core.iterancestors() if element is not body and element.tag != "html"]
    wanted = squeezed(title)
    if not wanted:
        return above[1] if len(above) > 1 else None
    inside = squeezed("".join(core.itertext())).count(wanted)
    return next((e for e in above if squeezed("".join(e.itertext())).count(wanted) > inside), None)


def _chosen(found: list[Line], title: str, page: Page) -> Article:
    """The lines inside the document's element, and those before and after it that belong to it."""
    inside = [number for number, line in enumerate(found) if line.inside]
    first, last = (inside[0], inside[-1]) if inside else (len(found), len(found))
    middle = [line.text for line in found[first : last + 1] if not _is_button(line, page)]
    middle[:BY_LINE] = [_without_counter(text, page) for text in middle[:BY_LINE]]
    while middle and page.attachment.fullmatch(middle[-1].strip()):
        del middle[-1]  # a heading that the page shows even where nothing is attached
    return Article(tuple(_head(found[:first], title, page)), tuple(middle), tuple(_tail(found[last + 1 :], page)))


def _is_button(line: Line, page: Page) -> bool:
    text = squeezed(line.text)
    # A dash, a number or one character on a line of the document is its own: an empty field, a size.
    own = line.inside and (len(text) < 2 or not any(map(str.isalpha, text)))
    return "\t" not in line.text and not own and page.is_buttons(text)


def _is_frame(line: Line, page: Page) -> bool:
    """Whether a line belongs to the frame of a page that has no element for its document."""
    linked = line.linked >= len(squeezed(line.text)) and len(line.text) < SHORTEST_LINK
    return linked or (len(line.text) <= LABELLED and page.frame.fullmatch(line.text) is not None)


def _head(before: list[Line], title: str, page: Page) -> Iterator[str]:
    """Title, table of information and by-line above the document."""
    titled = _title(before, title, page)
    label = ""  # a line that is a label alone, until its value follows
    for number, line in enumerate(before):
        if _is_button(line, page) or page.frame.fullmatch(line.text):
            continue
        stated = _states(line, page)
        if stated and page.label.fullmatch(squeezed(line.text).rstrip(page.colon)):
            label = line.text
            continue
        if number == titled or stated or (line.near and _is_prose(line, page)):
            yield _without_counter(line.text, page)
        elif label and len(line.text) <= LABELLED:
            yield f"{label}\n{line.text}"
        label = ""


def _without_counter(text: str, page: Page) -> str:
    """A by-line without the counters and buttons at its end."""
    while len(words := text.split()) > 1 and page.is_buttons(words[-1]):
        text = text.rstrip().removesuffix(words[-1]).rstrip()
    return text


def _states(line: Line, page: Page) -> bool:
    """Whether a line above the document states a field of it, or its date."""
    if (len(line.text) > LABELLED and "\t" not in line.text) or line.linked * 2 > len(line.text):
        return False
    text = squeezed(line.text)
    dated = page.date.match(line.text.strip())
    return page.label.match(text) is not None or (dated is not None and line.near)


def _title(before: list[Line], title: str, page: Page) -> int | None:
    """The number of the line that is the title: as the page's head states it, else the last heading."""
    wanted = squeezed(title)
    same = [number for number, line in enumerate(before) if wanted and squeezed(line.text) == wanted]
    named = [number for number, line in enumerate(before) if line.heading or line.names & page.title]
    return next(iter(same or named[-1:]), None)


def _is_prose(line: Line, page: Page) -> bool:
    return len(line.text) >= PROSE and not line.linked and line.text.rstrip()[-1] in page.sentence


def _tail(after: Iterable[Line], page: Page) -> Iterator[str]:
    """Names of attachments, and sentences that stand beside the document's element."""
    for line in after:
        if page.frame.fullmatch(line.text):
            continue
        if line.near and (_is_prose(line, page) or any(page.file.fullmatch(link) for link in line.links)):
            yield line.text
