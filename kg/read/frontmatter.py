"""The head that archives put before a text, ``---`` / ``key: value`` / ``---``, told from the text after it."""

from __future__ import annotations

import re

import yaml

FENCED = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
FIELD = re.compile(r"([^\s:#][^:\n]{0,60}?)[ \t]*:[ \t]+(.*)")
LONGEST = 65_536  # characters; more is no head, and is not given to a parser


def split(text: str) -> tuple[dict[str, str], str]:
    """The fields of the head (names in lower case, values as written) and the text after it; without a head, no fields.

    >>> split("---\\ntitle: 关于公布名单的通知\\n---\\n各有关单位：")
    ({'title': '关于公布名单的通知'}, '各有关单位：')
    >>> split("---\\n各有关单位：\\n---\\n")
    ({}, '---\\n各有关单位：\\n---\\n')
    """
    match = FENCED.match(text[:LONGEST])
    fields = _fields(match[1]) if match else {}
    return (fields, text[match.end() :]) if match and fields else ({}, text)


def _fields(block: str) -> dict[str, str]:
    try:
        # The base loader makes strings only: no dates read in another time zone, no objects, nothing expanded.
        stated = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        # Titles hold colons and brackets that YAML does not take unquoted; archives write them all the same.
        stated = {match[1]: match[2].strip("'\" ") for match in map(FIELD.match, block.splitlines()) if match}
    if not isinstance(stated, dict):
        return {}
    return {str(key).lower(): value for key, value in stated.items() if isinstance(value, str)}
