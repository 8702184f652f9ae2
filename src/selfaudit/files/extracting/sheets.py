"""The text of a workbook: every row a line, its cells in order."""

from selfaudit.base.problems import Where, errors
from selfaudit.files.extracting.extracted import Builder, Extracted
from selfaudit.files.extracting.problems import TOO_LONG
from selfaudit.files.sheets.bounds import MIB, Limits
from selfaudit.files.sheets.cells import cell_name, text_of
from selfaudit.files.sheets.workbook import open_workbook

LIMITS = Limits(packed=200 * MIB, unpacked=256 * MIB)
"""Of a record with pictures, which are not read."""
MOST_CELLS = 200_000
"""Cells with something in them; a record that somebody filled in has some thousands."""


def workbook_text(data: bytes, file: str) -> Extracted:
    """Return the text of a workbook of any kind."""
    book = open_workbook(data, file, LIMITS)
    if wrong := errors(book.problems):
        return Extracted(problem=wrong[0])
    built = Builder("cell")
    for grid in book.grids:
        for row, values in enumerate(grid.rows):
            line = [(column, text) for column, value in enumerate(values) if (text := text_of(value).strip())]
            for column, text in line:
                built.mark(f"{grid.name}!{cell_name(row, column)}")
                built.add(text.replace("\n", " ") + "\t")
            if line:
                built.add("\n")
        if len(built.marks) > MOST_CELLS:
            return Extracted(problem=TOO_LONG(Where(file), characters=built.length, most=MOST_CELLS))
    return built.done()
