"""What a number of a rule measures: of a term what has to be done in it, of a fine what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.language.reading import Quantity, Reading, Span, at, within

LONGEST_DEED, SHORT_DEED, SHORTEST, LONGEST_WHEN = 32, 6, 2, 16
BACK = 300  # characters before a fine in which its sentence says what it is for


class Norms:
    """Reads the metrics of terms (应当自受理之日起|七日内|作出决定) and of fines (擅自砍伐的，处|一万元以下|罚款)."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        keys = ("term", "duty", "since", "doer", "case", "fined", "fine", "breach", "severe", "idle_case")
        self.patterns = {key: re.compile(table[key]) for key in keys}
        self.marks, self.stop = str(table["marks"]), str(table["stop"])
        self.of = str(table["of"])

    def metric(self, reading: Reading, quantity: Quantity) -> str:
        """The metric of a term or a fine; nothing for other quantities."""
        fine = self.patterns["fine"].match(reading.text, quantity.span.end)
        if fine:
            return self.fined(reading, quantity, fine["noun"])
        return self.due(reading, quantity) if self.patterns["term"].search(quantity.text) else ""

    def due(self, reading: Reading, quantity: Quantity) -> str:
        """What has to be done within a term, with what it is done about where that is said in a few words."""
        clause = reading.clause(quantity.span.start)
        deed = self.deed(reading, quantity.span.end, clause)
        if len(deed) < SHORTEST:
            return ""
        lead = reading.text[clause.start : quantity.span.start]
        duty, since = self.patterns["duty"].search(lead), self.patterns["since"].search(lead)
        if not (duty or since) or deed.startswith(self.of):
            return ""
        before = lead[: duty.start()] if duty else lead[: since.start()] if since else ""
        topic = "" if self.patterns["doer"].search(before) else before.strip(self.marks)
        if not topic and len(deed) <= SHORT_DEED:
            topic = self.condition(reading, clause)
        return (topic if len(topic) <= LONGEST_WHEN else "") + deed

    def deed(self, reading: Reading, start: int, clause: Span) -> str:
        """The words behind a term, in its clause or, where that ends with it, in the next."""
        if not reading.text[start : clause.end].strip(self.marks):
            clause = reading.clause(clause.end + 1)
            start = max(start, clause.start)
        return reading.text[start : clause.end].strip(self.marks)[:LONGEST_DEED].rstrip(self.of)

    def condition(self, reading: Reading, clause: Span) -> str:
        """The case that the clause before states: 对实名差评事项, 不能当场办结的."""
        previous = reading.clause(max(0, clause.start - 2))
        sentence = reading.sentence(clause.start)
        said = self.patterns["case"].fullmatch(reading.quote(previous).strip(self.marks))
        if said is None or not sentence.start <= previous.start < clause.start:
            return ""
        return str(said["about"] or said["case"])

    def fined(self, reading: Reading, quantity: Quantity, noun: str) -> str:
        """A fine with the share that it is of, else with the breach that its sentence names."""
        start = quantity.span.start
        of = self.patterns["fined"].search(reading.text, reading.clause(start).start, start)
        if of and of["of"]:
            return of["of"] + noun
        begin = max(at(reading.lines, start).start, start - BACK)
        begin = max(begin, reading.text.rfind(self.stop, begin, start) + 1)
        said = (reading.quote(c).strip(self.marks) for c in within(reading.clauses, Span(begin, start)))
        cases = [found["breach"] for text in said if (found := self.patterns["breach"].fullmatch(text))]
        told = [case for case in cases if not self.patterns["idle_case"].fullmatch(case)]
        severe = self.patterns["severe"].match(cases[-1]) if cases and told else None
        breach = (told or cases or [""])[-1][-LONGEST_DEED:]
        return breach + (severe.group() if severe else "") + noun if breach else ""
