"""Draw excerpts of the corpus to annotate, by a fixed seed, leaving out the families of the development gold.

usage: draw_gold.py BATCH CORPUS OUT_DIR   (writes NAME.txt and excerpts.json: file, start, end, sha256 of each)

A family is one act in all its versions, or the reports of one place. No family is in two batches, but that the
batches of `training` may take other passages of those of `tuned`, never anything of those of `unseen` or `reported`.
"""

import hashlib
import itertools
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SEED = 20261122
# Batch → prefix of its names, and how many excerpts of each folder, in the order in which they were drawn.
BATCHES = {
    "unseen": ("u", {"reports": 6, "notices": 4, "replies": 2, "laws": 2, "news": 4}),
    "reported": ("w", {"reports": 6, "notices": 3, "replies": 1, "laws": 2, "news": 4}),
    "tuned": ("v", {"reports": 8, "notices": 4, "replies": 1, "laws": 2, "news": 5}),
    "training": ("t", {"reports": 104, "notices": 46, "replies": 8, "laws": 28, "news": 54}),
    "training2": ("x", {"reports": 76, "notices": 24, "replies": 2, "laws": 12, "news": 14}),
    "training3": ("y", {"reports": 96, "notices": 20, "laws": 8, "news": 10}),
    "training4": ("z", {"reports": 480, "notices": 180, "laws": 90, "news": 120, "replies": 20}),
    "training5": ("q", {"reports": 900, "notices": 200, "laws": 120, "news": 200, "replies": 40}),
    "calibrating": ("k", {"reports": 60, "notices": 300, "laws": 80, "news": 400, "replies": 80}),
    "reported2": ("h", {"reports": 10, "notices": 8, "laws": 6, "news": 8, "replies": 4}),
    "training6": ("r", {"reports": 1600, "notices": 400, "laws": 200, "news": 300, "replies": 60}),
}
HELD = ("unseen", "reported")
AGAIN = "reported2"  # other passages of the families of HELD
# Each leaves out the passages of those before it.
LATER = ("tuned", "training", "training2", "training3", "training4", "training5", "calibrating", "training6")
# How often a batch comes back to a file, for what it has not read; how many excerpts are kept of what is left apart.
ROUNDS = {"training4": 4, "training5": 8, "calibrating": 8, "training6": 24, "reported2": 4}
KEPT = {
    "reported2": {"reports": 9, "notices": 6, "laws": 4, "news": 4, "replies": 2},
    "calibrating": {"reports": 10, "notices": 13, "laws": 10, "news": 4, "replies": 3},
}
SHORTEST, LONGEST = 600, 1300
# The places and acts from which shared/gold/dev was cut: a file named after one of them is its family.
DEVELOPMENT = re.compile(
    "宁波|深圳|三亚|达州|武汉|北海|林芝|包头|盘锦|锡林郭勒|呼和浩特|内蒙古|赋予科研机构|幼儿园招生|最低生活保障|房屋租赁|巴东县"
    "|雄安新区|四川省|新思想引领新征程|20240627|国内联播快讯|矛盾纠纷多元化解"
)
VERSION = re.compile(r"\d{4}-\d\d-\d\d$|^\d{8}_|各级人民代表大会常务委员会|人民代表大会常务委员会|(?<=年)\d+月版$")


def excerpt(text: str, chance: random.Random, from_start: bool) -> tuple[int, int]:
    """A run of whole lines of SHORTEST to LONGEST characters: from the document's head, or from anywhere."""
    starts = [0] + [m.end() for m in re.finditer("\n+", text)]
    ends = [m.start() for m in re.finditer("\n", text)] + [len(text)]
    choices = []
    for start in starts[:1] if from_start else starts[len(starts) // 10 :]:
        fitting = [end for end in ends if SHORTEST <= end - start <= LONGEST]
        if fitting:
            choices.append((start, fitting[-1] if from_start else fitting[0]))
    return chance.choice(choices) if choices else (0, 0)


def family(path: Path) -> str:
    """The name under which versions of one act come."""
    return VERSION.sub("", path.stem)


Drawn = list[dict[str, Any]]


def every(corpus: Path) -> dict[str, Drawn]:
    """All batches, with their texts."""
    found: dict[str, Drawn] = {}
    taken: set[str] = set()
    for batch in BATCHES:
        found[batch] = draw(batch, corpus, taken)
        if batch == AGAIN:
            found[batch] = at_most(apart(found[batch], [each for other in HELD for each in found[other]]), KEPT[batch])
        if batch in LATER[2:]:
            earlier = [each for other in LATER[: LATER.index(batch)] for each in found[other]]
            found[batch] = at_most(apart(found[batch], earlier), KEPT.get(batch, {}))
        if batch in HELD:
            taken |= {family(Path(each["file"])) for each in found[batch]}
    # the first batch for training was marked before this was seen to
    tuned = found["tuned"]
    found["training"] = [each for each in found["training"] if not any(overlap(each, other) for other in tuned)]
    return found


def apart(drawn: Drawn, earlier: Drawn) -> Drawn:
    """Those that share no passage with an earlier one, or with one drawn before them."""
    kept: Drawn = []
    for each in drawn:
        if not any(overlap(each, other) for other in earlier + kept):
            kept.append(each)
    return kept


def at_most(drawn: Drawn, limits: Mapping[str, int]) -> Drawn:
    """The first so many of each folder."""
    seen: Counter[str] = Counter()
    kept = []
    for each in drawn:
        folder = each["name"].split("-")[1]
        seen[folder] += 1
        if seen[folder] <= limits.get(folder, len(drawn)):
            kept.append(each)
    return kept


def overlap(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two excerpts share a passage."""
    return a["file"] == b["file"] and a["start"] < b["end"] and b["start"] < a["end"]


def draw(batch: str, corpus: Path, taken: set[str]) -> Drawn:
    """The excerpts of one batch, with their texts."""
    prefix, wanted = BATCHES[batch]
    chance = random.Random(SEED if prefix == "u" else f"{SEED} {prefix}")
    drawn: Drawn = []
    for folder, number in wanted.items():
        files = sorted(p for p in (corpus / folder).glob("*.txt") if not DEVELOPMENT.search(p.name))
        chance.shuffle(files)
        found = 0
        for path in itertools.islice(itertools.cycle(files), ROUNDS.get(batch, 1) * len(files)):
            if found == number:
                break
            if (family(path) in taken) != (batch == AGAIN):
                continue
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            # a long head says little: half of the reports and laws are read from within
            start, end = excerpt(text, chance, from_start=found % 2 == 0 and batch not in ROUNDS)
            if end == 0:
                continue
            found += 1
            quote = text[start:end]
            drawn.append(
                {
                    "name": f"{prefix}{len(drawn) + 1:02d}-{folder}",
                    "file": f"{folder}/{path.name}",
                    "start": start,
                    "end": end,
                    "sha256": hashlib.sha256(quote.encode()).hexdigest(),
                    "text": quote,
                }
            )
    return drawn


def main(batch: str, corpus: Path, out: Path) -> None:
    """Write the texts of one batch, and where they are from."""
    out.mkdir(parents=True, exist_ok=True)
    drawn = every(corpus)[batch]
    for each in drawn:
        (out / f"{each['name']}.txt").write_text(f"{each.pop('text')}\n", encoding="utf-8")
    (out / "excerpts.json").write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
