"""Whether what is said in a clause is denied or only supposed: 尚未建立, 不得出台, 如果设立."""

from __future__ import annotations

from kg.knowledge import Knowledge
from kg.language.reading import Name, Reading

CLOSE = 8  # characters before a verb in which it is denied


class Negation:
    """Finds words that deny, end or suppose."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.negated, self.supposed, self.ended = (
            knowledge.compiled("relations", "planned", key) for key in ("negated", "supposed", "ended")
        )

    def verb(self, reading: Reading, position: int) -> bool:
        """Whether the verb at a position is denied, or its clause supposed."""
        clause = reading.clause(position)
        denied = self.negated.search(reading.text, max(clause.start, position - CLOSE), position)
        return bool(denied or self.supposed.search(reading.text, clause.start, position))

    def __call__(self, reading: Reading, name: Name) -> bool:
        """Whether anything in a name's clause, but the name, denies, ends or supposes what is said of it."""
        clause, text = reading.clause(name.start), reading.text
        around = ((clause.start, name.start), (name.end, max(name.end, clause.end)))
        words = (self.negated, self.supposed, self.ended)
        return any(pattern.search(text, *stretch) for pattern in words for stretch in around)
