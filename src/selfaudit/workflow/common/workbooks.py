"""Workbooks that people edit and give back: opened by a process that may end."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error, errors
from selfaudit.files.sheets.beside import formula_cells
from selfaudit.files.sheets.workbook import Workbook, open_file
from selfaudit.workflow.common.pool import Pool, WorkerError

CRASHED = error(
    "findings.workbook-crashed",
    N_("reading the workbook ended the process that did it"),
    N_("Open it in Excel or WPS and save it as a new .xlsx."),
)


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
