"""Dates, numbers and names of items as people write them; what could mean two things is not read."""

import re
from datetime import date

from selfaudit.base.text import narrow

_DATE = re.compile(
    r"(\d{4})\s*(?:[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?|(\d{2})(\d{2}))"
    r"(?:[T\s,]*(\d{1,2})\s*[:时点]\s*(\d{2})\s*(?::\d{2}|分)?)?"
)
_NUMBER = re.compile(r"(?:共|计)?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?\s*[^\W\d_]{0,3}")
_PLACE = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*?)\s*(?:[\s(（/]?\s*([a-z])\s*[)）]?)?")


def read_date(text: str, *, with_time: bool = False) -> str | None:
    """Return ``2023-11-05``, or with a time ``2023-11-05T14:30``; None if it is no day, or not all of one."""
    found = _DATE.fullmatch(narrow(text))
    if not found:
        return None
    year, month, day, month2, day2, hour, minute = found.groups()
    try:
        made = date(int(year), int(month or month2), int(day or day2)).isoformat()
    except ValueError:
        return None
    if hour is None:
        return made
    if int(hour) > 23 or int(minute) > 59:  # noqa: PLR2004 - a clock
        return None
    return f"{made}T{int(hour):02d}:{minute}" if with_time else made


def read_number(text: str) -> int | None:
    """Return a whole number, with or without a unit behind it (``3人``); None for anything vague."""
    found = _NUMBER.fullmatch(narrow(text))
    return int(found[1].replace(",", "")) if found else None


def read_place(text: str, ids: set[str]) -> tuple[str, str]:
    """Return item and part of ``3.2``, ``3.2b``, ``3.2(b)`` or ``3.2 b``; an item really called so comes first."""
    plain = narrow(text)
    if plain in ids:
        return plain, ""
    found = _PLACE.fullmatch(plain)
    if found and found[1] in ids and found[2]:
        return found[1], found[2]
    return plain, ""
