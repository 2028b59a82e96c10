"""Judgements and documents → the documents as a person has corrected them, and which judgements could not be obeyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg.model import Decision, DocumentGraph
from kg.resolve.corrections import Correction, passages
from kg.resolve.identities import Identities

FACTS = ("add", "remove", "replace")


class Decisions:
    """Judgements as they bear on the documents of these hashes, the same for any order of lines."""

    def __init__(self, decisions: Iterable[Decision], hashes: Iterable[str]) -> None:
        known = set(hashes)
        given = sorted(set(decisions), key=_order)
        self.refused: dict[Decision, str] = {}
        for each in given:
            gone = [source for source in each.source_hash if source not in known]
            if gone:
                self.refused[each] = (
                    f"no input has the source_hash {gone[0][:12]}…: its source has changed or is left out"
                )
        fresh = [each for each in given if each not in self.refused]
        self.identities = Identities(fresh)
        self.refused |= self.identities.refused
        self._facts: dict[str, list[Decision]] = defaultdict(list)
        self._fitted: set[tuple[str, Decision]] = set()
        self._judge(fresh)
        self.obeyed: list[Decision] = []  # once the documents have been corrected, each for one document

    def corrected(self, graphs: Iterable[DocumentGraph], texts: Mapping[str, str]) -> Iterator[DocumentGraph]:
        """The documents as corrected; what turns out not to fit joins `refused` when all have been read."""
        for graph in graphs:
            if graph.sha256 in self._facts:
                text = texts[graph.doc]
                fitting = [each for each in self._facts[graph.sha256] if not self._misquotes(each, text)]
                correction = Correction(graph, self.identities, fitting)
                yield correction.graph()
                self._fitted |= {(graph.sha256, each) for each in correction.fitted}
            else:
                yield graph
        self._settle()

    def _misquotes(self, decision: Decision, text: str) -> bool:
        """Whether what it adds does not stand where it says, and so is refused."""
        for start, end, words in passages(decision):
            if text[start:end] != words:
                self.refused[decision] = f"{words[:40]!r} does not stand at {start}:{end} of its source"
        return decision in self.refused

    def _settle(self) -> None:
        """Say which judgements found nothing to correct, and which ones the graph rests on."""
        found = {each for _, each in self._fitted}
        for each in (each for judged in self._facts.values() for each in judged):
            if each.action == "replace" and each not in found:
                self.refused.setdefault(each, "its target is not found in its source")
        self.obeyed = [each for each in self.identities.obeyed if each not in self.refused]
        for source, judged in sorted(self._facts.items()):
            kept = [each for each in judged if each.action != "replace" or (source, each) in self._fitted]
            self.obeyed += [replace(each, source_hash=(source,)) for each in kept if each not in self.refused]

    def _judge(self, decisions: Iterable[Decision]) -> None:
        """Of the judgements on one fact of one document take those of the last day; none where these contradict."""
        about: dict[tuple[str, str], list[Decision]] = defaultdict(list)
        for each in decisions:
            for source in each.source_hash if each.action in FACTS else ():
                about[source, repr(each.target)].append(each)
        for (source, _), judged in sorted(about.items()):
            day = max(each.date for each in judged)
            last = [each for each in judged if each.date == day]
            if all(each.action == "add" for each in judged):
                last = judged  # each with a passage of its own
            elif {each.action for each in last} != {"add"} and len({_said(each) for each in last}) > 1:
                places = {each: ", ".join(sorted(o.place for o in last if o != each)) for each in last}
                self.refused |= {each: f"contradicts {places[each]}; delete the wrong one" for each in last}
                continue
            self._facts[source] += last


def _said(decision: Decision) -> str:
    return f"{decision.action} {_canonical(decision.value)}"


def _order(decision: Decision) -> tuple[str, ...]:
    said = (decision.action, repr(decision.target), _canonical(decision.value), decision.date, decision.by)
    return (*said, *decision.source_hash)


def _canonical(value: Any) -> str:
    """A value as text, whatever the order of its keys."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_canonical(value[key])}" for key in sorted(value)) + "}"
    return repr(value)
