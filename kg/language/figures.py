"""The slots of quantities: metric phrase, period, status, subject, evidence."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge import Knowledge, expand, load
from kg.language.numbers import Numbers
from kg.language.reading import Quantity, Reading, Span, at, within

LONGEST_METRIC = 40


class Figures:
    """Fills ``reading.quantities`` but for their subjects, which the actors give."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.numbers = Numbers(knowledge)
        table = knowledge.patterns("figures")
        metric = dict(table["metric"])
        self.left, self.right, self.after = (re.compile(metric[key]) for key in ("left", "right", "after"))
        self.partial, self.examples = re.compile(metric["partial"]), re.compile(metric["examples"])
        self.respectively, self.split = re.compile(metric["respectively"]), re.compile(metric["split"])
        self.growth, self.growth_only = (re.compile(expand(metric, key)) for key in ("growth", "growth_only"))
        self.list_verb = re.compile(metric["list_verb"])
        self.noun_end = re.compile(metric["noun_end"])
        self.status = {key: re.compile(pattern) for key, pattern in table["status"].items()}
        periods = knowledge.patterns("periods")["report"]
        self.future, self.past = re.compile(periods["future"]), re.compile(periods["past"])

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.kg
        found = sorted(self.numbers.find(reading), key=lambda q: q.span)
        sections = self.sections(reading)
        done: list[Quantity] = []
        for index, quantity in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            done.append(self.slots(reading, quantity, done, following, sections))
        self.distribute(reading, done)
        reading.quantities = [q for q in done if q.metric]
        return doc

    def distribute(self, reading: Reading, done: list[Quantity]) -> None:
        """甲、乙X分别为1、2: one metric for each number; 分别增长1%、2%: one for each of the numbers before."""
        index = 0
        while index < len(done):
            size = self.run(reading, done, index)
            clause = reading.clause(done[index].span.start)
            lead = reading.text[max(clause.start, done[index - 1].span.end if index else 0) : done[index].span.start]
            if size > 1 and self.respectively.search(lead):
                metrics = self.shares(done, index, size, lead)
                for offset, metric in enumerate(metrics):
                    done[index + offset] = replace(done[index + offset], metric=metric, evidence=done[index].evidence)
            index += size

    def run(self, reading: Reading, done: list[Quantity], index: int) -> int:
        """How many quantities stand joined with nothing but list marks between them."""
        size = 1
        while index + size < len(done) and self.split.fullmatch(reading.text[done[index + size - 1].span.end : done[index + size].span.start]):
            size += 1
        return size

    def shares(self, done: list[Quantity], index: int, size: int, lead: str) -> list[str]:
        """The metrics of a run: the items before 分别, or the metrics of as many quantities before, with the growth word."""
        growth = self.growth.search(lead.rstrip("了到为约超近达"))
        word = self.respectively.sub("", growth.group()) if growth else ""
        subject = self.respectively.split(lead)[0]
        items = [p for p in self.split.split(self.left.sub("", self.right.sub("", subject))) if p]
        if len(items) == size:
            tail = items[-1][len(items[-2]) :] if items[-1][-2:] != items[-2][-2:] else ""
            return [(item if item is items[-1] or not tail else item + tail) + word for item in items]
        if not items and index >= size:
            before = [q.metric for q in done[index - size : index]]
            return [(self.growth.sub("", metric) or metric) + word for metric in before]
        return [q.metric.replace("分别", "") for q in done[index : index + size]]

    def sections(self, reading: Reading) -> list[tuple[int, str | None, bool]]:
        """(where it starts, its reporting period, whether it looks ahead) of each section."""
        rules = reading.meta.get("genre") in ("plan", "notice", "law")
        ahead = rules or len(self.status["ahead"].findall(reading.text)) > 2 * len(self.status["done"].findall(reading.text))
        found: list[tuple[int, str | None, bool]] = [(0, reading.meta.get("period") or None, ahead)]
        for line in reading.lines:
            text = reading.text[line.start : line.topic or line.end]
            if len(text) > 36 or re.search("[，。；]", text):
                continue
            past, future = self.past.search(text), self.future.search(text)
            if past:
                found.append((line.start, past["y"] or reading.meta.get("period") or None, False))
            elif future:
                year = future["y"] or (str(int(found[0][1][:4]) + 1) if found[0][1] else None)
                found.append((line.start, year, True))
        return found

    def slots(self, reading: Reading, quantity: Quantity, before: list[Quantity], following: Quantity | None,
              sections: list[tuple[int, str | None, bool]]) -> Quantity:
        """The quantity with its slots filled."""
        sentence, clause = reading.sentence(quantity.span.start), reading.clause(quantity.span.start)
        last = before[-1] if before and before[-1].span.start >= sentence.start else None
        _, section_period, ahead = [s for s in sections if s[0] <= quantity.span.start][-1]
        metric = self.metric(reading, quantity, last, clause, following)
        start = min(clause.start, last.evidence.start if last and last.evidence and last.span.end > clause.start else clause.start)
        if last and self.growth.search(metric) and last.evidence:
            start = last.evidence.start
        end = max(clause.end, quantity.span.end)
        return replace(quantity, metric=metric, evidence=Span(start, end), period=self.period(reading, quantity, section_period, sentence),
                       status=self.state(reading, quantity, clause, ahead))

    def metric(self, reading: Reading, quantity: Quantity, last: Quantity | None, clause: Span, following: Quantity | None) -> str:
        """What is measured: the words before the number in its item, with the noun after it; for a growth rate, the base too."""
        text = reading.text
        begin = max(clause.start, last.span.end if last else clause.start)
        item = self.item(text[begin : quantity.span.start])
        listed = re.match("[、和与及]|以及", text[begin : quantity.span.start]) is not None and last is not None and last.span.end >= clause.start
        bare = item.rstrip("了到为约超近达")
        growth = self.growth.search(bare)
        if growth and last is not None and (self.growth_only.search(bare) or len(growth.group()) == len(bare)):
            return (self.growth.sub("", last.metric) or last.metric) + growth.group()
        stop = following.span.start if following else len(text)
        after = self.noun(text, quantity.span.end, min(stop, clause.end))
        head = self.right.sub("", self.left.sub("", item))
        if listed and last is not None and not after and len(head) >= 2:
            head = self.inherited(last.metric, head)
        metric = head + after
        if last is not None and self.partial.match(metric) and len(metric) <= 6:
            metric = self.base(last.metric) + metric
        if not metric or (not after and len(metric) < 2) or self.partial.fullmatch(metric):
            metric = self.earlier(reading, clause, last, quantity) + (metric if len(metric) > 1 else "")
        return metric[-LONGEST_METRIC:]

    def item(self, before: str) -> str:
        """The part of a clause that belongs to the number: a list without numbers of its own belongs whole, examples do not."""
        cut = max((m.end() for m in re.finditer("：|）(?=.)|（(?![^）]{1,5}）)", before)), default=0)
        item = before[cut:] if len(self.right.sub("", self.left.sub("", before[cut:]))) >= 2 else before
        parts = re.split("[、]", item)
        if len(parts) > 1 and len(item) > 24:
            shown = self.examples.match(item)
            item = item[shown.end() :] if shown else parts[-1] if len(parts[-1]) >= 4 else item
        return item

    def base(self, metric: str) -> str:
        """The noun of a metric, without the verb that opens a list and without its own growth word."""
        bare = self.growth.sub("", metric)
        verb = self.list_verb.match(bare)
        return bare[verb.end() :] if verb else bare

    def inherited(self, metric: str, head: str) -> str:
        """The item of a list with the verb that opens the list: 新增道路58公里、泊位15万个 → 新增泊位."""
        verb = self.list_verb.match(metric)
        return head if verb is None or head.startswith(verb.group()) else verb.group() + head

    def noun(self, text: str, start: int, stop: int) -> str:
        """The noun phrase right after a number."""
        rest = self.after.sub("", text[start:stop])
        end = self.noun_end.search(rest)
        phrase = rest[: end.start()] if end else rest
        return phrase.strip("的 ")[:24] if not phrase.startswith(("和", "、", "）", "以", "，")) else ""

    def earlier(self, reading: Reading, clause: Span, last: Quantity | None, quantity: Quantity) -> str:
        """The subject matter of the clause before, where the number's own clause has none."""
        previous = reading.clause(max(0, clause.start - 2))
        if previous.start == clause.start:
            return last.metric if last else ""
        text = reading.quote(previous)
        if last and last.span.start >= previous.start:
            return last.metric
        return self.right.sub("", self.left.sub("", text))[:24]

    def period(self, reading: Reading, quantity: Quantity, section: str | None, sentence: Span) -> str | None:
        """The last time named before the number in its sentence, else in its clause, else what the paragraph or section says."""
        times = within(reading.periods, sentence)
        before = [p for p in times if p.end <= quantity.span.start + 1]
        if before:
            return before[-1].value
        clause = reading.clause(quantity.span.start)
        here = [p for p in times if clause.start <= p.start < clause.end and p.start < quantity.span.end + 8]
        if here:
            return here[0].value
        line = at(reading.lines, quantity.span.start)
        carried = [p for p in within(reading.periods, Span(line.start, sentence.start)) if p.value.startswith("../")]
        return carried[-1].value if carried and not section else section

    def state(self, reading: Reading, quantity: Quantity, clause: Span, ahead: bool) -> str:
        """Actual, estimate, target or baseline."""
        text = reading.text
        lead = text[max(clause.start, quantity.span.start - 12) : quantity.span.start]
        if self.status["baseline"].search(lead.rstrip("约近超")) and self.status["baseline_after"].match(text[quantity.span.end : quantity.span.end + 12]):
            return "baseline"
        sentence = reading.sentence(quantity.span.start)
        stretch = text[max(sentence.start, quantity.span.start - 40) : clause.end]
        if self.status["estimate"].search(stretch):
            return "estimate"
        if ahead or self.status["target"].search(text[clause.start : clause.end]):
            return "target"
        return "actual"


@Language.factory("kg_figures")
def make(nlp: Language, name: str) -> Figures:
    """The factory by which spaCy makes the component."""
    return Figures(load())
