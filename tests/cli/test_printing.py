"""What the program says: the same in both languages, and every word of it used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from kg.cli import printing
from kg.resources import ontology_folder

WORDS = tomllib.loads((ontology_folder() / "messages" / "cli.toml").read_text(encoding="utf-8"))


def test_both_languages_say_the_same() -> None:
    assert set(WORDS) == {"en", "zh"}
    assert list(WORDS["en"]) == list(WORDS["zh"])
    for key, english in WORDS["en"].items():
        fields = [
            {field for _, field, _, _ in Formatter().parse(text) if field} for text in (english, WORDS["zh"][key])
        ]
        assert fields[0] == fields[1], key


def test_every_word_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(printing.__file__).parent.glob("*.py"))
    stages = {"read", "merge", "export"}  # of kg.flow
    quoted = set(re.findall(r'"(\w+)"', source)) | stages
    assert set(WORDS["en"]) <= quoted


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert printing.language() == language


def test_a_predicate_without_a_sentence_is_said_as_it_is() -> None:
    assert printing.sentence("follows", "甲", "乙") == "甲 follows 乙"
