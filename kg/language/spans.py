"""Characters as tokens, the extension attributes, and the names that were read as spaCy spans."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry
from spacy.vocab import Vocab

from kg.language.reading import Reading
from kg.language.reading import Span as Piece

for attribute in ("kg", "kg_name", "kg_hints", "kg_text"):
    if not Doc.has_extension(attribute):
        Doc.set_extension(attribute, default="" if attribute == "kg_name" else None)


class Numbers(dict[str, int]):
    """The numbers that a vocabulary has for characters, by which a `Doc` is made in half of the time."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self.strings = vocab.strings

    def __missing__(self, character: str) -> int:
        """The number of a character that comes for the first time."""
        number: int = self.strings.add(character)
        self[character] = number
        return number


class CharacterTokenizer:
    """One token a character: spaCy's own for Chinese drops single spaces and takes quadratic time."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab, self.numbers = vocab, Numbers(vocab)

    def __call__(self, text: str) -> Doc:
        """The text, one token a character; it is kept whole beside them, as `Doc.text` is put together at each call."""
        words = list(map(self.numbers.__getitem__, text))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(text))  # type: ignore[arg-type] # its stub has no numbers
        doc._.kg_text = text
        return doc

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Write nothing: there is nothing to keep, but spaCy asks every tokenizer."""

    def from_disk(self, path: object, **kwargs: object) -> CharacterTokenizer:
        """Read nothing."""
        return self

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing, as bytes."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> CharacterTokenizer:
        """Read nothing."""
        return self


@registry.tokenizers("kg.CharacterTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """The factory that a spaCy config names."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


class Spans:
    """Publishes the names as ``doc.spans["kg_names"]`` and the quantities as ``doc.spans["kg_figures"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the document; see the class."""
        reading: Reading = doc._.kg
        exact = len(doc) == reading.folded.offsets[-1]  # one token a character
        names = [(name, name.type) for name in reading.names()]
        numbers = [(quantity.span, "Figure") for quantity in reading.quantities]
        for key, found in (("kg_names", names), ("kg_figures", numbers)):
            spans = (self.span(doc, reading, piece, label, exact) for piece, label in found)
            doc.spans[key] = SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])
        return doc

    def span(self, doc: Doc, reading: Reading, piece: Piece, label: str, exact: bool) -> Span | None:
        """The tokens of a stretch under a label; tokens of more than one character are taken whole."""
        start, end = reading.folded.original(piece.start, piece.end)
        return Span(doc, start, end, label) if exact else doc.char_span(start, end, label, alignment_mode="expand")


@Language.factory("kg_spans")
def make(nlp: Language, name: str) -> Spans:
    """The factory by which spaCy makes the component."""
    return Spans()
