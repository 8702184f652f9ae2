"""Reads days in every spelling that exports have, and moments; what can mean two days is not read."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from selfaudit.base.dates import LONGEST, half_width, read_date
from selfaudit.base.problems import Kind
from selfaudit.checks.importing import words
from selfaudit.checks.importing.texts import Value

_NO_DAY = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限", "无限期", "无期限", "至今", "现在", "今"})
_NO_DAYS = re.compile(
    r"(?:(?:9999|2999|0000|0001)-?\d\d-?\d\d|1899-?12-?3[01]|1900-?01-?0[01])(?:[ T].*)?|0|00:00(:00)?|1900/1/0"
)
DAY = re.compile(
    r"(?P<y>\d{4})(?:\s?[-./年]\s?(?P<m>\d\d?)\s?[-./月]\s?(?P<d>\d\d?)\s?[日号]?|(?P<m2>\d\d)(?P<d2>\d\d))"
    r"(?:[T\s]*(?P<half>上午|中午|下午|晚上)?\s?(?P<H>\d\d?)"
    r"(?:[:时点](?P<M>\d\d)分?(?::?(?P<S>\d\d)秒?)?(?:\.\d+)?\s?(?P<zone>Z|[-+]\d\d(?::?\d\d)?)?|[时点]整?)"
    r"(?:\s?(?P<half2>AM|PM))?"
    r"|(?<=\d{8})(?P<H2>\d\d)(?P<M2>\d\d)(?P<S2>\d\d)?|[\s(]*(?P<part>上午|下午|全天|AM|PM)\)?)?",
    re.ASCII | re.IGNORECASE,
)
"""A day that says its year first, with or without a time of day."""
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - as people say them
_CLOCK = r"(?:\s+(\d\d?):(\d\d)(?::(\d\d))?)?"
_EIGHT = timedelta(hours=8)
_UTC, _HERE = re.compile(r"Z|[-+]00(?::?00)?", re.IGNORECASE), re.compile(r"\+08(?::?00)?")
_NOON, _MIDNIGHT = 12, 24
_TO_MIDNIGHT = re.compile(r"24(?:[:时点]00|[时点])")
_BY_NAME = re.compile(rf"(\d\d?)[-/. ]([A-Za-z]{{3,9}}|\d\d?月)[-/. ,]+(\d{{4}}|\d\d){_CLOCK}", re.ASCII)
_LAST = re.compile(rf"(\d\d?)[-./](\d\d?)[-./](\d{{4}}){_CLOCK}", re.ASCII)
_NO_YEAR = re.compile(r"\d\d?\s?[月./-]\s?\d\d?\s?[日号]?(?:\s*\d\d?[:时点].*)?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d\d?[-./年]\s?\d\d?[-./月]\s?\d\d?日?", re.ASCII)
_CENTURY, _MONTHS_OF_YEAR, _FIRST_YEAR, _LAST_YEAR = 2000, 12, 1901, 2998
_NEXT_CENTURY = 50
"""Years of two figures from here on may be of the last century or of this one."""


def read_day(raw: str, day_0: date, *, with_time: bool) -> Value:
    """Read a day, or a moment with its time of day; what says that there is no end is empty."""
    text = half_width(raw).strip("'`")
    if len(text) > LONGEST:
        return Value(None, None, words.NOT_A_DAY)
    if text in _NO_DAY or _NO_DAYS.fullmatch(text):
        return Value(None, words.NO_VALUE)
    found = _written(text, day_0)
    if isinstance(found, Kind):
        return Value(None, None, found)
    moment, repair = found
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return Value(None, None, words.NOT_A_DAY)
    if with_time:
        made = moment.isoformat(" ", "seconds")
        return Value(made, repair if made.removesuffix(":00") != raw and made != raw else None)
    if _TO_MIDNIGHT.search(text):
        # the end of a day is of that day
        moment, repair = moment - timedelta(days=1), repair or words.TIME_LEFT
    made = moment.date().isoformat()
    if repair is None and (moment.hour or moment.minute):
        repair = words.TIME_LEFT
    return Value(made, repair if made != raw else None)


def _written(text: str, day_0: date) -> tuple[datetime, Kind | None] | Kind:
    """Return the moment that a text says and how it was written, or why it says none."""
    try:
        if found := DAY.fullmatch(text):
            return _numbered(found)
        if (serial := _SERIAL.fullmatch(text)) and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
            seconds = round(float(f"0.{serial[2] or 0}") * 86_400)
            start = datetime(day_0.year, day_0.month, day_0.day)  # noqa: DTZ001 - days of a file have no zone
            return start + timedelta(days=int(serial[1]), seconds=seconds), words.DAY_COUNTED
        if (named := _BY_NAME.fullmatch(text)) and (month := _month(named[2])):
            return _with_name(named, month)
        if last := _LAST.fullmatch(text):
            return _year_last(last)
    except ValueError:
        return words.NOT_A_DAY
    if _NO_YEAR.fullmatch(text):
        return words.NO_YEAR
    if _SHORT_YEAR.fullmatch(text):
        return words.TWO_DAYS
    day = read_date(text, with_time=True)
    return (datetime.fromisoformat(day), words.DAY_WRITTEN) if day else words.NOT_A_DAY


def _numbered(found: re.Match[str]) -> tuple[datetime, Kind | None] | Kind:
    one = found.groupdict()
    half = (one["half"] or one["half2"] or "").upper()
    clock = (_hour(one["H"], half) if half else one["H"] or one["H2"], one["M"] or one["M2"], one["S"] or one["S2"])
    moment = _moment((int(one["y"]), int(one["m"] or one["m2"]), int(one["d"] or one["d2"])), clock)
    if one["part"]:
        return moment, words.TIME_LEFT
    if one["zone"] and not _HERE.fullmatch(one["zone"]):
        return (moment + _EIGHT, words.ZONE) if _UTC.fullmatch(one["zone"]) else words.OTHER_ZONE
    if half or one["zone"]:
        return moment, words.DAY_WRITTEN
    plain = found.string[4:5] == "-" and one["m"] is not None and len(one["m"]) == len(one["d"]) == 2  # noqa: PLR2004
    return moment, None if plain else words.DAY_WRITTEN


def _with_name(found: re.Match[str], month: int) -> tuple[datetime, Kind | None] | Kind:
    year = int(found[3])
    if len(found[3]) == 2:  # noqa: PLR2004 - a year without its century
        if year >= _NEXT_CENTURY:
            return words.TWO_DAYS
        year += _CENTURY
    return _moment((year, month, int(found[1])), found.groups()[3:]), words.DAY_WRITTEN


def _hour(written: str, half: str) -> str:
    """Return an hour as a clock of 24 hours has it; ``ValueError`` is raised for 13 in the morning."""
    hour = int(written)
    if half in ("AM", "上午"):
        if hour > _NOON:
            raise ValueError(written)
        return str(hour % _NOON) if half == "AM" else written
    return str(hour + _NOON) if hour < (_NOON - 1 if half == "中午" else _NOON) else written


def _year_last(found: re.Match[str]) -> tuple[datetime, Kind | None] | Kind:
    first, second = int(found[1]), int(found[2])
    if first <= _MONTHS_OF_YEAR and second <= _MONTHS_OF_YEAR and first != second:
        return words.TWO_DAYS
    month, day = (second, first) if first > _MONTHS_OF_YEAR else (first, second)
    return _moment((int(found[3]), month, day), found.groups()[3:]), words.DAY_WRITTEN


def _moment(day: tuple[int, int, int], clock: Sequence[str | None]) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock)
    if (hour, minute, second) == (_MIDNIGHT, 0, 0):
        return datetime(*day) + timedelta(days=1)  # noqa: DTZ001 - days of a file have no zone
    return datetime(*day, hour, minute, second)  # noqa: DTZ001 - days of a file have no zone


def _month(name: str) -> int | None:
    if name.endswith("月"):
        return int(name[:-1])
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else None
