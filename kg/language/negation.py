"""Whether what is said in a clause is denied, only supposed or asked for: 尚未建立, 不得出台, 如果设立, 请求建立."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading

CLOSE = 8  # characters before a verb in which it is denied


class Negation:
    """Finds words that deny, end, suppose or ask."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.negated, self.supposed, self.ended, self.wished = (
            knowledge.compiled("relations", "planned", key) for key in ("negated", "supposed", "ended", "wished")
        )
        self.raised, self.question, self.failed = (
            knowledge.compiled("relations", "planned", key) for key in ("raised", "question", "failed")
        )

    def verb(self, reading: Reading, position: int) -> bool:
        """Whether the verb at a position is denied, or its clause supposed or asked for."""
        clause = reading.clause(position)
        if self.negated.search(reading.text, max(clause.start, position - CLOSE), position):
            return True
        return any(p.search(reading.text, clause.start, position) for p in (self.supposed, self.wished))

    def name(self, reading: Reading, name: Name) -> bool:
        """Whether nothing has come of what is named, or it is only what a question is about."""
        if self.failed.match(reading.text, name.end):
            return True
        asked = self.question.match(reading.text, name.end)
        start = reading.clause(name.start).start
        return asked is not None and self.raised.search(reading.text, start, name.start) is not None

    def __call__(self, reading: Reading, name: Name) -> bool:
        """Whether anything in a name's clause, but the name, denies, ends or supposes what is said of it."""
        clause, text = reading.clause(name.start), reading.text
        around = ((clause.start, name.start), (name.end, max(name.end, clause.end)))
        words = (self.negated, self.supposed, self.ended, self.wished)
        said = any(pattern.search(text, *stretch) for pattern in words for stretch in around)
        return said or self.name(reading, name)
