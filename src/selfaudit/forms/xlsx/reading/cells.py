"""What a part of the form says in a workbook, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selfaudit.forms.keys import Path

Cell = tuple[int, int, int]
"""Number of the sheet, row and column, from 0."""
Row = tuple[int, int, Mapping[str, int]]
"""Number of the sheet, row, and the column of each key."""


@dataclass(slots=True)
class Part:
    """A part of the form: its data in the shape of the YAML form, and where it was found.

    ``cells`` is the cell of a value or of the beginning of a list, ``rows`` the row of an entry, ``read`` the columns
    that were read in a row, by sheet and row. ``numbers`` are names of items that were typed as numbers.
    """

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, Cell] = field(default_factory=dict)
    rows: dict[Path, Row] = field(default_factory=dict)
    read: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    numbers: list[tuple[Cell, str]] = field(default_factory=list)
