"""Dates, numbers and names of items as people write them; what could mean two things is not read."""

import re
from collections.abc import Container, Mapping
from datetime import date

from selfaudit.base.text import narrow

# Full-width forms only: NFKC would also take 3² for 32.
_HALF = {ord("　"): " ", ord("\u00a0"): " ", ord("。"): "."} | {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
# beyond this nothing is a date or a place, and patterns would take their time
_LONGEST = 100
_BLANKS = re.compile(r"\s*([-./:年月])\s*")
_WEEKDAY = re.compile(r"\s*[(,]?\s*(?:星期|礼拜|周)([一二三四五六日天])\s*\)?\s*")
_DATE = re.compile(
    r"(?P<year>20\d\d)(?:(?:[-./](?P<m>\d\d?)[-./](?P<d>\d\d?)|年(?P<m2>\d\d?)月(?P<d2>\d\d?)\s*[日号]?)"
    r"|(?P<m3>\d\d)(?P<d3>\d\d))(?:(?:[T\s,]+|(?<=[日号]))(?P<hour>\d\d?)[:时点](?P<minute>\d\d)(?::\d\d|分)?)?",
    re.ASCII,
)
_ISO_DAY = 10
"""Characters of a day as programs write it."""
_UNITS = "个|名|位|人|人次|项|条|家|张|张次|份|次|件|户|宗|起|本|处|卷|岗|岗位|项目|人员"
_NUMBER = re.compile(
    rf"(?:共|计|共计)?\s*([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}|[0-9]{{1,9}})\s*(?:{_UNITS}|个(?:{_UNITS}))?[.!]?"
)
_PLACE = re.compile(r"(?:第|自查项|item|no\.?)?\s*(.+?)\s*(?:项|条)?", re.IGNORECASE)
_PART = re.compile(r"(?P<gap>[\s(/、,第-]*)(?P<part>[A-Za-z0-9]{1,3})\s*[)项]?")


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs made half-width, and nothing invisible in it."""
    return text.translate(_HALF).translate(_INVISIBLE).strip()


def read_date(text: str, *, with_time: bool = False) -> str | None:
    """Return ``2023-11-05``, or with a time ``2023-11-05T14:30``; None if it is no day, or not all of one."""
    if day := _iso_day(text):
        return day
    written = half_width(text)
    if len(written) > _LONGEST:
        return None
    weekdays = _WEEKDAY.findall(written)
    found = _DATE.fullmatch(_BLANKS.sub(r"\1", _WEEKDAY.sub(" ", written).strip()).removesuffix("."))
    if not found or len(weekdays) > 1:
        return None
    month, day = found["m"] or found["m2"] or found["m3"], found["d"] or found["d2"] or found["d3"]
    try:
        made = date(int(found["year"]), int(month), int(day))
    except ValueError:
        return None
    if weekdays and "一二三四五六日".index(weekdays[0].replace("天", "日")) != made.weekday():
        return None
    if not found["hour"]:
        return made.isoformat()
    if int(found["hour"]) > 23 or int(found["minute"]) > 59:  # noqa: PLR2004 - a clock
        return None
    time = f"T{int(found['hour']):02d}:{found['minute']}" if with_time else ""
    return made.isoformat() + time


def _iso_day(text: str) -> str:
    """Return a day that is written as it is kept, as most are; empty if there is more to read."""
    if len(text) != _ISO_DAY or not text.isascii() or text[:2] != "20" or text[4] != "-" or text[7] != "-":
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def read_number(text: str) -> int | None:
    """Return a whole number, with or without a unit after it (``3人``); None for anything vague."""
    written = half_width(text)
    found = _NUMBER.fullmatch(written) if len(written) <= _LONGEST else None
    return int(found[1].replace(",", "")) if found else None


def read_id(text: str, ids: Container[str]) -> str:
    """Return the id that a text means, or the text itself in its plainest form."""
    return text if text in ids else narrow(half_width(text).strip("\"'“”‘’ "))


def read_place(text: str, parts: Mapping[str, Container[str]]) -> tuple[str, str]:
    """Return item and part of ``3.2``, ``3.2b``, ``3.2(b)``, ``3.2 b`` or ``第3.2项``; an item called so comes first.

    ``parts`` are the parts of every item. What is no item comes back as it is, without a part.
    """
    written = read_id(text, parts)
    if len(written) > _LONGEST:
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
