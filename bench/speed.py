"""Time kg beside jieba in one run over the plain-text corpus: ratio, shares of the components, cost at growing sizes.

usage: speed.py [--write] [--every N]   (--write also writes docs/speed.md anew; --every takes one document in N only)

Reading is text in, record out, in one process: `kg.resolve.record`, as `kg build` calls it. Both see each document in
turn, so that whatever else the machine does falls on both, and what is counted is CPU time. Skipped, and said, where
there is no ../shared/corpus (KG_SHARED names another shared/) or no jieba (`make dev` installs it).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from freeze_gold import ROOT, SHARED
from spacy.language import Language

from kg import language, read, resolve
from kg.model import DocumentGraph, Source

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of jieba's own code
    try:
        import jieba
    except ImportError:
        jieba = None

PAGE = ROOT / "docs" / "speed.md"
LIMIT = 4  # times the time of jieba
SIZES = (1_000, 10_000, 100_000, 1_000_000)  # characters of a text
SAMPLED = 8  # in one document of so many the components are timed one by one
SEED = 20261122
TOKENIZER, RESOLVE = "tokenizer", "kg.resolve"
Row = Sequence[object]


@dataclass(frozen=True)
class Speed:
    """What one run took, in CPU seconds."""

    documents: int
    characters: int
    jieba: float
    kg: float
    shares: Mapping[str, float]  # component → its part of the time of kg
    costs: Mapping[int, float]  # characters of a text → seconds a character

    @property
    def ratio(self) -> float:
        """How many times as long as jieba kg takes."""
        return self.kg / self.jieba


def sources(corpus: Path, every: int) -> list[Source]:
    """The plain texts of the corpus, or one in so many, as kg reads them."""
    return [read.source(path, path.name) for path in sorted(corpus.glob("*/*.txt"))[::every]]


def measure(texts: Sequence[Source], sizes: Sequence[int] = SIZES) -> Speed:
    """Time both on the texts, and kg on pieces of these sizes of all texts together."""
    jieba.setLogLevel("ERROR")
    nlp = language.pipeline()
    words(texts[0].text), record(nlp, texts[0])  # warm
    by_jieba = by_kg = 0.0
    for source in texts:
        by_jieba += timed(words, source.text)[1]
        by_kg += timed(record, nlp, source)[1]
    characters = sum(len(source.text) for source in texts)
    return Speed(len(texts), characters, by_jieba, by_kg, shares(nlp, texts[::SAMPLED]), costs(nlp, texts, sizes))


def timed(work: Callable[..., Any], *given: object) -> tuple[Any, float]:
    """What the work gives, and the CPU seconds it took."""
    start = time.process_time()
    found = work(*given)
    return found, time.process_time() - start


def words(text: str) -> list[str]:
    """What jieba makes of the text."""
    return list(jieba.cut(text))


def record(nlp: Language, source: Source) -> DocumentGraph:
    """What kg makes of it."""
    return resolve.record(nlp, source)


def shares(nlp: Language, texts: Sequence[Source]) -> dict[str, float]:
    """The steps of `record` one by one: which part of the time each takes."""
    taken: dict[str, float] = defaultdict(float)
    for source in texts:
        doc, taken_now = timed(nlp.make_doc, source.text)
        taken[TOKENIZER] += taken_now
        doc._.kg_name, doc._.kg_hints = source.doc, dict(source.hints)
        for name, component in nlp.pipeline:
            doc, taken_now = timed(component, doc)
            taken[name] += taken_now
        taken[RESOLVE] += timed(resolve.document, doc, source)[1]
    return {name: each / sum(taken.values()) for name, each in taken.items()}


def costs(nlp: Language, texts: Sequence[Source], sizes: Sequence[int]) -> dict[int, float]:
    """Seconds a character, where the same text comes in pieces of each size; a size that it lacks is left out."""
    mixed = list(texts)
    random.Random(SEED).shuffle(mixed)
    text = "\n".join(source.text for source in mixed)
    fitting = [size for size in sizes if size <= len(text)]
    found = {}
    for size in fitting:
        starts = range(0, max(fitting), size)
        pieces = [replace(mixed[0], doc="text.txt", text=text[start : start + size], hints={}) for start in starts]
        found[size] = sum(timed(record, nlp, piece)[1] for piece in pieces) / max(fitting)
    return found


def page(speed: Speed) -> str:
    """The whole of docs/speed.md."""
    shared: list[Row] = [("step", "share of the time", "times jieba")]
    for name, share in sorted(speed.shares.items(), key=lambda each: (-each[1], each[0])):
        shared.append((f"`{name}`", f"{share:.1%}", f"{share * speed.ratio:.2f}"))
    sizes: list[Row] = [("characters of a text", "characters a second", "cost of a character, by that of the shortest")]
    for size, cost in speed.costs.items():
        sizes.append((f"{size:,}", _rate(1, cost), f"{cost / next(iter(speed.costs.values())):.2f}"))
    return (
        "# Speed, measured\n\n"
        f"kg takes **{speed.ratio:.1f} times** as long as `jieba.cut` on the same text; the limit is {LIMIT}. In this "
        f"run, over {speed.documents} documents of\n{speed.characters:,} characters: "
        f"{_rate(speed.characters, speed.kg)} characters a second beside {_rate(speed.characters, speed.jieba)}, each "
        f"in one process, on a machine of {os.cpu_count()} cores.\n"
        f"{METHOD}\n## Where the time goes\n\n{SHARES}\n{_markdown(shared)}\n\n"
        f"## Long texts\n\n{LONG}\n{_markdown(sizes)}\n\n{REPRODUCE}"
    )


def _rate(characters: float, taken: float) -> str:
    return f"{round(characters / taken, -3):,.0f}"


def _markdown(rows: Sequence[Row]) -> str:
    head, *body = rows
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, rule, *body))


def main(arguments: list[str]) -> int:
    """Print the page; with ``--write``, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--every", metavar="N", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.write and options.every != 1:
        parser.error("--write is of the whole corpus; leave --every away")
    corpus = SHARED / "corpus"
    if jieba is None or not corpus.is_dir():
        lacking = f"folder {corpus} (KG_SHARED names another shared/)" if jieba else "jieba (make dev installs it)"
        print(f"skipped: there is no {lacking}")
        return 0
    written = page(measure(sources(corpus, options.every)))
    print(written)
    if options.write:
        PAGE.write_text(written, encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


METHOD = """
Reading is text in, record out: all components of the pipeline, and the entities, relations and figures of the document.
Reading files, merging documents and exports are not in it. Both programs were warm and saw each document in turn; what
is counted is CPU time, so that what else the machine did does not count. Another machine gives other numbers of
characters a second; the ratio is what to compare. This page is written by `python bench/speed.py --write`; nothing in
it is typed by hand.
"""

SHARES = f"""The steps one by one, in one document of {SAMPLED}.
"""

LONG = """The documents of the corpus joined in a random order by a fixed seed, and the same characters read in pieces
of each size: cost is linear as long as the last column stays near 1.
"""

REPRODUCE = """## How to reproduce it

```
.venv/bin/python bench/speed.py            # printed
.venv/bin/python bench/speed.py --write    # and this page
```
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
