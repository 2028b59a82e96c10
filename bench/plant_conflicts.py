"""Change numbers in copies of the corpus' reports, and count how many of the disagreements kg reports.

usage: plant_conflicts.py CORPUS   (prints the table of docs/metrics.md)

The corpus holds next to no two documents that report on one place and year without one being the other's copy. So a
copy of a report, with some of its numbers changed by a fixed seed, stands for a second source: each changed number is
a disagreement that is known, and every other that is reported is an error. Numbers are drawn among those that the
rules compare at all: results with a period and a subject.
"""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from draw_metrics import DOCUMENTS, chosen, place

import kg
from kg.model import DOC, Figure

SEED, REPORTS, CHANGED = "20261123 conflicts", 20, 8
DIGITS = "0123456789"


def eligible(figure: Figure) -> bool:
    """Whether a figure can be in a conflict by what is said of it."""
    named = bool(figure.subject) and figure.subject[0] != DOC
    return named and figure.period is not None and figure.status == "actual" and figure.bound == "exact"


def changed(text: str, at: int, chance: random.Random) -> str:
    """The text with the first digit from `at` on made another one, never nought."""
    while text[at] not in DIGITS:
        at += 1
    other = chance.choice([digit for digit in DIGITS[1:] if digit != text[at]])
    return text[:at] + other + text[at + 1 :]


def main(corpus: Path) -> None:
    """Plant, build, count."""
    chance = random.Random(SEED)
    files = [path for path in chosen(corpus) if path.parent.name == next(iter(DOCUMENTS))][:REPORTS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = kg.build([str(path) for path in files], output=str(folder / "first"), exports=())
        sources = {path.name: path for path in files}
        planted: set[tuple[str, str]] = set()
        (folder / "both").mkdir()
        for doc in sorted(first.texts):
            text = first.texts[doc]
            said = [f for f in first.figures if f.evidence[0].quote.doc == doc and eligible(f) and f.text[0] in DIGITS]
            for figure in chance.sample(said, CHANGED):
                text = changed(text, place(figure)[1], chance)
                planted.add((Path(doc).name, figure.id))
            kept = sources[Path(doc).name]
            (folder / "both" / kept.name).write_text(first.texts[doc], encoding="utf-8")
            (folder / "both" / f"{kept.stem}_2.txt").write_text(text, encoding="utf-8")
        built = kg.build([str(folder / "both")], output=str(folder / "second"), exports=())
        count(first, built, planted)


def count(first: kg.KnowledgeGraph, built: kg.KnowledgeGraph, planted: set[tuple[str, str]]) -> None:
    """How many planted figures are in a conflict, why the others are not, and how many conflicts hold none."""
    places = {figure.id: _place(figure) for figure in first.figures}
    wanted = {places[name] for _, name in planted}
    figures = {figure.id: figure for figure in built.figures}
    reported = [{_place(figures[name]) for name in conflict.figures} for conflict in built.graph.conflicts]
    found = wanted & {place for each in reported for place in each}
    comparable = {name for metric in first.graph.metrics if metric.comparable for name in metric.figures}
    several = _several(first)
    why: Counter[str] = Counter()
    for _, name in planted:
        if places[name] not in found:
            said = "the document says several values" if name in several else "another reading of the changed text"
            why[said if name in comparable else "nothing says of what the phrase is"] += 1
    print(f"| planted | reported | conflicts reported | of them not planted |\n{'|---' * 4}|")
    strange = sum(not each & wanted for each in reported)
    print(f"| {len(planted)} | {len(found)} | {len(reported)} | {strange} |")
    for reason, number in why.most_common():
        print(f"not reported, {reason}: {number}")


def _place(figure: Figure) -> tuple[str, int]:
    doc, start = place(figure)
    return Path(doc).name.replace("_2.txt", ".txt"), start


def _several(graph: kg.KnowledgeGraph) -> set[str]:
    """Figures of a metric, subject, period and status of which the document states several values."""
    figures = {figure.id: figure for figure in graph.figures}
    found: set[str] = set()
    for metric in graph.graph.metrics:
        groups: dict[object, list[Figure]] = {}
        for figure in (figures[name] for name in metric.figures):
            key = figure.evidence[0].quote.doc, figure.subject[:1], figure.period, figure.status
            groups.setdefault(key, []).append(figure)
        for said in groups.values():
            if len({figure.value for figure in said}) > 1:
                found |= {figure.id for figure in said}
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
