"""Numbers and names of items as people write them; what could mean two things is not read."""

import re
from collections.abc import Container, Mapping

from selfaudit.base.dates import LONGEST, half_width
from selfaudit.base.text import narrow

_UNITS = "个|名|位|人|人次|项|条|家|张|张次|份|次|件|户|宗|起|本|处|卷|岗|岗位|项目|人员"
_NUMBER = re.compile(
    rf"(?:共|计|共计)?\s*([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}|[0-9]{{1,9}})\s*(?:{_UNITS}|个(?:{_UNITS}))?[.!]?"
)
_PLACE = re.compile(r"(?:第|自查项|item|no\.?)?\s*(.+?)\s*(?:项|条)?", re.IGNORECASE)
_PART = re.compile(r"(?P<gap>[\s(/、,第-]*)(?P<part>[A-Za-z0-9]{1,3})\s*[)项]?")


def read_number(text: str) -> int | None:
    """Return a whole number, with or without a unit after it (``3人``); None for anything vague."""
    written = half_width(text)
    found = _NUMBER.fullmatch(written) if len(written) <= LONGEST else None
    return int(found[1].replace(",", "")) if found else None


def read_id(text: str, ids: Container[str]) -> str:
    """Return the id that a text means, or the text itself in its plainest form."""
    return text if text in ids else narrow(half_width(text).strip("\"'“”‘’ "))


def read_place(text: str, parts: Mapping[str, Container[str]]) -> tuple[str, str]:
    """Return item and part of ``3.2``, ``3.2b``, ``3.2(b)``, ``3.2 b`` or ``第3.2项``; an item called so comes first.

    ``parts`` are the parts of every item. What is no item comes back as it is, without a part.
    """
    written = read_id(text, parts)
    if len(written) > LONGEST:
        return written, ""
    found = _PLACE.fullmatch(written)
    for plain in (written, found[1] if found else written):
        if plain in parts:
            return plain, ""
        for item in sorted(parts, key=len, reverse=True):
            part = _PART.fullmatch(plain[len(item) :]) if plain.startswith(item) else None
            # 3.21 is not part 1 of 3.2
            if part and part["part"].lower() in parts[item] and (part["gap"] or part["part"].isalpha()):
                return item, part["part"].lower()
    return written, ""
