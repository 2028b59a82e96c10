"""Figures of growth → the year over which their passage says that it is, where their phrase has lost it."""

from __future__ import annotations

import re

from kg.model import Figure


class Bases:
    """Growth over a year that is not the year before: 较2019年增长4.7% is no growth on the year before."""

    def __init__(self, over: str) -> None:
        self.over = re.compile(over)

    def told(self, figure: Figure, phrase: str) -> str:
        """The phrase, after the words for the year over which the passage says right before the number that it is.

        >>> from kg.model import Evidence, Quote
        >>> quote = Quote("a.txt", 0, 20, "柳编收入3亿元、较2019年增长4%")
        >>> from decimal import Decimal
        >>> slots = ("柳编收入增长", ("place/甲市",), "2023", "actual", (Evidence(quote),))
        >>> grown = Figure("f1", "4%", Decimal(4), "%", "exact", *slots)
        >>> Bases("(?P<said>较(?P<year>[0-9]{4})年)[^，。]{0,6}$").told(grown, "柳编收入增长")
        '较2019年柳编收入增长'
        """
        passage = figure.evidence[0].quote.text
        found = self.over.search(passage[: max(0, passage.find(figure.text))])
        if found is None or found["year"] in phrase or not figure.period:
            return phrase
        before = figure.period[:4].isdigit() and int(figure.period[:4]) == int(found["year"]) + 1
        return phrase if before else found["said"] + phrase
