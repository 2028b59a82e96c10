"""What the tests of all packages share: hypothesis' settings, shared/, a made-up document, and the command ``kg``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.model import DOC, DocumentGraph, Entity, Evidence, Figure, Meta, Quote, Relation

ROOT = Path(__file__).resolve().parent.parent
TEXT = "示例市司法局2021年工作报告\n示例市司法局印发《示例市普法办法》。我局办结案件62.5万件，\n占95%以上。"

# The same examples every time, so that a test that passes here passes everywhere; no time limit on a busy machine.
settings.register_profile("kg", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")

Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder shared/ beside the checkout; the test skips where there is none."""
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: the gold files and the corpus are not here")
    return folder


@pytest.fixture(scope="session")
def kg_command() -> Kg:
    """Run ``kg`` with these arguments in a process of its own; `env` is added to an environment in English."""

    def run(*arguments: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import app; app()", *map(str, arguments)]
        surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", **(env or {})}
        return subprocess.run(command, capture_output=True, text=True, env=surroundings, timeout=300, cwd=ROOT)

    return run


def quote(wording: str, after: int = 0, doc: str = "a.txt", text: str = TEXT) -> Quote:
    """Where the wording stands in the text."""
    start = text.index(wording, after)
    return Quote.of(doc, text, start, start + len(wording))


@pytest.fixture
def document() -> DocumentGraph:
    """A document of `TEXT` with one of everything that records can hold."""
    passages = (
        Evidence(quote("示例市司法局印发《示例市普法办法》"), component="kg_relations", confidence=0.9),
        Evidence(
            quote("《示例市普法办法》"), antecedent=quote("示例市司法局"), component="kg_relations", confidence=0.5
        ),
    )
    entities = (
        Entity("l1", "Place", "示例市", (quote("示例市"),), attributes=(("code", "999900"),)),
        Entity(
            "o1",
            "Organisation",
            "示例市司法局",
            (quote("示例市司法局"), quote("我局")),
            kind="government",
            owner="示例市",
        ),
        Entity("p1", "Policy", "示例市普法办法", (quote("《示例市普法办法》"),), kind="document"),
    )
    relations = (
        Relation("o1", "issues", "p1", passages, period="2021", role="lead", status="done"),
        Relation("o1", "jurisdiction", "l1", (Evidence(quote("示例市司法局")),)),
    )
    counted = Evidence(quote("办结案件62.5万件"), antecedent=quote("我局"), confidence=0.75)
    shared_ = Evidence(quote("占95%以上"))
    figures = (
        Figure(
            "f1", "62.5万件", Decimal(625000), "件", "exact", "办结案件", ("o1", "l1"), "2021", "actual", (counted,)
        ),
        Figure("f2", "95%以上", Decimal("95.5"), "%", "over", "占", (DOC,), None, "target", (shared_,), Decimal(97)),
    )
    meta = Meta("示例市司法局2021年工作报告", "示例市司法局", "2022-01-05", "report", "l1", "示司〔2022〕1号")
    return DocumentGraph("a.txt", "0" * 64, meta, entities, relations, figures)
