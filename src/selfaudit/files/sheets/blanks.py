"""Writes empty tables to be filled in: headers over columns that are formatted as what they will contain."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from selfaudit.base.text import shortened
from selfaudit.files.atomic import replacing

Format = Literal["text", "date", "time", "number"]
_TEXT_FORMAT = 49
"""What Excel and WPS know as text."""
_FORMATS: dict[Format, str | int] = {
    "text": _TEXT_FORMAT,
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
    "number": "General",
}
_LONGEST_MESSAGE = _MOST_OFFERED = 255
"""Characters of a message, and of a list of offered words together."""
_ROWS = 10_000
_HEAD = {
    "bold": True,
    "bg_color": "#D9E2F3",
    "border": 1,
    "text_wrap": True,
    "valign": "top",
    "num_format": _TEXT_FORMAT,
}
_NEEDED = {**_HEAD, "bg_color": "#FCE4D6"}
_TEXT = {"text_wrap": True, "valign": "top", "num_format": _TEXT_FORMAT}


@dataclass(frozen=True, slots=True)
class Blank:
    """A column: its header, whether it must be filled in, what it will contain, and words that are offered.

    ``about`` appears when somebody is in one of its cells.
    """

    header: str
    needed: bool
    format: Format
    about: str
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """A table to be filled in."""

    name: str
    columns: tuple[Blank, ...]


Explanation = tuple[str, Sequence[int], Sequence[Sequence[str]]]
"""A sheet to be read: its name, the widths of its columns, and its rows."""


def write_blanks(path: Path, sheets: Sequence[BlankSheet], explained: Sequence[Explanation]) -> None:
    """Write a workbook of tables to be filled in, and of sheets that explain them.

    Columns for texts are formatted as texts, so that long numbers and leading zeros stay as they are typed.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, rarely needed

    with replacing(path) as stream:
        book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_numbers": False})
        head, needed, text = (book.add_format(one) for one in (_HEAD, _NEEDED, _TEXT))
        formats = {name: book.add_format({"num_format": code}) for name, code in _FORMATS.items()}
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            sheet.freeze_panes(1, 0)
            for n, column in enumerate(one.columns):
                sheet.set_column(n, n, max(12, 2 * len(column.header) + 2), formats[column.format])
                sheet.write_string(0, n, column.header, needed if column.needed else head)
                _explain(sheet, n, column)
        for name, widths, rows in explained:
            sheet = book.add_worksheet(name)
            for n, width in enumerate(widths):
                sheet.set_column(n, n, width, text)
            for n, row in enumerate(rows):
                for m, cell in enumerate(row):
                    sheet.write_string(n, m, cell, text)
        book.close()


def _explain(sheet: Any, at: int, column: Blank) -> None:
    """Say what goes into a cell when somebody is in it; a comment would be something that is not read."""
    told: dict[str, Any] = {"validate": "any", "input_message": shortened(column.about, _LONGEST_MESSAGE)}
    if column.offered and len(",".join(column.offered)) <= _MOST_OFFERED:
        told |= {"validate": "list", "source": list(column.offered), "error_type": "warning"}
    sheet.data_validation(1, at, _ROWS, at, told)
