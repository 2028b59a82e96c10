"""Draw excerpts of the corpus to annotate, by a fixed seed, leaving out the families of the development gold.

usage: draw_gold.py BATCH CORPUS OUT_DIR   (writes NAME.txt and excerpts.json: file, start, end, sha256 of each)

A family is one act in all its versions, or the reports of one place. No family is in two batches, but that `training`
may take from those of `tuned`, never from those of `unseen` or `reported`.
"""

import hashlib
import json
import random
import re
import sys
from pathlib import Path

SEED = 20261122
# Batch → prefix of its names, and how many excerpts of each folder, in the order in which they were drawn.
BATCHES = {
    "unseen": ("u", {"reports": 6, "notices": 4, "replies": 2, "laws": 2, "news": 4}),
    "reported": ("w", {"reports": 6, "notices": 3, "replies": 1, "laws": 2, "news": 4}),
    "tuned": ("v", {"reports": 8, "notices": 4, "replies": 1, "laws": 2, "news": 5}),
    "training": ("t", {"reports": 104, "notices": 46, "replies": 8, "laws": 28, "news": 54}),
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


def draw(batch: str, corpus: Path, taken: set[str]) -> list[dict[str, object]]:
    """The excerpts of one batch, with their texts."""
    prefix, wanted = BATCHES[batch]
    chance = random.Random(SEED if prefix == "u" else f"{SEED} {prefix}")
    drawn: list[dict[str, object]] = []
    for folder, number in wanted.items():
        files = sorted(p for p in (corpus / folder).glob("*.txt") if not DEVELOPMENT.search(p.name))
        chance.shuffle(files)
        found = 0
        for path in files:
            if found == number:
                break
            if family(path) in taken:
                continue
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            # a long head says little: half of the reports and laws are read from within
            start, end = excerpt(text, chance, from_start=found % 2 == 0)
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
    out.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for name in BATCHES:
        drawn = draw(name, corpus, taken)
        if name == batch:
            break
        if name != "tuned":
            taken |= {family(Path(str(each["file"]))) for each in drawn}
    for each in drawn:
        (out / f"{each['name']}.txt").write_text(f"{each.pop('text')}\n", encoding="utf-8")
    (out / "excerpts.json").write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
