"""An entity's attribute and the documents that name the entity → which of them states the attribute's value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model import Document, Entity

DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
UP_TO_SIGN = r"\D{1,2}0?"  # the sign between year, month and day, and the zero that one may write


def stated(entity: Entity, documents: Mapping[str, Document], texts: Mapping[str, str]) -> list[list[object]]:
    """Name, value and the first document that states the value, "" where none does: it was told from the wording.

    >>> policy = Entity("p", "Policy", "办法", (), attributes=(("form", "rules"),))
    >>> stated(policy, {}, {})
    [['form', 'rules', '']]
    """
    docs = sorted({mention.doc for mention in entity.mentions if mention.doc in documents})
    return [[name, value, _document(value, docs, documents, texts)] for name, value in entity.attributes]


def _document(value: str, docs: Sequence[str], documents: Mapping[str, Document], texts: Mapping[str, str]) -> str:
    """The first of the documents whose text, number or date is or holds the value."""
    day = DAY.fullmatch(value)
    wording = UP_TO_SIGN.join(str(int(part)) for part in day.groups() if part) if day else re.escape(value)
    pattern = re.compile(rf"(?<!\d){wording}(?!\d)")
    for doc in docs:
        if value in (documents[doc].meta.number, documents[doc].meta.date) or pattern.search(texts.get(doc, "")):
            return doc
    return ""
