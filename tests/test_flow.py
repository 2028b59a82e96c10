"""From files to a build folder: what is written, what fails by name, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import flow, language
from kg.export import UnknownExportError
from kg.knowledge import KnowledgeError
from kg.model import BASE, Graph, Source
from kg.store import StoreError
from kg.workers import WorkerError

FIRST = "盘锦市司法局2021年工作报告\n盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件620件。\n"
SECOND = "盘锦市人民法院会同盘锦市司法局建立诉调对接机制。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them in a folder below."""
    (tmp_path / "in" / "下").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "in" / "下" / "b.txt").write_text(SECOND, encoding="gb18030")
    return tmp_path / "in"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_build_has_the_files_of_the_contract(folder: Path, tmp_path: Path) -> None:
    flow.build([folder], tmp_path / "out")
    texts = ["texts/a.txt.txt", "texts/下/b.txt.txt"]
    tables = ["conflicts.csv", "entities.csv", "figures.csv", "metrics.csv", "relations.csv"]
    graphs = ["graph.graphml", "graph.html", "graph.jsonld", "graph.trig", "graph.ttl"]
    assert sorted(contents(tmp_path / "out")) == sorted(["manifest.json", "records.jsonl", *texts, *tables, *graphs])
    assert manifest(tmp_path / "out")["files"] == sorted(contents(tmp_path / "out"))


def test_records_quote_the_texts_exactly(folder: Path, tmp_path: Path) -> None:
    flow.build([folder], tmp_path / "out", ())
    quotes = 0
    for record in records(tmp_path / "out"):
        text = (tmp_path / "out" / "texts" / (record["doc"] + ".txt")).read_bytes().decode("utf-8")
        statements = [*record["relations"], *record["figures"]]
        passages = [p for s in statements for p in (s, *s.get("also", ()))]
        found = [m for entity in record["entities"] for m in entity["mentions"]]
        found += [p[key] for p in passages for key in ("evidence", "antecedent") if key in p]
        for quote in found:
            assert text[quote["start"] : quote["end"]] == quote["text"]
        quotes += len(found)
    assert quotes > 5
    assert [record["doc"] for record in records(tmp_path / "out")] == ["a.txt", "下/b.txt"]


def test_the_manifest_names_version_options_inputs_and_counts(folder: Path, tmp_path: Path) -> None:
    graph, _ = flow.build([folder], tmp_path / "out", ("tables",))
    found = manifest(tmp_path / "out")
    assert found["options"] == {"base": BASE, "exports": ["tables"]}
    assert found["inputs"][0] == {
        "doc": "a.txt",
        "sha256": hashlib.sha256(FIRST.encode()).hexdigest(),
        "outcome": "built",
        "characters": len(FIRST),
    }
    assert found["counts"]["entities"] == len(graph.entities) == sum(found["counts"]["types"].values()) > 0
    assert found["counts"]["relations"] == sum(found["counts"]["predicates"].values())


def test_same_input_same_bytes_wherever_it_lies_and_whoever_builds(folder: Path, tmp_path: Path) -> None:
    flow.build([folder], tmp_path / "out")
    shutil.copytree(folder, tmp_path / "elsewhere" / "copy")
    os.utime(tmp_path / "elsewhere" / "copy" / "a.txt", (1, 1))
    flow.build([tmp_path / "elsewhere" / "copy"], tmp_path / "other")
    assert contents(tmp_path / "other") == contents(tmp_path / "out")
    flow.build([folder / "下", folder / "a.txt"], tmp_path / "parts")
    assert contents(tmp_path / "parts") == contents(tmp_path / "out")
    flow.build([folder], tmp_path / "workers", workers=2)
    assert contents(tmp_path / "workers") == contents(tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b" \n\n", "no text in it"),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(400), "program"),
        ("noise.txt", bytes(range(256)) * 8, ""),
        ("table.xlsx", b"PK\x03\x04", "unknown format .xlsx"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("broken.docx", b"PK\x03\x04" + bytes(60), ""),
        ("broken.pdf", b"%PDF-1.7\n", ""),
        ("none", None, "no such file"),
    ],
)
def test_an_input_that_fails_is_named_and_the_rest_is_built(
    folder: Path, tmp_path: Path, name: str, data: bytes | None, reason: str
) -> None:
    path = folder / name
    if data is not None:
        path.write_bytes(data)
    _, found = flow.build([folder, path], tmp_path / "out", ())
    assert len(found.failures) == 1
    assert found.failures[0].startswith(f"{path}: ")
    assert reason in found.failures[0]
    row = next(each for each in manifest(tmp_path / "out")["inputs"] if each["doc"] == name)
    assert row["outcome"] == "failed"
    assert reason in row["reason"]
    assert row["sha256"] == (None if data is None else hashlib.sha256(data).hexdigest())
    assert str(tmp_path) not in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert [record["doc"] for record in records(tmp_path / "out")] == ["a.txt", "下/b.txt"]


