"""Pairs of mentions from different documents: how many the program puts together rightly, beside simpler ways.

usage: pairs.py RECORDS [--items FILE] [--gold FILE] [--errors]

RECORDS is the `records.jsonl` of a build of the corpus from which the items were drawn. Gold is a partition of the
mentions of each item (`bench/pairs/gold.json`, by `pairs.py --adopt FOLDER`, which reads the adjudicated items-N.out).
Printed by half: `tuning`, whose errors may be looked at (`--errors`), and `unseen`, whose errors are never printed; and
for both without the documents that are copies of others (`bench/pairs/copies.json`), whose names are equal of course.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.model import DocumentGraph
from kg.resolve.corpora import nodes_of
from kg.resolve.identities import IDLE, Identities
from kg.store.records import parse

FOLDER = Path(__file__).parent / "pairs"
Item = dict[str, Any]
Partition = list[list[int]]  # mentions by number from 1; those that are no entity are left out
Assigned = Callable[[Item, int], Any]


@dataclass
class Counts:
    """Pairs put together rightly, wrongly, and not although they should be."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def partition(line: str) -> tuple[int, Partition]:
    """A line of an annotator: `12: 1 2 | 3 | x4`.

    >>> partition("12: 1 3 | 2 | x4")
    (12, [[1, 3], [2]])
    """
    number, _, said = line.partition(":")
    groups = [group.split() for group in said.split("|")]
    return int(number), [
        [int(word) for word in group if word.isdigit()] for group in groups if group and group[0].isdigit()
    ]


def adopted(folder: Path) -> dict[int, Partition]:
    """The partitions of a folder of items-N.out."""
    lines = (
        line for path in sorted(folder.glob("items-*.out")) for line in path.read_text(encoding="utf-8").splitlines()
    )
    return dict(partition(line) for line in lines if re.match(r"\s*\d+\s*:", line))


def read(records: Path) -> Iterator[DocumentGraph]:
    """The documents without what does not bear on what is one node: figures."""
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield parse(json.dumps(record | {"figures": []}))


def merged(records: Path) -> Assigned:
    """The node of each mention in the merged graph; of one that is read longer or shorter today, by either bound."""
    nodes = {}
    bounds: defaultdict[tuple[str, int], list[tuple[int, int, str, str]]] = defaultdict(list)
    for entity in nodes_of(list(read(records)), Identities())[0].values():
        for quote in entity.mentions:
            nodes[quote.doc, quote.start, quote.end, entity.type] = entity.id
            for bound in (quote.start, -quote.end):
                bounds[quote.doc, bound].append((quote.start, quote.end, entity.type, entity.id))

    def of(item: Item, number: int) -> Any:
        mention = item["mentions"][number - 1]
        doc, start, end, type_ = (mention[key] for key in ("doc", "start", "end", "type"))
        if (doc, start, end, type_) in nodes:
            return nodes[doc, start, end, type_]
        near = [*bounds[doc, start], *bounds[doc, -end]]
        best = min(near, key=lambda n: (n[2] != type_, abs(n[0] - start) + abs(n[1] - end), n), default=None)
        return best[3] if best else (item["id"], number)  # what is read no more is with nothing

    return of


def nothing(item: Item, number: int) -> Any:
    """Merge nothing."""
    return number


def equal_names(item: Item, number: int) -> Any:
    """Merge what has one type, name and owner in its documents, but for quotation marks: what kg did before."""
    mention = item["mentions"][number - 1]
    return mention["type"], mention["name"].translate(IDLE).lower(), mention["owner"]


def equal_strings(item: Item, number: int) -> Any:
    """Merge what is called the same, whoever owns it."""
    return equal_names(item, number)[:2]


def score(items: Iterable[Item], gold: dict[int, Partition], assigned: Assigned) -> Counts:
    """Pairs of mentions from different documents."""
    counts = Counts()
    for item in items:
        group = {number: at for at, numbers in enumerate(kept(item, gold[item["id"]])) for number in numbers}
        for left, right in combinations(sorted(group), 2):
            one, other = (item["mentions"][number - 1] for number in (left, right))
            if one["doc"] == other["doc"]:
                continue
            same, together = group[left] == group[right], assigned(item, left) == assigned(item, right)
            counts.right += same and together
            counts.wrong += together and not same
            counts.missed += same and not together
            if same != together:
                sign = "+" if together else "-"
                shown = " | ".join(
                    f"{m['type'][0]} {m['name']} ({m['owner'] or '-'}; {m['doc'][-24:]})" for m in (one, other)
                )
                counts.errors.append(f"{sign} {item['id']} {item['stratum']}: {shown}")
    return counts


