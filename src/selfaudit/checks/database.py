"""The database that checks ask: the registers as they are now, in a file that is then opened to be read only."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.checks.columns import read_by
from selfaudit.checks.gate import lock
from selfaudit.checks.paths import parquet
from selfaudit.checks.patience import short_of_memory
from selfaudit.checks.schema import BETWEEN, ROW, SQL_TYPES, About, create, create_register, part_of_name
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.persons import LEAST
from selfaudit.model.data.register import Ahead, Fold, Reference, Register

MEMORY = "850MB"
"""What DuckDB may take for itself; the process has a limit of its own."""
SPILL = 8 * 1024**3
"""Bytes that it may put into a folder beside the database, which is private, of a question that takes more than that.

Where the disk has less, it is half of what is free: nobody else shall run out of space for a question.
"""


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is, by register: the columns that its table has; how many rows have a value, of each that has any.

    ``namesakes`` are names that stand beside several numbers in a register, ``numbers`` those of persons, in capitals.
    """

    columns: Mapping[str, frozenset[str]]
    filled: Mapping[str, Mapping[str, int]]
    namesakes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def build(
    path: str, kit: DataKit, about: About, tables: Mapping[str, str], asked: Sequence[DataCheck] | None = None
) -> Stock:
    """Make the database of the Parquet files of registers, by their names; others stay empty.

    If only a few checks are ``asked``, tables do not have the columns that none of them can read: this takes half the
    time.

    Columns that a kit has given another type since the import keep the values that fit. Rows that are a part of others
    go into these. What names no row of another
    register is linked to it as the registers declare. ``MemoryError`` is raised if memory or space is not enough.
    """
    there: dict[str, frozenset[str]] = {}
    wanted = None if asked is None else read_by(asked, kit)
    with short_of_memory(own_files=True), duckdb.connect(path, config=_config(_spill(path))) as db:
        create(db, kit, about)
        for name in tables.keys() & kit.registers.keys():
            register = kit.registers[name]
            if wanted is not None and f"{name}.*" not in wanted:
                create_register(db, register, [column for column in register.columns if column.id in wanted])
            there[name] = _load(db, register, tables[name])
            for fold in register.folds:
                _fold(db, register, fold)
        for name in there:
            for reference in kit.registers[name].references:
                if reference.otherwise and _names_none(db, kit.registers, name, reference):
                    _link(db, kit, name, reference)
        stock = _stock(db, {name: kit.registers[name] for name in there}, there)
        return replace(stock, namesakes=_namesakes(db, kit, stock), numbers=_numbers(db, kit, stock))


def opened(path: str) -> duckdb.DuckDBPyConnection:
    """Open the database for the SQL of a kit: it can write nothing, read nothing else, and change no setting."""
    db = duckdb.connect(path, read_only=True, config=_config(_spill(path)))
    lock(db, _spill(path))
    return db


def privately() -> None:
    """Let this process, which does nothing else, make files and folders that only its owner may look into."""
    os.umask(0o077)


def _spill(path: str) -> str:
    return f"{path}-spill"


