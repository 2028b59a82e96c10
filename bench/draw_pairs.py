"""Draw groups of mentions from different documents to be told apart or put together by annotators, by a fixed seed.

usage: draw_pairs.py RECORDS OUT_DIR   (writes items-N.txt to OUT_DIR, and bench/pairs/items.json)

RECORDS is the `records.jsonl` in a build of the corpus. Items are groups of mentions, each named by document, offsets,
type, name and owner as read; annotators give its partition. What is kept in the project holds no sentence of any
document. Items are divided in two halves by the hash of their first document: of `tuning` errors may be looked at, of
`unseen` not.
"""

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pair_blocks import LARGEST, Group, Mention, core_of, hard_negatives, plain, same_things

SEED = 20261123
ITEMS = Path(__file__).parent / "pairs" / "items.json"
FILES = 4, 2  # of the first draw, and of the second
LONGEST = 5  # mentions of an item, at most
PER_DOCUMENT, PER_NAME = 12, 2  # how often a document, and a name, may come in all
AROUND = 45  # characters before and after a mention
Numbered = tuple[int, tuple[str, Group]]
NO_DOCUMENTS = re.compile("^(?:README|SOURCES|gazetteers/)")
# Stratum → how many items are drawn of it.
SAME = {
    "place code": 16,
    "place head": 4,
    "equal Place": 3,
    "equal Organisation": 20,
    "equal Policy": 22,
    "equal Mechanism": 18,
    "pinyin": 8,
    "short body of a place": 26,
    "short body": 24,
    "body with and without place": 8,
    "edition": 18,
    "title without place": 6,
    "document number": 8,
    "title within title": 12,
    "alike document": 18,
    "alike programme": 14,
    "hotline or platform of a place": 8,
    "alike Mechanism": 24,
}
HARD = {
    "name of two owners": 24,
    "one wording of two bodies": 14,
    "department of two places": 14,
    "body and its unit": 14,
    "department of two levels": 12,
    "places that begin alike": 10,
    "one name of two places": 8,
    "differ in a number": 18,
    "title of two places": 16,
    "law and its measures": 14,
    "near Mechanism": 10,
    "near Organisation": 12,
}
# The second draw, from documents none of which is another's copy: the first has many names of a report and its copy.
AGAIN = {
    "equal Organisation": 16,
    "equal Policy": 24,
    "equal Mechanism": 12,
    "short body of a place": 8,
    "short national body": 18,
    "edition": 10,
    "alike document": 14,
    "alike programme": 8,
    "alike Mechanism": 8,
    "hotline or platform of a place": 4,
}
COPY = 0.5  # share of the names of two documents that both have, from which one is the other's copy


def mentions(records: Path) -> list[Mention]:
    """One mention of each entity of each document, drawn from those it has."""
    found = []
    for line in records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if NO_DOCUMENTS.match(record["doc"]):
            continue
        codes = {e["id"]: dict(map(tuple, e.get("attributes", ()))).get("code", "") for e in record["entities"]}
        home = codes.get(record["meta"].get("about") or "", "")
        for entity in record["entities"]:
            seed = hashlib.sha256(f"{SEED}{record['sha256']}{entity['id']}".encode()).digest()
            quote = random.Random(seed).choice(entity["mentions"])
            code, core = core_of(entity["type"], entity["name"], home)
            numbers = tuple(value for name, value in entity.get("attributes", ()) if name == "documentNumber")
            found.append(
                Mention(
                    record["doc"],
                    quote["start"],
                    quote["end"],
                    entity["type"],
                    entity["name"],
                    entity.get("owner") or "",
                    entity.get("kind") or "",
                    codes[entity["id"]] or code,
                    core,
                    numbers,
                    quote["text"],
                    record["sha256"],
                )
            )
    return sorted(found)


def drawn(
    groups: Iterable[tuple[str, Group]], wanted: dict[str, int], taken: Counter[str]
) -> Iterator[tuple[str, Group]]:
    """So many groups of each stratum, with no document and no name too often."""
    by_stratum: dict[str, list[Group]] = defaultdict(list)
    for stratum, group in groups:
        by_stratum[stratum].append(group)
    for stratum, count in wanted.items():
        listed = sorted(by_stratum[stratum])
        random.Random(f"{SEED}{stratum}").shuffle(listed)
        left = count
        for group in listed:
            if not left:
                break
            keys = {f"doc {each.doc}" for each in group[:LONGEST]}
            names = {f"name {plain(each)}" for each in group}
            if any(taken[key] >= PER_DOCUMENT for key in keys) or any(taken[name] >= PER_NAME for name in names):
                continue
            taken.update(keys | names)
            left -= 1
            yield stratum, group
        print(f"{stratum}: {count - left} of {len(listed)}")


