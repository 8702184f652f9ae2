"""Which sheets of a workbook are which lists of the form, and in which column each of their keys is.

Columns are found by their names in the hidden row, lost ones by their titles. A sheet that lost its whole hidden row,
as when a clerk lets Excel remove whatever is hidden, is found by its titles, unless another one has the names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.text import loose
from selfaudit.files.sheets.cells import text_of
from selfaudit.files.sheets.workbook import Grid
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.layout import FINDINGS, ITEMS, KEY, VALUE, Table

_SEARCHED = 60
"""Rows in which the head of a list is looked for; people write above it."""
_PREFIXES = (f"{ITEMS.key}.", f"{FINDINGS.key}.", "form.")
_HEADS: dict[str, list[tuple[Table, set[str]]]] = {
    ITEMS.key: [(ITEMS, {"answer", "number"})],
    FINDINGS.key: [*layout.ROUND_LISTS.items(), (FINDINGS, {"fact", "item"})],
}
"""What each list can look like, with the titles by which its head is known."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of the form as it is in a sheet: the sheet, its first row of entries, the column of each key."""

    number: int
    grid: Grid
    first: int
    columns: Mapping[str, int]


@dataclass(slots=True)
class Sheets:
    """The lists of a workbook, each of which may be in several sheets.

    ``places`` is where the columns of a sheet belong, ``heads`` the columns with a name in a hidden row, and ``others``
    are the sheets that are no list.
    """

    items: list[Sheet] = field(default_factory=list)
    findings: list[Sheet] = field(default_factory=list)
    facts: list[Sheet] = field(default_factory=list)
    places: dict[int, dict[int, str]] = field(default_factory=dict)
    heads: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)

    def of(self, table: Table) -> list[Sheet]:
        """Return the sheets of one list."""
        return self.items if table is ITEMS else self.findings


def find_sheets(grids: Sequence[Grid]) -> Sheets:
    """Return where the lists of the form are."""
    sheets = Sheets()
    nameless = [n for n, grid in enumerate(grids) if not _by_names(sheets, n, grid)]
    lost = [table for table in (ITEMS, FINDINGS) if not sheets.of(table)]
    sheets.others = [n for n in nameless if not _by_titles(sheets, n, grids[n], lost)]
    return sheets


def _by_names(sheets: Sheets, n: int, grid: Grid) -> bool:
    """Add what a sheet with a hidden row of names contains; return whether it has one."""
    found = _named_columns(grid)
    if not found:
        return False
    row, columns = found
    if KEY in columns:
        # between key and value is what a line is called
        columns = {VALUE: columns[KEY] + 2, **columns}
        sheets.facts.append(Sheet(n, grid, row + 1, columns))
    sheets.heads[n, row] = set(columns.values())
    sheets.places[n] = {column: name for name, column in columns.items()}
    for table in (ITEMS, FINDINGS):
        prefix = f"{table.key}."
        if own := {name.removeprefix(prefix): c for name, c in columns.items() if name.startswith(prefix)}:
            lost = _lost_columns(grid, row, table, sheets.places[n])
            sheets.places[n].update({column: prefix + key for key, column in lost.items()})
            own |= lost
            sheets.of(table).append(Sheet(n, grid, _first_row(grid, table, row, own), own))
    return True


def _by_titles(sheets: Sheets, n: int, grid: Grid, tables: Sequence[Table]) -> bool:
    """Add the list that the titles of a sheet show; return whether there is one."""
    for table in tables:
        if head := _head(grid, table):
            row, titled = head
            columns = dict(_titled_columns(grid.rows[row], titled))
            sheets.places[n] = {column: f"{table.key}.{key}" for key, column in columns.items()}
            sheets.of(table).append(Sheet(n, grid, row + 1, columns))
            return True
    return False


def _named_columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the hidden row of names, if the sheet has one, with the column of each."""
    for row, values in enumerate(grid.rows[:_SEARCHED]):
        found = {v: column for column, v in enumerate(values) if isinstance(v, str) and v.startswith(_PREFIXES)}
        if len(found) > 1 or KEY in found:
            return row, found
    return None


def _lost_columns(grid: Grid, names: int, table: Table, places: Mapping[int, str]) -> dict[str, int]:
    """Return the columns that lost their hidden name and still have their title."""
    head = _head(grid, table, names + 1)
    titled = dict(_titled_columns(grid.rows[head[0]], head[1])) if head else {}
    known = {name.removeprefix(f"{table.key}.") for name in places.values()}
    return {key: column for key, column in titled.items() if column not in places and key not in known}


def _head(grid: Grid, table: Table, first: int = 0) -> tuple[int, Table] | None:
    """Return the row with the titles of a list, and what it looks like."""
    for row, values in enumerate(grid.rows[first : first + _SEARCHED], first):
        for titled, wanted in _HEADS[table.key]:
            if wanted <= {key for key, _ in _titled_columns(values, titled, others=False)}:
                return row, titled
    return None


def _first_row(grid: Grid, table: Table, names: int, columns: Mapping[str, int]) -> int:
    """Return the first row of entries: below the titles, or, if these were changed, at the first hidden id."""
    head = _head(grid, table, names + 1)
    if head is None and "id" in columns:
        filled = (row for row, values in enumerate(grid.rows) if row > names and any(values[columns["id"] :][:1]))
        return next(filled, names + 1)
    return max(head[0] if head else names, names) + 1


def _titled_columns(values: list[Any], table: Table, *, others: bool = True) -> Iterator[tuple[str, int]]:
    """Yield the columns of a list by their titles; in the list of findings, any other title names a class."""
    titles = layout.titles_of(table)
    for column, value in enumerate(values):
        if value == "":
            continue
        title = text_of(value).rstrip("* ")
        if key := titles.get(title) or titles.get(loose(title)):
            yield key, column
        elif title and others and table is FINDINGS:
            yield layout.DISPOSITION + _class_of_handling(title), column


def _class_of_handling(title: str) -> str:
    head, _, rest = title.replace("：", ":").partition(":")
    return rest.strip() if loose(f"{head}:") in layout.handling_prefixes() else title
