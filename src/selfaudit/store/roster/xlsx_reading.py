"""Reads what people made of the roster as a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Where, error, errors, note, warning
from selfaudit.base.text import narrow
from selfaudit.files.sheets.beside import hidden_places
from selfaudit.files.sheets.cells import column_name
from selfaudit.files.sheets.workbook import open_file
from selfaudit.model.roster import ROSTER_FORMAT
from selfaudit.store.roster.cells import (
    as_email,
    as_formats,
    as_id,
    as_kind,
    as_left,
    as_name,
    as_text,
    roles_of,
    several,
    text_of,
    unusual,
)
from selfaudit.store.roster.check import MOST_NAMED, DataPath, roster_problems
from selfaudit.store.roster.names import Names
from selfaudit.store.roster.sheet import BODY, PEOPLE, SHEETS, Column
from selfaudit.store.roster.tables import Table, find_tables

EMPTY = error("roster.empty-cell", N_("“{column}” is empty"), N_("Fill it in; nothing is filled in for you."))
NO_ID = error(
    "roster.no-id", N_("“{column}” is empty"), N_("Write the number from your own records; none is generated for you.")
)
NO_ROWS = error(
    "roster.no-rows", N_("there is nothing below the names of the columns"), N_("Fill in at least one row.")
)
TWO_BODIES = error(
    "roster.two-bodies", N_("“{name}” is a second body"), N_("One roster is for one body: keep one row.")
)
AMBIGUOUS = error("roster.ambiguous", N_("“{name}” is the name of more than one: {ids}"), N_("Write the id instead."))
NO_ENTRY = error(
    "roster.no-entry", N_("“{text}” is a total or a signature, not an entry of the list"), N_("Delete this row.")
)
HIDDEN_ROWS = note(
    "roster.hidden-rows",
    N_("rows hidden by a filter or by hand were read as well: {rows}"),
    N_("Delete them if they do not belong to the roster."),
)
HIDDEN_COLUMNS = note(
    "roster.hidden-columns",
    N_("hidden columns were read as well: {columns}"),
    N_("Delete them if they do not belong to the roster."),
)
LOST_ZEROS = warning(
    "roster.lost-zeros",
    N_("some ids begin with 0, but these are stored as numbers and may have lost leading zeros: {ids}"),
    N_("If so, set the format of the column to text and type them again."),
)


class Reading(NamedTuple):
    """What a workbook says in the shape of ``roster.yaml``, the place of every value, and every mistake in it.

    Without an error among the problems, ``Roster.model_validate(data)`` succeeds; with one, ``data`` is what could
    be read.
    """

    data: dict[str, Any]
    places: Mapping[DataPath, Where]
    problems: list[Problem]

    def where(self, path: DataPath = ()) -> Where:
        """Return the place of the value at a path; of the nearest one above if there is none."""
        return next((self.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.places), Where())


def read(path: Path, file: str = "", kinds: Sequence[str] = ()) -> Reading:
    """Read a roster workbook; ``file`` is its name as the user knows it, ``kinds`` are a kit's own kinds of units."""
    file = file or path.name
    book = open_file(path, file)
    if errors(book.problems):
        return Reading({}, {(): Where(file)}, book.problems)
    tables, problems = find_tables(book.grids, file)
    problems += _hidden(path, tables)
    reader = _Reader(file, tables, kinds)
    reader.read()
    reading = Reading(reader.data, reader.places, [*book.problems, *problems, *reader.problems])
    reading.problems.extend(roster_problems(reading.data, reading.where))
    return reading


