"""Keep annotated excerpts of the corpus as offsets, names, values and hashes, and rebuild gold and texts from them.

usage: freeze_gold.py freeze ANNOTATIONS [--told]   (its texts/excerpts.json, A/, B/, gold/ → bench/gold/)
       freeze_gold.py thaw OUT   (bench/gold/ and ../shared/corpus → OUT/HALF/DOC.txt, OUT/HALF/DOC.gold.json)

Freezing adds to what is frozen; an excerpt of the same name is replaced. An excerpt belongs to the `half` that
excerpts.json gives it: unseen (where it gives none), which is only measured, tuned, whose errors may be read, or
calibrating, on which confidence is fitted.
No sentence of the corpus is stored: evidence stands as [start, end] in the excerpt, an excerpt as file, start, end and
the SHA-256 of its text. Thawing refuses a source that no longer gives that hash.

Annotators may have been told the names of the source files, since the head of a report, which an excerpt from its
middle lacks, says which place 全市 is. With --told the frozen excerpt has a "doc" of its own, which ends in the name of
its source (v02_淮安_政府工作报告.txt): under it the excerpt is thawed, so kg is told what they were. An excerpt without
"doc" is thawed as NAME.txt.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.evaluate import evaluate

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
FROZEN = ROOT / "bench" / "gold"
AGREEMENT = "agreement.json"
HALVES = UNSEEN, TUNED, CALIBRATING = "unseen", "tuned", "calibrating"

# What a file may hold; a note of an annotator, or a quotation under another key, does not slip in.
KEYS = {
    "meta": ("title", "publisher", "date", "genre", "about"),
    "entities": ("id", "type", "kind", "name", "mentions", "also", "optional"),
    "relations": ("subject", "predicate", "object", "evidence", "optional"),
    "figures": (
        *("id", "text", "value", "upper", "unit", "bound", "metric", "subject", "period", "status"),
        *("evidence", "optional"),
    ),
}
LONGEST = 60  # characters of a name; a metric is shorter
LONGEST_METRIC = 40
SENTENCE = re.compile(r"[。；！？\n]")
DIRECTIONS = (("A", "B"), ("B", "A"), ("gold", "A"), ("gold", "B"))  # judged by, judged
JUDGED = ("entity", "relation", "figure", "figure core", "figure strict")


class FrozenError(Exception):
    """Why gold cannot be frozen or thawed: which file, what is wrong, what to do."""


def names(frozen: Path = FROZEN) -> tuple[str, ...]:
    """The excerpts that are kept."""
    return tuple(sorted(path.stem for path in frozen.glob("*.json") if path.name != AGREEMENT))


def freeze(annotations: Path, frozen: Path = FROZEN, told: bool = False) -> None:
    """Add the adjudicated gold of every excerpt, and the counts of the annotators' agreement, to what is kept.

    `told`: the annotators knew the names of the files that the excerpts are from.
    """
    frozen.mkdir(parents=True, exist_ok=True)
    for excerpt in json.loads((annotations / "texts" / "excerpts.json").read_text(encoding="utf-8")):
        name = excerpt["name"]
        text = (annotations / "texts" / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
        if _sha256(text) != excerpt["sha256"]:
            raise FrozenError(f"{name}: the text that was annotated is not the one that was drawn; draw it again")
        gold = json.loads((annotations / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
        kept = {**_where(excerpt, told), **_frozen(name, gold, text)}
        (frozen / f"{name}.json").write_text(_written(kept), encoding="utf-8")
    counts = _added(frozen / AGREEMENT, _agreement(annotations))
    (frozen / AGREEMENT).write_text(_written(counts), encoding="utf-8")


def _where(excerpt: Mapping[str, Any], told: bool) -> Json:
    """Which half an excerpt is in, its document's name if that is not its own, and where it was cut from."""
    half = excerpt.get("half", UNSEEN)
    if half not in HALVES:
        raise FrozenError(f"{excerpt['name']}: half {half!r} in excerpts.json; it is one of {', '.join(HALVES)}")
    number = excerpt["name"].partition("-")[0]
    doc = {"doc": f"{number}_{Path(excerpt['file']).name}"} if told else {}
    return {"half": half, **doc, **{key: excerpt[key] for key in ("file", "start", "end", "sha256")}}


def thaw(corpus: Path, out: Path, frozen: Path = FROZEN) -> None:
    """Write text and full gold of every excerpt, a folder for each half.

    `FrozenError` names a source that is missing or has changed.
    """
    for name in names(frozen):
        kept = json.loads((frozen / f"{name}.json").read_text(encoding="utf-8"))
        text = excerpt_of(corpus / kept["file"], kept)
        gold = {"doc": kept.get("doc", f"{name}.txt"), **{part: kept[part] for part in KEYS}}
        for each in [*gold["relations"], *gold["figures"]]:
            start, end = each["evidence"]
            each["evidence"] = text[start:end]
        half = out / kept["half"]
        half.mkdir(parents=True, exist_ok=True)
        (half / gold["doc"]).write_text(text + "\n", encoding="utf-8")
        written = json.dumps(gold, ensure_ascii=False, indent=1)
        (half / f"{gold['doc'].removesuffix('.txt')}.gold.json").write_text(written, encoding="utf-8")


