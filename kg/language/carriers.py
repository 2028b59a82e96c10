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
        self.about, tail = str(table["about"]), table["attributes"]["tail"]
        self.form = re.compile(f"(?:{'|'.join(map(re.escape, knowledge.forms))}){tail}$|[》〉]$")
        self.carrier, self.end = re.compile(table["carrier"]), re.compile(table["carrier_end"])

    def name(self, title: str) -> str:
        """The name of the policy that a title means, without its brackets."""
        carried = self.carrier.match(title) if self.end.search(title) else None
        inner = carried["inner"] if carried else title
        if carried and self.about in inner and not self.form.search(inner):
            inner = title[carried.start("inner") :]  # 转发甲关于某事的通知: the notice is the one that is passed on
        name = self.local.sub("", inner) if carried else title
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