def clusters(items: Iterable[Item], gold: dict[int, Partition]) -> tuple[int, int]:
    """How many gold clusters span two documents, and how many pairs of different documents are different things."""
    spanning = different = 0
    for item in items:
        groups = [[item["mentions"][n - 1]["doc"] for n in numbers] for numbers in kept(item, gold[item["id"]])]
        spanning += sum(len(set(docs)) > 1 for docs in groups)
        different += sum(a != b for one, other in combinations(groups, 2) for a in one for b in other)
    return spanning, different


def agreement(items: list[Item], left: dict[int, Partition], right: dict[int, Partition]) -> str:
    """On how many of the pairs that both hold for entities two annotators agree, and Cohen's kappa."""
    both: Counter[tuple[bool, bool]] = Counter()
    for item in (each for each in items if each["id"] in left and each["id"] in right):
        one, other = ({n: at for at, ns in enumerate(said[item["id"]]) for n in ns} for said in (left, right))
        for a, b in combinations(sorted(set(one) & set(other)), 2):
            both[one[a] == one[b], other[a] == other[b]] += 1
    total = both.total()
    same = (both[True, True] + both[False, False]) / total
    first, second = (sum(n for pair, n in both.items() if pair[at]) / total for at in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return f"{total} pairs, agreed on {same:.3f}, kappa {(same - chance) / (1 - chance):.3f}"


def without(items: list[Item]) -> list[Item]:
    """The items without their mentions in documents that are copies of others."""
    path = FOLDER / "copies.json"
    gone = set(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else set()
    return left_out(items, lambda mention: mention["doc"] in gone)


def entities_only(items: list[Item]) -> list[Item]:
    """The items without titles that are no policies by the guidelines (`works.json`: films, songs, programmes)."""
    none = {tuple(place) for place in json.loads((FOLDER / "works.json").read_text(encoding="utf-8"))}
    return left_out(items, lambda mention: (mention["doc"], mention["start"], mention["end"]) in none)


def left_out(items: list[Item], gone: Callable[[Any], bool]) -> list[Item]:
    """The items without the mentions of which this holds, and without those that were left out before."""
    return [
        item | {"gone": [*item.get("gone", ()), *(n for n, m in enumerate(item["mentions"], 1) if gone(m))]}
        for item in items
    ]


def kept(item: Item, groups: Partition) -> Partition:
    """The groups without mentions in copies."""
    left = ([number for number in group if number not in item.get("gone", ())] for group in groups)
    return [group for group in left if group]


def table(items: list[Item], gold: dict[int, Partition], systems: dict[str, Assigned]) -> Iterator[str]:
    """Lines of a Markdown table for each half."""
    yield "| half | clusters of 2+ documents | pairs that differ | how | precision | recall | wrong | missed |"
    yield "|---|--:|--:|---|--:|--:|--:|--:|"
    by_half: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_half[item["half"]].append(item)
    for half, chosen in (*sorted(by_half.items()), ("both", items), ("no copies", without(items))):
        spanning, different = clusters(chosen, gold)
        for name, assigned in systems.items():
            c = score(chosen, gold, assigned)
            told = f"{c.precision:.3f} | {c.recall:.3f} | {c.wrong} | {c.missed}"
            yield f"| {half} | {spanning} | {different} | {name} | {told} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", type=Path, nargs="?")
    options.add_argument("--items", type=Path, default=FOLDER / "items.json")
    options.add_argument("--gold", type=Path, default=FOLDER / "gold.json")
    options.add_argument("--adopt", type=Path, help="write the gold of this folder of items-N.out to --gold")
    options.add_argument("--agreement", type=Path, nargs=2, help="two folders of items-N.out")
    options.add_argument("--errors", action="store_true", help="print those of the tuning half")
    given = options.parse_args()
    items = json.loads(given.items.read_text(encoding="utf-8"))
    if given.agreement:
        print(agreement(items, *map(adopted, given.agreement)))
    if given.adopt:
        said = sorted(adopted(given.adopt).items())
        lines = ",\n".join(f' "{number}": {json.dumps(groups)}' for number, groups in said)
        given.gold.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    if given.records:
        gold = {int(number): groups for number, groups in json.loads(given.gold.read_text(encoding="utf-8")).items()}
        items = entities_only([item for item in items if item["id"] in gold])
        ours = merged(given.records)
        systems = {
            "merge nothing": nothing,
            "merge equal names": equal_strings,
            "equal name and owner": equal_names,
            "kg": ours,
        }
        print("\n".join(table(items, gold, systems)))
        if given.errors:
            print(*score([item for item in items if item["half"] == "tuning"], gold, ours).errors, sep="\n")


if __name__ == "__main__":
    main()
