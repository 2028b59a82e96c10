"""Mentions → entities of a document (`document`), entities of documents → one graph (`corpus`), as a person judges."""

from __future__ import annotations

from kg.resolve.corpora import corpus
from kg.resolve.decisions import Decisions
from kg.resolve.documents import document, record
from kg.resolve.identities import Identities

__all__ = ["Decisions", "Identities", "corpus", "document", "record"]
