"""The package as others get it: entry points, what the wheel holds, and that it works in a bare environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
import spacy

import kg
from kg import language
from kg.resources import ontology_folder

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_component_is_an_entry_point_of_spacy() -> None:
    stated = PROJECT["entry-points"]["spacy_factories"]
    assert list(stated) == list(language.COMPONENTS)
    for point in entry_points(group="spacy_factories"):
        if point.name.startswith("kg_"):
            assert stated[point.name] == point.value
            assert callable(point.load())


SOMEONE_ELSES = """
import spacy
nlp = spacy.blank("zh")
for name in {names}:
    nlp.add_pipe(name)
doc = nlp("盘锦市司法局印发《盘锦市公证便民办法》。")
print([span.text for span in doc.spans["kg_names"]])
"""


def test_a_component_loads_by_name_into_someone_elses_pipeline() -> None:
    program = SOMEONE_ELSES.format(names=list(language.COMPONENTS))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "盘锦市司法局" in run.stdout


def test_the_version_is_one() -> None:
    assert version("policy-kg") == kg.__version__
    assert spacy.__version__.startswith("3.8.")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, as an index would serve it."""
    folder = tmp_path_factory.mktemp("dist")
    run = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return next(folder.glob("*.whl"))


@pytest.mark.long
def test_the_wheel_holds_the_ontology_the_samples_and_the_page(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    knowledge = {p.relative_to(ontology_folder()).as_posix() for p in ontology_folder().rglob("*") if p.is_file()}
    assert {f"kg/ontology/{name}" for name in knowledge} <= names
    for folder in ("samples", "export/explorer/assets"):
        held = [p for p in (ROOT / "kg" / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert held
        assert {p.relative_to(ROOT).as_posix() for p in held} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


@pytest.mark.long
def test_the_wheel_builds_the_samples_in_an_empty_environment_elsewhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(*command: object) -> subprocess.CompletedProcess[str]:
        listed = list(map(str, command))
        done = subprocess.run(listed, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    run(python, "-m", "pip", "install", "--quiet", wheel)
    program = "import importlib.resources as r; print(r.files('kg') / 'samples')"
    samples = Path(run(python, "-c", program).stdout.strip())
    assert samples.is_relative_to(tmp_path)
    documents = sorted(p for p in samples.iterdir() if p.suffix in {".txt", ".md", ".html", ".docx"})
    run(tmp_path / "env" / "bin" / "kg", "build", *documents, "--output", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["built"] == len(documents) >= 10
    # The same bytes as a build from the checkout.
    here = [ROOT / "kg" / "samples" / path.name for path in documents]
    kg.build(here, tmp_path / "here")
    for name in manifest["files"]:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "here" / name).read_bytes(), name
