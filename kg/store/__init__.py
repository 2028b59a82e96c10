"""A build on disk, in and out: ``records.jsonl`` (a document a line), ``texts/`` (each as read), ``manifest.json``."""

from kg.store.decisions import append_decisions, decided, read_decisions, write_decided
from kg.store.errors import StoreError
from kg.store.folder import RECORDS, Texts, documents, opened, text_path
from kg.store.manifest import FAILED, Export, Manifest, Outcome
from kg.store.placing import drafted
from kg.store.records import check, line, parse

__all__ = [
    "FAILED",
    "RECORDS",
    "Export",
    "Manifest",
    "Outcome",
    "StoreError",
    "Texts",
    "append_decisions",
    "check",
    "decided",
    "documents",
    "drafted",
    "line",
    "opened",
    "parse",
    "read_decisions",
    "text_path",
    "write_decided",
]
