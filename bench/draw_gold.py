"""Draw excerpts of the corpus to annotate, by a fixed seed, leaving out the families of the development gold.

usage: draw_gold.py CORPUS OUT_DIR   (writes NAME.txt and excerpts.json: file, start, end, sha256 of each)
"""

import hashlib
import json
import random
import re
import sys
from pathlib import Path

SEED = 20261122
WANTED = {"reports": 6, "notices": 4, "replies": 2, "laws": 2, "news": 4}
SHORTEST, LONGEST = 600, 1300
# The places and acts from which shared/gold/dev was cut: a file named after one of them is its family.
DEVELOPMENT = re.compile(
    "宁波|深圳|三亚|达州|武汉|北海|林芝|包头|盘锦|锡林郭勒|呼和浩特|内蒙古|赋予科研机构|幼儿园招生|最低生活保障|房屋租赁|巴东县"
    "|雄安新区|四川省|新思想引领新征程|20240627|国内联播快讯|矛盾纠纷多元化解"
)


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


def main(corpus: Path, out: Path) -> None:
    chance = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    drawn = []
    for folder, wanted in WANTED.items():
        files = sorted(p for p in (corpus / folder).glob("*.txt") if not DEVELOPMENT.search(p.name))
        chance.shuffle(files)
        found = 0
        for path in files:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            # a long head says little: half of the reports and laws are read from within
            start, end = excerpt(text, chance, from_start=found % 2 == 0)
            if end == 0:
                continue
            found += 1
            name = f"u{len(drawn) + 1:02d}-{folder}"
            quote = text[start:end]
            (out / f"{name}.txt").write_text(quote + "\n", encoding="utf-8")
            drawn.append(
                {
                    "name": name,
                    "file": f"{folder}/{path.name}",
                    "start": start,
                    "end": end,
                    "sha256": hashlib.sha256(quote.encode()).hexdigest(),
                }
            )
            if found == wanted:
                break
    (out / "excerpts.json").write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
