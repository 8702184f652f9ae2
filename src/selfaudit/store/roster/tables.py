"""Finds the sheets and columns of the roster in a workbook, whatever their order and whatever stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError
from xlsxwriter.utility import xl_rowcol_to_cell

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, note, warning
from selfaudit.store.roster.check import nearest
from selfaudit.store.roster.sheet import INSTRUCTIONS, SHEETS, Column, Sheet, header_key
from selfaudit.store.roster.workbook import DAMAGED, Book, Grid

NO_SHEET = error(
    "roster.no-sheet",
    N_("there is no sheet “{sheet}”"),
    N_("The workbook has: {present}. Rename the right one, or start from selfaudit roster template."),
)
MEANT_SHEET = error(
    "roster.meant-sheet", N_("there is no sheet “{sheet}”"), N_("If “{meant}” is meant, rename it to “{sheet}”.")
)
TWO_SHEETS = error(
    "roster.two-sheets",
    N_("“{sheet}” and “{other}” are both read as the sheet “{meant}”"),
    N_("Keep one of them, or give the other one another name."),
)
OTHER_SHEETS = note("roster.other-sheets", N_("these sheets are not read: {sheets}"))
NO_HEADER = error(
    "roster.no-header",
    N_("the columns of this sheet are not named"),
    N_("Name the columns in one row: {columns}."),
)
NO_COLUMN = error(
    "roster.no-column", N_("the column “{column}” is missing"), N_("These columns are needed: {columns}.")
)
MEANT_COLUMN = error(
    "roster.meant-column",
    N_("the column “{column}” is missing"),
    N_("If “{meant}” ({cell}) is meant, rename it to “{column}”."),
)
TWO_COLUMNS = error(
    "roster.two-columns",
    N_("“{header}” and “{other}” ({cell}) are both read as “{column}”"),
    N_("Keep one of them, or give the other one another name."),
)
OTHER_COLUMN = note("roster.other-column", N_("the column “{header}” is not read"))
LIKE_COLUMN = warning(
    "roster.like-column", N_("the column “{header}” is not read"), N_("If “{column}” is meant, rename it to this.")
)

_HEADER_WITHIN = 30


@dataclass(slots=True)
class Table:
    """One sheet of the roster: its cells, the row that names the columns, and where each field stands."""

    sheet: Sheet
    grid: Grid
    file: str
    header: int
    place: dict[str, int]

    @property
    def chinese(self) -> bool:
        """Whether the columns are named in Chinese, so that messages can speak of them as the file does."""
        return any(not str(self.grid.rows[self.header][n]).isascii() for n in self.place.values())

    def columns(self) -> list[Column]:
        """Return the columns that are there."""
        return [column for column in self.sheet.columns if column.field in self.place]

    def header_of(self, column: Column) -> str:
        """Return the name of a column as the file has it."""
        return str(self.grid.rows[self.header][self.place[column.field]]).strip()

    def rows(self) -> Iterator[int]:
        """Yield the number of each row below the header that says anything in a column of the roster."""
        for n in range(self.header + 1, len(self.grid.rows)):
            row = self.grid.rows[n]
            if any(not isinstance(row[c], str) or row[c].strip() for c in self.place.values()):
                yield n

    def value(self, row: int, column: Column) -> Any:
        """Return the value of a cell."""
        return self.grid.rows[row][self.place[column.field]]

    def where(self, row: int, field: str = "") -> Where:
        """Return the place of a cell, or that of a row by its first column."""
        return _at(self.file, self.grid.name, row, self.place.get(field, min(self.place.values(), default=0)))


def _at(file: str, sheet: str, row: int, column: int) -> Where:
    return Where(file, cell=f"{sheet}!{xl_rowcol_to_cell(row, column)}")


def find_tables(book: Book, file: str) -> tuple[dict[str, Table], list[Problem]]:
    """Return the table of each sheet of the roster that is there, and what is wrong with sheets and headers."""
    tables: dict[str, Table] = {}
    names, problems = _sheet_names(book, file)
    for sheet in SHEETS:
        if name := names.get(sheet.key):
            try:
                grid = book.grid(name)
            except CalamineError as exc:
                problems.append(DAMAGED(Where(file, cell=name), detail=exc))
                continue
            table, found = _table(sheet, grid, file)
            problems += found
            if table:
                tables[sheet.key] = table
    return tables, problems


def _sheet_names(book: Book, file: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the name of each sheet of the roster in this workbook."""
    language = "en" if all(name.isascii() for name in book.names) else "zh_CN"
    found: dict[str, str] = {}
    problems: list[Problem] = []
    others = []
    for name in book.names:
        key = header_key(name)
        meant = next((sheet for sheet in SHEETS if key in sheet.words.spellings()), None)
        if meant is None:
            others += [name] if name in book.visible and key not in INSTRUCTIONS.spellings() else []
        elif meant.key in found:
            args = {"sheet": name, "other": found[meant.key], "meant": meant.words.said_in(language)}
            problems.append(TWO_SHEETS(Where(file, cell=name), **args))
        else:
            found[meant.key] = name
    for wanted in [sheet.words.said_in(language) for sheet in SHEETS if sheet.key not in found]:
        if like := nearest(wanted, others):
            problems.append(MEANT_SHEET(Where(file), sheet=wanted, meant=like))
        else:
            problems.append(NO_SHEET(Where(file), sheet=wanted, present=book.visible))
    if others:
        problems.append(OTHER_SHEETS(Where(file), sheets=others))
    return found, problems


