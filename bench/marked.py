"""Excerpts with names and relations marked in them, to train on: as offsets and hashes, rebuilt from ../shared/corpus.

usage: marked.py freeze EXCERPTS.json TEXTS MARKS   (→ bench/training)

MARKS holds NAME.tsv, a line a surface: type, surface, `?` where it is marginal.

Beside them bench/passages holds passages that were written for this project, as NAME.txt, NAME.tsv (names) and
NAME.relations.tsv. A line of `names` is [start, end, kind] or [start, end, kind, "?"]: what is marked `?` may be read
either way. A line of `relations` is [subject, predicate, object] or [subject, predicate, object, flags]: an end is the
[start, end] of where it stands, a subject 0 whoever the document itself speaks for; of the flags `p` is planned, `r`
required, `?` as above. Where the key (the file) is missing, relations were not marked.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from freeze_gold import ROOT, excerpt_of

FROZEN = ROOT / "bench" / "training"
PASSAGES = ROOT / "bench" / "passages"
Mark = tuple[int, int, str, bool]  # start, end, kind, whether sure
Place = tuple[int, int]


@dataclass(frozen=True)
class Stated:
    """A relation between what stands at two places; no subject where it is who the document speaks for."""

    subject: Place | None
    predicate: str
    object: Place
    sure: bool


@dataclass(frozen=True)
class Marked:
    """An excerpt: where it is from, its text, names and relations; offsets count from its start, `start` the file's."""

    name: str
    file: str
    text: str
    names: list[Mark]
    start: int = 0
    relations: list[Stated] | None = None  # None where none were marked


def marks(text: str, lines: str) -> list[Mark]:
    """Every occurrence of what is marked, a title with its brackets; of overlapping ones the longest."""
    hits: list[Mark] = []
    for line in lines.splitlines():
        kind, surface, *flag = line.split("\t")
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            bracketed = text[max(0, at - 1) : at] == "《" and text[end : end + 1] == "》"
            hits.append((at - bracketed, end + bracketed, kind, not (flag and flag[0].strip())))
            at = text.find(surface, at + 1)
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit))
    taken: set[int] = set()
    kept = []
    for hit in hits:
        if taken.isdisjoint(range(hit[0], hit[1])):
            taken.update(range(hit[0], hit[1]))
            kept.append(hit)
    return sorted(kept)


def freeze(excerpts: Path, texts: Path, marked: Path) -> int:
    """Keep what was marked; gives how many excerpts."""
    FROZEN.mkdir(parents=True, exist_ok=True)
    count = 0
    for each in json.loads(excerpts.read_text(encoding="utf-8")):
        text = (texts / f"{each['name']}.txt").read_text(encoding="utf-8").removesuffix("\n")
        lines = (marked / f"{each['name']}.tsv").read_text(encoding="utf-8")
        names = [
            [start, end, kind] if sure else [start, end, kind, "?"] for start, end, kind, sure in marks(text, lines)
        ]
        head = json.dumps({key: each[key] for key in ("file", "start", "end", "sha256")}, ensure_ascii=False)
        body = f'{head[:-1]},\n "names": {json.dumps(names, ensure_ascii=False)}}}\n'
        (FROZEN / f"{each['name']}.json").write_text(body, encoding="utf-8")
        count += 1
    return count


def thaw(corpus: Path) -> list[Marked]:
    """The excerpts with their texts; `FrozenError` names a source that is missing or has changed."""
    found = []
    for path in sorted(FROZEN.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        text = excerpt_of(corpus / kept["file"], kept)
        names = [(start, end, kind, not flag) for start, end, kind, *flag in kept["names"]]
        relations = [stated(*each) for each in kept["relations"]] if "relations" in kept else None
        found.append(Marked(path.stem, kept["file"], text, names, kept["start"], relations))
    return found


def stated(subject: list[int] | int, predicate: str, object_: list[int], flags: str = "") -> Stated:
    """A relation as it is kept."""
    return Stated(tuple(subject) if subject else None, predicate, tuple(object_), "?" not in flags)


def place(written: str) -> list[int]:
    """The place that ``12-17`` tells; nothing for ``0``."""
    return [int(part) for part in written.split("-")] if "-" in written else []


def passages() -> list[Marked]:
    """The passages that were written for this project."""
    found = []
    for path in sorted(PASSAGES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        names = marks(text, path.with_suffix(".tsv").read_text(encoding="utf-8"))
        relations = None
        told = path.with_suffix(".relations.tsv")
        if told.is_file():
            rows = [line.split("\t") for line in told.read_text(encoding="utf-8").splitlines()]
            relations = [stated(place(row[0]), row[1], place(row[2]), *row[3:]) for row in rows]
        found.append(Marked(path.stem, f"passages/{path.stem}", text, names, relations=relations))
    return found


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] != "freeze":
        sys.exit(__doc__)
    print(freeze(*map(Path, sys.argv[2:])), "excerpts kept in", FROZEN)