def _hidden(path: Path, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield which rows and columns nobody sees; they are read as well, so that a filter left on makes no difference."""
    places = hidden_places(path.read_bytes())
    for table in tables.values():
        rows, columns = places.get(table.grid.name, ([], []))
        used = {column_name(n) for n in table.place.values()}
        filled = {str(n + 1) for n in table.rows()}
        where = Where(table.file, cell=table.grid.name)
        if seen := [row for row in rows if row in filled]:
            yield HIDDEN_ROWS(where, rows=Some(seen, MOST_NAMED))
        if seen := [column for column in columns if column in used]:
            yield HIDDEN_COLUMNS(where, columns=Some(seen, MOST_NAMED))


class _Reader:
    """Turns tables into data, collecting mistakes and places."""

    def __init__(self, file: str, tables: Mapping[str, Table], kinds: Sequence[str]) -> None:
        self._kinds = kinds
        self.data: dict[str, Any] = {"format": ROSTER_FORMAT}
        self.places: dict[DataPath, Where] = {(): Where(file)}
        self.problems: list[Problem] = []
        self._tables = tables

    def read(self) -> None:
        """Read all that is there."""
        for sheet in SHEETS:
            if table := self._tables.get(sheet.key):
                self._read_table(table)
        self._resolve("units", ("parent", "answered_by"), "units")
        self._resolve("people", ("unit",), "units")
        self._resolve("units", ("head",), "people")

    def _read_table(self, table: Table) -> None:
        key = table.sheet.key
        self.places[(key,)] = table.where(table.header)
        beside = {row: table.beside(row) for row in table.rows()}
        rows = [row for row, text in beside.items() if not text]
        self.problems += [NO_ENTRY(table.where(row), text=text) for row, text in beside.items() if text]
        if not rows and table.sheet is not PEOPLE:
            self.problems.append(NO_ROWS(table.where(table.header)))
        if table.sheet is BODY:
            self.data[key] = self._entry(table, rows[0], (key,)) if rows else {}
            for row in rows[1:]:
                name = table.value(row, table.sheet.columns[0])
                self.problems.append(TWO_BODIES(table.where(row), name=name))
        else:
            self.data[key] = [self._entry(table, row, (key, n)) for n, row in enumerate(rows)]
            self._lost_zeros(table, rows)

    def _entry(self, table: Table, row: int, path: DataPath) -> dict[str, Any]:
        self.places[path] = table.where(row)
        entry = {}
        for column in table.columns():
            where = self.places[(*path, column.field)] = table.where(row, column.field)
            if column.holds == "left":
                left = as_left(table.value(row, column), table.header_of(column), table.grid.day_0, where)
                entry[column.field] = self._kept(left) or ""
                continue
            text = self._kept(text_of(table.value(row, column), where))
            if text == "" and column.required:
                missing = NO_ID if column.holds == "id" else EMPTY
                self.problems.append(missing(where, column=table.header_of(column)))
            elif text:
                entry[column.field] = self._content(column, text, where)
        return {field: value for field, value in entry.items() if value}

    def _content(self, column: Column, text: str, where: Where) -> Any:
        match column.holds:
            case "id":
                # an id that is refused still serves to find what refers to it
                return self._kept(as_id(text, where)) or narrow(text)
            case "text":
                return self._kept(as_text(text, where))
            case "kind":
                kind = as_kind(text, self._kinds)
                self.problems += unusual(kind, self._kinds, where)
                return kind
            case "texts":
                return several(text)
            case "roles":
                return roles_of(text)
            case "forms":
                formats, bad = as_formats(text, where)
                self.problems += bad
                return formats
            case "email":
                return self._kept(as_email(text, where))
            case "unit" | "person" | "left":
                return as_name(text)

    def _kept(self, found: str | Problem) -> str | None:
        """Return a text, or keep the problem found in its place."""
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _resolve(self, key: str, fields: tuple[str, ...], to: str) -> None:
        """Put the id in the place of each name; what cannot be looked up for another mistake is left out."""
        table = self._tables.get(to)
        complete = table is not None and {"id", "name"} <= table.place.keys()
        names = Names(self.data.get(to, []))
        for n, entry in enumerate(self.data.get(key, [])):
            for field in [field for field in fields if field in entry]:
                ids = names.find(entry[field]) if complete else [""]
                if len(ids) > 1:
                    self.problems.append(AMBIGUOUS(self.places[(key, n, field)], name=entry.pop(field), ids=ids))
                elif ids == [""]:
                    del entry[field]
                elif ids:
                    entry[field] = ids[0]

    def _lost_zeros(self, table: Table, rows: list[int]) -> None:
        column = table.sheet.columns[0]
        if column.field not in table.place:
            return
        values = [(row, table.value(row, column)) for row in rows]
        texts = [(row, text_of(value, Where())) for row, value in values if isinstance(value, float)]
        numbers = [(row, text) for row, text in texts if isinstance(text, str)]
        if numbers and any(isinstance(value, str) and narrow(value).startswith("0") for _, value in values):
            ids = Some([text for _, text in numbers], MOST_NAMED)
            self.problems.append(LOST_ZEROS(table.where(numbers[0][0], column.field), ids=ids))
