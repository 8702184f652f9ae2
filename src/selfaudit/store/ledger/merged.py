"""What ``merged.yaml`` was last written from, and whose part of it is out of date since.

Triggers mark a respondent as soon as anything changes that their part is made of, whoever changes it (see the schema).
Nothing here is known otherwise: ``forget_merged`` loses nothing but time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from selfaudit.model.progress.rollup import Counts
from selfaudit.store.ledger.ledger import Ledger, values


@dataclass(frozen=True, slots=True)
class MergedRow:
    """What is merged of a respondent.

    ``position`` and ``size`` are those of the block in ``merged.yaml``, the size in bytes, 0 if there is none.
    ``answers`` are those by item that the roll-up counts in ``unit``, as JSON.
    """

    respondent: str
    position: int
    size: int
    unit: str
    answers: str


@dataclass(slots=True)
class UnitCounts:
    """How many people of a unit count in the roll-up, and what they say, without the units below it."""

    people: int = 0
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The file that was written last: where its blocks begin, its size, both in bytes, and when, in nanoseconds."""

    start: int
    size: int
    written_at: int

    @classmethod
    def of(cls, path: Path, start: int) -> Self | None:
        """Return by what a file is known again if its blocks begin at ``start``; None if it is not there."""
        return cls(start, path.stat().st_size, path.stat().st_mtime_ns) if path.is_file() else None


def merged_file(ledger: Ledger) -> MergedFile | None:
    """Return by what the file that was written last is known again."""
    row = ledger.db.execute("SELECT start, size, written_at FROM merged_file").fetchone()
    return MergedFile(*row) if row else None


def is_unmerged(ledger: Ledger) -> bool:
    """Return whether anything changed since."""
    return bool(ledger.db.execute("SELECT EXISTS (SELECT * FROM unmerged)").fetchone()[0])


def forget_merged(ledger: Ledger) -> None:
    """Have everything merged again."""
    ledger.db.execute("DELETE FROM merged")
    ledger.db.execute("DELETE FROM merged_units")
    ledger.db.execute("INSERT OR IGNORE INTO unmerged SELECT key FROM respondents")


def parts(ledger: Ledger) -> Iterator[tuple[str, bool, int]]:
    """Yield the key of everybody in the order of the roster, whether their part is out of date, and its size."""
    rows = ledger.db.execute(
        "SELECT r.key, u.part IS NOT NULL, coalesce(m.size, 0) FROM respondents r"
        " LEFT JOIN unmerged u ON u.part = r.key LEFT JOIN merged m ON m.respondent = r.key ORDER BY r.position, r.key"
    )
    return ((key, bool(changed), size) for key, changed, size in rows)


def blocks(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Yield the respondent and the size of every block of the file that is there, in its order."""
    return ledger.db.execute("SELECT respondent, size FROM merged WHERE size > 0 ORDER BY position, respondent")


def merged_of(ledger: Ledger, respondent: str) -> MergedRow | None:
    """Return what is merged of a respondent."""
    row = ledger.db.execute("SELECT * FROM merged WHERE respondent = ?", (respondent,)).fetchone()
    return MergedRow(*row) if row else None


def position_of(ledger: Ledger, respondent: str) -> int:
    """Return the place of a respondent in the order of the roster."""
    return int(ledger.db.execute("SELECT position FROM respondents WHERE key = ?", (respondent,)).fetchone()[0])


def put_merged(ledger: Ledger, row: MergedRow) -> None:
    """Enter what is merged of a respondent now."""
    ledger.db.execute("INSERT OR REPLACE INTO merged VALUES (?, ?, ?, ?, ?)", values(row))


def drop_merged(ledger: Ledger, respondent: str) -> None:
    """Enter that nothing is merged of a respondent any more."""
    ledger.db.execute("DELETE FROM merged WHERE respondent = ?", (respondent,))


def unit_counts(ledger: Ledger) -> dict[str, UnitCounts]:
    """Return what the people of every unit say who are counted."""
    rows = ledger.db.execute("SELECT unit, people, counts FROM merged_units ORDER BY unit")
    return {unit: UnitCounts(people, json.loads(counts)) for unit, people, counts in rows}


def put_unit_counts(ledger: Ledger, unit: str, counted: UnitCounts) -> None:
    """Enter what the people of a unit say; a unit of which nobody counts goes."""
    if counted.people:
        row = (unit, counted.people, json.dumps(counted.counts, ensure_ascii=False, sort_keys=True))
        ledger.db.execute("INSERT OR REPLACE INTO merged_units VALUES (?, ?, ?)", row)
    else:
        ledger.db.execute("DELETE FROM merged_units WHERE unit = ?", (unit,))


def name_of_unit(ledger: Ledger, unit: str) -> str:
    """Return the name of a unit as the forms of its people call it, for one that is not on the roster any more."""
    row = ledger.db.execute(
        "SELECT json_extract(data, '$.unit_name') FROM respondents WHERE json_extract(data, '$.unit') = ?"
        " ORDER BY position, key",
        (unit,),
    ).fetchone()
    return str(row[0]) if row and row[0] else unit


def settle_merged(ledger: Ledger, file: MergedFile) -> None:
    """Enter that everything is merged, and the file in which it is."""
    ledger.db.execute("DELETE FROM unmerged")
    ledger.db.execute("INSERT OR REPLACE INTO merged_file VALUES (1, ?, ?, ?)", values(file))
