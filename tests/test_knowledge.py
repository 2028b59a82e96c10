"""The knowledge that comes with the package fits together, and what does not fit is named by file, line and word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.knowledge import Knowledge, KnowledgeError, expand, load
from kg.language.amendments import Amendments
from kg.resources import ontology_folder

LISTS = sorted(path.stem for path in (ontology_folder() / "lexicon").glob("*.csv"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the ontology to spoil."""
    return Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))


def append(path: Path, line: str) -> int:
    """Add a line at the end of a list; its number."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    return text.count("\n") + 2


def test_what_comes_with_the_package_fits() -> None:
    load().check()


def test_it_is_loaded_once() -> None:
    assert load() is load()
    assert load().patterns("figures") is load().patterns("figures")


def test_a_copy_serves_as_well(folder: Path) -> None:
    copy = load(folder)
    copy.check()
    assert copy.heads == load().heads
    assert copy.verbs == load().verbs
    assert copy.places == load().places


@pytest.mark.parametrize(
    ("name", "line", "word"),
    [
        ("heads", "云窗,Mechanisme,strong", "Mechanisme"),
        ("verbs", "云办,implementz", "implementz"),
        ("verbs", "云办,issues+implementz", "implementz"),
        ("forms", "云章,bylaw,rules", "form-bylaw"),
        ("forms", "云章,rules,bylaw", "form-bylaw"),
    ],
)
def test_an_unknown_name_stops_the_program(folder: Path, name: str, line: str, word: str) -> None:
    number = append(folder / "lexicon" / f"{name}.csv", line)
    with pytest.raises(KnowledgeError, match=rf"{name}\.csv:{number}: '{word}' is not born in policy\.ttl"):
        load(folder).check()


def test_a_name_that_is_taken_out_of_the_ontology_is_missed_where_it_is_used(folder: Path) -> None:
    path = folder / "policy.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("kg:Programme ", "kg:Programm "), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"heads\.csv:\d+: 'Programme' is not born"):
        _ = load(folder).heads


def test_a_new_word_is_one_line(folder: Path) -> None:
    append(folder / "lexicon" / "heads.csv", "云窗,Mechanism,strong")
    append(folder / "lexicon" / "verbs.csv", "云办,issues+implements")
    knowledge = load(folder)
    assert knowledge.heads["云窗"].type == "Mechanism"
    assert knowledge.verbs["云办"] == ("issues", "implements")


@pytest.mark.parametrize("name", LISTS)
def test_a_row_with_a_cell_too_many_is_named(folder: Path, name: str) -> None:
    path = folder / "lexicon" / f"{name}.csv"
    cells = path.read_text(encoding="utf-8").splitlines()[0].count(",") + 2
    number = append(path, ",".join(["多"] * cells))
    with pytest.raises(KnowledgeError, match=rf"{name}\.csv:{number}: "):
        load(folder).check()


@pytest.mark.parametrize("name", ["heads", "places", "units", "verbs"])
def test_a_row_with_a_cell_too_few_is_named(folder: Path, name: str) -> None:
    number = append(folder / "lexicon" / f"{name}.csv", "少")
    with pytest.raises(KnowledgeError, match=rf"{name}\.csv:{number}: "):
        load(folder).check()


@pytest.mark.parametrize("name", ["figures", "phrases", "relations"])
def test_bad_toml_is_named_with_its_line(folder: Path, name: str) -> None:
    path = folder / "patterns" / f"{name}.toml"
    number = append(path, "坏 = '")
    with pytest.raises(KnowledgeError, match=rf"{name}\.toml: .*line {number}"):
        load(folder).check()


def test_a_bad_pattern_is_named_by_its_keys(folder: Path) -> None:
    path = folder / "patterns" / "extra.toml"
    path.write_text("[one]\nopen = '(甲'\nlost = '<nowhere>乙'\n", encoding="utf-8")
    knowledge = Knowledge(folder)
    with pytest.raises(KnowledgeError, match=r"extra\.toml: one\.open: "):
        knowledge.compiled("extra", "one", "open")
    with pytest.raises(KnowledgeError, match=r"extra\.toml: one\.lost: .*nowhere"):
        knowledge.compiled("extra", "one", "lost")
    with pytest.raises(KnowledgeError, match=r"extra\.toml: one\.none: "):
        knowledge.compiled("extra", "one", "none")


def test_a_bad_pattern_that_a_component_uses_is_named(folder: Path) -> None:
    path = folder / "patterns" / "relations.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^repeals = .*$", "repeals = '(废止'", text), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"relations\.toml: amendment\.repeals: "):
        Amendments(Knowledge(folder))


def test_patterns_hold_their_sisters() -> None:
    table = {"digit": r"\d", "number": "<digit>+", "share": "<number>%"}
    assert expand(table, "share") == r"(?:(?:\d)+)%"


def test_the_gazetteer_is_a_forest() -> None:
    places = {place.code: place for place in load().places}
    assert len(places) == len(load().places)
    assert {place.level for place in places.values()} == {"province", "prefecture", "county"}
    for place in places.values():
        assert (place.parent == "") == (place.level == "province"), place
        assert not place.parent or place.parent in places, place
        assert not place.parent or place.code[:2] == place.parent[:2], place


# Rows of GB/T 2260 by province, as the National Bureau of Statistics counts counties and what ranks with them.
COUNTIES = {"11": 16, "12": 16, "31": 16, "50": 38, "62": 86, "64": 22, "36": 100, "44": 122, "51": 183}


@pytest.mark.parametrize(
    ("province", "count"),
    COUNTIES.items(),
)
def test_no_county_is_missing(province: str, count: int) -> None:
    found = [place for place in load().places if place.level == "county" and place.code.startswith(province)]
    assert len(found) == count
