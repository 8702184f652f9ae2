"""A workbook as it was read: what it says, the cell of everything, and what is written beside it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfaudit.base.problems import Problem, Where
from selfaudit.files.sheets.cells import text_of
from selfaudit.files.sheets.workbook import Grid
from selfaudit.forms.keys import Path
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.reading.cells import Cell, Row
from selfaudit.forms.xlsx.reading.columns import find_sheets
from selfaudit.forms.xlsx.reading.facts import read_facts
from selfaudit.forms.xlsx.reading.lists import read_findings, read_items

_LONG = 1e15


@dataclass(frozen=True)
class Book:
    """What a workbook says, in the shape of the YAML form, and where.

    ``cells`` and ``rows`` are the places of values and entries, ``read`` the columns that were read, by sheet and row.
    ``places`` is where the columns of a sheet belong, None for a sheet of facts that lost its names;
    ``machine`` are the sheets that people do not see, ``numbers`` names of items that were typed as numbers,
    ``printed`` the marks of all printed texts.
    """

    file: str
    grids: Sequence[Grid]
    data: Mapping[str, Any]
    problems: list[Problem]
    cells: Mapping[Path, Cell]
    rows: Mapping[Path, Row]
    read: Mapping[tuple[int, int], set[int]]
    places: Mapping[int, Mapping[int, str] | None]
    machine: Container[int]
    numbers: Sequence[tuple[Cell, str]]
    printed: str

    def holds(self, what: str) -> bool:
        """Return whether a list or a fact is anywhere, even if it is empty."""
        return (what,) in self.cells

    @cached_property
    def marks(self) -> frozenset[str]:
        """Marks of the texts that were printed in it."""
        starts = range(0, len(self.printed), layout.MARK)
        return frozenset(self.printed[at : at + layout.MARK] for at in starts)

    def where(self, path: Path = (), *, key: bool = False) -> Where:  # noqa: ARG002 - a cell has no place for its name
        """Return the cell of a value, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if cell := self.cells.get(path[:length]):
                return self.place(cell)
            if path[:length] in self.rows:
                sheet, row, columns = self.rows[path[:length]]
                name = ".".join(map(str, path[length:]))
                return self.place((sheet, row, columns.get(name, columns.get("number", columns.get("id", 0)))))
        return Where(self.file)

    def place(self, cell: Cell) -> Where:
        """Return a cell as users know it."""
        sheet, row, column = cell
        return self.grids[sheet].where(self.file, row, column)

    def beside(self, printed: Mapping[str, Container[Any]]) -> Iterator[tuple[Cell, tuple[str, ...], str]]:
        """Yield every text that is neither printed nor in the data, with the places where it might be printed."""
        for n, grid in enumerate(self.grids):
            if n in self.machine or not grid.rows:
                continue
            names = self.places.get(n, {})
            width = range(len(grid.rows[0]))
            places = [layout.FACT_PLACES if names is None else (layout.place(names, column),) for column in width]
            own = [printed.get(found[0], ()) for found in places]
            for row, values in enumerate(grid.rows):
                read = self.read.get((n, row), ())
                for column, value in enumerate(values):
                    if value != "" and value not in own[column] and column not in read:
                        yield (n, row, column), places[column], text_of(value)

    def long_numbers(self) -> Iterator[tuple[Cell, str]]:
        """Yield every number that was read and has more digits than a cell keeps of a number."""
        for (n, row), read in self.read.items():
            values = self.grids[n].rows[row]
            for column in sorted(read):
                value = values[column] if 0 <= column < len(values) else ""
                if value.__class__ is float and abs(value) >= _LONG:
                    yield (n, row, column), text_of(value)


def read_book(file: str, grids: Sequence[Grid]) -> Book:
    """Read all sheets of a workbook."""
    sheets = find_sheets(grids)
    items, findings = read_items(sheets.items), read_findings(sheets.findings)
    facts = read_facts(file, grids, sheets)
    parts = (items, findings, facts)
    return Book(
        file=file,
        grids=grids,
        data={key: value for part in parts for key, value in part.data.items()},
        problems=facts.problems,
        cells={path: cell for part in parts for path, cell in part.cells.items()},
        rows=items.rows | findings.rows,
        read=_together(sheets.heads, *(part.read for part in parts)),
        places={**sheets.places, **dict.fromkeys(facts.nameless)},
        machine=facts.machine,
        numbers=items.numbers + findings.numbers,
        printed=facts.printed,
    )


def _together(*read: Mapping[tuple[int, int], set[int]]) -> dict[tuple[int, int], set[int]]:
    """Return the columns read in every row, of whichever part."""
    made: dict[tuple[int, int], set[int]] = {}
    for one in read:
        for row, columns in one.items():
            made[row] = made[row] | columns if row in made else columns
    return made
