"""Registers out of what was read: put together, held against what there was, looked at; it runs in a worker.

Tables are Parquet files. Nothing that is returned contains the number of a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.checks.schema import ROW, SQL_TYPES
from selfaudit.model.data.register import Register

_MEMORY = "1GB"
_PART = "_part"
"""Which of several files a row is of; no column of a register has such a name."""
_FAR = 10**12
"""More than a file has rows."""


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

    ``joined`` rows had the key of another and were joined with it.
    """

    path: Path
    sha256: str
    rows: int
    filled: Mapping[str, int]
    joined: int
    change: Change


def assemble(register: Register, parts: Sequence[Path], before: Path | None, path: Path, *, merge: bool) -> Assembled:
    """Write the register that some tables make together, the later ones counting where several have a key.

    ``before`` is the register as it was; with ``merge`` its rows stay, and values of the tables replace its own.
    """
    with _opened(path.parent) as db:
        _load(db, register, "new", parts)
        joined = _join_alike(db, register) if register.key else 0
        _load(db, register, "old", [before] if before else [])
        _make(db, register, merge=merge and bool(register.key))
        change = _change(db, register)
        order = ", ".join([*register.key, _PART, ROW])
        names = ", ".join([ROW, *register.column])
        made = f"SELECT {names} FROM made ORDER BY {order}"  # noqa: S608 - checked names
        db.execute(f"COPY ({made}) TO '{_quoted(path)}' (FORMAT parquet)")
        counts = ", ".join(f"count({name})" for name in register.column)
        rows, *filled = db.execute(f"SELECT count(*), {counts} FROM made").fetchall()[0]  # noqa: S608 - checked names
    with path.open("rb") as stream:
        sha256 = file_digest(stream, "sha256").hexdigest()
    known = {name: count for name, count in zip(register.column, filled, strict=True) if count}
    return Assembled(path, sha256, rows, known, joined, change)


def compare(register: Register, before: Path | None, path: Path, work: Path) -> Change:
    """Return how two versions of a register differ; ``work`` is a folder for what does not fit into memory."""
    with _opened(work) as db:
        _load(db, register, "made", [path])
        _load(db, register, "new", [path])
        _load(db, register, "old", [before] if before else [])
        return _change(db, register)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """How many ``rows`` of a register name, in some columns, no row of the register ``to``; ``of`` name any."""

    register: str
    columns: tuple[str, ...]
    to: str
    rows: int
    of: int


def unmatched(registers: Mapping[str, Register], tables: Mapping[str, Path]) -> list[Unmatched]:
    """Return which references between registers lead nowhere; those to registers without a table are not looked at."""
    found = []
    with duckdb.connect(":memory:", config=_config()) as db:
        for name in tables:
            for reference in registers[name].references:
                if reference.register_ in tables:
                    pairs = list(zip(reference.columns, reference.to, strict=True))
                    given = " AND ".join(f"a.{column} IS NOT NULL" for column, _ in pairs)
                    same = " AND ".join(f"a.{column} = b.{to}" for column, to in pairs)
                    rows, of = db.execute(
                        f"SELECT count(*) FILTER (WHERE NOT EXISTS (FROM read_parquet($b) b WHERE {same})), count(*)"  # noqa: S608 - checked names
                        f" FROM read_parquet($a) a WHERE {given}",
                        {"a": str(tables[name]), "b": str(tables[reference.register_])},
                    ).fetchall()[0]
                    if rows:
                        found.append(Unmatched(name, reference.columns, reference.register_, rows, of))
    return found


def first_rows(register: Register, path: Path, most: int) -> list[list[Any]]:
    """Return the first rows of a register, each with the values of all columns; persons' numbers are whole."""
    with duckdb.connect(":memory:", config=_config()) as db:
        there = set(_columns(db, path))
        names = ", ".join(name if name in there else f"NULL AS {name}" for name in register.column)
        rows = db.execute(f"SELECT {names} FROM read_parquet(?) LIMIT ?", [str(path), most]).fetchall()  # noqa: S608 - checked names
        return [list(row) for row in rows]


def examples(register: Register, path: Path, most: int) -> dict[str, list[Any]]:
    """Return some values of every column that has any, each once, the first first; persons' numbers are whole."""
    found = {}
    with duckdb.connect(":memory:", config=_config()) as db:
        there = set(_columns(db, path))
        for name in register.column:
            if name in there:
                rows = f"SELECT {name}, file_row_number AS n FROM read_parquet(?, file_row_number=true)"  # noqa: S608 - checked names
                given = f"FROM ({rows}) WHERE {name} IS NOT NULL"
                query = f"SELECT {name} {given} GROUP BY {name} ORDER BY min(n) LIMIT ?"
                found[name] = [value for (value,) in db.execute(query, [str(path), most]).fetchall()]
    return {name: values for name, values in found.items() if values}


