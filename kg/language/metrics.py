"""What a number measures: the words before it in its item, with the noun after it; for a growth rate, the base too."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.begins import Begins
from kg.language.items import SHORTEST, Items
from kg.language.norms import Norms
from kg.language.nouns import LONGEST_NOUN, Nouns
from kg.language.reading import Quantity, Reading, Span, at
from kg.language.scales import Scales

LONGEST_METRIC, LONGEST_BASE = 40, 12
PATTERNS = (
    *("partial", "partial_end", "level", "list_verb", "joins", "change", "compared", "growth", "counted", "opening"),
    *("thing", "whole", "among", "bounds", "measure"),
)


class Metrics:
    """Reads the metric phrase of one quantity after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.table = knowledge.patterns("figures")["metric"]
        self.patterns = {key: re.compile(self.table[key]) for key in PATTERNS}
        self.growth = self.patterns["growth"]
        self.grown_item = re.compile(self.table["grown"].replace("<growth>", self.table["growth"]))
        self.particles = self.table["particles"]
        self.items, self.norms, self.begins = Items(self.table), Norms(self.table), Begins(self.table)
        self.nouns, self.scales = Nouns(self.table, self.items), Scales(self.table, self.items)

    def metric(self, reading: Reading, quantity: Quantity, last: Quantity | None, following: Quantity | None) -> str:
        """The metric of a quantity; `last` is the one before it in its sentence, `following` the next one."""
        text, clause, start = reading.text, reading.clause(quantity.span.start), quantity.span.start
        begin = self.begins(reading, clause, last, start)
        item = self.items.span(reading, begin, start)
        if norm := self.norms.metric(reading, quantity) or self.scales.metric(reading, quantity):
            return norm[-LONGEST_METRIC:]
        if last and self.patterns["change"].fullmatch(text, last.span.end, start):
            return last.metric
        grown = self.grown(reading, clause, text[item.start : start], last)
        if grown:
            return grown
        after = self.nouns.counted(reading, quantity, following, clause.end)
        head = self.items.head(reading, item.start, start, bool(after))
        if after and self.bounds(text, quantity, head):
            after = ""
        if last and head and last.metric.endswith(head) and self.nouns.told(reading, quantity, after):
            head = ""
        beside = last is not None and last.span.end >= clause.start
        if last and (whole := self.continued(reading, quantity, last, head, after)):
            return whole[-LONGEST_METRIC:]
        part = self.patterns["among"].match(text, begin, start) and quantity.unit not in self.table["shares"]
        listed = beside and self.patterns["joins"].match(text, begin)
        if last and (listed or part) and len(head + after) >= SHORTEST:
            head = self.inherited(reading, last.metric, head + after, begin, start) + head
        metric = head if head.endswith(after) else head + after
        if not metric or (not after and len(metric) < SHORTEST) or self.patterns["partial"].fullmatch(metric):
            before = self.earlier(reading, clause, last)
            level = before if quantity.unit in self.table["shares"] else self.growth.sub("", before)
            metric = (level or before) + (metric if len(metric) > 1 else "")
        return metric[-LONGEST_METRIC:]

    def bounds(self, text: str, quantity: Quantity, head: str) -> bool:
        """Whether a number only says which things are meant, by the measure before it: 标的额5万元以下的案件."""
        behind = self.patterns["bounds"].match(text, quantity.span.end)
        return behind is not None and self.patterns["measure"].search(head) is not None

    def grown(self, reading: Reading, clause: Span, item: str, last: Quantity | None) -> str:
        """The growth rate of what was measured last, if the item says no more than a growth word; else nothing."""
        bare = self.patterns["opening"].sub("", item.rstrip(self.particles))
        growth = self.grown_item.match(bare)
        if growth is None:
            return ""
        word = bare if self.growth.fullmatch(bare) else growth["word"]
        if last is None:
            return self.earlier(reading, clause, None) + word
        return (self.growth.sub("", last.metric) or last.metric) + word

    def continued(self, reading: Reading, quantity: Quantity, last: Quantity, head: str, after: str) -> str:
        """The metric of a number that says only which part, level or state of the last one it counts; else nothing."""
        lead = reading.text[last.span.end : quantity.span.start]
        if self.patterns["compared"].match(head):
            return last.metric + head
        if self.patterns["partial"].fullmatch(head):
            return joined(self.noun_of(reading, last, self.base(last.metric)), head) + after
        if self.patterns["level"].fullmatch(head) and not after:
            verb = self.patterns["list_verb"].match(last.metric)
            return self.of_level(
                self.noun_of(reading, last, self.base(last.metric)), head, verb.group() if verb else ""
            )
        listed = self.patterns["joins"].match(lead) is not None
        alike = quantity.unit == last.unit or (listed and len(head.removeprefix(self.table["new"])) == SHORTEST)
        if head and not after and alike and self.items.is_done(reading, head, quantity.span.start):
            return self.done(reading, last, head, listed)
        return ""

    def of_level(self, noun: str, level: str, verb: str) -> str:
        """A noun of another level: 新增国家级工厂3家、省级5家 → 新增省级工厂; behind it, where it had none."""
        former = self.patterns["level"].match(noun)
        return verb + level + noun[former.end() :] if former and former.end() < len(noun) else noun + level

    def done(self, reading: Reading, last: Quantity, verb: str, listed: bool) -> str:
        """What was measured last with another verb: 受理案件8件，办结7件 → 案件办结; 调查6件、审理5件 → 审理."""
        end = last.span.start
        words = self.items.words(reading, end - len(last.metric), end)
        said = words[-1].word if words and words[-1].tag[:1] == "v" else ""
        if listed and said and last.metric.endswith(said) and len(last.metric) > len(said) + SHORTEST:
            return last.metric[: -len(said)] + verb
        base = self.noun_of(reading, last, self.base(last.metric))
        fitting = [end - w.start for w in words if end - w.start <= LONGEST_BASE]
        return base[-fitting[0] :] + verb if len(base) > LONGEST_BASE and fitting else base + verb

    def noun_of(self, reading: Reading, last: Quantity, base: str) -> str:
        """What was measured last, if it is a thing; nothing if only what was done is said."""
        end = last.span.start
        words = self.items.words(reading, end - len(base), end)
        only = base and reading.text.endswith(base, 0, end) and not any(word.tag[:1] == "n" for word in words)
        return "" if only else base

    def base(self, metric: str) -> str:
        """The noun of a metric, without the verb that opens a list, its growth word and the part that it measures."""
        bare = self.patterns["partial_end"].sub("", self.growth.sub("", metric))
        verb = self.patterns["list_verb"].match(bare)
        return bare[verb.end() :] if verb else bare

    def inherited(self, reading: Reading, metric: str, item: str, begin: int, end: int) -> str:
        """The verb that opens a list and holds for this item too: 新增道路58公里、泊位15万个 → 新增泊位."""
        verb = self.patterns["list_verb"].match(metric)
        words = self.items.words(reading, begin + 1, end)
        acts = len(words) > 1 and words[0].tag == "v" and not self.patterns["thing"].match(item)
        return "" if verb is None or acts or self.patterns["list_verb"].match(item) else verb.group()

    def earlier(self, reading: Reading, clause: Span, last: Quantity | None) -> str:
        """The subject matter of the clause before, where the number's own clause has none."""
        previous = reading.clause(max(0, clause.start - 2))
        line = at(reading.lines, clause.start)
        if not line.start <= previous.start < clause.start or (last and last.span.start >= previous.start):
            return last.metric if last else ""
        start = self.items.start(reading, previous.start, previous.end)
        topic = reading.text[start : self.items.topic_end(reading, start, previous.end)]
        if len(topic) < SHORTEST * 2 or self.patterns["list_verb"].match(topic):
            topic = reading.text[start : previous.end]
        counted = self.patterns["counted"].search(topic)
        topic = topic[: counted.start()] if counted else topic
        return topic.strip(self.table["marks"] + self.particles)[:LONGEST_NOUN]


def joined(base: str, part: str) -> str:
    """A noun and the part of it that is measured, what both say said once: 商品房销售, 销售收入."""
    return base + (part[SHORTEST:] if base.endswith(part[:SHORTEST]) else part)
