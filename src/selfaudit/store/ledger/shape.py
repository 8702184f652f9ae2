"""Whether the tables, views and triggers of a ledger are those that the program makes; a view can hide any row."""

import sqlite3
from contextlib import closing

from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.schema import VERSIONS

_EVERY = "SELECT name, type, tbl_name, sql FROM sqlite_schema"


def misshapen(ledger: Ledger) -> list[str]:
    """Return the names of what is there and should not be, is missing, or is another one."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(" ".join(VERSIONS))
        wanted, found = _shape(fresh), _shape(ledger.db)
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def _shape(db: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    return {name: (kind, of, " ".join((sql or "").split())) for name, kind, of, sql in db.execute(_EVERY)}