def _config(spill: str = "") -> dict[str, Any]:
    # with several, any_value and the like take another row each time, and verdicts on what is shown would not last
    common = {"memory_limit": MEMORY, "threads": 1, "temp_directory": spill}
    if not spill:
        return common
    most = min(SPILL, shutil.disk_usage(Path(spill).parent).free // 2)
    return common | {"max_temp_directory_size": f"{most}B"}


def columns_of(db: duckdb.DuckDBPyConnection, path: str) -> frozenset[str]:
    """Return the columns of a Parquet file."""
    return frozenset(row[0] for row in db.execute(f"DESCRIBE FROM {parquet(path)}").fetchall())


def _load(db: duckdb.DuckDBPyConnection, register: Register, path: str) -> frozenset[str]:
    """Fill the table of a register; return which of its columns the file has."""
    types = {ROW: "BIGINT", **{name: SQL_TYPES[column.type] for name, column in register.column.items()}}
    there = columns_of(db, path)
    known = [name for name in _in_table(db, register.id) if name in there]
    values = ", ".join(f"TRY_CAST({name} AS {types[name]})" for name in known)
    db.execute(f"INSERT INTO {register.id} ({', '.join(known)}) SELECT {values} FROM {parquet(path)}")  # noqa: S608 - checked names
    return there & register.column.keys()


def _in_table(db: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the columns that the table of a register has, in their order."""
    return [row[0] for row in db.execute(f"DESCRIBE {table}").fetchall()]


def _fold(db: duckdb.DuckDBPyConnection, register: Register, fold: Fold) -> None:
    """Let rows that are a part of another one go into it."""
    same = [f"a.{name} = b.{name}" for name in fold.by] + _values("a", fold.part) + _values("b", fold.whole)
    first, day = f"CAST(a.{fold.at} AS DATE)", f"CAST(b.{fold.at} AS DATE)"
    pairs = f"FROM {register.id} a JOIN {register.id} b ON {' AND '.join(same)}"
    pairs += f" AND {day} BETWEEN {first} AND {first} + {fold.days} GROUP BY a.rowid"
    found = f"SELECT a.rowid AS part, arg_min(b.rowid, {day}) AS whole {pairs}"
    db.execute(f"CREATE OR REPLACE TEMP TABLE parts AS {found}")
    if not db.execute("SELECT count(*) FROM parts").fetchall()[0][0]:
        return
    parts = [f"arg_max(s.{name}, s.{fold.at}) AS {to}" for to, name in fold.takes.items()]
    parts += [f"sum(s.{name}) AS {name}" for name in fold.adds]
    values = {to: f"coalesce(t.{to}, f.{to})" for to in fold.takes}
    values |= {name: f"t.{name} + coalesce(f.{name}, 0)" for name in fold.adds}
    typed = (f"CAST({value} AS {SQL_TYPES[register.column[to].type]}) AS {to}" for to, value in values.items())
    whole = f"SELECT p.whole, {', '.join(parts)} FROM parts p JOIN {register.id} s ON s.rowid = p.part GROUP BY p.whole"  # noqa: S608 - checked names
    _replace(
        db,
        register.id,
        f"SELECT t.* REPLACE ({', '.join(typed)}) FROM {register.id} t LEFT JOIN ({whole}) f ON f.whole = t.rowid"  # noqa: S608 - as above
        " WHERE t.rowid NOT IN (SELECT part FROM parts)",
    )


def _replace(db: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """Put what a query returns in the place of a table."""
    db.execute(f"CREATE TABLE replaced AS {query}")
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE replaced RENAME TO {table}")


def _values(table: str, values: Mapping[str, str]) -> list[str]:
    """Return the conditions that a row has some values."""
    return ["{}.{} = '{}'".format(table, name, value.replace("'", "''")) for name, value in values.items()]


def _names_none(db: duckdb.DuckDBPyConnection, known: Mapping[str, Register], name: str, reference: Reference) -> bool:
    """Return whether a register has rows, and none names a row of the other; another system has numbers of its own."""
    (column,), (target,) = reference.columns, reference.to
    other = f"SELECT {target} FROM {reference.register_} WHERE {target} IS NOT NULL"  # noqa: S608 - checked names
    named = f"count(*) FILTER ({column} IN ({other}))" if reference.register_ in known else f"count({column})"
    return db.execute(f"SELECT {named} = 0 AND count(*) > 0 FROM {name}").fetchall()[0][0] is True  # noqa: S608 - checked names


def _link(db: duckdb.DuckDBPyConnection, kit: DataKit, name: str, reference: Reference) -> None:
    """Give every row the row of the other register that it belongs to, else a name put together of its own columns."""
    (column,), (target,), register, how = reference.columns, reference.to, kit.registers[name], reference.otherwise
    if how is None:
        return
    same = " AND ".join(f"a.{mine} = b.{other}" for mine, other in how.by.items())
    pairs = f"FROM {register.id} a JOIN {reference.register_} b ON {same} AND b.{target} IS NOT NULL"
    if how.at:
        # least and greatest pass over what is not there
        began = f"least({', '.join(f'CAST(b.{name} AS DATE)' for name in how.since)})"
        last = f"greatest({', '.join(f'CAST(b.{name} AS DATE)' for name in how.since)})"
        ended = f"coalesce(CAST(b.{how.until} AS DATE), {last})" if how.until else last
        day = f"CAST(a.{how.at} AS DATE)"
        found = f"SELECT a.rowid AS n, arg_max(b.{target}, ({began}, b.{target})) AS found, 0 AS later {pairs}"
        found += f" WHERE {day} BETWEEN {began} AND {ended} GROUP BY a.rowid"
        if how.ahead:
            found = f"{found} UNION ALL {_next(how.ahead, target, pairs, day, began)}"
            found = f"SELECT n, arg_min(found, later) AS found FROM ({found}) GROUP BY n"  # noqa: S608 - checked names
    else:
        found = f"SELECT a.rowid AS n, any_value(b.{target}) AS found {pairs} GROUP BY a.rowid"
        found += f" HAVING count(DISTINCT b.{target}) = 1"
    made = ", ".join(part_of_name(register.column[part], kit.codes, f"t.{part}") for part in how.made_of)
    otherwise = f"nullif(concat_ws('{BETWEEN}', {made}), '')" if made else "NULL"
    _replace(
        db,
        register.id,
        f"SELECT t.* REPLACE (coalesce(f.found, t.{column}, {otherwise}) AS {column})"  # noqa: S608 - checked names
        f" FROM {register.id} t LEFT JOIN ({found}) f ON f.n = t.rowid",
    )


def _next(ahead: Ahead, target: str, pairs: str, day: str, began: str) -> str:
    """Return what asks for the row that begins next, for rows that are ahead of theirs."""
    same = " AND ".join([*_values("a", ahead.own), *_values("b", ahead.other)])
    return (
        f"SELECT a.rowid, arg_min(b.{target}, ({began}, b.{target})), 1 {pairs}"
        f" WHERE {same} AND {began} BETWEEN {day} AND {day} + {ahead.days} GROUP BY a.rowid"
    )


def _stock(
    db: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], there: Mapping[str, frozenset[str]]
) -> Stock:
    filled: dict[str, dict[str, int]] = {}
    for name in registers:
        columns = [column for column in _in_table(db, name) if column != ROW]
        counts = ", ".join(["count(*)", *(f"count({column})" for column in columns)])
        _rows, *values = db.execute(f"SELECT {counts} FROM {name}").fetchall()[0]  # noqa: S608 - checked names
        filled[name] = {column: n for column, n in zip(columns, values, strict=True) if n}
    return Stock({name: own | filled[name].keys() for name, own in there.items()}, filled)


def _numbers(db: duckdb.DuckDBPyConnection, kit: DataKit, stock: Stock) -> frozenset[str]:
    """Return the numbers of persons in all registers."""
    found: set[str] = set()
    for register, filled in stock.filled.items():
        for name in (column.id for column in kit.registers[register].columns if column.type == "person"):
            if name in filled:
                query = f"SELECT DISTINCT upper({name}) FROM {register} WHERE len({name}) >= {LEAST}"  # noqa: S608 - checked names
                found |= {number for (number,) in db.execute(query).fetchall()}
    return frozenset(found)


def _namesakes(db: duckdb.DuckDBPyConnection, kit: DataKit, stock: Stock) -> frozenset[str]:
    """Return the names of people that several have, in the columns by which checks say whom a signal is about."""
    about = {(one.subject.person, one.subject.number) for one in kit.checks.values() if one.subject.number}
    found: set[str] = set()
    for register, filled in stock.filled.items():
        for person, number in about:
            if person in filled and number in filled:
                query = f"SELECT {person} FROM {register} GROUP BY 1 HAVING min({number}) <> max({number})"  # noqa: S608 - checked names
                found |= {name for (name,) in db.execute(query).fetchall() if isinstance(name, str)}
    return frozenset(found)
