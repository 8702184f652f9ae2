"""The ledger as lines of JSON, for whoever has no SQLite: one file a table, one line a row, every value as it is."""

import json
from collections.abc import Iterator
from typing import IO, Any

from selfaudit.store.ledger.ledger import Ledger


def tables(ledger: Ledger) -> list[str]:
    """Return the names of all tables in order."""
    rows = ledger.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(name for (name,) in rows)


def rows(ledger: Ledger, table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table in the order of their keys, every value by the name of its column."""
    keys = [name for _, name, _, _, _, key in ledger.db.execute(f'PRAGMA table_info("{table}")') if key]
    order = ", ".join(f'"{key}"' for key in keys) or "rowid"
    found = ledger.db.execute(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608 - names of its own schema
    names = [column[0] for column in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))


def dump(ledger: Ledger, table: str, stream: IO[bytes]) -> None:
    """Write the rows of a table, a line each."""
    for row in rows(ledger, table):
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
