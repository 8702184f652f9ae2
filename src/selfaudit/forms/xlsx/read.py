"""Reads a returned workbook: finds what was filled in wherever it has got to, and keeps the place of everything."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.base.text import loose
from selfaudit.files.sheets.cells import text_of
from selfaudit.files.sheets.workbook import Grid
from selfaudit.forms.keys import Path
from selfaudit.forms.reading.fields import quote
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.layout import FINDINGS, ITEMS, KEY, VALUE, Table

FILLED_TWICE = error(
    "workbook.filled-twice",
    N_("“{key}” stands in the workbook twice: “{first}” in {place}, and “{second}”"),
    N_("Keep one of them; take out sheets that were copied in from another form."),
)
_SEARCHED = 60
"""Rows in which the head of a list is looked for; people write above it."""
_PLACE = re.compile(r"(\S+)\s+([a-z0-9]{1,3})")
_SERIAL = re.compile("[0-9]{5}")
_DAY_0, _CENTURY = date(1899, 12, 30), 20
_LONG = 1e15
_NUMBER = frozenset({"number"})
_SAID = ("ask", "answer", "note")
_TOP = frozenset({"selfaudit", "passport", "campaign", "respondent", "clues", "declaration", "filled_by", "filled_on"})
_GROUPS = ("coverage", "suggestions")

Cell = tuple[int, int, int]
"""Number of the sheet, row and column, from 0."""


class Workbook:
    """What stands in a workbook: data in the shape of the YAML form, the cell of everything, what was read."""

    def __init__(self, file: str, grids: list[Grid]) -> None:
        """Read all sheets."""
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.found: set[str] = set()
        """The sheets of the form that are there: ``items``, ``findings``, ``facts``."""
        self.machine: set[int] = set()
        """The numbers of the sheets that people do not see."""
        self.numbers: list[tuple[Cell, str]] = []
        """Names of items that were typed as numbers."""
        self._file = file
        self._grids = grids
        self._printed = ""
        self._cells: dict[Path, Cell] = {}
        self._rows: dict[Path, tuple[int, int, Mapping[str, int]]] = {}
        self._read: dict[tuple[int, int], set[int]] = {}
        self._heads: dict[str, int] = {}
        self._places: dict[int, Mapping[int, str] | None] = {}
        """Where the columns of a sheet belong; None for a sheet of facts that lost its names."""
        self._supplied: frozenset[object] = frozenset()
        named = {n: names for n, grid in enumerate(grids) if (names := _named_columns(grid))}
        for n, (row, columns) in named.items():
            self._sheet(n, grids[n], row, columns)
        self._supplied = frozenset(path[0] for path in self._cells)
        for n, grid in enumerate(grids):
            if n not in named:
                self._sheet_by_titles(n, grid)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Marks of the texts that were printed in it."""
        starts = range(0, len(self._printed), layout.MARK)
        return frozenset(self._printed[at : at + layout.MARK] for at in starts)

    def where(self, path: Path = (), *, key: bool = False) -> Where:  # noqa: ARG002 - a cell has no place for its name
        """Return the cell of a value, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if cell := self._cells.get(path[:length]):
                return self.place(cell)
            if path[:length] in self._rows:
                sheet, row, columns = self._rows[path[:length]]
                name = ".".join(map(str, path[length:]))
                return self.place((sheet, row, columns.get(name, columns.get("number", columns.get("id", 0)))))
        return Where(self._file)

    def place(self, cell: Cell) -> Where:
        """Return a cell as users know it."""
        sheet, row, column = cell
        return self._grids[sheet].where(self._file, row, column)

    def beside(self, printed: Mapping[str, Container[Any]]) -> Iterator[tuple[Cell, tuple[str, ...], str]]:
        """Yield every text that is neither printed nor in the data, with the places where it might be printed."""
        for n, grid in enumerate(self._grids):
            if n in self.machine or not grid.rows:
                continue
            names = self._places.get(n, {})
            width = range(len(grid.rows[0]))
            places = [layout.FACT_PLACES if names is None else (layout.place(names, column),) for column in width]
            own = [printed.get(found[0], ()) for found in places]
            for row, values in enumerate(grid.rows):
                read = self._read.get((n, row), ())
                for column, value in enumerate(values):
                    if value != "" and value not in own[column] and column not in read:
                        yield (n, row, column), places[column], text_of(value)

    def long_numbers(self) -> Iterator[tuple[Cell, str]]:
        """Yield every number that was read and has more digits than a cell keeps of a number."""
        for (n, row), read in self._read.items():
            values = self._grids[n].rows[row]
            for column in sorted(read):
                value = values[column] if 0 <= column < len(values) else ""
                if value.__class__ is float and abs(value) >= _LONG:
                    yield (n, row, column), text_of(value)

    def _sheet(self, n: int, grid: Grid, row: int, columns: Mapping[str, int]) -> None:
        if KEY in columns:
            # between key and value stands what a line is called
            columns = {VALUE: columns[KEY] + 2, **columns}
        self._read[n, row] = set(columns.values())
        self._places[n] = {column: name for name, column in columns.items()}
        for table, take in ((ITEMS, self._items), (FINDINGS, self._findings)):
            own = {
                name.removeprefix(f"{table.key}."): c for name, c in columns.items() if name.startswith(f"{table.key}.")
            }
            if own:
                own |= self._lost_columns(n, grid, row, table)
                take(n, grid, _first_row(grid, table, row, own), own)
        if KEY in columns:
            self._facts(n, grid, row + 1, columns[KEY], columns[VALUE])

    def _lost_columns(self, n: int, grid: Grid, names: int, table: Table) -> dict[str, int]:
        """Return the columns that lost their hidden name and still have their title."""
        head, places = _head_row(grid, table, names + 1), self._places[n] or {}
        titled = dict(_titled_columns(grid.rows[head], table)) if head >= 0 else {}
        known = {name.removeprefix(f"{table.key}.") for name in places.values()}
        lost = {key: column for key, column in titled.items() if column not in places and key not in known}
        self._places[n] = {**places, **{column: f"{table.key}.{key}" for key, column in lost.items()}}
        return lost

    def _sheet_by_titles(self, n: int, grid: Grid) -> None:
        """Read a sheet that lost its hidden row, as when a clerk lets Excel remove whatever is hidden."""
        for table, take in ((ITEMS, self._items), (FINDINGS, self._findings)):
            row = -1 if table.key in self._supplied else _head_row(grid, table)
            if row >= 0:
                columns = dict(_titled_columns(grid.rows[row], table))
                self._places[n] = {column: f"{table.key}.{key}" for key, column in columns.items()}
                take(n, grid, row + 1, columns)
                return
        if self._facts_by_titles(n, grid):
            self._places[n] = None

    def _items(self, n: int, grid: Grid, first: int, columns: Mapping[str, int]) -> None:
        entries: list[dict[str, Any]] = self.data.setdefault("items", [])
        self._found("items", (n, max(0, first - 1), 0))
        columns = _inside(grid, columns)
        wanted = [(key, columns[key]) for key in _SAID if key in columns]
        named, numbered, lost = columns.get("id", -1), columns.get("number", -1), dict.fromkeys(_SAID, "")
        read = {column for _, column in wanted} | {named}
        for row, values in enumerate(grid.rows[first:], first):
            said = {key: text_of(values[column]) for key, column in wanted}
            if len(said) < len(lost):
                said = lost | said
            name = text_of(values[named]) if named >= 0 else ""
            item, part = _item_and_part(name or (text_of(values[numbered]) if numbered >= 0 else ""))
            if item or said["answer"]:
                self._rows[self._item(entries, item, part, said)] = n, row, columns
                self._read[n, row] = read
                if not name:
                    self._read[n, row] = {*read, numbered}
                    self._typed((n, row, numbered), item)

    def _item(self, entries: list[dict[str, Any]], item: str, part: str, said: Mapping[str, str]) -> Path:
        """Add the entry of a row and return its path; a part goes into the entry of its item."""
        if not part:
            self._heads.setdefault(item, len(entries))
            entries.append({"id": item, **said})
            return "items", len(entries) - 1
        if item not in self._heads:
            self._heads[item] = len(entries)
            entries.append({"id": item})
        head = self._heads[item]
        parts = entries[head].setdefault("parts", [])
        parts.append({"id": part, **said})
        return "items", head, "parts", len(parts) - 1

    def _findings(self, n: int, grid: Grid, first: int, columns: Mapping[str, int]) -> None:
        entries: list[dict[str, Any]] = self.data.setdefault("findings", [])
        self._found("findings", (n, max(0, first - 1), 0))
        columns = _inside(grid, columns)
        filled, read = tuple(columns.items()), set(columns.values())
        for row, values in enumerate(grid.rows[first:], first):
            said = {key: text for key, at in filled if (value := values[at]) != "" and (text := text_of(value).strip())}
            if said:
                self._read[n, row] = read
            if "due" in said:
                said["due"] = _day(said["due"])
            if said.keys() <= _NUMBER:
                continue
            self._rows["findings", len(entries)] = n, row, columns
            handled = {key: said.pop(key) for key in list(said) if key.startswith(layout.DISPOSITION)}
            disposition = {key.removeprefix(layout.DISPOSITION): text for key, text in handled.items()}
            entries.append({**said, "disposition": disposition} if disposition else said)
            self._typed((n, row, columns.get("item", -1)), said.get("item", ""))

    def _typed(self, cell: Cell, item: str) -> None:
        """Remember the name of an item that was typed as a number."""
        sheet, row, column = cell
        if item and isinstance(self._grids[sheet].rows[row][column], float):
            self.numbers.append((cell, item))

    def _facts(self, n: int, grid: Grid, first: int, key_column: int, value_column: int) -> None:
        for row, values in enumerate(grid.rows[first:], first):
            if key_column >= len(values) or (key := values[key_column]) == "":
                continue
            self._mark((n, row, key_column))
            name, value = text_of(key), text_of(values[value_column]) if value_column < len(values) else ""
            if name == "selfaudit" and grid.hidden and grid.name == layout.MACHINE:
                self.machine.add(n)
            elif name == layout.PRINTED and n in self.machine:
                self._printed = value
            group, _, rest = name.partition(".")
            if name in _TOP or (group in _GROUPS and rest):
                self._fact((group, rest) if rest else (name,), value, (n, row, value_column))

    def _facts_by_titles(self, n: int, grid: Grid) -> bool:
        """Read the facts that no sheet with names supplied; tell whether there are any."""
        known, sections = layout.fact_titles(), layout.section_titles()
        group, found = "", False
        for row, values in enumerate(grid.rows):
            at = next((column for column, value in enumerate(values) if value != ""), None)
            if at is None:
                group = ""
                continue
            label, cell = text_of(values[at]), (n, row, at + 1)
            value = text_of(values[at + 1]) if at + 1 < len(values) else ""
            if section := sections.get(loose(label)):
                group = "" if section in self._supplied else section
            elif key := known.get(loose(label)):
                group = ""
                if key not in self._supplied:
                    found = True
                    self._fact((key,), value, cell)
            elif group:
                found = True
                self._fact((group,) if group == "clues" else (group, label), value, cell)
                self._mark((n, row, at))
        return found

    def _fact(self, path: Path, value: str, cell: Cell) -> None:
        """Keep a fact; the passport stands in the workbook more than once, but never two of them."""
        if path == ("filled_on",):
            value = _day(value)
        held = self.data
        for step in path[:-1]:
            held = held.setdefault(str(step), {})
        before, key = held.get(str(path[-1]), ""), str(path[-1])
        self._found("facts" if key == "declaration" else key, cell)
        self._mark(cell)
        if before and value and loose(before) != loose(value):
            first = self.where(path).place
            args = {"key": key, "first": quote(before), "second": quote(value), "place": first}
            self.problems.append(FILLED_TWICE(self.place(cell), **args))
        if value or key not in held:
            held[key] = value
        if value or path not in self._cells:
            self._cells[path] = cell

    def _mark(self, cell: Cell) -> None:
        self._read.setdefault(cell[:2], set()).add(cell[2])

    def _found(self, what: str, cell: Cell) -> None:
        self.found.add(what)
        self._cells.setdefault((what,), cell)


def _named_columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the hidden row of names, if the sheet has one, with the column of each."""
    for row, values in enumerate(grid.rows[:_SEARCHED]):
        found = {v: column for column, v in enumerate(values) if isinstance(v, str) and v.startswith(_PREFIXES)}
        if len(found) > 1 or KEY in found:
            return row, found
    return None


