"""What a task names without a verb for it: 对棚户区改造成效明显的县予以倾斜（住房城乡建设部负责）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.knowledge import Knowledge
from kg.language.reading import Actor, Link, Name, Reading, Span, within
from kg.language.roles import HELPING

NEAR = 10  # characters before the first body that say what it does


class Duties:
    """Links the bodies that a task makes responsible with the programmes and mechanisms that it names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.judges = knowledge.compiled("relations", "task", "judges")
        self.channel = knowledge.compiled("relations", "task", "channel")

    def __call__(self, reading: Reading, found: Sequence[Link]) -> Iterator[Link]:
        """Links beside those that were found already."""
        known = {(link.subject.name, link.object.name) for link in found}
        for actor in reading.actors:
            if actor.roles:
                yield from self.of_task(reading, actor, known)

    def of_task(self, reading: Reading, actor: Actor, known: set[tuple[str, str]]) -> Iterator[Link]:
        """What one task names before it names its bodies; those that only judge it do not carry it out."""
        text, end = reading.text, min((name.start for name in actor.names), default=0)
        if end <= actor.since or self.judges.search(text, max(actor.since, end - NEAR), end):
            return
        for name in within(reading.phrases, Span(actor.since, end)):
            if name.parent == "title" or not self.named(name) or self.channel.search(text, actor.since, name.start):
                continue
            for subject, role in zip(actor.names, actor.roles, strict=True):
                if role not in HELPING and (subject.name, name.name) not in known:
                    yield Link(
                        *(subject, "implements", name, Span(name.start, name.end), "duty"),
                        Span(subject.start, subject.end),
                        role=role,
                        status="planned",
                    )

    def named(self, name: Name) -> bool:
        """Whether it is something to carry out."""
        return name.type == "Mechanism" or name.kind == "Programme"
