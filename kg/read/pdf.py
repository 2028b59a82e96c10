"""A PDF → its text: lines in reading order, lines of a paragraph joined, without page numbers and running headers.

A PDF holds glyphs at places, neither lines nor paragraphs nor, between glyphs, blanks: PDFium tells which glyphs share
a line, `layout` what the lines make up.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from kg.read.errors import ReadError
from kg.read.flow import is_cjk
from kg.read.layout import Line, paragraphs
from kg.read.reading import Reading

SCANNED = "no text in it: scanned? run OCR first"
BROKEN = "broken, or not a PDF; open it in a PDF viewer and save it again"
ILLEGIBLE = 0.3  # of the characters have no meaning: fonts without a table of characters
BLANK = 0.45  # of the height of a line; a narrower gap beside an ideograph is the spacing of the typesetter
CELL = 1.6  # of the height of a line; a wider gap parts cells


def read(data: bytes, path: Path) -> Reading:
    """A .pdf file."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        raise ReadError(path, "encrypted; save it without a password" if encrypted else BROKEN) from error
    try:
        pages = [list(_lines(document, number)) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(path, BROKEN) from error
    finally:
        document.close()
    characters = "".join(character for page in pages for line in page for character in line.text.split())
    if not characters:
        raise ReadError(path, SCANNED)
    illegible = sum(unicodedata.category(character) in ("Co", "Cn", "Cc") for character in characters)
    if illegible > ILLEGIBLE * len(characters):
        raise ReadError(path, "its fonts do not say which characters they show; run OCR first")
    return Reading("\n".join(paragraphs(pages)))


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """The lines of a page in the order of the file."""
    page = document[number]
    text = page.get_textpage()
    try:
        yield from _split(text.raw, text.count_chars())
    finally:
        text.close()
        page.close()


def _split(text: ctypes.c_void_p, count: int) -> Iterator[Line]:
    """The glyphs of a page, cut where PDFium sets a line end."""
    box = pdfium.FS_RECTF()
    line = Line()
    blank = False
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index):
            if code in (0x0A, 0x0D):
                yield line
                line, blank = Line(), False
            blank = code == 0x20
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        character = "-" if pdfium.FPDFText_IsHyphen(text, index) == 1 else _character(code)
        if line.text and not character.isspace():
            line.text += _gap(line, character, box.left - line.right, blank)
        line.add(character, (box.left, box.right, box.bottom, box.top))
        blank = False
    yield line


def _character(code: int) -> str:
    """The character of a code; half of a surrogate pair and NUL are none."""
    return "\ufffd" if 0xD800 <= code < 0xE000 or not code else chr(code)


def _gap(line: Line, character: str, width: float, blank: bool) -> str:
    """What stands between the last glyph of a line and the next: nothing, a blank, or the border of two cells."""
    if line.text[-1].isspace() or not line.height:
        return ""
    if width > CELL * line.height:
        return "\t"
    narrow = not is_cjk(line.text[-1]) and not is_cjk(character)
    return " " if blank and (narrow or width > BLANK * line.height) else ""
