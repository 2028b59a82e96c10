"""Which of several candidates is meant: what is seen of each, as words, is weighed by weights that were learnt.

A linear model of choice (McFadden 1974) over features and their combinations, hashed as in `kg.language.hashing`:
the likelihood of a candidate among its rivals grows with the sum of its features' weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.knowledge import Knowledge
from kg.language.hashing import Ids, code, hashed

FILE = "subjects.npz"
BITS = 16
# What is seen of a candidate for the subject of a figure, in this order …
SEEN = (
    *("type", "genre", "rank", "reason", "reasons", "top", "place", "opens", "rivals", "between", "numbers"),
    *("after", "after2", "before", "before2", "stated", "shared", "voices", "mentions", "titled"),
    *("unit", "status", "clause", "acts", "last"),
)
# … and what of it counts together.
TOGETHER = (
    *("type", "type genre", "rank", "rank type", "rank genre", "rank type genre"),
    *("reason", "reasons", "reasons type", "reason rank", "reason rank type", "reason rank genre"),
    *("top reason type rank", "top rank", "place", "place type", "place type genre", "place rank", "place rank type"),
    *("opens type", "opens place type", "opens place", "rivals type", "between type place", "numbers type place"),
    *("after type", "after2 type", "before type", "before2 type", "after place type", "before place type"),
    *("shared type", "stated type", "stated place type"),
    *("voices type", "voices genre type", "voices place", "voices rank", "mentions type", "titled type"),
    *("unit type", "unit type genre", "unit place type", "status type", "status type genre", "clause place type"),
    *("acts type", "acts rank genre", "last type", "last rank type"),
)
ROWS = tuple(tuple(SEEN.index(word) for word in words.split()) for words in TOGETHER)

Sight = tuple[str, ...]  # what is seen of a candidate, in the order of `SEEN`


class Choice:
    """Weighs candidates by the weights in ``ontology/weights``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.sure = float(knowledge.patterns("figures")["owner"]["sure"])
        with np.load(knowledge.folder / "weights" / FILE, allow_pickle=False) as kept:
            self.weights: NDArray[np.float32] = kept["weights"].astype(np.float32)

    def __call__(self, sights: Sequence[Sight]) -> list[float]:
        """The weight of each candidate; e to the difference of two says how much likelier one is than the other."""
        scores: list[float] = self.weights[features(sights)].sum(0).tolist() if sights else []
        return scores


@lru_cache(maxsize=4)
def choice_of(knowledge: Knowledge) -> Choice:
    """The choice by this knowledge, made once."""
    return Choice(knowledge)


def features(sights: Sequence[Sight]) -> Ids:
    """One column a candidate, one row a combination of what is seen."""
    columns = np.array([[code(word) for word in sight] for sight in sights], np.uint64).T
    return hashed([tuple(columns[at] for at in row) for row in ROWS], BITS)
