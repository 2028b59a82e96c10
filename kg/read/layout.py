"""Lines of pages with their places → paragraphs.

A line end inside a paragraph is layout and is removed: a line that reaches the right margin of its column goes on in
the next one, if that begins at the left margin (not indented) and has letters of the same height. Where paragraphs are
not indented, no line goes on in one that begins like a paragraph (``第三条``). Centred lines of a title larger than the
text go on likewise, lines with cells never.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.read.words import words

EDGE = 0.12  # of a page's height, at its head and foot, where page numbers and running headers stand
LONGEST_NUMBER = 30  # characters of a page number with what adorns it
RUNNING = 0.5  # of the pages carry a running header
FULL = (
    1.6  # heights of a letter: as near the right margin ends a line that is full, with a mark of punctuation pushed on
)
INDENT = 0.8  # heights of a letter
SAME = 0.15  # by which the heights of two lines may differ
SPACED = 2.6  # heights of a letter from line to line; more parts paragraphs
INDENTED = 3.0  # heights of a letter, by which left ends in one column differ
NARROWEST = 16  # heights of a letter: a narrower block may be a list of names that are equally long by chance
JUSTIFIED = 0.4  # of the lines of a block reach its right margin, or it has none
OFTEN = 0.15  # of the lines have an end that is a margin
LARGER = 1.08  # times the height of the text


@dataclass(slots=True)
class Line:
    """A line of a page: its text and the box around its glyphs, in points from the lower left corner."""

    text: str = ""
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    height: float = 0.0

    def add(self, character: str, box: tuple[float, float, float, float]) -> None:
        """Append a glyph with its box: left, right, bottom, top."""
        left, right, bottom, top = box
        if not self.height:
            self.left, self.bottom, self.top = left, bottom, top
        self.text += character
        self.right = max(self.right, right)
        self.left, self.bottom, self.top = min(self.left, left), min(self.bottom, bottom), max(self.top, top)
        self.height = max(self.height, top - bottom)


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of the document stands: margins, height of its letters, and whether paragraphs are indented."""

    left: float
    right: float
    height: float
    indented: bool


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs of a document, from the lines of each page in the order of the file."""
    filled = [[line for line in page if line.text.strip()] for page in pages]
    kept = [ordered(page) for page in without_running(filled)]
    lines = [line for page in kept for line in page]
    if not lines:
        return
    framing, whole = _framing(lines), _column(lines)
    text, before, column, last = "", lines[0], whole, -1
    for number, block in ((number, block) for number, page in enumerate(kept) for block in _blocks(page)):
        own = _own_column(block, whole)
        for line in block:
            follows = text and id(line) not in framing and (number != last or _is_below(line, before))
            if follows and _goes_on(before, column, line, own):
                text = _joined(text, line.text)
            else:
                if text:
                    yield text
                text = "" if id(line) in framing else line.text.rstrip(" ")
            before, column, last = line, own, number
    if text:
        yield text


def _is_below(line: Line, before: Line) -> bool:
    """Whether a line stands at the usual distance below the one before it, or at the head of the next column."""
    return line.bottom > before.top or 0 < before.top - line.top < SPACED * before.height


def without_running(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The pages without their numbers, and without what most pages repeat at their head or foot."""
    keys = [{_key(line) for line in _edges(page)} for page in pages]
    counts = Counter(key for page in keys for key in page)
    least = max(3, RUNNING * len(pages))
    for page in pages:
        edges = {id(line) for line in _edges(page) if counts[_key(line)] >= least}
        numbers = {id(line) for line in _outermost(page) if _is_number(line.text.strip())}
        yield [line for line in page if id(line) not in edges | numbers]


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST_NUMBER and words().page_number.fullmatch(text) is not None


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines near the head and foot of what stands on the page."""
    if not page:
        return []
    top, bottom = max(line.top for line in page), min(line.bottom for line in page)
    reach = EDGE * (top - bottom)
    return [line for line in page if line.bottom >= top - reach or line.top <= bottom + reach]


def _outermost(page: Sequence[Line]) -> list[Line]:
    """The first and last line of a page, by where they stand."""
    return [max(page, key=lambda line: line.top), min(page, key=lambda line: line.bottom)] if page else []


def _key(line: Line) -> str:
    """A line with its digits alike, since headers count pages."""
    return "".join("0" if character.isdigit() else character for character in line.text if not character.isspace())


def _framing(lines: Sequence[Line]) -> set[int]:
    """The lines that frame a web page, if that is what was printed."""
    frame = words().page.frame
    framing = {id(line) for line in lines if frame.fullmatch(line.text.replace(" ", ""))}
    return framing if len(framing) > 1 else set()


def ordered(page: Sequence[Line]) -> list[Line]:
    """The lines in reading order: that of the file, unless a line stands above an earlier one in the same column."""
    for number, line in enumerate(page[1:], 1):
        rises = line.bottom >= page[number - 1].top
        if rises and any(line.bottom >= earlier.top and _overlap(line, earlier) for earlier in page[:number]):
            return sorted(page, key=lambda line: (-round(line.top + line.bottom), line.left))
    return list(page)


def _overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _blocks(page: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a page in groups of one column: same letters, usual distance, left ends within an indentation."""
    block: list[Line] = []
    for line in page:
        if block and not _belongs(line, block):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _belongs(line: Line, block: Sequence[Line]) -> bool:
    before = block[-1]
    if "\t" in line.text or "\t" in before.text or abs(line.height - before.height) > SAME * before.height:
        return False
    left = min(earlier.left for earlier in block)
    return 0 < before.top - line.top < SPACED * before.height and abs(line.left - left) < INDENTED * line.height


