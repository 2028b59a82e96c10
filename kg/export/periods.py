"""Periods as the guidelines write them (``2022-01/2022-03``, ``../2022-04-21``) → first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@lru_cache(maxsize=10_000)
def bounds(period: str | None) -> tuple[str | None, str | None]:
    """First and last day, ISO 8601; None for an open end and for what is no period.

    >>> bounds("2022-01/2022-02")
    ('2022-01-01', '2022-02-28')
    >>> bounds("../2023")
    (None, '2023-12-31')
    """
    first, slash, last = (period or "").partition("/")
    return _days(first)[0], _days(last if slash else first)[1]


def _days(part: str) -> tuple[str | None, str | None]:
    """First and last day of a year, month or day."""
    found = _PART.fullmatch(part)
    if not found:
        return None, None
    year, month, day = (int(number) if number else None for number in found.groups())
    try:
        start = date(year or 0, month or 1, day or 1)
        end = date(start.year, month or 12, day or monthrange(start.year, month or 12)[1])
    except ValueError:  # a month 13, a 30 February: stated so, but no day
        return None, None
    return start.isoformat(), end.isoformat()
