"""The graph as tables: Excel and pandas read them, names stand beside ids, no cell runs as a formula."""

import csv
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.tables import FIGURES, safe, to_pandas, write
from kg.model import Entity, Evidence, Graph, Quote, Relation

FILES = ("entities.csv", "relations.csv", "figures.csv", "metrics.csv", "conflicts.csv")


def test_rows_say_who_did_what_where_it_says_so(graph: Graph, texts: dict[str, str], tmp_path: Path) -> None:
    assert write(graph, texts, tmp_path) == FILES
    assert all((tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf") for name in FILES)
    entities, relations, figures, _, _ = (pandas.read_csv(tmp_path / name, dtype=str) for name in FILES)
    assert len(entities) == 5
    assert entities.set_index("name").loc["云溪县公证便民办法", "documentNumber"] == "云司发〔2022〕7号"
    first = relations[(relations.predicate == "issues") & (relations.passage == "1")].iloc[0]
    assert (first.subject, first.object_type, first.role) == ("云溪县司法局", "Policy", "lead")
    assert (first.evidence, first.antecedent) == ("印发《云溪县公证便民办法》", "云溪县司法局")
    assert (first.title, first.date, first.document) == ("年度报告", "2022-12-31", "云溪/年度 报告.txt")
    assert texts[first.document][int(first.start) : int(first.end)] == first.evidence
    rate = figures.set_index("metric").loc["办件满意率"]
    assert (rate.value, rate.unit, rate.subject, rate.period) == ("98.50", "%", "云溪县司法局", "2022")
    assert figures.set_index("metric").loc["网点", "subject"] == "便民新闻"


def test_frames_have_numbers_and_one_row_a_passage(graph: Graph) -> None:
    frames = to_pandas(graph)
    assert len(frames.relations) == 5
    assert len(frames.relations[frames.relations.passage == 1]) == len(graph.relations) == 4
    assert frames.figures.value.mean() == pytest.approx(51.75)
    assert frames.figures.upper.isna().tolist() == [True, False]
    assert frames.figures.columns[: len(FIGURES)].tolist() == list(FIGURES)
    empty = to_pandas(Graph((), (), (), ()))
    assert [len(frame) for frame in empty] == [0, 0, 0, 0, 0]
    assert empty.figures.columns.tolist() == frames.figures.columns.tolist()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86", "-1+2", "@a", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff20a", "-", "-5%"]
)
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert safe(cell) == "'" + cell


@pytest.mark.parametrize(
    ("cell", "written"), [("-5", "-5"), ("-0.5", "-0.5"), (-3, "-3"), (None, ""), ("云溪县", "云溪县")]
)
def test_numbers_and_words_stay(cell: str | int | None, written: str) -> None:
    assert safe(cell) == written


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.one_of(st.characters(), st.sampled_from('\x00\ud800\r\n",;=-+@\t')), min_size=1, max_size=10))
def test_hostile_text_keeps_its_row_and_column(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    quote = Quote.of("a.txt", text, 0, len(text))
    nodes = (Entity("place/x", "Place", text, (quote,)), Entity("organisation/x", "Organisation", "x", ()))
    relation = Relation("organisation/x", "jurisdiction", "place/x", (Evidence(quote),), text)
    folder = tmp_path_factory.mktemp("hostile")
    write(Graph((), nodes, (relation,), ()), {}, folder)
    with (folder / "relations.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["subject"], row["object_id"]) == ("x", "place/x")
    assert len(row["evidence"].removeprefix("'")) == len(text.removeprefix("'"))


def test_an_attribute_named_twice_is_one_cell(graph: Graph) -> None:
    policy = replace(graph.entities[4], attributes=(("documentNumber", "甲1号"), ("documentNumber", "乙2号")))
    frame = to_pandas(replace(graph, entities=(policy,))).entities
    assert frame.documentNumber.tolist() == ["甲1号; 乙2号"]