def _table(sheet: Sheet, grid: Grid, file: str) -> tuple[Table | None, list[Problem]]:
    """Return the table of a sheet; None if no row names its columns."""
    keys = [(column, column.words.spellings()) for column in sheet.columns]
    best, most = 0, 0
    for n, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        headers = {header_key(cell) for cell in row if isinstance(cell, str)}
        hits = sum(not headers.isdisjoint(words) for _, words in keys)
        if hits > most:
            best, most = n, hits
    if most < min(2, len(sheet.columns)):
        wanted = [c.words.said_in("zh_CN" if not grid.name.isascii() else "en") for c in sheet.columns]
        return None, [NO_HEADER(_at(file, grid.name, 0, 0), columns=wanted)]
    table = Table(sheet, grid, file, best, {})
    return table, _place_columns(table)


def _place_columns(table: Table) -> list[Problem]:
    """Fill in where each column stands; return the problems of the header."""
    problems: list[Problem] = []
    others: dict[str, int] = {}
    headers = table.grid.rows[table.header]
    for n, header in enumerate(headers):
        key = header_key(header) if isinstance(header, str) else ""
        column = next((c for c in table.sheet.columns if key in c.words.spellings()), None)
        if column is None:
            others |= {header.strip(): n} if key else {}
        elif column.field in table.place:
            first = table.place[column.field]
            args = {"header": header.strip(), "other": headers[first].strip(), "cell": _cell(table, first)}
            problems.append(TWO_COLUMNS(_header(table, n), **args, column=_called(table, column)))
        else:
            table.place[column.field] = n
    return [*problems, *_absent(table, others)]


def _absent(table: Table, others: dict[str, int]) -> Iterator[Problem]:
    """Yield the columns that are missing and the headers that mean none, each with the other that it may be."""
    for column in table.sheet.columns:
        if column.field in table.place:
            continue
        called = _called(table, column)
        meant = next((m for word in (called, *column.words.aliases) if (m := nearest(word, others))), "")
        if column.required and meant:
            yield MEANT_COLUMN(
                _header(table, others[meant]), column=called, meant=meant, cell=_cell(table, others.pop(meant))
            )
        elif column.required:
            wanted = [_called(table, c) for c in table.sheet.columns if c.required]
            yield NO_COLUMN(_header(table, 0), column=called, columns=wanted)
        elif meant:
            yield LIKE_COLUMN(_header(table, others.pop(meant)), header=meant, column=called)
    for header, n in others.items():
        yield OTHER_COLUMN(_header(table, n), header=header)


def _called(table: Table, column: Column) -> str:
    return column.words.zh if table.chinese else column.words.en


def _header(table: Table, column: int) -> Where:
    return _at(table.file, table.grid.name, table.header, column)


def _cell(table: Table, column: int) -> str:
    return str(xl_rowcol_to_cell(table.header, column))
