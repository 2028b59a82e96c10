"""What titles of policies name: the mechanism of 《信用修复“一口办理”细则》, the programme of 《“暖春”行动方案》."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.language.gazetteer import gazetteer_of
from kg.language.reading import Name, Reading, Span

KINDS = {"mechanism": ("Mechanism", ""), "office": ("Mechanism", ""), "programme": ("Policy", "Programme")}


class Entitled:
    """Reads names within titles whose last words say what the text sets out or carries out."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("titles")["entitled"]
        self.patterns = [(*KINDS[key], re.compile(table[key])) for key in KINDS]
        self.lead, self.gazetteer = re.compile(table["lead"]), gazetteer_of(knowledge)

    def __call__(self, reading: Reading, inner: Span) -> Iterator[Name]:
        """The names in the text between a title's marks, without the place and the words before them."""
        text = reading.text
        for type_, kind, pattern in self.patterns:
            for match in pattern.finditer(text, inner.start, inner.end):
                start, end = match.span("name")
                start = self.start(text, start, end)
                if start < end:
                    yield Name(start, end, type_, text[start:end], kind, None, "title")

    def start(self, text: str, start: int, end: int) -> int:
        """Where a name begins behind 关于做好, a year and the place whose it is."""
        while start < end:
            match = self.lead.match(text, start, end)
            size, place = self.gazetteer.head(text[start:end], "")
            further = max(match.end() if match else start, start + size if place else start)
            if further == start:
                break
            start = further
        return start
