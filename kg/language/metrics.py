"""What a number measures: the words before it in its item, with the noun after it; for a growth rate, the base too."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.knowledge import Knowledge, expand
from kg.language.reading import Quantity, Reading, Span

LONGEST_METRIC, LONGEST_ITEM, LONGEST_NOUN, SHORTEST = 40, 24, 24, 2
PATTERNS = (
    "left",
    "right",
    "after",
    "partial",
    "examples",
    "list_verb",
    "noun_end",
    "no_noun",
    "joins",
    "item_cut",
    "respectively",
    "split",
)


class Metrics:
    """Reads the metric phrase of one quantity after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("figures")["metric"]
        self.patterns = {key: re.compile(expand(table, key)) for key in PATTERNS}
        self.growth, self.growth_only = (re.compile(expand(table, key)) for key in ("growth", "growth_only"))
        self.particles, self.list_mark = table["particles"], table["list_mark"]

    def metric(self, reading: Reading, quantity: Quantity, last: Quantity | None, stop: int) -> str:
        """The metric of a quantity; `last` is the one before it in its sentence, `stop` where the next one starts."""
        text, clause = reading.text, reading.clause(quantity.span.start)
        begin = max(clause.start, last.span.end if last else clause.start)
        before = text[begin : quantity.span.start]
        item = self.item(before)
        growth = self.grown(item, last)
        if growth:
            return growth
        after = self.noun(text[quantity.span.end : max(quantity.span.end, min(stop, clause.end))])
        head = self.trimmed(item)
        if (
            last
            and last.span.end >= clause.start
            and self.patterns["joins"].match(before)
            and not after
            and len(head) >= SHORTEST
        ):
            head = self.inherited(last.metric, head)
        metric = head + after
        if last and len(metric) <= 6 and self.patterns["partial"].match(metric):
            metric = self.base(last.metric) + metric
        if not metric or (not after and len(metric) < SHORTEST) or self.patterns["partial"].fullmatch(metric):
            metric = self.earlier(reading, clause, last) + (metric if len(metric) > 1 else "")
        return metric[-LONGEST_METRIC:]

    def grown(self, item: str, last: Quantity | None) -> str:
        """The growth rate of what was measured last, if the item says no more than a growth word; else nothing."""
        bare = item.rstrip(self.particles)
        growth = self.growth.search(bare)
        if last is None or growth is None or not (self.growth_only.search(bare) or len(growth.group()) == len(bare)):
            return ""
        return (self.growth.sub("", last.metric) or last.metric) + growth.group()

    def trimmed(self, item: str) -> str:
        """An item without particles, time and light verbs at its ends."""
        return self.patterns["right"].sub("", self.patterns["left"].sub("", item))

    def item(self, before: str) -> str:
        """The part of a clause that belongs to the number: a list without numbers is kept whole, examples are not."""
        cut = max((m.end() for m in self.patterns["item_cut"].finditer(before)), default=0)
        item = before[cut:] if len(self.trimmed(before[cut:])) >= SHORTEST else before
        parts = item.split(self.list_mark)
        if len(parts) > 1 and len(item) > LONGEST_ITEM:
            shown = self.patterns["examples"].match(item)
            item = item[shown.end() :] if shown else parts[-1] if len(parts[-1]) >= 4 else item
        return item

    def base(self, metric: str) -> str:
        """The noun of a metric, without the verb that opens a list and without its own growth word."""
        bare = self.growth.sub("", metric)
        verb = self.patterns["list_verb"].match(bare)
        return bare[verb.end() :] if verb else bare

    def inherited(self, metric: str, head: str) -> str:
        """The item of a list with the verb that opens the list: 新增道路58公里、泊位15万个 → 新增泊位."""
        verb = self.patterns["list_verb"].match(metric)
        return head if verb is None or head.startswith(verb.group()) else verb.group() + head

    def noun(self, rest: str) -> str:
        """The noun phrase right after a number."""
        rest = self.patterns["after"].sub("", rest)
        end = self.patterns["noun_end"].search(rest)
        phrase = rest[: end.start()] if end else rest
        return "" if self.patterns["no_noun"].match(phrase) else phrase.strip(self.particles + " ")[:LONGEST_NOUN]

    def earlier(self, reading: Reading, clause: Span, last: Quantity | None) -> str:
        """The subject matter of the clause before, where the number's own clause has none."""
        previous = reading.clause(max(0, clause.start - 2))
        if previous.start == clause.start or (last and last.span.start >= previous.start):
            return last.metric if last else ""
        return self.trimmed(reading.quote(previous))[:LONGEST_NOUN]


class Shares:
    """Gives each number of a 分别 list its own metric."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.respectively, self.split = metrics.patterns["respectively"], metrics.patterns["split"]

    def distribute(self, reading: Reading, done: list[Quantity]) -> None:
        """甲、乙X分别为1、2: one metric for each number; 分别增长1%、2%: one for each of the numbers before."""
        index = 0
        while index < len(done):
            size = self.run(reading, done, index)
            clause = reading.clause(done[index].span.start)
            lead = reading.text[max(clause.start, done[index - 1].span.end if index else 0) : done[index].span.start]
            if size > 1 and self.respectively.search(lead):
                for offset, metric in enumerate(self.shares(done, index, size, lead)):
                    done[index + offset] = replace(done[index + offset], metric=metric, evidence=done[index].evidence)
            index += size

    def run(self, reading: Reading, done: list[Quantity], index: int) -> int:
        """How many quantities stand joined with nothing but list marks between them."""
        size = 1
        while index + size < len(done):
            between = reading.text[done[index + size - 1].span.end : done[index + size].span.start]
            if not self.split.fullmatch(between):
                break
            size += 1
        return size

    def shares(self, done: list[Quantity], index: int, size: int, lead: str) -> list[str]:
        """The metrics of a run: the items before 分别, or those of as many quantities before, with the growth word."""
        growth = self.metrics.growth.search(lead.rstrip(self.metrics.particles))
        word = self.respectively.sub("", growth.group()) if growth else ""
        items = [p for p in self.split.split(self.metrics.trimmed(self.respectively.split(lead)[0])) if p]
        if len(items) == size:
            tail = items[-1][len(items[-2]) :] if items[-1][-2:] != items[-2][-2:] else ""
            return [(item if item is items[-1] or not tail else item + tail) + word for item in items]
        if not items and index >= size:
            return [(self.metrics.growth.sub("", q.metric) or q.metric) + word for q in done[index - size : index]]
        return [self.respectively.sub("", q.metric) for q in done[index : index + size]]
