"""Files in, a build folder out: read, annotate, resolve, merge, export."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import kg
from kg import language, read, resolve, store
from kg.export import EXPORTERS, exporter
from kg.export.rdf import checked
from kg.knowledge import KnowledgeError
from kg.model import BASE, Decision, DocumentGraph, Graph
from kg.store.manifest import NAME, Export, Manifest, Outcome, counts
from kg.workers import WorkerError, each

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[str, str, int, int], None]  # stage (read, merge, export), what of it, how many done, of how many
Read = tuple[Outcome, bytes, bytes]  # with its line of records.jsonl and its text, empty where it failed

ALL = tuple(EXPORTERS)
JUDGED = ".jsonl"  # how the name of a file of judgements ends
# What a text can provoke in a program with a gap. It costs this one document, and the manifest names the place in the
# program. Any other exception is a wrong call, which fails in every document, and stops the build.
PROVOKED = (ArithmeticError, LookupError, ValueError, RecursionError, MemoryError)


class BuildError(Exception):
    """Why a whole build could not be made, and what to do."""


class Options(TypedDict, total=False):
    """What may be said of a build besides."""

    workers: int  # processes that read documents; 1 unless more are asked for
    base: str  # what the IRIs of its RDF begin with


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to write: its exports, what IRIs begin with there, and the version that read the documents."""

    exports: Sequence[str]
    base: str
    version: str


def silent(stage: str, what: str, done: int, total: int) -> None:
    """No progress is shown."""


def build(
    paths: Iterable[Path],
    output: Path,
    exports: Sequence[str] = ALL,
    progress: Progress = silent,
    **options: Unpack[Options],
) -> tuple[Graph, Manifest]:
    """Build the files that `paths` name or hold into the folder `output`, and give the merged graph.

    A path that ends with ``.jsonl`` holds a person's judgements, as do files ``decisions.jsonl`` beside the inputs and
    in `output`. An input that fails, and a judgement that cannot be obeyed, is named in the manifest with its reason;
    the others are built. Raises `BuildError`, `kg.store.StoreError` (nothing may be written to `output`),
    `kg.export.UnknownExportError`.
    """
    for name in exports:
        exporter(name)
    workers, base = _chosen(**options)
    given = [Path(path) for path in paths]
    inputs = _inputs([path for path in given if path.suffix != JUDGED], output)
    judged = store.read_decisions(_judged(given, inputs, output))
    with store.drafted(output) as draft:
        outcomes = []
        for outcome in _write_documents(inputs, draft, workers):
            outcomes.append(outcome)
            progress("read", outcome.doc, len(outcomes), len(inputs))
        return finish(draft, outcomes, Wanted(exports, base, kg.__version__), judged, progress)


def _chosen(workers: int = 1, base: str = BASE) -> tuple[int, str]:
    """The options of a build, with what holds where nothing is said."""
    try:
        return workers, checked(base)
    except ValueError as error:
        raise BuildError(f"base {error}") from error


def copy(folder: Path, output: Path, exports: Sequence[str], progress: Progress = silent) -> tuple[Graph, Manifest]:
    """Write the documents of a build folder into another one, with these exports."""
    manifest, texts = store.opened(folder)
    wanted = Wanted(exports, manifest.base, manifest.version)
    with store.drafted(output) as draft:
        (draft / store.RECORDS).write_bytes((folder / store.RECORDS).read_bytes())
        for doc in texts:
            _write(draft / store.text_path(doc), (folder / store.text_path(doc)).read_bytes())
        return finish(draft, manifest.outcomes, wanted, (store.decided(folder), list(manifest.refused)), progress)


def finish(
    draft: Path,
    outcomes: Sequence[Outcome],
    wanted: Wanted,
    judged: tuple[Sequence[Decision], Sequence[str]] = ((), ()),
    progress: Progress = silent,
) -> tuple[Graph, Manifest]:
    """Correct the documents of the draft as judged, merge them, export the graph, and write the manifest."""
    exports = wanted.exports
    progress("merge", "", 0, len(exports) + 1)
    texts = store.Texts(draft, (outcome.doc for outcome in outcomes if not outcome.reason))
    found, decisions = merged(draft, judged[0], texts)
    graph = replace(found, base=wanted.base, version=wanted.version)
    refused = (*judged[1], *(f"{each.place}: {why}; not applied" for each, why in decisions.refused.items()))
    exported = []
    for number, name in enumerate(exports, 1):
        progress("export", name, number, len(exports) + 1)
        exported.append(_export(name, graph, texts, draft))
    written = (file for export in exported for file in export.files)
    kept = store.write_decided(draft, decisions.obeyed)
    files = {store.RECORDS, NAME, *kept, *map(store.text_path, texts), *written}
    manifest = Manifest(
        wanted.version,
        tuple(outcomes),
        tuple(exported),
        counts(outcomes, graph),
        tuple(sorted(files)),
        tuple(sorted(refused)),
        wanted.base,
    )
    manifest.write(draft)
    return graph, manifest


