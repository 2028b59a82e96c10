"""A Word document (.docx) → its paragraphs and tables in order: a paragraph or row is a line, cells parted by a tab.

Numbers of automatic lists are written out, since they are read on the page; notes follow the paragraph that refers to
them. Headers and footers are layout, deleted and hidden text is not in the document.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from kg.read.errors import ReadError
from kg.read.flow import Element
from kg.read.numbering import Numbering, child, local, numbering, value
from kg.read.reading import Reading

BROKEN = "broken, or not a Word document; open it in Word and save it again"
# What the archive and its parts raise where they are cut, altered or packed in a way that Word does not.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, etree.XMLSyntaxError),
    *(EOFError, KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError, OSError),
)
LARGEST_PART = 50_000_000  # bytes unpacked; a packed megabyte can hold a gigabyte of nothing
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
GONE = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "Fallback", "rt", "fldData", "sdtPr", "sdtEndPr")
)
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PARTS = ("numbering", "styles", *NOTES.values())  # beside the document itself
WIDEST_CELL = 400  # characters; a table of which one cell holds more, in paragraphs, and most of it all, is a frame


@dataclass(slots=True)
class Document:
    """What is needed to read the body: its lists, and the notes by kind and id."""

    numbers: Numbering
    notes: dict[tuple[str, str], Element]


def read(data: bytes, path: Path) -> Reading:
    """A .docx file."""
    if data.startswith(OLD_OFFICE):
        encrypted = ENCRYPTED in data
        raise ReadError(path, "encrypted; save it without a password" if encrypted else "an old .doc; save it as .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            held = set(package.namelist())
            files = {name: f"word/{name}.xml" for name in ("document", *PARTS)}
            parts = {name: _part(package, file, path) for name, file in files.items() if file in held}
    except DAMAGE as error:
        raise ReadError(path, BROKEN) from error
    body = child(parts.get("document"), "body")
    if body is None:
        raise ReadError(path, BROKEN)
    notes = {
        (part, value(note, "id") or ""): note
        for part in NOTES.values()
        for note in parts.get(part, ())
        if value(note, "type") in (None, "normal")
    }
    document = Document(numbering(parts.get("numbering"), parts.get("styles")), notes)
    lines = (line.rstrip(" ") for block in _blocks(body, document) for line in block.split("\n"))
    return Reading("\n".join(line for line in lines if line and not line.isspace()))


def _part(package: zipfile.ZipFile, name: str, path: Path) -> Element:
    with package.open(name) as stream:
        data = stream.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ReadError(path, f"{name} in it unpacks to more than {LARGEST_PART // 1_000_000} MB; split the document")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)


def _blocks(container: Element, document: Document) -> Iterator[str]:
    """The text of each paragraph and row in `container`, whatever wraps them."""
    for element in container:
        name = local(element)
        if name == "p":
            yield from _paragraph(element, document)
        elif name == "tbl":
            yield from _table(element, document)
        elif name not in GONE:
            yield from _blocks(element, document)


def _paragraph(paragraph: Element, document: Document) -> Iterator[str]:
    """A paragraph with its number; then the text boxes anchored in it and the notes it refers to."""
    pieces: list[str] = []
    aside: list[Element] = []
    _runs(paragraph, pieces, aside)
    text = "".join(pieces)
    if text.strip():
        yield document.numbers.before(child(paragraph, "pPr")) + text
    for element in aside:
        part = NOTES.get(local(element))
        anchored = document.notes.get((part, value(element, "id") or "")) if part else element
        if anchored is not None:
            yield from _blocks(anchored, document)


def _runs(element: Element, pieces: list[str], aside: list[Element]) -> None:
    """Collect the text in `element` in order; text boxes and references to notes go to `aside`."""
    for inner in element:
        name = local(inner)
        if name == "t":
            pieces.append(inner.text or "")
        elif name in SIGNS:
            pieces.append(SIGNS[name])
        elif name == "txbxContent" or name in NOTES:
            aside.append(inner)
        elif name not in GONE and not (name == "r" and _is_hidden(inner)):
            _runs(inner, pieces, aside)


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in ("0", "false", "off")


def _table(table: Element, document: Document) -> Iterator[str]:
    """The rows of a table; the paragraphs of its cells if it is a frame around them."""
    rows = [[list(_blocks(cell, document)) for cell in _wrapped(row, "tc")] for row in _wrapped(table, "tr")]
    cells = [cell for row in rows for cell in row]
    sizes = [sum(map(len, cell)) for cell in cells]
    widest = max(zip(sizes, cells, strict=True), key=lambda pair: pair[0], default=(0, []))
    if len(cells) == 1 or (len(widest[1]) > 2 and widest[0] > max(WIDEST_CELL, sum(sizes) // 2)):
        for cell in cells:
            yield from cell
        return
    for row in rows:
        yield "\t".join(" ".join(" ".join(cell).split("\n")) for cell in row).strip("\t ")


def _wrapped(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _wrapped(inner, name)