def _config(folder: Path | None = None) -> dict[str, Any]:
    # one thread: the same rows give the same bytes
    common = {"memory_limit": _MEMORY, "threads": 1, "autoinstall_known_extensions": False}
    return {**common, "temp_directory": str(folder) if folder else ""}


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config=_config(folder))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(db: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    return [row[0] for row in db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]


def _load(db: duckdb.DuckDBPyConnection, register: Register, table: str, parts: Sequence[Path]) -> None:
    """Make a table of a register of Parquet files, which may have been written for an earlier edition of the kit."""
    types = {ROW: "BIGINT", **{name: SQL_TYPES[column.type] for name, column in register.column.items()}}
    typed = ", ".join(f"{name} {kind}" for name, kind in types.items())
    db.execute(f"CREATE TABLE {table} ({_PART} BIGINT, {typed})")
    for number, path in enumerate(parts):
        there = [name for name in _columns(db, path) if name in types]
        values = ", ".join(f"TRY_CAST({name} AS {types[name]})" for name in there)
        db.execute(
            f"INSERT INTO {table} ({_PART}, {', '.join(there)}) SELECT {number}, {values} FROM read_parquet(?)",  # noqa: S608 - checked names
            [str(path)],
        )


def _join_alike(db: duckdb.DuckDBPyConnection, register: Register) -> int:
    """Make one row of those that have the same key: of each column the last value; return how many are gone by it."""
    key = ", ".join(register.key)
    alike = f"SELECT {key} FROM new GROUP BY {key} HAVING count(*) > 1"  # noqa: S608 - checked names
    db.execute(f"CREATE TEMP TABLE alike AS SELECT * FROM new SEMI JOIN ({alike}) USING ({key})")  # noqa: S608 - checked names
    counts = f"SELECT count(*), count(DISTINCT ({key})) FROM alike"  # noqa: S608 - checked names
    before, after = db.execute(counts).fetchall()[0]
    if before:
        place = f"{_PART} * {_FAR} + coalesce({ROW}, 0)"
        others = [name for name in (_PART, ROW, *register.column) if name not in register.key]
        last = ", ".join(f"arg_max({name}, {place}) AS {name}" for name in others)
        db.execute(f"DELETE FROM new WHERE ({key}) IN (SELECT ({key}) FROM alike)")  # noqa: S608 - checked names
        db.execute(f"INSERT INTO new BY NAME SELECT {key}, {last} FROM alike GROUP BY {key}")  # noqa: S608 - checked names
    return int(before - after)


def _make(db: duckdb.DuckDBPyConnection, register: Register, *, merge: bool) -> None:
    if not merge:
        db.execute("CREATE TABLE made AS FROM new")
        return
    key = ", ".join(register.key)
    others = [name for name in (_PART, ROW, *register.column) if name not in register.key]
    newer = ", ".join(f"coalesce(new.{name}, old.{name}) AS {name}" for name in others)
    db.execute(f"CREATE TABLE made AS SELECT {key}, {newer} FROM new FULL JOIN old USING ({key})")  # noqa: S608 - checked names


def _change(db: duckdb.DuckDBPyConnection, register: Register) -> Change:
    """Hold ``made`` against ``old``."""
    names = list(register.column)
    if not register.key:
        every = ", ".join(names)
        counts = [
            db.execute(f"SELECT count(*) FROM (SELECT {every} FROM {a} EXCEPT ALL SELECT {every} FROM {b})").fetchall()  # noqa: S608 - checked names
            for a, b in (("made", "old"), ("old", "made"))
        ]
        (added,), (gone,) = counts[0][0], counts[1][0]
        rows = db.execute("SELECT count(*) FROM made").fetchall()[0][0]
        return Change(added=added, gone=gone, stayed=rows - added)
    key = ", ".join(register.key)

    def without(table: str, other: str) -> int:
        query = f"SELECT count(*) FROM {table} ANTI JOIN {other} USING ({key})"  # noqa: S608 - checked names
        return int(db.execute(query).fetchall()[0][0])

    differs = [f"made.{name} IS DISTINCT FROM old.{name}" for name in names]
    cells = ", ".join(f"count(*) FILTER (WHERE {one})" for one in differs)
    query = f"SELECT count(*), count(*) FILTER (WHERE {' OR '.join(differs)}), {cells} FROM made JOIN old USING ({key})"  # noqa: S608 - checked names
    both, changed, *by_column = db.execute(query).fetchall()[0]
    return Change(
        added=without("made", "old"),
        gone=without("old", "made"),
        changed=changed,
        stayed=both - changed,
        unmentioned=without("made", "new"),
        columns={name: count for name, count in zip(names, by_column, strict=True) if count},
    )