def merged(folder: Path, decisions: Iterable[Decision], texts: Mapping[str, str]) -> tuple[Graph, resolve.Decisions]:
    """The graph of a folder's documents as judged, and what became of the judgements."""
    found = resolve.Decisions(decisions, (document.sha256 for document in store.documents(folder)))
    return resolve.corpus(found.corrected(store.documents(folder), texts), found.identities), found


def loaded(folder: Path) -> Graph:
    """The graph of a build folder as it was built: as judged, with its base and version; `StoreError` if it is none."""
    manifest, texts = store.opened(folder)
    graph, _ = merged(folder, store.decided(folder), texts)
    return replace(graph, base=manifest.base, version=manifest.version)


def corrected(folder: Path) -> Iterator[DocumentGraph]:
    """The documents of a build, each as the judgements that it obeys make it."""
    _, texts = store.opened(folder)
    found = resolve.Decisions(store.decided(folder), (document.sha256 for document in store.documents(folder)))
    return found.corrected(store.documents(folder), texts)


def _judged(paths: Sequence[Path], inputs: Sequence[read.Input], output: Path) -> tuple[Path, ...]:
    """The files of judgements: those named, and those that lie beside the inputs and in the output."""
    folders = {*(path for path in paths if path.is_dir()), *(each.path.parent for each in inputs), output}
    beside = [file for folder in folders if (file := folder / read.DECISIONS).is_file()]
    named = [path for path in paths if path.suffix == JUDGED]
    return tuple({path.resolve(): path for path in sorted({*named, *beside})}.values())


def _inputs(paths: Sequence[Path], output: Path) -> tuple[read.Input, ...]:
    """What there is to read, without what an earlier build has written into `output`."""
    if not paths:
        raise BuildError("nothing to build; name files or folders")
    target = output.resolve()
    for path in paths:
        if path.resolve() == target or target in path.resolve().parents:
            raise BuildError(f"{path} lies in the output folder {output}; give another --output")
    return tuple(found for found in read.inputs(paths) if target not in found.path.resolve().parents)


def _write_documents(inputs: Sequence[read.Input], draft: Path, workers: int) -> Iterator[Outcome]:
    """Write the line and the text of each input that can be built."""
    with (draft / store.RECORDS).open("wb") as records:
        try:
            for outcome, line, text in each(_document, inputs, workers):
                if not outcome.reason:
                    records.write(line)
                    _write(draft / store.text_path(outcome.doc), text)
                yield outcome
        except WorkerError as error:
            raise BuildError(str(error)) from error


def _document(given: read.Input) -> Read:
    """One input, whatever happens to it."""
    nlp, path = _pipeline(), str(given.path)
    try:
        source = read.source(given.path, given.doc)
        graph = resolve.record(nlp, source)
        store.check(graph, source.text)
        store.text_path(source.doc)
        done = Outcome(given.doc, path, source.sha256, characters=len(source.text))
        return done, (store.line(graph) + "\n").encode(), source.text.encode()
    except read.ReadError as error:
        reason = error.reason
    except KnowledgeError:  # the fault of a list or pattern, not of the document
        raise
    except PROVOKED as error:
        reason = _defect(error)
    return Outcome(given.doc, path, _sha256(given.path), reason), b"", b""


@cache
def _pipeline() -> Language:
    """The language part, once a process."""
    return language.pipeline()


def _defect(error: Exception) -> str:
    """What went wrong in the program, and where."""
    package = Path(__file__).parent
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if package in Path(frame.filename).parents]
    place = f"{Path(places[-1].filename).relative_to(package.parent).as_posix()}:{places[-1].lineno}" if places else "?"
    said = " ".join(str(error).split())[:200]
    return f"a defect of policy-kg: {type(error).__name__} at {place} ({said}); please report it with the file"


def _sha256(path: Path) -> str | None:
    """The hash of a file that could not be built; none if it cannot even be read."""
    if not path.is_file() or not os.access(path, os.R_OK):
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _export(name: str, graph: Graph, texts: store.Texts, draft: Path) -> Export:
    """Let one exporter write; where it refuses the graph, what it has written so far goes."""
    before = set(draft.iterdir())
    try:
        return Export(name, exporter(name)(graph, texts, draft))
    except ValueError as error:
        for path in sorted(set(draft.iterdir()) - before):
            path.unlink()
        return Export(name, (), str(error))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