def text_of(raw: bytes) -> str:
    """A corpus file's text as passages are counted in it: without byte order mark, lines ended by \\n."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def excerpt_of(path: Path, kept: Mapping[str, Any]) -> str:
    """The characters that were annotated."""
    if not path.is_file():
        raise FrozenError(f"{path}: no such file; the gold cut from it cannot be rebuilt")
    text = text_of(path.read_bytes())[kept["start"] : kept["end"]]
    if _sha256(text) != kept["sha256"]:
        raise FrozenError(
            f"{path}: characters {kept['start']}:{kept['end']} are not those that were annotated; "
            "restore the file, or annotate anew"
        )
    return text


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _frozen(name: str, gold: Json, text: str) -> Json:
    """The gold without any run of text but names."""
    kept: Json = {"meta": _allowed(name, "meta", gold["meta"])}
    for part in ("entities", "relations", "figures"):
        kept[part] = [_allowed(name, part, each) for each in gold[part]]
    for each in [*kept["relations"], *kept["figures"]]:
        each["evidence"] = list(_span(name, each["evidence"], text))
    for words, longest in _strings(kept):
        if len(words) > longest or SENTENCE.search(words):
            raise FrozenError(f"{name}: {words[:20]}… ({len(words)} characters) is no name; shorten it")
    return kept


def _allowed(name: str, part: str, found: Json) -> Json:
    """The same in the order of `KEYS`; what is not named there is refused."""
    if unknown := set(found) - set(KEYS[part]):
        raise FrozenError(f"{name}: {part} with {sorted(unknown)}, which is not in the file format")
    return {key: found[key] for key in KEYS[part] if key in found}


def _strings(kept: Json) -> Iterable[tuple[str, int]]:
    """Every name that is stored but the title, and how long it may be."""
    yield kept["meta"]["publisher"] or "", LONGEST
    for entity in kept["entities"]:
        yield from ((words, LONGEST) for words in (entity["name"], *entity["mentions"]))
    for figure in kept["figures"]:
        yield figure["text"], LONGEST_METRIC
        yield figure["metric"], LONGEST_METRIC


def _span(name: str, passage: str, text: str) -> tuple[int, int]:
    """Where the passage stands first; spaces and line ends within it do not count where it stands nowhere as it is."""
    if passage and (start := text.find(passage)) >= 0:
        return start, start + len(passage)
    places = [place for place, char in enumerate(text) if not char.isspace()]
    bare = "".join(passage.split())
    start = "".join(text.split()).find(bare)
    if not bare or start < 0:
        raise FrozenError(f"{name}: evidence {passage[:20]}… does not stand in the text; correct the gold")
    return places[start], places[start + len(bare) - 1] + 1


def _agreement(annotations: Path) -> Json:
    """[found, extra, missed] of every excerpt, by who judges whom; `sparing` is by the flags, `all` takes none."""
    counts: Json = {}
    with tempfile.TemporaryDirectory() as folder:
        for rule in ("sparing", "all"):
            made = Path(folder) / rule
            for annotator in ("A", "B", "gold"):
                _as_gold_and_records(annotations / annotator, made / annotator, spare=rule == "sparing")
            counts[rule] = {f"{left} judges {right}": _counts(made / left, made / right) for left, right in DIRECTIONS}
    return counts


def _added(path: Path, counts: Json) -> Json:
    """What is counted in the file, with these excerpts added or replaced."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        rule: {
            direction: dict(sorted({**kept.get(rule, {}).get(direction, {}), **found}.items()))
            for direction, found in directions.items()
        }
        for rule, directions in counts.items()
    }


def _as_gold_and_records(annotated: Path, out: Path, spare: bool) -> None:
    out.mkdir(parents=True)
    lines = []
    for path in sorted(annotated.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not spare:
            for each in [*gold["entities"], *gold["relations"], *gold["figures"]]:
                each.pop("optional", None)
        (out / path.name).write_text(json.dumps(gold), encoding="utf-8")
        lines.append(json.dumps(gold))
    (out / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _counts(judge: Path, judged: Path) -> Json:
    found = evaluate(judge, judged).documents
    return {
        Path(doc).stem: {kind: [t.found, t.extra, t.missed] for kind in JUDGED for t in [score.tally(kind)]}
        for doc, score in sorted(found.items())
    }


def _written(found: Json) -> str:
    """JSON with one entity, relation, figure or excerpt a line."""

    def block(value: object, indent: str) -> str:
        if _height(value) < 3:
            return json.dumps(value, ensure_ascii=False)
        deeper = indent + " "
        if isinstance(value, dict):
            items = [f"{deeper}{json.dumps(key)}: {block(each, deeper)}" for key, each in value.items()]
            return "{\n" + ",\n".join(items) + f"\n{indent}}}"
        assert isinstance(value, list)
        return "[\n" + ",\n".join(deeper + block(each, deeper) for each in value) + f"\n{indent}]"

    return block(found, "") + "\n"


def _height(value: object) -> int:
    """How deep lists and objects are nested."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(_height, inside), default=0)


def main(arguments: list[str]) -> int:
    """Freeze or thaw, as the command line says."""
    task, *rest = arguments or [""]
    told = task == "freeze" and rest[1:] == ["--told"]
    if task not in ("freeze", "thaw") or len(rest) != 1 + told:
        print(__doc__, file=sys.stderr)
        return 2
    folder, corpus = Path(rest[0]), SHARED / "corpus"
    if task == "thaw" and not corpus.is_dir():
        print(f"skipped: no folder {corpus}; the excerpts are cut from it (KG_SHARED names another shared/)")
        return 0
    try:
        freeze(folder, told=told) if task == "freeze" else thaw(corpus, folder)
    except FrozenError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names())} excerpts {'kept in ' + str(FROZEN) if task == 'freeze' else 'rebuilt in ' + str(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
