"""Confidence: what is known of a relation, weighed as ontology/weights says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.knowledge import KnowledgeError, load
from kg.model import Entity, Evidence, Quote, Relation
from kg.resolve.confidence import Claim, Confidence, known

TEXT = "云溪县司法局报告工作。印发《云溪县公证便民办法》。"


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return Quote.of("a.txt", TEXT, start, start + len(words))


@pytest.fixture
def claim() -> Claim:
    evidence = Evidence(quote("印发《云溪县公证便民办法》"), quote("云溪县司法局"), "kg_relations/trigger")
    return Claim(
        Relation("o1", "issues", "p1", (evidence,)),
        evidence,
        Entity("o1", "Organisation", "云溪县司法局", (quote("云溪县司法局"),), "government"),
        Entity("p1", "Policy", "云溪县公证便民办法", (quote("《云溪县公证便民办法》"),), "document"),
    )


def test_what_is_known_of_a_relation(claim: Claim) -> None:
    found = set(known(claim))
    assert {"rule trigger", "predicate issues", "actor near", "subject government", "object titled"} <= found
    assert "object's ending known" in found
    away = replace(claim.evidence, antecedent=None, quote=quote("印发"))
    assert {"actor not in the text", "object elsewhere"} <= set(known(replace(claim, evidence=away)))
    unlike = replace(claim.object, name="云溪星火燎原", mentions=(quote("公证便民"),))
    assert "object's ending unknown" in set(known(replace(claim, object=unlike)))


def test_every_reason_counts(claim: Claim, tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    path = tmp_path / "weights" / "confidence.csv"
    path.write_text("known,weight\nbase,1.0\npredicate issues,-1.0\nactor far,9\n", encoding="utf-8")
    model = Confidence(SimpleNamespace(folder=tmp_path))
    assert model(claim) == 0.5
    assert [(each.name, each.weight) for each in model.reasons(claim)] == [("base", 1.0), ("predicate issues", -1.0)]
    path.write_text("known,weight\nbase,much\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"confidence.csv:2: a word and a number"):
        Confidence(SimpleNamespace(folder=tmp_path))


def test_a_noun_of_the_lists_speaks_for_a_name(claim: Claim) -> None:
    """The shipped weights have the sign that a reader would expect."""
    model = Confidence(load())
    unlike = replace(claim, object=replace(claim.object, name="云溪星火燎原"))
    assert 0 < model(unlike) < model(claim) < 1
