"""Writes typed tables as Parquet, for whoever goes on in another engine."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Literal

import duckdb

from selfaudit.checks.paths import quoted

Type = Literal["VARCHAR", "BOOLEAN", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR[]", "MAP(VARCHAR, VARCHAR)"]
"""What a column contains, as DuckDB says it; moments are in UTC."""
Value = str | bool | int | float | date | list[str] | dict[str, str] | None

_AT_ONCE = 20_000
"""Rows that are handed over at once: one by one takes a hundred times as long."""


def write_parquet(path: Path, columns: Mapping[str, Type], rows: Iterable[Mapping[str, Value]]) -> None:
    """Write a table with these columns, in their order, to a file, which is overwritten.

    The same rows make the same bytes. What a row does not have is NULL.
    """
    # DuckDB knows a list of texts, but not a list of lists that may all be empty
    cast = [f"unnest(?::VARCHAR[])::{'JSON::' if _nested(type_) else ''}{type_}" for type_ in columns.values()]
    with duckdb.connect(":memory:", config={"threads": 1}) as db:
        db.execute("CREATE TABLE made (" + ", ".join(f'"{name}" {type_}' for name, type_ in columns.items()) + ")")
        rest = iter(rows)
        while some := list(islice(rest, _AT_ONCE)):
            texts = [[_text(row.get(name)) for row in some] for name in columns]
            db.execute(f"INSERT INTO made SELECT {', '.join(cast)}", texts)
        db.execute(f"COPY made TO {quoted(path)} (FORMAT parquet, USE_TMP_FILE false)")


def _nested(type_: Type) -> bool:
    return type_ in ("VARCHAR[]", "MAP(VARCHAR, VARCHAR)")


def _text(value: Value) -> str | None:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return None if value is None else str(value)
