"""What ``import kg`` offers."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.store import StoreError

REPORT = "盘锦市司法局2021年工作报告\n盘锦市司法局印发《盘锦市公证便民办法》，办结公证案件620件。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_graph_is_built_without_a_folder_of_ones_own(file: Path) -> None:
    graph = kg.build([file])
    bureau = graph.find("盘锦市司法局")[0]
    policy = graph.find("《盘锦市公证便民办法》")[0]
    assert (bureau.type, policy.type) == ("Organisation", "Policy")
    assert any((r.subject, r.predicate, r.object) == (bureau.id, "issues", policy.id) for r in graph.relations)
    assert [int(figure.value) for figure in graph.figures] == [620]
    assert graph.documents[0].doc == "报告.txt"
    assert graph.texts["报告.txt"] == REPORT
    assert repr(graph).startswith("<KnowledgeGraph: 1 documents,")
    folder = graph.folder
    del graph
    gc.collect()
    assert not folder.exists()


def test_a_single_path_is_taken_for_what_it_is(file: Path) -> None:
    assert kg.build(str(file)).entities == kg.build(file).entities == kg.build([str(file)]).entities


def test_a_graph_turns_into_what_other_tools_take(file: Path) -> None:
    graph = kg.build(file)
    frames = graph.to_pandas()
    assert len(frames.entities) == len(graph.entities)
    assert set(frames.relations.predicate) == {relation.predicate for relation in graph.relations}
    assert frames.figures.value.tolist() == [620.0]
    network = graph.to_networkx()
    assert (len(network), network.number_of_edges()) == (len(graph.entities), len(graph.relations))
    assert len(graph.to_rdf()) > len(graph.entities)
    assert graph.to_pyvis().get_nodes() == [entity.id for entity in graph.entities]


def test_what_is_saved_is_what_is_built_and_loads_again(file: Path, tmp_path: Path) -> None:
    graph = kg.build(file)
    graph.save(tmp_path / "saved")
    written = kg.build(file, tmp_path / "built")
    assert contents(tmp_path / "saved") == contents(tmp_path / "built")
    loaded = kg.load(tmp_path / "built")
    assert loaded.graph == graph.graph == written.graph
    loaded.save(tmp_path / "built", ("tables",))
    assert not (tmp_path / "built" / "graph.html").exists()
    assert kg.load(tmp_path / "built").graph == graph.graph


def test_a_failure_is_a_warning_that_names_it(file: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=r"none.txt: no such file"):
        graph = kg.build([file, tmp_path / "none.txt"])
    assert len(graph.failures) == 1
    assert len(graph.documents) == 1


def test_a_build_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(kg.api.flow.BuildError):  # type: ignore[attr-defined]
        kg.build([])
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_build_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not the output of kg build"):
        kg.load(tmp_path)


def test_the_language_part_is_a_spacy_pipeline() -> None:
    nlp = kg.nlp()
    assert nlp.lang == "zh"
    assert nlp("盘锦市司法局印发通知。").text == "盘锦市司法局印发通知。"


def test_importing_kg_imports_nothing_heavy() -> None:
    program = "import kg, sys; print(sorted({'spacy', 'pandas', 'rdflib', 'networkx', 'typer'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_what_kg_has_not_is_named() -> None:
    with pytest.raises(AttributeError, match="it has KnowledgeGraph"):
        kg.biuld  # type: ignore[attr-defined]  # noqa: B018
    assert set(kg.__all__) <= set(dir(kg))
