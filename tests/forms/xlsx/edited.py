"""A filled-in workbook as people change it: opened with openpyxl, changed, saved, and read again."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfaudit.forms.reading.reader import Reading
from selfaudit.forms.xlsx import form as xlsx_form
from tests.forms.sample import COMPLETE, FORM, read

Change = Callable[[Workbook], object]


def workbook(content: dict[str, Any] | None = COMPLETE) -> Workbook:
    """Return the Chinese form filled in with the complete content, or as it was issued."""
    return load_workbook(io.BytesIO(xlsx_form.write(FORM, content)))


def saved(book: Workbook) -> bytes:
    """Return a workbook as openpyxl saves it."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(change: Change, content: dict[str, Any] | None = COMPLETE) -> Reading:
    """Read the filled-in form after a change."""
    book = workbook(content)
    change(book)
    return read(saved(book), "f.xlsx")


def sheet(book: Workbook, key: str) -> Worksheet:
    """Return the sheet in whose hidden row a name stands, such as ``items.answer`` or ``form.value``."""
    for page in book.worksheets:
        if page.sheet_state == "visible" and any(key == cell.value for row in page.iter_rows() for cell in row):
            return page
    raise LookupError(key)


def column(page: Worksheet, key: str) -> int:
    """Return the column of a hidden name."""
    return next(cell.column for cell in page[1] if cell.value == key)


def row(page: Worksheet, item: str) -> int:
    """Return the row of an item or part by its hidden id, such as ``2.1/a``, or of a fact, such as ``clues``."""
    return next(line for line in range(1, page.max_row + 1) if page.cell(line, 1).value == item)


def put(book: Workbook, item: str, key: str, value: object) -> str:
    """Write into the row of an item; return the name of the cell."""
    page = sheet(book, key)
    cell = page.cell(row(page, item), column(page, key))
    cell.value = value  # type: ignore[assignment]
    return f"{page.title}!{cell.coordinate}"


def fact(book: Workbook, key: str, value: object) -> str:
    """Write a fact such as ``coverage.projects``; return the name of the cell."""
    page = sheet(book, key)
    cell = page.cell(row(page, key), 3)
    cell.value = value  # type: ignore[assignment]
    return f"{page.title}!{cell.coordinate}"


def finding(book: Workbook, values: dict[str, object], line: int = 6) -> str:
    """Write into a row of the findings; return its number as a text."""
    page = sheet(book, "findings.fact")
    for key, value in values.items():
        page.cell(line, column(page, f"findings.{key}")).value = value  # type: ignore[assignment]
    return page.title
