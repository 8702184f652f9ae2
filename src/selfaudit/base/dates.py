"""Days as people write them; what could mean two days is not read."""

import re
from datetime import date

# Full-width forms only: NFKC would also take 3² for 32.
_HALF = {ord("　"): " ", ord("\u00a0"): " ", ord("。"): "."} | {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
LONGEST = 100
"""Characters of a text that is read as a value; beyond this, patterns would take their time."""
_BLANKS = re.compile(r"\s*([-./·、—–:年月])\s*")
_WEEKDAY = re.compile(r"\s*[(,]?\s*(?:星期|礼拜|周)([一二三四五六日天])\s*\)?\s*")
_DATE = re.compile(
    r"(?P<year>20\d\d)(?:(?:[-./·、—–](?P<m>\d\d?)[-./·、—–](?P<d>\d\d?)|年(?P<m2>\d\d?)月(?P<d2>\d\d?)\s*[日号]?)"
    r"|(?P<m3>\d\d)(?P<d3>\d\d))(?:(?:[T\s,]+|(?<=[日号]))(?P<hour>\d\d?)[:时点](?P<minute>\d\d)(?::\d\d|分)?)?",
    re.ASCII,
)
_ISO_DAY = 10
"""Characters of a day as programs write it."""
_FIGURES, _ZEROS = "〇一二三四五六七八九", dict.fromkeys("〇○零", 0)
_CHINESE = re.compile("[〇○零一二三四五六七八九十廿]+")
_NAMES = "january february march april may june july august september october november december"
_MONTHS = {short: n for n, name in enumerate(_NAMES.split(), 1) for short in (name, name[:3], name[:4])}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_MONTH_FIRST = re.compile(rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>20\d\d)", re.ASCII)
_DAY_FIRST = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH},? (?P<year>20\d\d)", re.ASCII)


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs made half-width, and nothing invisible in it."""
    return text.translate(_HALF).translate(_INVISIBLE).strip()


def read_date(text: str, *, with_time: bool = False) -> str | None:
    """Return ``2023-11-05``, or with a time ``2023-11-05T14:30``; None if it is no day, or not all of one."""
    if day := _iso_day(text):
        return day
    written = half_width(text)
    if len(written) > LONGEST:
        return None
    weekdays = _WEEKDAY.findall(written)
    plain = _in_figures(_WEEKDAY.sub(" ", written).strip())
    found = _DATE.fullmatch(_BLANKS.sub(r"\1", plain).removesuffix("."))
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


def _in_figures(text: str) -> str:
    """Return a day in plain figures: one such as ``二〇二三年十一月七日`` or ``7 Nov 2023`` is written so."""
    if "年" in text:
        return _CHINESE.sub(_figures, text)
    found = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = _MONTHS.get(found["month"].lower()) if found else None
    return f"{found['year']}-{month}-{found['day']}" if found and month else text


def _figures(found: re.Match[str]) -> str:
    """Return a Chinese number in figures; a year is a row of figures, and 廿三 is 23."""
    text = found[0].replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(str(_ZEROS.get(figure, _FIGURES.find(figure))) for figure in text)
    if len(tens) > 1 or len(ones) > 1:
        return found[0]
    return str((_FIGURES.find(tens) if tens else 1) * 10 + (_FIGURES.find(ones) if ones else 0))
