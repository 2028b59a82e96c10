"""What the judge asks of wordings: do two passages overlap, is it the same stretch of days."""

from __future__ import annotations

import calendar
from typing import Any

from kg.likeness import plain

LONGEST = 300  # characters of a quotation, unless the gold one has over a third of them
RUN = 8  # characters in a row that show that two passages overlap
Days = tuple[str | None, str | None]


def wording(value: Any) -> str:
    """The text of a mention or a passage, which may be a string or an object with its offsets."""
    found = value["text"] if isinstance(value, dict) else value
    return found or ""


def overlap(quoted: str, gold: str) -> bool:
    """Whether a passage that is short enough holds the gold one, lies in it, or shares eight characters with it."""
    left, right = plain(quoted), plain(gold)
    if not left or not right or len(left) > max(LONGEST, 3 * len(right)):
        return False
    runs = (left[start : start + RUN] in right for start in range(len(left) - RUN + 1))
    return left in right or right in left or any(runs)


def days(period: str | None) -> Days | str | None:
    """First and last day, None where open; the period itself where it is no ISO 8601.

    >>> days("2022-01/2022-02"), days("../2023")
    (('2022-01-01', '2022-02-28'), (None, '2023-12-31'))
    """
    if not period:
        return None
    first, bar, last = period.partition("/")
    try:
        return _day(first, 1), _day(last if bar else first, -1)
    except (ValueError, IndexError):
        return period


def _day(part: str, end: int) -> str | None:
    """The first (1) or last (-1) day of a year, month or day."""
    if part in ("", ".."):
        return None
    year, *rest = part.split("-")
    month = rest[0] if rest and rest[0] else "01" if end > 0 else "12"
    if len(rest) > 1 and rest[1]:
        return f"{year}-{month}-{rest[1]}"
    return f"{year}-{month}-01" if end > 0 else f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]}"
