"""Files made by hand: Word packages from the XML of their parts, PDFs from strings and where they stand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Placed = tuple[float, float, float, str]  # x and y from the lower left corner in points, size, text


def package(body: str, parts: Mapping[str, str]) -> bytes:
    """A Word package: `body` inside the document, the other parts whole but for their namespace."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, (tag, inner) in ((name, xml.split("|", 1)) for name, xml in parts.items()):
            archive.writestr(f"word/{name}.xml", f"<w:{tag} {WORD}>{inner}</w:{tag}>")
    return held.getvalue()


def portable(pages: Sequence[Sequence[Placed]]) -> bytes:
    """A PDF whose pages show the strings in a Chinese font of the reader's."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
    )
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in page
        ).encode("ascii")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects) + 2} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode("ascii")
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode("ascii")
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    file = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Path]:
    """Write a Word document: ``docx(body, numbering="numbering|…", styles="styles|…")``."""

    def write(body: str, **parts: str) -> Path:
        path = tmp_path / "document.docx"
        path.write_bytes(package(body, parts))
        return path

    return write


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF: ``pdf([(72, 700, 16, "一行")], …)``, a list a page."""

    def write(*pages: Sequence[Placed]) -> Path:
        path = tmp_path / "document.pdf"
        path.write_bytes(portable(pages))
        return path

    return write
