"""Characters as tokens, the extension attributes, and the names that were read as spaCy spans."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry
from spacy.vocab import Vocab

from kg.language.reading import Reading

for attribute in ("kg", "kg_name", "kg_hints"):
    if not Doc.has_extension(attribute):
        Doc.set_extension(attribute, default="" if attribute == "kg_name" else None)


class CharacterTokenizer:
    """One token a character: spaCy's own for Chinese drops single spaces and takes quadratic time."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text, one token a character."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


@registry.tokenizers("kg.CharacterTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """The factory that a spaCy config names."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


class Spans:
    """Publishes the names as ``doc.spans["kg_names"]`` and the quantities as ``doc.spans["kg_figures"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        found: dict[str, list[Span]] = {"kg_names": [], "kg_figures": []}
        for name in reading.names():
            self.add(doc, found["kg_names"], reading.folded.original(name.start, name.end), name.type)
        for quantity in reading.quantities:
            self.add(
                doc, found["kg_figures"], reading.folded.original(quantity.span.start, quantity.span.end), "Figure"
            )
        for key, spans in found.items():
            doc.spans[key] = SpanGroup(doc, name=key, spans=spans)
        return doc

    def add(self, doc: Doc, spans: list[Span], stretch: tuple[int, int], label: str) -> None:
        """Add a span by character offsets; other tokenisations are widened to whole tokens."""
        start, end = stretch
        span = doc[start:end] if len(doc) == len(doc.text) else doc.char_span(start, end, alignment_mode="expand")
        if span is not None and len(span):
            spans.append(Span(doc, span.start, span.end, label=label))


@Language.factory("kg_spans")
def make(nlp: Language, name: str) -> Spans:
    """The factory by which spaCy makes the component."""
    return Spans()
