"""Workbooks that people edit and give back: opened by a process that may end."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors, note
from selfaudit.files.sheets.beside import formula_cells
from selfaudit.files.sheets.table import Table
from selfaudit.files.sheets.workbook import Workbook, open_file
from selfaudit.workflow.common.pool import Pool, WorkerError

CRASHED = error(
    "findings.workbook-crashed",
    N_("reading the workbook ended the process that did it"),
    N_("Open it in Excel or WPS and save it as a new .xlsx."),
)
TWO_COLUMNS = error(
    "workbook.two-columns", N_("the column “{header}” is there twice"), N_("Keep one of them; nothing was changed.")
)
OTHER_COLUMN = note(
    "workbook.other-column", N_("the column “{header}” is not read"), N_("What it says belongs into a column that is.")
)


def unread_columns(table: Table) -> list[Problem]:
    """Return which columns of a table nobody reads; stops if one that is read is there twice."""

    def at(column: int) -> Where:
        return table.grid.where(table.file, table.header, column)

    if table.twice:
        raise UserError([TWO_COLUMNS(at(column), header=name) for name, column in table.twice.items()])
    return [OTHER_COLUMN(at(column), header=name) for name, column in table.others.items()]


def opened(path: Path) -> Workbook:
    """Return the sheets of a workbook."""
    with Pool() as pool:
        try:
            book = pool.run(_open, path)
        except WorkerError:
            raise UserError(CRASHED(Where(path.name))) from None
    if refused := errors(book.problems):
        raise UserError(refused)
    return book


def _open(path: Path) -> Workbook:
    """Return the sheets of a workbook, with the cells in which there is a formula."""
    book = open_file(path, path.name)
    formulas = {} if errors(book.problems) else formula_cells(path.read_bytes())
    for grid in book.grids:
        grid.formulas = formulas.get(grid.name, set())
    return book
