"""Writes tables that people open in Excel or WPS; a cell that looks like a formula stays text."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from selfaudit.base.text import printable, shortened
from selfaudit.files.atomic import replacing

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


def write_xlsx(path: Path, sheets: Iterable[tuple[str, Sequence[str], Sequence[int], Iterable[Row]]]) -> None:
    """Write a workbook of sheets (name, header, widths in characters, rows): frozen header, filter, wrapped text."""
    import xlsxwriter  # noqa: PLC0415 - slow to load, rarely needed

    with replacing(path) as stream:
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, header, widths, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, (title, width) in enumerate(zip(header, widths, strict=True)):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            last = 0
            for last, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(last, column, cell, body)
                    else:
                        sheet.write_string(last, column, shortened(printable(cell), LONGEST_CELL), body)
            sheet.autofilter(0, 0, last, len(header) - 1)
        book.close()
