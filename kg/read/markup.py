"""Text with Markdown or HTML in it → the text: marks go, words and line ends stay."""

from __future__ import annotations

import re
from html import unescape

BLOCK = (
    "article|aside|blockquote|body|center|dd|div|dl|dt|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre"
    "|section|table|tbody|tfoot|thead|title|tr|ul"
)
INLINE = (
    "a|abbr|b|big|code|del|em|font|i|iframe|img|input|ins|label|link|mark|meta|o:p|q|s|small|span|strike|strong|sub|sup"
    "|t[dh]|u|video"
)
REST = r"(?:\s[^<>]{0,4000})?/?>"
# Angle brackets are also written for titles; it is HTML only if an element is closed, broken or commented by its rules.
HTML = re.compile(rf"</(?:{BLOCK}|{INLINE})\s*>|<br\s*/?>|<(?:p|div|table|img){REST}|<!--", re.I)
SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.S)
NEXT_CELL = re.compile(rf"</t[dh]\s*>[ \t\n]*<t[dh]{REST}", re.I)
BREAK = re.compile(rf"<br{REST}[ \t]*\n?", re.I)
BLOCKS = re.compile(rf"</?(?:{BLOCK}){REST}", re.I)
INLINES = re.compile(rf"</?(?:{INLINE}){REST}", re.I)
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]*)$", re.M)
LONE_HEADING = re.compile(r"(?:\A|\n[ \t]*\n)#{1,6} [^\n]+(?=\n[ \t]*\n|\n?\Z)")
MARKS = (
    (re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}|`{3}.*|~{3}.*)$", re.M), ""),
    (re.compile(r"^(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^([ \t]*)[-*+][ \t]+", re.M), r"\1"),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"(\*\*|__|~~)(?=\S)([^\n*_~]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^\n*]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
DELIMITERS = re.compile(r"^[ \t:|-]+\n", re.M)  # the row below the head of a table, if it holds both | and -
ROW = re.compile(r"^\|(.*)\|[ \t]*$", re.M)


def has_html(text: str) -> bool:
    """Whether `text` holds HTML, not merely angle brackets."""
    return "<" in text and HTML.search(text) is not None


def has_headings(text: str) -> bool:
    """Whether `text` holds a Markdown heading that stands alone, with nothing above and below it."""
    return "# " in text and LONE_HEADING.search(text) is not None


def without_html(text: str) -> str:
    """The text between the tags: a block begins a line, cells of a row are parted by a tab, references are decoded.

    >>> without_html("<p>第一条&nbsp;总则</p> <p>第二条<br>附则</p>")
    '第一条\\xa0总则\\n第二条\\n附则'
    """
    text = COMMENT.sub(lambda match: "" if match[1] else match[0], SILENT.sub("", text))
    text = BREAK.sub("\n", NEXT_CELL.sub("\t", text))
    # Blank space beside a block's tag is the layout of the file, not of the text.
    pieces = BLOCKS.split(INLINES.sub("", text))
    stripped = pieces if len(pieces) == 1 else [piece.strip(" \t\n") for piece in pieces]
    return REFERENCE.sub(lambda match: unescape(match[0]), "\n".join(filter(None, stripped)))


def without_markdown(text: str) -> str:
    """The text without heading marks, emphasis, rules and addresses behind links; cells of a row are parted by a tab.

    >>> without_markdown("## 第一章 总则\\n详见[附件](a.pdf)，**重点**如下")
    '第一章 总则\\n详见附件，重点如下'
    """
    text = DELIMITERS.sub(lambda match: "" if {"|", "-"} <= set(match[0]) else match[0], text)
    text = HEADING.sub(_heading, text)
    for mark, kept in MARKS:
        text = mark.sub(kept, text)
    return ROW.sub(lambda match: "\t".join(map(str.strip, match[1].split("|"))), text)


def _heading(match: re.Match[str]) -> str:
    """The words of a heading without the marks that may close it."""
    words = match[1].rstrip(" \t")
    open_ended = words.rstrip("#")
    return open_ended.rstrip(" \t") if open_ended != words and open_ended[-1:] in ("", " ", "\t") else words