def widened(group: Group, named: dict[tuple[str, str], list[Mention]], chance: random.Random) -> Group:
    """The group with mentions of the same names from other documents, each document once."""
    chosen: dict[str, Mention] = {}
    listed = list(group)
    chance.shuffle(listed)
    if len(group) == 2:
        others = [other for each in group for other in named[each.type, plain(each)][:LARGEST]]
        chance.shuffle(others)
        listed = [*listed, *others[: chance.choice((0, 1, 1, 2))]]
    for each in listed:
        chosen.setdefault(each.doc, each)
    return tuple(list(chosen.values())[: chance.choice((3, 4, LONGEST))])


def originals(found: list[Mention]) -> list[Mention]:
    """The mentions of documents that are not the copy of one before them."""
    names: dict[str, set[str]] = defaultdict(set)
    for each in found:
        names[each.doc].add(plain(each))
    kept: list[str] = []
    for doc in sorted(names):
        mine = names[doc]
        if not any(len(mine & names[other]) > COPY * len(mine | names[other]) for other in kept):
            kept.append(doc)
    return [each for each in found if each.doc in set(kept)]


def half(group: Group) -> str:
    """By the hash of the document whose name comes first: fixed, whatever else is drawn."""
    return "unseen" if int(min(group).sha256[:8], 16) % 2 else "tuning"


def shown(number: int, group: Group, records: dict[str, dict], texts: Path) -> str:
    """An item as annotators see it."""
    lines = [f"## {number}"]
    for at, each in enumerate(group, 1):
        meta = records[each.doc]["meta"]
        text = (texts / f"{each.doc}.txt").read_text(encoding="utf-8")
        before, after = text[max(0, each.start - AROUND) : each.start], text[each.end : each.end + AROUND]
        context = re.sub(r"\s+", " ", f"{before}【{text[each.start : each.end]}】{after}")
        told = " · ".join(filter(None, (each.doc, meta.get("title"), meta.get("publisher"), meta.get("date"))))
        lines += [
            f"{at}. {each.type}{' ' + each.kind if each.kind else ''} “{each.text}”   [{told}]",
            f"   …{context}…",
        ]
    return "\n".join(lines) + "\n"


def main(records: Path, out: Path) -> None:
    found = mentions(records)
    taken: Counter[str] = Counter()
    chance = random.Random(SEED)
    named = by_name(found)
    first = [(s, widened(g, named, chance)) for s, g in drawn(same_things(found), SAME, taken)]
    first += list(drawn(hard_negatives(found), HARD, taken))
    chance.shuffle(first)
    single = originals(found)
    named = by_name(single)
    taken = Counter({key: count for key, count in taken.items() if key.startswith("name ")})
    again = [(s, widened(g, named, chance)) for s, g in drawn(same_things(single), AGAIN, taken)]
    chance.shuffle(again)
    items = list(enumerate(first + again, 1))
    ITEMS.parent.mkdir(exist_ok=True)
    kept = [{"id": n, "stratum": s, "half": half(g), "mentions": [told(m) for m in g]} for n, (s, g) in items]
    ITEMS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    documents = {(r := json.loads(line))["doc"]: r for line in records.read_text(encoding="utf-8").splitlines()}
    parts = [*split(items[: len(first)], FILES[0]), *split(items[len(first) :], FILES[1])]
    for file, part in enumerate(parts, 1):
        page = "\n".join(shown(number, group, documents, records.parent / "texts") for number, (_, group) in part)
        (out / f"items-{file}.txt").write_text(page, encoding="utf-8")
    print(f"{len(items)} items, {sum(len(g) for _, (_, g) in items)} mentions, {Counter(k['half'] for k in kept)}")


def by_name(found: Iterable[Mention]) -> dict[tuple[str, str], list[Mention]]:
    named: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for each in found:
        named[each.type, plain(each)].append(each)
    return named


def split(items: list[Numbered], files: int) -> list[list[Numbered]]:
    """Lists of nearly one size."""
    size = -(-len(items) // files)
    return [items[start : start + size] for start in range(0, len(items), size)]


def told(mention: Mention) -> dict[str, str | int]:
    """What is kept of a mention."""
    return {key: getattr(mention, key) for key in ("doc", "sha256", "start", "end", "type", "name", "owner")}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
