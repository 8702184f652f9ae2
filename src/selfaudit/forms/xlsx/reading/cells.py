"""What a part of the form says in a workbook, and where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from selfaudit.forms.keys import Path

_SERIAL = re.compile("[0-9]{5}")
_CENTURY = 20

Cell = tuple[int, int, int]
"""Number of the sheet, row and column, from 0."""
Row = tuple[int, int, Mapping[str, int]]
"""Number of the sheet, row, and the column of each key."""


@dataclass(slots=True)
class Part:
    """A part of the form: its data in the shape of the YAML form, and where it was found.

    ``cells`` is the cell of a value or of the beginning of a list, ``rows`` the row of an entry, ``read`` the columns
    that were read in a row, by sheet and row. ``numbers`` are names of items that were typed as numbers.
    """

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, Cell] = field(default_factory=dict)
    rows: dict[Path, Row] = field(default_factory=dict)
    read: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    numbers: list[tuple[Cell, str]] = field(default_factory=list)


def day_of(text: str, day_0: date) -> str:
    """Return the day of a number that Excel shows for one in a cell of text, in a workbook that counts from a day."""
    if not _SERIAL.fullmatch(text.strip()):
        return text
    day = day_0 + timedelta(days=int(text))
    return day.isoformat() if day.year // 100 == _CENTURY else text
