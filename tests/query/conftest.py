"""A build of the samples, in a folder of its own: a store is made in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kg import flow, query
from kg.query import Source

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "output"
    listed = subprocess.run(
        ["make", "--silent", "--no-print-directory", "samples"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    flow.build([ROOT / name for name in listed.stdout.split()], folder, ("rdf",))
    return folder


@pytest.fixture(scope="session")
def source(samples: Path) -> Source:
    return query.opened(samples)
