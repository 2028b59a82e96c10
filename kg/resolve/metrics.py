"""Figures → the metrics that they measure: phrases of one meaning together, with dimension, measure word and kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from kg.knowledge import Knowledge, load
from kg.model import Entity, Figure, Metric
from kg.resolve.identities import IDLE
from kg.resolve.metrics_bases import Bases
from kg.resolve.metrics_topics import Topics, in_order

KINDS = {"share": "share", "money": "money", "time": "duration", "count": "count"}
YEARLY = "yearly"
BASES = (YEARLY, "sequential", "average")
ENDS = {"count": "count_end", "money": "money_end", "duration": "duration_end", "growth": "growth_end"}


class Reading(NamedTuple):
    """What a phrase measures, in the form by which metrics are told apart."""

    normal: str
    kind: str
    basis: str
    dimension: str
    unit: str  # of those that count or convert into the same the first


class Metrics:
    """The metrics of a graph's figures."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or load()
        self.table = self.knowledge.patterns("metrics")
        names = (
            *("idle", "left", "right", "more", "business", "bare", "carrier", "no_topic", "growth", "decline"),
            *("rank", "share_of", *BASES, *ENDS.values()),
        )
        self.patterns = {name: re.compile(self.table[name]) for name in names}
        self.bases = Bases(self.table["over"])
        self.hollow = re.compile("|".join(self.table["hollow"]))
        self.verb = re.compile(f"^(?P<verb>{self.table['verb']})(?P<noun>.{{2,}})$")
        self.done = re.compile(f"^(?P<noun>.{{2,}}?)(?P<verb>{self.table['verb']})$")
        self.partial = re.compile(self.knowledge.patterns("figures")["metric"]["partial"])
        words = sorted(self.table["same"], key=lambda word: (-len(word), word))
        self.same = re.compile("|".join(map(re.escape, words)))
        self.rewrites = [(re.compile(each["find"]), each["put"]) for each in self.table["rewrite"]]
        self.known: dict[tuple[str, str], Reading] = {}

    @cached_property
    def dimensions(self) -> Mapping[str, str]:
        """Unit → dimension."""
        return {row["unit"]: row["dimension"] for _, row in self.knowledge.rows("units")}

    @cached_property
    def conversions(self) -> Mapping[str, tuple[str, Decimal]]:
        """Unit → the base that it converts to, and by how much; only those of one dimension."""
        return {row["unit"]: (row["base"], Decimal(row["factor"])) for _, row in self.knowledge.rows("conversions")}

    def of(self, figures: Iterable[Figure], entities: Iterable[Entity]) -> tuple[Metric, ...]:
        """The metrics, by id; the name is the most frequent phrase, the shortest of several."""
        topics = Topics(entities)
        clusters: dict[tuple[str, Reading], list[tuple[str, Figure]]] = defaultdict(list)
        for last, figure in in_order(figures):
            partial = self.is_partial(figure.metric)
            topic, phrase = self.told(figure, last, topics) if partial else topics.within(figure)
            # What is of nothing named cannot be compared with the same words elsewhere: a metric of its own.
            apart = "?" if partial and phrase == figure.metric else ""
            clusters[topic + apart, self.read(self.bases.told(figure, phrase), figure.unit)].append(
                (figure.metric, figure)
            )
        found = [self._metric(topic, reading, said) for (topic, reading), said in clusters.items()]
        joined: dict[str, list[Metric]] = defaultdict(list)
        for metric in found:
            joined[metric.id].append(metric)
        return tuple(_joined(joined[name]) for name in sorted(joined))

    def told(self, figure: Figure, last: str, topics: Topics) -> tuple[str, str]:
        """The topic of a phrase that says nothing alone, and the phrase with it, or with what the passage is about.

        `last` is the metric of the figure before it.
        """
        if self.partial.fullmatch(self._plain(figure.metric)) and (found := topics.before(figure))[0]:
            return found
        part = self.patterns["growth"].sub("", last)
        if self.patterns["share_of"].match(figure.metric) and part == last and not self.is_partial(last):
            return "", last + figure.metric
        quote = figure.evidence[0].quote
        passage = quote.text[: max(0, quote.text.find(figure.text))]
        for said in (passage, last):
            carried = (self.patterns["left"].sub("", each["topic"]) for each in self.patterns["carrier"].finditer(said))
            # What stands right before the number is the phrase itself.
            named = [
                each for each in carried if not self.patterns["no_topic"].match(each) and each not in figure.metric
            ]
            if named:
                return "", named[-1] + figure.metric
        return "", figure.metric

    def is_partial(self, phrase: str) -> bool:
        """Whether the phrase says nothing without what it is of: 办结率.

        >>> Metrics().is_partial("办结率"), Metrics().is_partial("12345热线办结率")
        (True, False)
        """
        plain = self._plain(phrase)
        said = self._same(self.patterns["idle"].sub("", plain))
        return bool(
            self.partial.fullmatch(plain) or self.patterns["bare"].fullmatch(said) or self.hollow.fullmatch(said)
        )

    def read(self, phrase: str, unit: str) -> Reading:
        """What a phrase with a unit measures.

        >>> Metrics().read("全市公证案件办结数", "件") == Metrics().read("办结公证案件", "起")
        True
        >>> Metrics().read("进出口总额同比增长", "%")[:3]
        ('进出口', 'growth', 'yearly')
        """
        found = self.known.get((phrase, unit))
        if found is None:
            found = self.known[phrase, unit] = self._read(phrase, unit)
        return found

    def _read(self, phrase: str, unit: str) -> Reading:
        base, _ = self.converted(unit)
        dimension = self.dimensions.get(unit, self.dimensions.get(base, ""))
        kind, basis = KINDS.get(dimension, "level"), ""
        text = self._bare("right", self.patterns["idle"].sub("", phrase))
        for direction in ("growth", "decline"):
            if self.patterns[direction].search(text):
                # Without a unit it is what something has grown to: 收入比缩小至1.67.
                kind, basis = ("growth", self._basis(phrase, direction)) if dimension else (kind, basis)
                text = self._bare("right", self.patterns[direction].sub("", text))
                break
        text = self._same(self._bare("left", text))
        for pattern, put in self.rewrites:
            text = pattern.sub(put, text)
        text = self._bare("left", text)
        if kind in ENDS:
            text = self._bare(ENDS[kind], text)
        text = self._ordered(text)
        ranked = unit == self.table["places"] and self.patterns["rank"].search(text)
        return Reading(text, kind, basis, dimension, self._measured(text, unit if ranked else base))

    def _measured(self, text: str, unit: str) -> str:
        """The measure word that stands for all that count the same: 企业 by 家 and 户, 基站 by 个 and 座."""
        if unit in self.table["business_units"] and self.patterns["business"].search(text):
            unit = self.table["business_units"][0]
        return str(self.table["things"][0]) if unit in self.table["things"] else unit

    def _plain(self, phrase: str) -> str:
        """A phrase without words that add nothing before it and without its growth word."""
        return self._bare("left", self.patterns["growth"].sub("", self.patterns["decline"].sub("", phrase)))

    def _same(self, text: str) -> str:
        """One word for words of one meaning."""
        return self.same.sub(lambda match: str(self.table["same"][match.group()]), text)

    def _bare(self, name: str, text: str) -> str:
        """A text without words that add nothing; with them, where nothing else is there."""
        return self.patterns[name].sub("", text) or text

    def _ordered(self, text: str) -> str:
        """Verbs behind their noun, where the other order has them."""
        found = self.patterns["more"].match(text)
        text = found["before"] + found["after"] + found["word"] if found else text
        verbs = []
        while verb := self.verb.match(text):
            verbs.append(verb["verb"])
            text = verb["noun"]
        while verb := self.done.match(text):
            verbs.append(verb["verb"])
            text = verb["noun"]
        return text + "".join(sorted(verbs))

    def converted(self, unit: str) -> tuple[str, Decimal]:
        """The base of a unit, and the factor to it.

        >>> Metrics().converted("公里"), Metrics().converted("起")
        (('米', Decimal('1000')), ('件', Decimal('1')))
        """
        return self.conversions.get(unit, (unit, Decimal(1)))

    def _basis(self, phrase: str, direction: str) -> str:
        """What growth is over, and that it is a decline, whose numbers count the other way."""
        over = next((name for name in BASES if self.patterns[name].search(phrase)), "")
        # A report that says 增长 and no more means on the year before.
        return "-".join(part for part in (over or YEARLY, "decline" if direction == "decline" else "") if part)

    def _metric(self, topic: str, reading: Reading, said: list[tuple[str, Figure]]) -> Metric:
        """One metric of what was said of it."""
        phrases = Counter(phrase for phrase, _ in said)
        name = min(phrases, key=lambda phrase: (-phrases[phrase], len(phrase), phrase))
        open_ = topic.endswith("?")
        if topic and not open_ and topic not in name.translate(IDLE):
            name = topic + (name if self.is_partial(name) else reading.normal.removeprefix(topic))
        ident = [reading.normal + ("?" if open_ else ""), reading.kind, reading.basis, reading.unit]
        return Metric(
            id="metric/" + "/".join(part.replace("%", "%25").replace("/", "%2F") for part in ident if part),
            name=name,
            variants=tuple(sorted(phrases)),
            topic=topic.rstrip("?") or None,
            kind=reading.kind,
            basis=reading.basis or None,
            dimension=reading.dimension or None,
            unit=self._shown(reading, said),
            comparable=not open_,
            figures=tuple(sorted(figure.id for _, figure in said)),
        )

    def _shown(self, reading: Reading, said: list[tuple[str, Figure]]) -> str:
        """The unit under which values are compared; of measure words that count the same the most used."""
        if reading.dimension != "count":
            return reading.unit
        used = Counter(figure.unit for _, figure in said if self.converted(figure.unit)[1] == 1)
        return min(used, key=lambda unit: (-used[unit], unit), default=reading.unit)


def _joined(same: list[Metric]) -> Metric:
    """Metrics of one id, with and without their topic in the phrase, as one."""
    first = max(same, key=lambda metric: (len(metric.figures), metric.name))
    return Metric(
        first.id,
        first.name,
        tuple(sorted({variant for metric in same for variant in metric.variants})),
        next((metric.topic for metric in same if metric.topic), None),
        first.kind,
        first.basis,
        first.dimension,
        first.unit,
        first.comparable,
        tuple(sorted(figure for metric in same for figure in metric.figures)),
    )