def test_a_folder_with_nothing_in_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    graph, found = flow.build([tmp_path / "in"], tmp_path / "out")
    assert found.failures == (f"{tmp_path / 'in'}: a folder with nothing in it; put documents there, or leave it out",)
    assert graph == Graph((), (), (), (), version=kg.__version__)
    assert (tmp_path / "out" / "graph.html").is_file()


def test_a_file_that_may_not_be_read_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").chmod(0)
    if os.geteuid() == 0:  # who may read everything: what others get is put in its place
        real = Path.read_bytes

        def denied(path: Path) -> bytes:
            if path.stat().st_mode & 0o777 == 0:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(Path, "read_bytes", denied)
    _, found = flow.build([folder], tmp_path / "out", ())
    assert found.failures == (f"{folder / 'a.txt'}: no permission to read it; change its permissions",)
    assert [record["doc"] for record in records(tmp_path / "out")] == ["下/b.txt"]


Accident = Callable[[Exception], None]


@pytest.fixture
def accident(monkeypatch: pytest.MonkeyPatch) -> Accident:
    """Let the language part fail on the document ``a.txt``."""
    real = language.read

    def fail_with(error: Exception) -> None:
        def read_or_fail(nlp: Any, source: Source) -> Any:
            if source.doc == "a.txt":
                raise error
            return real(nlp, source)

        monkeypatch.setattr(language, "read", read_or_fail)

    return fail_with


@pytest.mark.parametrize("error", [IndexError("甲"), ValueError("甲"), ZeroDivisionError("甲"), RecursionError("甲")])
def test_a_defect_costs_one_document_and_is_named(
    folder: Path, tmp_path: Path, accident: Accident, error: Exception
) -> None:
    accident(error)
    _, found = flow.build([folder], tmp_path / "out", ())
    assert f"a defect of policy-kg: {type(error).__name__} at kg/resolve/documents.py:" in found.failures[0]
    assert [record["doc"] for record in records(tmp_path / "out")] == ["下/b.txt"]


def test_a_wrong_call_stops_the_build_and_leaves_the_old_one(folder: Path, tmp_path: Path, accident: Accident) -> None:
    flow.build([folder], tmp_path / "out")
    before = contents(tmp_path / "out")
    accident(TypeError("no such argument"))
    with pytest.raises(TypeError):
        flow.build([folder], tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


def test_a_fault_of_the_ontology_is_no_fault_of_a_document(folder: Path, tmp_path: Path, accident: Accident) -> None:
    accident(KnowledgeError("verbs.csv:3: 'isues' is not born in policy.ttl"))
    with pytest.raises(KnowledgeError):
        flow.build([folder], tmp_path / "out")


def test_an_interrupt_leaves_the_old_build(folder: Path, tmp_path: Path) -> None:
    flow.build([folder], tmp_path / "out")
    before = contents(tmp_path / "out")
    (folder / "c.txt").write_text(FIRST, encoding="utf-8")

    def interrupt(stage: str, what: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flow.build([folder], tmp_path / "out", progress=interrupt)
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


def test_an_export_that_refuses_the_graph_is_named_and_the_others_are_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(graph: Graph, texts: Any, folder: Path) -> tuple[str, ...]:
        (folder / "half.html").write_text("", encoding="utf-8")
        raise ValueError("too large for a page")

    monkeypatch.setattr("kg.export.explorer.write", refuse)
    _, found = flow.build([folder], tmp_path / "out", ("page", "tables"))
    assert found.failures == ("export page: too large for a page",)
    assert "half.html" not in contents(tmp_path / "out")
    assert "entities.csv" in contents(tmp_path / "out")
    assert manifest(tmp_path / "out")["exports"][0]["outcome"] == "failed"


def test_wrong_usage_is_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(flow.BuildError, match="nothing to build"):
        flow.build([], tmp_path / "out")
    with pytest.raises(UnknownExportError, match="'xml' is no export; there are rdf, page, graphml, tables"):
        flow.build([folder], tmp_path / "out", ("rdf", "xml"))
    with pytest.raises(StoreError, match="holds files that kg build did not write"):
        flow.build([folder / "a.txt"], folder / "下")
    assert not (tmp_path / "out").exists()


def test_what_a_build_wrote_is_no_input_of_the_next(folder: Path) -> None:
    flow.build([folder], folder / "out")
    before = contents(folder / "out")
    _, found = flow.build([folder], folder / "out")
    assert found.failures == ()
    assert contents(folder / "out") == before
    with pytest.raises(flow.BuildError, match="lies in the output folder"):
        flow.build([folder / "out" / "texts"], folder / "out")


def test_progress_is_told_of_every_document_and_export(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, str, int, int]] = []
    flow.build([folder], tmp_path / "out", ("tables",), lambda *step: told.append(step))
    read_ = [("read", "a.txt", 1, 2), ("read", "下/b.txt", 2, 2)]
    assert told == [*read_, ("merge", "", 0, 2), ("export", "tables", 1, 2)]


def test_a_worker_that_dies_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(function: Any, items: Any, workers: int) -> Any:
        raise WorkerError("a worker was killed")

    monkeypatch.setattr(flow, "each", die)
    with pytest.raises(flow.BuildError, match="a worker was killed"):
        flow.build([folder], tmp_path / "out", workers=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]
