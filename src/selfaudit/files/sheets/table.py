"""Finds the table of a sheet by the names of its columns, in any order and with anything above or beside it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.problems import Where
from selfaudit.base.text import loose
from selfaudit.files.sheets.cells import cell_name, day_of, text_of
from selfaudit.files.sheets.workbook import Grid

_HEADER_WITHIN = 30
"""Rows in which the names of the columns are looked for."""


@dataclass(slots=True)
class Table:
    """A table: its sheet, the row that names its columns, and in which column each key is.

    ``others`` are the columns whose names are not known, by name; ``twice`` those whose key another column has already.
    """

    grid: Grid
    file: str
    header: int
    place: dict[str, int]
    others: dict[str, int] = field(default_factory=dict)
    twice: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[int]:
        """Yield the number of each row below the header that says anything in a known column."""
        for n in range(self.header + 1, len(self.grid.rows)):
            if any(text_of(self.grid.rows[n][column]).strip() for column in self.place.values()):
                yield n

    def text(self, row: int, key: str) -> str:
        """Return what a cell shows; empty if there is no such column."""
        return text_of(self.grid.rows[row][self.place[key]]).strip() if key in self.place else ""

    def day(self, row: int, key: str) -> str:
        """Return what a cell with a day shows; a bare number is the day for which Excel shows it."""
        return day_of(self.text(row, key), self.grid.day_0)

    def computed(self, row: int, key: str) -> bool:
        """Return whether a cell has a formula, or a text that looks like one."""
        return self.text(row, key).startswith("=") or cell_name(row, self.place[key]) in self.grid.formulas

    def where(self, row: int, key: str = "") -> Where:
        """Return the place of a cell, or that of a row by its first column."""
        return self.grid.where(self.file, row, self.place.get(key, min(self.place.values(), default=0)))


def find_table(
    grids: Sequence[Grid], file: str, names: Mapping[str, Collection[str]], needed: Collection[str]
) -> Table | None:
    """Return the first table that has the needed columns, given what each column may be called, by its key."""
    known = {loose(name): key for key, several in names.items() for name in several}
    for grid in grids:
        for n, row in enumerate(grid.rows[:_HEADER_WITHIN]):
            table = _titled(grid, file, n, row, known)
            if set(needed) <= table.place.keys():
                return table
    return None


def _titled(grid: Grid, file: str, header: int, row: Sequence[Any], known: Mapping[str, str]) -> Table:
    table = Table(grid, file, header, {})
    for column, cell in enumerate(row):
        title = text_of(cell).strip()
        key = known.get(loose(title.rstrip("*＊")))
        if key is None:
            table.others |= {title: column} if title else {}
        elif key in table.place:
            table.twice[title] = column
        else:
            table.place[key] = column
    return table