def _own_column(block: Sequence[Line], whole: Column) -> Column:
    """The margins of a block (a cell, one of two columns), if its lines show them; else those of the document."""
    if len(block) < 3:
        return whole
    own = _column(block)
    full = sum(line.right >= own.right - FULL * line.height for line in block[:-1])
    return own if full >= JUSTIFIED * (len(block) - 1) else whole


def _column(lines: Sequence[Line]) -> Column:
    """The margins of lines of prose: the outermost ends that a good part of them has."""
    height = median(line.height for line in lines)
    text = [line for line in lines if "\t" not in line.text and abs(line.height - height) <= SAME * height] or list(
        lines
    )
    lefts = Counter(round(line.left) for line in text)
    rights = Counter(round(line.right / 2) * 2 for line in text)
    right = max((at for at, count in rights.items() if count >= OFTEN * len(text)), default=rights.most_common(1)[0][0])
    left = min((at for at, count in lefts.items() if count >= OFTEN * len(text)), default=min(lefts))
    starts = [after for before, after in pairwise(text) if before.right < right - FULL * height]
    indented = sum(after.left > left + INDENT * height or after.text[0].isspace() for after in starts)
    return Column(left, right, height, indented >= 0.4 * len(starts) > 0)


def _goes_on(line: Line, column: Column, following: Line, own: Column) -> bool:
    """Whether the paragraph of `line`, in `column`, goes on in the `following` one, in its `own`."""
    if "\t" in line.text or "\t" in following.text or abs(line.height - following.height) > SAME * line.height:
        return False
    if _is_title(line, column) and _is_title(following, own):
        return not words().opening.match(following.text) and following.text.count(" ") < 2
    wide = column.right - column.left >= NARROWEST * column.height
    full = wide and line.right >= column.right - FULL * line.height
    starts = following.left > own.left + INDENT * line.height or following.text[0].isspace()
    return full and not starts and (own.indented or not words().opening.match(following.text))


def _is_title(line: Line, column: Column) -> bool:
    """Whether a line is larger than the text and centred."""
    middle = (column.left + column.right) / 2
    return line.height > LARGER * column.height and abs((line.left + line.right) / 2 - middle) < 2 * line.height


def _joined(text: str, more: str) -> str:
    """Two lines as one: words of the Latin script with a blank between them, if they were not parted at a hyphen."""
    text = text.rstrip(" ")
    latin = (
        text[-1:].isascii() and more[:1].isascii() and (text[-1:].isalpha() or more[:1].isalpha()) and text[-1:] != "-"
    )
    return f"{text} {more}" if latin else text + more
