"""Writes tables of texts as Parquet, for whoever goes on in another engine."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

_AT_ONCE = 20_000
"""Rows that are handed over at once: one by one takes a hundred times as long."""


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows with a text in each column to a file, which is overwritten; return how many there were."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in columns]
    target = str(path).replace("'", "''")
    count = 0
    with duckdb.connect(":memory:") as db:
        db.execute(f"CREATE TABLE made ({', '.join(f'{name} VARCHAR' for name in quoted)})")
        lists = ", ".join("unnest(?::VARCHAR[])" for _ in quoted)
        for some in _pieces(rows):
            count += len(some)
            db.execute(f"INSERT INTO made SELECT {lists}", [list(column) for column in zip(*some, strict=True)])
        db.execute(f"COPY made TO '{target}' (FORMAT parquet, USE_TMP_FILE false)")
    return count


def _pieces(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
