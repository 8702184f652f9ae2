"""What is said of registers that were put together: how they differ from those before, and what they name in vain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """How a register differs from the one before, in rows: added, gone, changed, and ``stayed`` as they were.

    ``columns`` are the changed cells by column. Of a register without a key, a changed row is one gone and one added.
    ``unmentioned`` are rows that stay although the files do not have them.
    """

    added: int = 0
    gone: int = 0
    changed: int = 0
    stayed: int = 0
    unmentioned: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether it differs at all."""
        return bool(self.added or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A register put together: its Parquet with the SHA-256, rows, how many have a value by column, and what changed.

    ``joined`` rows had the key of another and were joined with it. ``left`` is, by column, how many values stayed where
    the files have an empty cell. ``newest`` is the last day that its rows are of, of those that are past.
    ``differing`` is, by column, for how many keys the rows of one file say several things, of which the last counts.
    """

    path: Path
    sha256: str
    rows: int
    filled: Mapping[str, int]
    joined: int
    change: Change
    left: Mapping[str, int] = field(default_factory=dict)
    newest: date | None = None
    differing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """How many ``rows`` of a register name, in some columns, no row of the register ``to``; ``of`` name any."""

    register: str
    columns: tuple[str, ...]
    to: str
    rows: int
    of: int
