"""Finds the rows of files again that a key is about, as far as a register has its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from selfaudit.base.names import name_key
from selfaudit.checks.database import columns_of
from selfaudit.checks.importing.persons import is_misspelt
from selfaudit.checks.paths import parquet
from selfaudit.checks.schema import ROW, SQL_TYPES
from selfaudit.model.data.keys import AGAIN, BETWEEN, part_of_key
from selfaudit.model.data.register import ColumnType, Register

_AS_IN_KEY = f"replace(replace({{column}}, '{BETWEEN}', '{part_of_key(BETWEEN)}'), '{AGAIN}', '{part_of_key(AGAIN)}')"
_SQL: Mapping[ColumnType, str] = {
    "text": f"{_AS_IN_KEY} = ?",
    "date": "{column} = TRY_CAST(? AS DATE)",
    "time": "date_trunc('minute', {column}) = TRY_CAST(? AS TIMESTAMP)",
    "integer": "{column} = TRY_CAST(? AS BIGINT)",
    "number": "round({column}, 4) = TRY_CAST(? AS DOUBLE)",
}
"""How a column says that it has what stands in a key; lists and numbers of persons are found in none."""
SHOWN = 4
"""Characters of a person's number that may be shown."""
MOST = 20
"""Rows that are named of each register."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a register's file: the values by which they were found, by column, the first rows, and how many."""

    by: Mapping[str, str]
    first: tuple[int, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Number:
    """The end of a number of a person, and whether its check digit is wrong."""

    end: str
    misspelt: bool


def rows_of(tables: Mapping[str, str], registers: Mapping[str, Register], key: Mapping[str, str]) -> dict[str, Rows]:
    """Return the rows in which registers have the values of a key, and by which of its columns they were found.

    A register that has only columns with codes of it is left out: half of its rows have such a value.
    """
    found = {}
    with duckdb.connect(":memory:") as db:
        for name in tables.keys() & registers.keys():
            by = dict(_by(registers[name], key, columns_of(db, tables[name])))
            if any(not registers[name].column[column].codes and part for column, part in by.items()):
                rows = _rows(db, registers[name], tables[name], by)
                if rows.n:
                    found[name] = rows
    return found


def numbers_of(
    tables: Mapping[str, str], registers: Mapping[str, Register], about: tuple[str, str], name: str
) -> dict[str, tuple[Number, ...]]:
    """Return the numbers that stand beside a name of a person, by register, if that is more than one number.

    ``about`` are the columns of the name and the number, which not every register has.
    """
    found = {}
    with duckdb.connect(":memory:") as db:
        for register, path in tables.items():
            if {*about} <= columns_of(db, path) & registers[register].column.keys():
                person, number = about
                query = f"SELECT DISTINCT {person}, upper({number}) FROM {parquet(path)} WHERE {number} <> ''"  # noqa: S608 - checked names
                rows = db.execute(query).fetchall()
                found[register] = sorted({one for called, one in rows if name_key(called or "") == name_key(name)})
    if len({one for numbers in found.values() for one in numbers}) < 2:  # noqa: PLR2004 - one is as it should be
        return {}
    return {
        register: tuple(Number(one[-SHOWN:], is_misspelt(one)) for one in numbers[:MOST])
        for register, numbers in found.items()
        if numbers
    }


def _by(register: Register, key: Mapping[str, str], there: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name in key.keys() & there & register.column.keys():
        if _kind(register, name) in _SQL and ROW in there:
            yield name, key[name]


def _kind(register: Register, name: str) -> ColumnType:
    kind = register.column[name].type
    return "text" if kind == "code" else kind


def _rows(db: duckdb.DuckDBPyConnection, register: Register, path: str, by: Mapping[str, str]) -> Rows:
    where, values = [], list[Any]()
    for name, part in by.items():
        column = f"TRY_CAST({name} AS {SQL_TYPES[register.column[name].type]})"
        if not part:
            where.append(f"coalesce(CAST({column} AS VARCHAR), '') = ''")
            continue
        sql = _SQL[_kind(register, name)].format(column=column)
        where.append(sql)
        values.append(part)
    query = f"SELECT {ROW}, count(*) OVER () FROM {parquet(path)} WHERE {' AND '.join(where)} ORDER BY 1 LIMIT {MOST}"  # noqa: S608 - checked names
    rows = db.execute(query, values).fetchall()
    return Rows(by, tuple(row for row, _ in rows), rows[0][1] if rows else 0)
