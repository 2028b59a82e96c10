"""spaCy's own conventions hold: factories by name in anybody's pipeline, spans in the Doc, streams, configs."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config_from_str, load_model_from_config

from kg.language import COMPONENTS
from kg.language.reading import Reading

TEXTS = [
    "德阳市司法局印发《德阳市普法办法》，建立案例发布制度。全市受理案件1.2万余件，同比增长5%。",
    "旌阳区法院会同德阳市检察院开展“护企”专项行动，办结率98%以上。",
    "国务院办公厅来函。\n\n一、德阳市设立人才服务站12个。\n德阳市人民政府\n2023年6月12日",
]


@pytest.fixture(scope="module")
def foreign() -> Language:
    """Somebody else's blank Chinese pipeline, with our components in it by name."""
    nlp = spacy.blank("zh")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def names(doc: Doc) -> list[tuple[str, int, int, str]]:
    reading: Reading = doc._.kg
    return [(name.type, name.start, name.end, name.name) for name in reading.names()]


def spans(doc: Doc) -> list[tuple[str, str, int, int]]:
    return [(span.label_, span.text, span.start_char, span.end_char) for span in doc.spans["kg_names"]]


def test_every_component_is_an_entry_point() -> None:
    assert {point.name for point in entry_points(group="spacy_factories")} >= set(COMPONENTS)


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_names_in_somebody_elses_pipeline(nlp: Language, foreign: Language, text: str) -> None:
    ours, theirs = nlp(text), foreign(text)
    assert names(ours) == names(theirs)
    assert spans(ours) == spans(theirs)
    assert len(names(ours)) > 3


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_the_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    found = [*doc.spans["kg_names"], *doc.spans["kg_figures"]]
    assert found
    assert all(span.text == text[span.start_char : span.end_char] for span in found)
    assert {span.label_ for span in doc.spans["kg_names"]} <= {"Organisation", "Place", "Policy", "Mechanism"}
    assert {span.label_ for span in doc.spans["kg_figures"]} <= {"Figure"}


def test_spans_hold_what_was_read(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    found = {(span.label_, span.text) for span in doc.spans["kg_names"]}
    assert found >= {("Organisation", "德阳市司法局"), ("Policy", "《德阳市普法办法》"), ("Mechanism", "案例发布制度")}
    assert [span.text for span in doc.spans["kg_figures"]] == ["1.2万余件", "5%"]


def test_our_tokens_are_characters(nlp: Language) -> None:
    text = "甲  乙\r\n\tA 1\u3000\u200b😀"
    doc = nlp.make_doc(text)
    assert [token.text for token in doc] == list(text)
    assert doc.text == text


def test_longer_tokens_do_not_shift_the_spans(nlp: Language) -> None:
    """A tokenizer of words, as a trained model has: names are widened to whole words and stay where they are."""
    text = "德阳市司法局设立法律援助工作站。"
    words = ["德阳市", "司法局", "设立", "法律援助", "工作站", "。"]
    doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert names(doc) == names(nlp(text))
    assert ("Organisation", "德阳市司法局", 0, 6) in spans(doc)


def test_a_stream_reads_as_one_by_one(nlp: Language) -> None:
    assert [names(doc) for doc in nlp.pipe(TEXTS, batch_size=2)] == [names(nlp(text)) for text in TEXTS]


def test_one_document_leaves_nothing_for_the_next(nlp: Language) -> None:
    first = names(nlp(TEXTS[1]))
    nlp(TEXTS[0])
    assert names(nlp(TEXTS[1])) == first


def test_an_empty_text(nlp: Language) -> None:
    doc = nlp("")
    assert spans(doc) == []
    assert names(doc) == []


def test_the_config_assembles(nlp: Language) -> None:
    config = load_config_from_str(nlp.config.to_str())
    again = load_model_from_config(config, auto_fill=True)
    assert again.pipe_names == list(COMPONENTS)
    assert names(again(TEXTS[0])) == names(nlp(TEXTS[0]))


def test_to_disk_and_back_in_somebody_elses_pipeline(foreign: Language, tmp_path: Path) -> None:
    foreign.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == foreign.pipe_names
    assert names(again(TEXTS[0])) == names(foreign(TEXTS[0]))


def test_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert names(again(TEXTS[0])) == names(nlp(TEXTS[0]))


@pytest.mark.xfail(strict=True, raises=TypeError, reason="conventions: a Doc with doc._.kg cannot be written, which DocBin "
                   "with user data and nlp.pipe with n_process need")  # fmt: skip
def test_a_doc_to_bytes_and_back(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert spans(again) == spans(doc)


def test_a_component_tells_where_it_belongs() -> None:
    """The order of `COMPONENTS` is the order in which they can be added."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_structure")
    doc = nlp(TEXTS[2])
    assert [doc._.kg.quote(line) for line in doc._.kg.lines][1] == "一、德阳市设立人才服务站12个。"
    assert doc._.kg.places == []
