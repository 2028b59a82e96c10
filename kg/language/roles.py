"""What part a body has in what it does: by the label before it in a task's line, or the words behind it."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Actor, Name, Reading, Span

HELPING = ("cohost", "participant")  # these take part in what others carry out
ROLES = (*HELPING, "host", "lead", "responsible")
STOPS = "；，。\n"


class Roles:
    """Reads roles: host, cohost, lead, responsible, participant."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.words = {role: knowledge.compiled("relations", "task", role) for role in ROLES}
        self.behind = {role: knowledge.compiled("relations", "role", role) for role in ROLES}
        self.some = re.compile("|".join(pattern.pattern for pattern in self.behind.values()))
        self.tail = knowledge.compiled("relations", "task", "tail")
        self.label = knowledge.compiled("relations", "task", "label")
        self.mark = knowledge.compiled("relations", "actor", "list_mark")

    def labelled(self, reading: Reading, name: Name, stretch: Span) -> str:
        """What the label before a name, else the words around it, in a task's bracket or line make it."""
        text = reading.quote(stretch)
        start = max(text.rfind(mark, 0, name.start - stretch.start) for mark in STOPS) + 1
        ends = [i for i in (text.find(mark, name.end - stretch.start) for mark in STOPS) if i >= 0]
        end = min(ends, default=len(text))
        own = self.tail.search(text, name.end - stretch.start, end)  # 责任单位：甲牵头，乙配合
        labels = list(self.label.finditer(reading.text, stretch.start, name.start))
        if labels and not own:
            return self.told(labels[-1].group())
        return self.told(own.group() if own else text[start:end])

    def told(self, words: str) -> str:
        """The first role that words tell of; who is only named answers for the task."""
        return next((role for role, pattern in self.words.items() if pattern.search(words)), "responsible")

    def acting(self, reading: Reading, actor: Actor) -> list[str | None]:
        """The role of each that acts: as its task gives it, else by what is said behind it or the list it stands in."""
        if actor.roles:
            return list(actor.roles)
        found: list[str | None] = []
        following: Name | None = None
        for name in reversed(actor.names):
            some = name.end and self.some.match(reading.text, name.end)  # of most none is said
            said = next((r for r, p in self.behind.items() if p.match(reading.text, name.end)), None) if some else None
            joined = following and self.mark.fullmatch(reading.text, name.end, max(name.end, following.start))
            found.append(said or (found[-1] if joined else None))
            following = name
        return found[::-1]
