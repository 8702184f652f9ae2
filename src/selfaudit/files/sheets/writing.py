"""Writes tables that people open in Excel or WPS; a cell that looks like a formula stays text."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from selfaudit.base.text import printable, shortened
from selfaudit.files.atomic import replacing
from selfaudit.files.sheets.heights import height

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767

Row = Sequence[str | int]


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a CSV that Excel opens as UTF-8; texts that look like formulas get an apostrophe in front."""
    with replacing(path) as raw, _text(raw) as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([_inert(cell) for cell in row] for row in rows)


@contextmanager
def _text(raw: IO[bytes]) -> Iterator[IO[str]]:
    stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    yield stream
    stream.flush()
    stream.detach()


def _inert(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


@dataclass(frozen=True, slots=True)
class Look:
    """How the first sheet of a workbook looks that is edited and printed, by columns from 0.

    ``title`` is printed above every page. ``choices`` are offered in a column, others may be typed all the same;
    ``grey`` are the columns that are only looked at.
    """

    title: str = ""
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    grey: frozenset[int] = frozenset()


_A3, _MARGIN = 8, 0.4
_HEAD: dict[str, Any] = {"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "top"}
_BODY: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1}


def write_xlsx(
    path: Path,
    sheets: Iterable[tuple[str, Sequence[str], Sequence[int], Iterable[Row]]],
    look: Look = Look(),
) -> None:
    """Write a workbook of sheets (name, header, widths in characters, rows): frozen header, filter, wrapped text.

    They are printed as they are: across the page, all columns on one, the header on each.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, rarely needed

    with replacing(path) as stream:
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
        head, body, grey = (book.add_format(one) for one in (_HEAD, _BODY, {**_BODY, "font_color": "#7F7F7F"}))
        for name, header, widths, rows in sheets:
            sheet = book.add_worksheet(name)
            _print_across(sheet, look.title or name)
            if look.title:
                sheet.set_row(0, height(zip(header, widths, strict=True)))
            for column, (title, width) in enumerate(zip(header, widths, strict=True)):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            last = 0
            for last, row in enumerate(rows, 1):
                if look.title:
                    sheet.set_row(last, height((str(cell), width) for cell, width in zip(row, widths, strict=True)))
                for column, cell in enumerate(row):
                    looks = grey if column in look.grey else body
                    if isinstance(cell, int):
                        sheet.write_number(last, column, cell, looks)
                    else:
                        sheet.write_string(last, column, shortened(printable(cell), LONGEST_CELL), looks)
            sheet.autofilter(0, 0, last, len(header) - 1)
            for column, offered in look.choices.items():
                offer = {"validate": "list", "source": list(offered), "error_type": "warning"}
                sheet.data_validation(1, column, max(last, 1), column, offer)
            look = Look()
        book.close()


def _print_across(sheet: Any, title: str) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(_MARGIN, _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&C" + title.replace("&", "&&"))
    sheet.set_footer("&C&P / &N")
