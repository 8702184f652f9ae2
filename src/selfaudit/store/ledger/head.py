"""The end of the journal, noted in a file beside the ledger, so that it is noticed if the journal is cut off.

A ledger whose last rows were deleted is sound in itself, and so is an older copy of it. This does not help against
somebody who changes the file as well: what they cannot change is a head that was printed or sent elsewhere.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from selfaudit.files.atomic import write_text

_SHAPE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the journal: its number and its hash; (0, "") before the first."""

    seq: int = 0
    hash: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what the file says; (0, "") if there is none or nothing of the kind in it."""
        try:
            return cls.parsed(path.read_text(encoding="ascii", errors="replace"))
        except OSError:
            return cls()

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Return what a text says: number, space, hash; (0, "") if it is nothing of the kind."""
        found = _SHAPE.fullmatch(text)
        return cls(int(found[1]), found[2]) if found else cls()

    def write(self, path: Path) -> None:
        """Note it."""
        write_text(path, f"{self}\n")

    def __str__(self) -> str:
        """Return it as a text says it."""
        return f"{self.seq} {self.hash}".rstrip()
