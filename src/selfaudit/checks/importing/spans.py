"""Reads cells that say from when to when, each of the two days for a column of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selfaudit.base.dates import half_width
from selfaudit.checks.importing import words
from selfaudit.checks.importing.days import DAY, read_day
from selfaudit.checks.importing.texts import Value
from selfaudit.files.sheets.cells import DAY_0
from selfaudit.model.data.register import OneDay

_LONGEST = 60
_STRONG = re.compile(r"\s*(?:起?至|起?到|[~∼〜]|[–—―─]+|--+|→|起[,，]|[、,，;；\n]|\bto\b)\s*", re.IGNORECASE)
_WEAK = re.compile(r"\s*[-/]\s*|\s+")
"""Signs that may stand inside of a day as well."""
_AROUND = re.compile(r"^(?:自|从|由)\s*|\s*(?:为?止|起)$")
_CLOCK = re.compile(r"(?:上午|中午|下午|晚上)?\s?\d\d?[:时点].*")
_MONTH_AND_DAY = re.compile(r"(?P<m>\d\d?)\s?[-./月]\s?\d\d?(?:\D.*)?")
_FOUR = re.compile(r"(?P<m>\d\d)\d\d", re.ASCII)
_DAY_ALONE = re.compile(r"(?P<d>\d\d?)\s?[日号]?(?:\s.*|上午|下午)?")


@dataclass(frozen=True, slots=True)
class Part:
    """Which day of such a cell a column takes, and what a cell with one day only means."""

    end: bool
    one_day: OneDay


def read_span(raw: str, day_0: date, part: Part, *, with_time: bool) -> Value:
    """Read one of the two days of a cell; the second may leave out what it shares with the first."""
    text = half_width(raw).strip("'`")
    if len(text) > _LONGEST:
        return Value(None, None, words.NOT_A_SPAN)
    halves = dict.fromkeys(_halves(text))
    if len(halves) > 1:
        return Value(None, None, words.TWO_DAYS)
    for start, end in halves:
        value = read_day(end if part.end else start, day_0, with_time=with_time)
        return value if value.reject else Value(value.text, words.SPLIT)
    value = read_day(raw, day_0, with_time=with_time)
    if value.reject is words.NOT_A_DAY:
        return Value(None, None, words.NOT_A_SPAN)
    if part.one_day in ("both", "end" if part.end else "start"):
        return value
    return Value(None) if not value.reject else value


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the two days of a text as texts that say them in full; nothing if it does not say two."""
    strong = list(_STRONG.finditer(text))
    for sign in strong if len(strong) == 1 else () if strong else _WEAK.finditer(text):
        start, end = (_AROUND.sub("", half.strip()) for half in (text[: sign.start()], text[sign.end() :]))
        first = DAY.fullmatch(start)
        if first and (full := _in_full(end, first)):
            # behind a space there is a time of day as well
            if sign[0].strip() or full == end:
                yield start, full
        elif strong and start and not end:
            yield start, "长期"
        elif strong:
            yield start, end


def _in_full(end: str, first: re.Match[str]) -> str:
    """Return a day with the year, month and day that it leaves out because the first says them; empty if it is none."""
    if DAY.fullmatch(end):
        return end
    year, month, day = int(first["y"]), int(first["m"] or first["m2"]), int(first["d"] or first["d2"])
    if _CLOCK.fullmatch(end):
        full = f"{year}-{month}-{day} {end}"
    elif found := _FOUR.fullmatch(end) or _MONTH_AND_DAY.fullmatch(end):
        # a month before that of the first day is one of the next year
        year += int(found["m"]) < month
        full = f"{year}{end}" if _FOUR.fullmatch(end) else f"{year}-{end}"
    elif (found := _DAY_ALONE.fullmatch(end)) and int(found["d"]) >= day:
        full = f"{year}-{month}-{end}"
    else:
        return ""
    return full if DAY.fullmatch(full) and read_day(full, DAY_0, with_time=True).text else ""
