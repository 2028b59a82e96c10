"""The reference pages are what the ontology gives, and name all that it holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.knowledge import load
from kg.reference import PAGES, page

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize("language", PAGES)
def test_the_page_in_docs_is_what_the_ontology_gives(language: str) -> None:
    committed = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    assert committed == page(language), "run python -m kg.reference docs"


@pytest.mark.parametrize("language", PAGES)
def test_every_name_has_its_line_and_every_link_its_end(language: str) -> None:
    text = page(language)
    ends = set(re.findall(r'<a id="([^"]+)"', text))
    assert ends == load().vocabulary - {"", "scored"}
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= ends
    for line in re.findall(r"^\| <a.*$", text, re.MULTILINE):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        assert all(cells[:3]), line
