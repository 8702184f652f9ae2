"""Cells of a workbook: what they are called, and what they show as text."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

DAY_0, DAY_0_OF_MACS = date(1899, 12, 30), date(1904, 1, 1)
"""The days from which Excel counts days, and from which old workbooks of Macs do."""
_SMALL = 1e-9
_SERIAL = re.compile("[0-9]{5}")
_CENTURY = 20
_ERROR = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|EXTERNAL!|PYTHON!)|(?:Err|错误)[:：]\d{3}"
)
"""What Excel and WPS, and in the second line LibreOffice, show for a formula that failed."""


def column_name(column: int) -> str:
    """Return ``A`` for 0, ``AB`` for 27."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(20_000)
def column_number(letters: str) -> int:
    """Return 0 for ``A``, 27 for ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Return ``A1`` for row and column from 0."""
    return f"{column_name(column)}{row + 1}"


def shows_error(value: Any) -> bool:
    """Recognise a cell whose formula failed, such as #N/A, also if somebody pasted it as text."""
    return isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None


def text_of(value: Any) -> str:
    """Return what a cell shows: a whole number without a point, a day as 2023-11-05."""
    if isinstance(value, str):  # nearly always
        return value.replace("\x0b", "\n") if "\x0b" in value else value
    match value:
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
    return str(value)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    # a very small number is no zero
    return f"{value:.12f}".rstrip("0") if abs(value) > _SMALL else f"{Decimal(repr(value)):f}"


def day_of(text: str, day_0: date) -> str:
    """Return the day of a number that Excel shows for one in a cell of text, in a workbook that counts from a day."""
    if not _SERIAL.fullmatch(text.strip()):
        return text
    day = day_0 + timedelta(days=int(text))
    return day.isoformat() if day.year // 100 == _CENTURY else text
