"""A text file → its text: as written in a .txt, without marks in a .md, without front matter and HTML in either."""

from __future__ import annotations

import re
from pathlib import Path

from kg.read import frontmatter, markup, web
from kg.read.encoding import decode
from kg.read.reading import Reading
from kg.read.words import words

LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I)


def read_text(data: bytes, path: Path) -> Reading:
    """A .txt. It is taken for Markdown if it has a front matter, or a heading in Markdown that stands alone."""
    return _read(data, path, markdown=False)


def read_markdown(data: bytes, path: Path) -> Reading:
    """A .md."""
    return _read(data, path, markdown=True)


def _read(data: bytes, path: Path, markdown: bool) -> Reading:
    text = LINE_ENDS.sub("\n", decode(data, path))
    fields, body = frontmatter.split(text)
    if PAGE.match(body[:2000]):
        page = web.read_page(body)
        return Reading(page.text, {**page.hints, **words().hints(fields)})
    marked = markdown or bool(fields) or markup.has_headings(body)
    if markup.has_html(body):
        body = markup.without_html(body)
    return Reading(markup.without_markdown(body) if marked else body, words().hints(fields))
