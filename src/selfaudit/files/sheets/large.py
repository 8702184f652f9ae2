"""Workbooks with tables of any length: one row after the other, so that a sheet is in memory once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.problems import Problem, Where, errors
from selfaudit.base.trouble import reason_of
from selfaudit.files.kinds import XLS, kind_of
from selfaudit.files.sheets.bounds import REGISTER, Limits
from selfaudit.files.sheets.workbook import (
    DAMAGED,
    FILE_TOO_LARGE,
    TOO_FAR,
    UNREADABLE,
    Checked,
    Merged,
    checked,
)


@dataclass(slots=True)
class Sheet:
    """A sheet: its rows from A1 on, each as long as the sheet is wide, to be asked for once.

    ``repeated`` counts the cells in which the value of a merged cell is repeated.
    """

    name: str
    height: int
    width: int
    day_0: date
    hidden: bool
    merged: list[Merged]
    hidden_rows: list[str]
    hidden_columns: list[str]
    _rows: Iterator[list[Any]]
    _left: int
    repeated: int = field(default=0, init=False)

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows; what is merged over rows is in each of them that says something itself."""
        # what holds the cells is let go with the last row
        source, self._rows = self._rows, iter(())
        if not self.merged and not self._left:
            yield from source
            return
        left: list[Any] = [""] * self._left
        below: dict[int, list[tuple[int, int]]] = {}
        for (top, column), (bottom, _) in self.merged:
            for n in range(top + 1, min(bottom + 1, self.height)):
                below.setdefault(n, []).append((column, top))
        tops = {top for places in below.values() for _, top in places}
        kept = dict[int, list[Any]]()
        for n, cells in enumerate(source):
            row = left + cells
            if n in below and any(value != "" for value in row):
                for column, top in below[n]:
                    if column < len(row) and row[column] == "":
                        row[column] = kept[top][column]
                        self.repeated += 1
            if n in tops:
                kept[n] = row
            yield row


@dataclass(slots=True)
class Book:
    """The sheets of a workbook with cells, one after the other, and what there is to say; an error says why not."""

    sheets: Iterator[Sheet]
    problems: list[Problem]
    old: bool = False


@contextmanager
def large_workbook(path: Path, file: str, work: Path, limits: Limits = REGISTER) -> Iterator[Book]:
    """Open a workbook on disk; ``file`` is its name as the user knows it, ``work`` a private folder."""
    where = Where(file)
    try:
        size = path.stat().st_size
        if size > limits.packed:
            refused = FILE_TOO_LARGE(where, size=round(size / 2**20, 1), limit=limits.packed >> 20)
            yield Book(iter(()), [refused])
            return
        data = path.read_bytes()
    except OSError as exc:
        yield Book(iter(()), [UNREADABLE(where, detail=reason_of(exc))])
        return
    copy = work / "workbook"
    old, safe = kind_of(data) is XLS, checked(data, file, limits, copy)
    del data
    problems = list(safe.problems)
    try:
        yield Book(iter(()) if errors(problems) else _sheets(copy, safe, where, limits, problems), problems, old)
    finally:
        copy.unlink(missing_ok=True)


def _sheets(path: Path, safe: Checked, where: Where, limits: Limits, problems: list[Problem]) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - not at every start

    cells = 0
    try:
        with CalamineWorkbook.from_path(path) as book:
            for known in (sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet):
                sheet = book.get_sheet_by_name(known.name)
                end, start = sheet.end, sheet.start
                if end is None or start is None:
                    continue
                height, width = end[0] + 1, end[1] + 1
                cells += height * width
                if cells > limits.cells:
                    problems.append(TOO_FAR(where, cell=f"{known.name}!{height}"))
                    return
                rows, columns = safe.hidden.get(known.name, ([], []))
                visible = known.visible == SheetVisibleEnum.Visible
                merged = sheet.merged_cell_ranges or []
                cells_of = sheet.iter_rows(), start[1]
                del sheet
                yield Sheet(known.name, height, width, safe.day_0, not visible, merged, rows, columns, *cells_of)
    except CalamineError as exc:
        problems.append(DAMAGED(where, detail=str(exc)))
    except BaseException as exc:
        # a damaged old workbook can make calamine panic, which is no Exception
        if type(exc).__name__ != "PanicException":
            raise
        problems.append(DAMAGED(where, detail=str(exc)))