_PREFIXES = (f"{ITEMS.key}.", f"{FINDINGS.key}.", "form.")


def _inside(grid: Grid, columns: Mapping[str, int]) -> Mapping[str, int]:
    """Return the columns that the sheet reaches to; behind the last one with a text there is nothing."""
    width = len(grid.rows[0]) if grid.rows else 0
    return {key: column for key, column in columns.items() if column < width}


def _head_row(grid: Grid, table: Table, first: int = 0) -> int:
    """Return the row with the titles of a list, or -1."""
    wanted = {"answer", "number"} if table is ITEMS else {"fact", "item"}
    for row, values in enumerate(grid.rows[first : first + _SEARCHED], first):
        if wanted <= {key for key, _ in _titled_columns(values, table, others=False)}:
            return row
    return -1


def _first_row(grid: Grid, table: Table, names: int, columns: Mapping[str, int]) -> int:
    """Return the first row of entries: below the titles, or, if these were changed, at the first hidden id."""
    head = _head_row(grid, table, names + 1)
    if head < 0 and "id" in columns:
        filled = (row for row, values in enumerate(grid.rows) if row > names and any(values[columns["id"] :][:1]))
        head = next(filled, names + 1) - 1
    return max(head, names) + 1


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


def _day(text: str) -> str:
    """Return the day of a number that Excel shows for one in a cell of text."""
    if not _SERIAL.fullmatch(text.strip()):
        return text
    day = _DAY_0 + timedelta(days=int(text))
    return day.isoformat() if day.year // 100 == _CENTURY else text


@lru_cache(4096)
def _item_and_part(text: str) -> tuple[str, str]:
    """Return item and part of ``2.1/a``, or of what people see, ``2.1 a``."""
    item, slash, part = text.strip().partition(layout.HEAD_OF_PARTS)
    if slash:
        return item, part
    found = _PLACE.fullmatch(item)
    return (found[1], found[2]) if found else (item, "")
