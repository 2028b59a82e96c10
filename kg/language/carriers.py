"""The policy that a title means: a notice that only passes on another text means that text."""

from __future__ import annotations

import re

from kg.knowledge import Knowledge
from kg.language.reading import Name, Span

OPEN, CLOSE = "《〈", "》〉"


class Carriers:
    """Notices that only pass on another text: the text is the policy."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = knowledge.patterns("titles")
        self.local = re.compile(table["local"])
        self.carrier, self.end = re.compile(table["carrier"]), re.compile(table["carrier_end"])

    def name(self, title: str) -> str:
        """The name of the policy that a title means, without its brackets."""
        carried = self.carrier.match(title) if self.end.search(title) else None
        name = self.local.sub("", carried["inner"]) if carried else title
        whole = name[:1] in OPEN and name[-1:] in CLOSE and not any(c in name[1:-1] for c in OPEN)
        return (
            name[1:-1]
            if whole
            else name.strip(OPEN + CLOSE)
            if not any(c in name[1:-1] for c in OPEN + CLOSE)
            else name
        )


def policy(span: Span, name: str, parent: str = "") -> Name:
    """A policy document under a name."""
    return Name(span.start, span.end, type="Policy", name=name, kind="PolicyDocument", parent=parent)
