"""Mentions → entities of a document (`document`), entities of documents → one graph (`corpus`)."""

from __future__ import annotations

from kg.resolve.corpora import corpus
from kg.resolve.documents import document

__all__ = ["corpus", "document"]
