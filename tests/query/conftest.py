"""The committed build of the samples, in a folder of its own: a store may be made in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import query
from kg.query import Source

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "output"
    shutil.copytree(ROOT / "output", folder, ignore=shutil.ignore_patterns(".store*"))
    return folder


@pytest.fixture(scope="session")
def source(samples: Path) -> Source:
    return query.opened(samples)
