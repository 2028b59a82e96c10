"""Bytes of a text file → its characters: by byte order mark, as UTF-8, by likelihood as UTF-16, GB18030 or as declared.

UTF-8 is tried first and strictly, because hardly any text in another encoding passes it; the slower ways are for the
rest.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import charset_normalizer

from kg.read.errors import ReadError

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF; name it .pdf"),
    (b"PK\x03\x04", "a ZIP container; name a Word document .docx, unpack an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .docx"),
    (b"{\\rtf", "Rich Text; save it as .docx"),
    (b"\x89PNG", "a PNG picture; run OCR first"),
    (b"\xff\xd8\xff", "a JPEG picture; run OCR first"),
    (b"GIF8", "a GIF picture; run OCR first"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"\x1f\x8b\x08", "a gzip archive; unpack it"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# GBK and GB2312 are parts of GB18030, and pages that declare them use its further characters all the same.
FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
LIKELY = 0.85  # of the characters of Chinese prose are common ones (95% and more; of misread bytes, less than half)
DAMAGE = 0.02  # of the characters beyond ASCII may be broken in a file that is still taken for UTF-8
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f]")
SAMPLE = 20_000


def _common() -> frozenset[str]:
    """ASCII text, CJK and full-width punctuation, and the 3,755 characters of GB 2312 level 1."""
    level1 = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    symbols = bytes(b for lead in (0xA1, 0xA3) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    ascii_text = "".join(map(chr, range(0x20, 0x7F))) + "\t\n\r\f\u3000\xa0"
    return frozenset((level1 + symbols).decode("gb2312", "ignore") + ascii_text)


COMMON = _common()


def decode(data: bytes, path: Path, declared: str | None = None) -> str:
    """The characters of `data` without byte order mark; `ReadError` if they cannot be told. `declared` may be wrong."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise ReadError(path, f"not a text but {kind}")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _without_controls(_partial(data[len(mark) :], encoding, "replace") or "", path)
    text = _utf8(data)
    if text is None or "\0" in text:
        text = _likeliest(data, declared) or _guessed(data)
    if text is None:
        raise ReadError(path, "not a text in a known encoding; save it as UTF-8")
    return _without_controls(text, path)


def _partial(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    """`data` decoded; a character cut off by the end of the file is no error. None if it is not in `encoding`."""
    try:
        return codecs.getincrementaldecoder(encoding)(errors).decode(data)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf8(data: bytes) -> str | None:
    text = _partial(data, "utf-8")
    if text is not None:
        return text
    # One broken byte does not make a file another encoding: what remains legible is kept, the place is marked U+FFFD.
    text = data.decode("utf-8", "replace")
    beyond = len(text) - sum(map(str.isascii, text))
    return text if text.count("\ufffd") <= DAMAGE * beyond else None


def _likeliest(data: bytes, declared: str | None) -> str | None:
    """The reading in which most characters are common ones, if that is likely enough to be the right one."""
    best, share = None, LIKELY
    name = (declared or "").strip().lower()
    for encoding in dict.fromkeys([FAMILY.get(name, name), "utf-16-le", "utf-16-be", "gb18030"]):
        text = _partial(data, encoding) if encoding else None
        if text and (likely := likelihood(text)) > share:
            best, share = text, likely
    if best is None and name:
        # Text of several bytes a character that passes as what it declares is hardly anything else.
        text = _partial(data, FAMILY.get(name, name))
        best = text if text and len(text) < len(data) else None
    return best


def likelihood(text: str) -> float:
    """The share of common characters among the first of `text`, 0 to 1."""
    sample = text[:SAMPLE]
    return sum(map(COMMON.__contains__, sample)) / len(sample)


def _guessed(data: bytes) -> str | None:
    """Other encodings (Big5, Shift JIS, …), by the frequencies that charset-normalizer knows."""
    if b"\0" in data[:SAMPLE]:  # it takes a picture for an exotic code page
        return None
    best = charset_normalizer.from_bytes(data[: 4 * SAMPLE]).best()
    text = _partial(data, best.encoding) if best else None
    if text is None:
        return None
    # Encodings of one byte a character pass anything, so a guess at one would change characters.
    return text if len(text) < len(data) else None


def _without_controls(text: str, path: Path) -> str:
    """`text`, refused if it holds NUL or more than a stray control character."""
    stray = len(CONTROL.findall(text)) if not text.isprintable() else 0
    if "\0" in text or stray > 3 + len(text) / 1000:
        raise ReadError(path, "a binary file, not a text; give the document itself")
    return text
