"""Seals the rows of the ledger: every journal row lists the rows that its change touched, each with a hash.

So a row that is changed, added or deleted by anything but the program no longer agrees with the journal. Temporary
triggers notice which rows are touched, whichever function does it; they belong to the program's own connection.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from selfaudit.base.canonical import canonical_json

_LENGTH = 32
"""Characters of a seal, 128 bits: they are in the journal once for every row of every change."""

Key = tuple[Any, ...]
"""A table, and the values of its key: texts and whole numbers."""
Seals = dict[Key, str]
"""The seal of rows by their keys; empty for a row that is gone."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table whose rows are sealed: its key, the other columns that count, and which rows, as SQL on ``{row}``."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    only: str = "1"

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that counts."""
        return (*self.key, *self.columns)


_FACTS = ("id", "code", "body", "units", "sites", "roles", "secret")
"""What of the campaign is sealed; the rest of ``meta`` follows from other tables."""

TABLES = {
    "meta": Sealed(("key",), ("value",), "{row}.key IN " + str(_FACTS)),
    "respondents": Sealed(("key",), ("code", "active", "due", "data")),
    "first_dues": Sealed(("respondent",), ("due",)),
    "questions": Sealed(("digest",), ("data",)),
    "forms": Sealed(("passport",), ("respondent", "questions", "serial", "issued_at")),
    "originals": Sealed(("sha256",), ("name", "size", "received_at", "outcome", "respondent", "digest", "problems")),
    "responses": Sealed(
        ("respondent", "digest"),
        ("passport", "filled_by", "filled_on", "content", "gaps", "received_at", "sha256", "run"),
    ),
    "choices": Sealed(("respondent",), ("digest", "considered", "chosen_by", "reason", "chosen_at")),
    "decisions": Sealed(("kind", "about"), ("decided_by", "reason", "data", "decided_at")),
    "records": Sealed(("kind", "id", "version"), ("data", "changed_by", "reason", "changed_at")),
    "reminders": Sealed(("respondent", "stage", "day"), ("state", "addressee", "at")),
    "scans": Sealed(("sha256",), ("name", "file", "pages", "received_at", "problems")),
    "papers": Sealed(
        ("scan", "respondent", "content"),
        (
            "pages",
            "file",
            "how",
            "matched_at",
            "matched_by",
            "verdict",
            "verdict_by",
            "verdict_at",
            "reason",
        ),
    ),
}
"""The tables whose rows are evidence. What follows from them is worked out again instead.

Who changes this list, or in a new version of the ledger the content of these columns, has the old rows sealed again.
"""


def watch(db: sqlite3.Connection) -> None:
    """Let a connection remember which sealed rows it touches."""
    triggers = "".join(_triggers(table, sealed) for table, sealed in TABLES.items())
    db.executescript(f"PRAGMA temp_store=MEMORY; CREATE TEMP TABLE touched (tab TEXT, key TEXT); {triggers}")


def _triggers(table: str, sealed: Sealed) -> str:
    def touch(row: str) -> str:
        key = ", ".join(f"{row}.{name}" for name in sealed.key)
        # no row may be in the way: the statement that fires a trigger says what happens then
        return f"INSERT INTO touched SELECT '{table}', json_array({key}) WHERE {sealed.only.format(row=row)};"

    new, old = touch("NEW"), touch("OLD")
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in sealed.all)
    return (
        f"CREATE TEMP TRIGGER added_{table} AFTER INSERT ON main.{table} BEGIN {new} END; "
        f"CREATE TEMP TRIGGER changed_{table} AFTER UPDATE ON main.{table} WHEN {differs} BEGIN {old} {new} END; "
        f"CREATE TEMP TRIGGER gone_{table} AFTER DELETE ON main.{table} BEGIN {old} END; "
    )


def touch_all(db: sqlite3.Connection) -> None:
    """Have every row sealed with the next change, as if it had been touched."""
    for table, sealed in TABLES.items():
        query = f"INSERT INTO touched SELECT '{table}', json_array({', '.join(sealed.key)}) FROM {table}"  # noqa: S608 - our own names
        db.execute(f"{query} WHERE {sealed.only.format(row=table)}")


def sealed_now(db: sqlite3.Connection) -> list[list[Any]]:
    """Return what was touched since the last time, each as table, key and seal, empty for a row that is gone."""
    touched = db.execute("SELECT DISTINCT tab, key FROM touched").fetchall()
    db.execute("DELETE FROM touched")
    return [_sealed(db, table, key) for table, key in touched]


def _sealed(db: sqlite3.Connection, table: str, key: str) -> list[Any]:
    sealed, values = TABLES[table], json.loads(key)
    where = " AND ".join(f"{name} = ?" for name in sealed.key)
    row = db.execute(f"SELECT {', '.join(sealed.all)} FROM {table} WHERE {where}", values).fetchone()  # noqa: S608 - our own names
    return [table, *values, _seal(row) if row else ""]


def _seal(row: Iterable[object]) -> str:
    return hashlib.sha256(canonical_json(list(row))).hexdigest()[:_LENGTH]


def seals(db: sqlite3.Connection) -> Iterator[tuple[Key, str]]:
    """Yield every row that must be sealed as it is now, with the seal that it must have."""
    for table, sealed in TABLES.items():
        query = f"SELECT {', '.join(sealed.all)} FROM {table} WHERE {sealed.only.format(row=table)}"  # noqa: S608 - our own names
        for row in db.execute(query):
            yield (table, *row[: len(sealed.key)]), _seal(row)
