"""Workbooks that people edit and give back: opened by a process that may end."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error, errors
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
            book = pool.run(open_file, path, path.name)
        except WorkerError:
            raise UserError(CRASHED(Where(path.name))) from None
    if refused := errors(book.problems):
        raise UserError(refused)
    return book
