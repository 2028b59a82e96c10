"""The genre of a document, by the words of its title, else by what its text holds."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.knowledge import Knowledge

HEAD, FEWEST, FEWEST_TITLED = 3000, 3, 0.5


class Rule(NamedTuple):
    """A genre by its title, and by the head of the text where the title alone does not tell.

    `holds` stands in all that `lead` finds.
    """

    name: str
    title: re.Pattern[str]
    lead: re.Pattern[str] | None
    holds: str


class Genres:
    """Tells report, news, reply, interview, notice, plan, law, bulletin and other apart."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("metadata")
        self.rules = [
            Rule(
                row["name"],
                re.compile(row["title"]),
                re.compile(row["lead"]) if "lead" in row else None,
                row.get("holds", ""),
            )
            for row in table["genre"]
        ]
        text = table["text"]
        self.wording = re.compile(text["wording"])
        self.question, self.asked, self.share = re.compile(text["question"]), re.compile(text["asked"]), text["share"]
        self.titled: dict[str, str] = text["titled"]
        self.marks = [(row["name"], re.compile(row["pattern"])) for row in text["mark"]]
        self.words = [(row["name"], row["weight"], re.compile(row["pattern"])) for row in text["words"]]

    def __call__(self, title: str, text: str, named: str = "") -> str:
        """The genre of a document with this title and text, both folded; `named` is what its file is called."""
        head = text[:HEAD]
        if self.talk(head):
            return "interview"
        called = title or (named if self.wording.search(named) else "")
        found = next((rule.name for rule in self.rules if called and self.fits(rule, called, head)), "")
        if found:
            return found
        marked = next((name for name, pattern in self.marks if pattern.search(head)), "")
        return marked or self.worded(head, bool(title))

    def fits(self, rule: Rule, title: str, head: str) -> bool:
        """Whether a rule's words stand in the title and, if it has any for it, in the head of the text."""
        if rule.holds not in head or rule.title.search(title) is None:
            return False
        return rule.lead is None or rule.lead.search(head) is not None

    def talk(self, head: str) -> bool:
        """Whether a good part of the lines are questions and answers."""
        lines = [line for line in head.split("\n") if line]
        spoken = sum(self.question.match(line) is not None for line in lines)
        asked = any(self.asked.match(line) for line in lines)
        return asked and spoken >= max(2, self.share * len(lines))

    def worded(self, head: str, titled: bool) -> str:
        """The genre whose words are the most frequent; under a title that is no document's, work is told as news."""
        counts: dict[str, float] = {}
        for name, weight, pattern in self.words:
            counts[name] = counts.get(name, 0) + weight * len(pattern.findall(head))
        best = max(counts, key=lambda name: counts[name])
        if counts[best] < (FEWEST_TITLED if titled else FEWEST):
            return "other"
        return self.titled.get(best, "other") if titled else best
