"""Finds the sheets and columns of the roster in a workbook, in any order and with anything around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, note, warning
from selfaudit.base.text import narrow
from selfaudit.files.sheets.cells import cell_name
from selfaudit.files.sheets.workbook import Grid
from selfaudit.store.roster.check import nearest
from selfaudit.store.roster.sheet import INSTRUCTIONS, SHEETS, Column, Sheet, header_key

NO_SHEET = error(
    "roster.no-sheet",
    N_("there is no sheet “{sheet}”"),
    N_("The workbook has: {present}. Rename the right one, or start from selfaudit roster template."),
)
MEANT_SHEET = error(
    "roster.meant-sheet", N_("there is no sheet “{sheet}”"), N_("If “{meant}” is that sheet, rename it to “{sheet}”.")
)
TWO_SHEETS = error(
    "roster.two-sheets",
    N_("“{sheet}” and “{other}” are both read as the sheet “{meant}”"),
    N_("Keep one of them, or give the other one another name."),
)
OTHER_SHEETS = note("roster.other-sheets", N_("these sheets are ignored: {sheets}"))
NO_HEADER = error(
    "roster.no-header",
    N_("the columns of this sheet are not named"),
    N_("Put the column names in one row: {columns}."),
)
NO_COLUMN = error("roster.no-column", N_("the column “{column}” is missing"), N_("Required columns: {columns}."))
MEANT_COLUMN = error(
    "roster.meant-column",
    N_("the column “{column}” is missing"),
    N_("If “{meant}” ({cell}) is that column, rename it to “{column}”."),
)
TWO_COLUMNS = error(
    "roster.two-columns",
    N_("“{header}” and “{other}” ({cell}) are both read as “{column}”"),
    N_("Keep one of them, or give the other one another name."),
)
OTHER_COLUMN = note("roster.other-column", N_("the column “{header}” is ignored"))
LIKE_COLUMN = warning(
    "roster.like-column", N_("the column “{header}” is ignored"), N_("If it should be “{column}”, rename it to that.")
)

_BESIDE = re.compile(
    r"(?:合计|总计|小计|共计|总人数|grand total|total|sum)(?:\W.*|\d.*)?"
    r"|(?:制表|填表|审核|复核|批准|经办|填报)人?(?:[:：].*|(?<=人))|(?:prepared|checked|approved) by.*",
    re.IGNORECASE | re.DOTALL,
)
"""What begins a row that sums the list up or signs it."""
_NEEDED = re.compile(r"\s*[（(【\[*＊]?\s*(?:必填|选填|可不填|required|optional)\s*[)）】\]]?\s*", re.IGNORECASE)
_HEADER_WITHIN = 30


@dataclass(slots=True)
class Table:
    """One sheet of the roster: its cells, the row that names the columns, and where each field is."""

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
            said = any(not isinstance(row[c], str) or row[c].strip() for c in self.place.values())
            if said and not self._is_header(row):
                yield n

    def _is_header(self, row: list[Any]) -> bool:
        """Return whether a row only names columns once more: in another language, on a new page, or as (required)."""
        cells = [(column.words.spellings(), row[self.place[column.field]]) for column in self.columns()]
        filled = [(words, value) for words, value in cells if value != ""]
        return len(filled) > 1 and all(
            isinstance(value, str) and (header_key(value) in words or _NEEDED.fullmatch(value))
            for words, value in filled
        )

    def beside(self, row: int) -> str:
        """Return how a row begins that sums the list up or signs it; empty for an entry, which says all it needs."""
        texts = {column.field: str(self.value(row, column)).strip() for column in self.columns()}
        said = [text for text in texts.values() if text]
        whole = all(texts.get(column.field) for column in self.sheet.columns if column.required)
        # one text merged over all columns is in every one of them
        entry = whole and len(set(said)) > 1
        return said[0] if said and not entry and _BESIDE.fullmatch(narrow(said[0])) else ""

    def value(self, row: int, column: Column) -> Any:
        """Return the value of a cell."""
        return self.grid.rows[row][self.place[column.field]]

    def where(self, row: int, field: str = "") -> Where:
        """Return the place of a cell, or that of a row by its first column."""
        return self.grid.where(self.file, row, self.place.get(field, min(self.place.values(), default=0)))


def find_tables(grids: list[Grid], file: str) -> tuple[dict[str, Table], list[Problem]]:
    """Return the table of each sheet of the roster that is there, and what is wrong with sheets and headers."""
    tables: dict[str, Table] = {}
    grid_of, problems = _sheets(grids, file)
    for sheet in SHEETS:
        if grid := grid_of.get(sheet.key):
            grid.repeat_merged()
            table, found = _table(sheet, grid, file)
            problems += found
            if table:
                tables[sheet.key] = table
    return tables, problems


def _sheets(grids: list[Grid], file: str) -> tuple[dict[str, Grid], list[Problem]]:
    """Return each sheet of the roster in this workbook."""
    language = "en" if all(grid.name.isascii() for grid in grids) else "zh_CN"
    found: dict[str, Grid] = {}
    problems: list[Problem] = []
    others: list[str] = []
    for grid in grids:
        key = header_key(grid.name)
        meant = next((sheet for sheet in SHEETS if key in sheet.words.spellings()), None)
        if meant is None:
            if not grid.hidden and key not in INSTRUCTIONS.spellings():
                others.append(grid.name)
        elif meant.key in found:
            args = {"sheet": grid.name, "other": found[meant.key].name, "meant": meant.words.said_in(language)}
            problems.append(TWO_SHEETS(Where(file, cell=grid.name), **args))
        else:
            found[meant.key] = grid
    for wanted in [sheet.words.said_in(language) for sheet in SHEETS if sheet.key not in found]:
        if like := nearest(wanted, others):
            problems.append(MEANT_SHEET(Where(file), sheet=wanted, meant=like))
        else:
            problems.append(
                NO_SHEET(Where(file), sheet=wanted, present=[grid.name for grid in grids if not grid.hidden])
            )
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
        return None, [NO_HEADER(grid.where(file, 0, 0), columns=wanted)]
    table = Table(sheet, grid, file, best, {})
    return table, _place_columns(table)


def _place_columns(table: Table) -> list[Problem]:
    """Fill in where each column is; return the problems of the header."""
    problems: list[Problem] = []
    others: dict[str, int] = {}
    headers = table.grid.rows[table.header]
    for n, header in enumerate(headers):
        key = header_key(header) if isinstance(header, str) else ""
        column = next((c for c in table.sheet.columns if key in c.words.spellings()), None)
        if column is None:
            if key:
                others[header.strip()] = n
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
    return table.grid.where(table.file, table.header, column)


def _cell(table: Table, column: int) -> str:
    return cell_name(table.header, column)
