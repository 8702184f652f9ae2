"""Registers out of what was read: put together, held against what there was, looked at; it runs in a worker.

Tables are Parquet files. Nothing that is returned contains the number of a person.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.checks.paths import parquet, quoted
from selfaudit.checks.patience import short_of_memory
from selfaudit.checks.schema import ROW, SQL_TYPES
from selfaudit.files.hashing import sha256_of
from selfaudit.model.data.assembled import Assembled, Change, Unmatched
from selfaudit.model.data.register import Reference, Register

_MEMORY = "700MB"
CELLS = 6_000_000
"""Cells of two tables that are joined in the memory at once."""
_PART = "_part"
"""Which of several files a row is of; no column of a register has such a name."""
_BETWEEN = r"[;；,，、\s]+"
"""What stands between several names of rows in one cell."""
_FAR = 10**12
"""More than a file has rows."""


def assemble(register: Register, parts: Sequence[Path], before: Path | None, path: Path, *, merge: bool) -> Assembled:
    """Write the register that some tables make together, the later ones counting where several have a key.

    ``before`` is the register as it was; with ``merge`` its rows stay, and values of the tables replace its own.
    Registers may be larger than the memory: they are read where they lie, and what does not fit goes beside ``path``.
    """
    with _opened(path.parent) as db:
        joined = _view_new(db, register, parts)
        differing = _differing(db, register) if joined else {}
        _view(db, register, "old", [before] if before else [])
        made, left = "new", dict[str, int]()
        if merge and before and register.key:
            made, left = _merged(db, register, path.parent), _left(db, register, parts)
        names, order = (
            ", ".join([ROW, *register.column]),
            f" ORDER BY {', '.join(register.key)}" if register.key else "",
        )
        db.execute(f"COPY (SELECT {names} FROM {made}{order}) TO {quoted(path)} (FORMAT parquet)")  # noqa: S608 - checked names
        _view(db, register, "made", [path])
        counts = ", ".join(f"count({name})" for name in register.column)
        day = f"max({register.dated}) FILTER (WHERE {register.dated} <= today())" if register.dated else "NULL"
        rows, newest, *filled = db.execute(f"SELECT count(*), CAST({day} AS DATE), {counts} FROM made").fetchall()[0]  # noqa: S608 - checked names
        change = _change(db, register)
    known = {name: count for name, count in zip(register.column, filled, strict=True) if count}
    return Assembled(path, sha256_of(path), rows, known, joined, change, left, newest, differing)


def compare(register: Register, before: Path | None, path: Path) -> Change:
    """Return how two versions of a register differ."""
    with _opened() as db:
        for name in ("made", "new"):
            _view(db, register, name, [path])
        _view(db, register, "old", [before] if before else [])
        return _change(db, register)


def unmatched(registers: Mapping[str, Register], tables: Mapping[str, Path]) -> list[Unmatched]:
    """Return which references between registers lead nowhere; those to registers without a table are not looked at."""
    found = []
    with _opened() as db:
        for name in tables:
            for reference in registers[name].references:
                if reference.register_ in tables:
                    own, other = parquet(tables[name]), parquet(tables[reference.register_])
                    there = set(_columns(db, tables[reference.register_]))
                    rows, of = db.execute(_in_vain(registers[name], reference, own, other, there)).fetchall()[0]
                    if rows:
                        found.append(Unmatched(name, reference.columns, reference.register_, rows, of))
    return found


def _in_vain(register: Register, reference: Reference, own: str, other: str, there: Container[str]) -> str:
    """Return what asks how many rows name nothing that is there, and how many name any.

    A text may name several, each of which must be there.
    """
    if len(reference.columns) > 1 or register.column[reference.columns[0]].type != "text":
        pairs = list(zip(reference.columns, reference.to, strict=True))
        given = " AND ".join(f"a.{column} IS NOT NULL" for column, _ in pairs)
        same = " AND ".join(f"a.{column} = b.{to}" for column, to in pairs)
        missing = f"count(*) FILTER (WHERE NOT EXISTS (FROM {other} b WHERE {same}))"
        return f"SELECT {missing}, count(*) FROM {own} a WHERE {given}"  # noqa: S608 - checked names
    (column,) = reference.columns
    targets = [to for to in (*reference.to, *reference.or_by) if to in there]
    known = " UNION ".join(f"SELECT {to} AS one FROM {other} WHERE {to} IS NOT NULL" for to in targets)  # noqa: S608 - checked names
    several = f"SELECT cell, unnest(regexp_split_to_array(cell, '{_BETWEEN}')) AS one FROM cells"  # noqa: S608 - checked names
    return (
        f"WITH known AS ({known or 'SELECT NULL AS one'}), cells AS (SELECT {column} AS cell, count(*) AS n FROM {own}"  # noqa: S608 - checked names
        f" WHERE {column} IS NOT NULL GROUP BY {column}),"
        f" vain AS (SELECT DISTINCT cell FROM ({several} ANTI JOIN known ON known.one = cells.cell)"
        " WHERE one <> '' AND one NOT IN (FROM known))"
        " SELECT coalesce(sum(n) FILTER (cell IN (FROM vain)), 0)::BIGINT, coalesce(sum(n), 0)::BIGINT FROM cells"
    )


def first_rows(register: Register, path: Path, most: int) -> list[list[Any]]:
    """Return the first rows of a register, each with the values of all columns; persons' numbers are whole."""
    with _opened() as db:
        there = set(_columns(db, path))
        names = ", ".join(name if name in there else f"NULL AS {name}" for name in register.column)
        rows = db.execute(f"SELECT {names} FROM {parquet(path)} LIMIT ?", [most]).fetchall()  # noqa: S608 - checked names
        return [list(row) for row in rows]


def examples(register: Register, path: Path, most: int) -> dict[str, list[Any]]:
    """Return some values of every column that has any, each once, the first first; persons' numbers are whole."""
    found = {}
    with _opened() as db:
        there = set(_columns(db, path))
        for name in register.column:
            if name in there:
                rows = f"SELECT {name}, file_row_number AS n FROM {parquet(path, numbered=True)}"  # noqa: S608 - checked names
                given = f"FROM ({rows}) WHERE {name} IS NOT NULL"
                query = f"SELECT {name} {given} GROUP BY {name} ORDER BY min(n) LIMIT ?"
                found[name] = [value for (value,) in db.execute(query, [most]).fetchall()]
    return {name: values for name, values in found.items() if values}


def texts_in(path: Path, columns: Iterable[str]) -> set[str]:
    """Return every text in some columns of a register, of a list each one apart, as far as it has them."""
    found: set[str] = set()
    with _opened() as db:
        there = _columns(db, path)
        for name in {*columns}.intersection(there):
            value = f"unnest({name})" if there[name].endswith("[]") else f"CAST({name} AS VARCHAR)"
            rows = db.execute(f"SELECT DISTINCT {value} FROM {parquet(path)} WHERE {name} IS NOT NULL")  # noqa: S608 - checked names
            found.update(text for (text,) in rows.fetchall() if text)
    return found


@contextmanager
def _opened(folder: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory, which puts what does not fit into a folder; raise ``MemoryError`` if that is full."""
    # with one thread rows stay in their order, and the memory is enough
    config: dict[str, Any] = {"memory_limit": _MEMORY, "threads": 1, "autoinstall_known_extensions": False}
    config["temp_directory"] = str(folder) if folder else ""
    with short_of_memory(own_files=True), duckdb.connect(":memory:", config=config) as db:
        yield db


def _columns(db: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the type of every column of a table, by name."""
    return {row[0]: row[1] for row in db.execute(f"DESCRIBE FROM {parquet(path)}").fetchall()}


def _view(db: duckdb.DuckDBPyConnection, register: Register, view: str, parts: Sequence[Path]) -> None:
    """Name some Parquet files as a register, also those that were written for an earlier edition of the kit."""
    types = {ROW: "BIGINT", **{name: SQL_TYPES[column.type] for name, column in register.column.items()}}
    selects = []
    for number, path in enumerate(parts):
        there = set(_columns(db, path))
        values = (f"TRY_CAST({name if name in there else 'NULL'} AS {kind}) AS {name}" for name, kind in types.items())
        selects.append(f"SELECT {number} AS {_PART}, {', '.join(values)} FROM {parquet(path)}")  # noqa: S608 - checked names
    if not selects:
        values = (f"CAST(NULL AS {kind}) AS {name}" for name, kind in types.items())
        selects.append(f"SELECT 0 AS {_PART}, {', '.join(values)} WHERE false")
    db.execute(f"CREATE VIEW {view} AS {' UNION ALL '.join(selects)}")


def _view_new(db: duckdb.DuckDBPyConnection, register: Register, parts: Sequence[Path]) -> int:
    """Name the files as ``new``, with one row for those of the same key; return how many rows are gone by that.

    It has the last value of each column, of a list all values of the last file that has any: exports with a row for
    every certificate say the standards of an audit one by one.
    """
    _view(db, register, "given", parts)
    if not register.key:
        db.execute("CREATE VIEW new AS FROM given")
        return 0
    key = ", ".join(register.key)
    repeated = f"SELECT {key} FROM given GROUP BY {key} HAVING count(*) > 1"  # noqa: S608 - checked names
    db.execute(f"CREATE TEMP TABLE repeated AS {repeated}")
    db.execute(f"CREATE TEMP TABLE alike AS SELECT * FROM given SEMI JOIN repeated USING ({key})")  # noqa: S608 - checked names
    before, after = (db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in ("alike", "repeated"))  # noqa: S608 - our own names
    place = f"{_PART} * {_FAR} + coalesce({ROW}, 0)"
    others = [name for name in (_PART, ROW, *register.column) if name not in register.key]
    lists = [
        name for name in others if name in register.column and SQL_TYPES[register.column[name].type].endswith("[]")
    ]
    of_file = ", ".join(
        f"{_united(name, place)} AS {name}" if name in lists else f"arg_max({name}, {place}) AS {name}"
        for name in others
        if name != _PART
    )
    within = f"SELECT {key}, {_PART}, {of_file} FROM alike GROUP BY {key}, {_PART}"  # noqa: S608 - checked names
    last = ", ".join(f"arg_max({name}, {_PART}) AS {name}" for name in others)
    rest = f"SELECT * FROM given ANTI JOIN repeated USING ({key})" if before else "FROM given"  # noqa: S608 - checked names
    db.execute(f"CREATE VIEW new AS {rest} UNION ALL BY NAME SELECT {key}, {last} FROM ({within}) GROUP BY {key}")  # noqa: S608 - checked names
    return int(before - after)


def _united(name: str, place: str) -> str:
    """Return every value of lists once, in the order in which they come first."""
    every = f"flatten(list({name} ORDER BY {place}) FILTER ({name} IS NOT NULL))"
    return f"list_filter({every}, lambda one, n: list_position({every}, one) = n)"


def _differing(db: duckdb.DuckDBPyConnection, register: Register) -> dict[str, int]:
    """Return for how many keys the rows of one file have several values, of columns of which only the last counts."""
    key = ", ".join(register.key)
    names = [
        name
        for name, column in register.column.items()
        if name not in register.key and not SQL_TYPES[column.type].endswith("[]")
    ]
    if not register.key or not names:
        return {}
    several = ", ".join(f"min({name}) <> max({name}) AS {name}" for name in names)
    counts = ", ".join(f"count(*) FILTER ({name})" for name in names)
    found = db.execute(f"SELECT {counts} FROM (SELECT {several} FROM alike GROUP BY {key}, {_PART})").fetchall()[0]  # noqa: S608 - checked names
    return {name: count for name, count in zip(names, found, strict=True) if count}


def _merged(db: duckdb.DuckDBPyConnection, register: Register, folder: Path) -> str:
    """Write ``new`` merged into ``old``, so many rows at a time as go into the memory; return what to select from."""
    key = ", ".join(register.key)
    others = [name for name in (ROW, *register.column) if name not in register.key]
    newer = ", ".join(f"coalesce(a.{name}, b.{name}) AS {name}" for name in others)
    rows = db.execute("SELECT (SELECT count(*) FROM new) + (SELECT count(*) FROM old)").fetchall()[0][0]
    portions = 1 + rows * len(register.columns) // CELLS
    paths = [folder / f"{register.id}-{n}-merged.parquet" for n in range(portions)]
    for n, path in enumerate(paths):
        mine = f"WHERE hash({key}) % {portions} = {n}"
        a, b = (f"(SELECT * FROM {table} {mine})" for table in ("new", "old"))  # noqa: S608 - checked names
        query = f"SELECT {key}, {newer} FROM {a} a FULL JOIN {b} b USING ({key})"  # noqa: S608 - checked names
        db.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet)")
    return parquet(*paths)


def _left(db: duckdb.DuckDBPyConnection, register: Register, parts: Sequence[Path]) -> dict[str, int]:
    """Return how many values of ``old`` stay where ``new`` has an empty cell, of columns that all files have."""
    there, key = set.intersection(*(set(_columns(db, path)) for path in parts)), ", ".join(register.key)
    names = [name for name in register.column if name in there and name not in register.key]
    if not names:
        return {}
    a, b = (
        f"SELECT {key}, {', '.join(f'{name} IS {how} AS {name}' for name in names)} FROM {table}"  # noqa: S608 - checked names
        for table, how in (("new", "NULL"), ("old", "NOT NULL"))
    )
    counts = ", ".join(f"count(*) FILTER (WHERE a.{name} AND b.{name})" for name in names)
    found = db.execute(f"SELECT {counts} FROM ({a}) a JOIN ({b}) b USING ({key})").fetchall()[0]  # noqa: S608 - checked names
    return {name: count for name, count in zip(names, found, strict=True) if count}


def _change(db: duckdb.DuckDBPyConnection, register: Register) -> Change:
    """Hold ``made`` against ``old``: rows by what stands for them, and only those that differ column by column."""
    names = list(register.column)
    key, whole = ", ".join(register.key), f"hash({', '.join(names)})"
    if not register.key:
        counts = (f"SELECT {whole} AS h, count(*) AS n FROM {table} GROUP BY h" for table in ("made", "old"))  # noqa: S608 - checked names
        a, b = counts
        query = (
            "SELECT coalesce(sum(greatest(coalesce(a.n, 0) - coalesce(b.n, 0), 0)), 0)::BIGINT,"  # noqa: S608 - checked names
            " coalesce(sum(greatest(coalesce(b.n, 0) - coalesce(a.n, 0), 0)), 0)::BIGINT, coalesce(sum(a.n), 0)::BIGINT"
            f" FROM ({a}) a FULL JOIN ({b}) b USING (h)"
        )
        added, gone, rows = db.execute(query).fetchall()[0]
        return Change(added=added, gone=gone, stayed=rows - added)

    def without(table: str, other: str) -> int:
        query = f"SELECT count(*) FROM {table} ANTI JOIN {other} USING ({key})"  # noqa: S608 - checked names
        return int(db.execute(query).fetchall()[0][0])

    a, b = (f"SELECT {key}, {whole} AS h FROM {table}" for table in ("made", "old"))  # noqa: S608 - checked names
    db.execute(f"CREATE TEMP TABLE differs AS SELECT {key}, a.h <> b.h AS d FROM ({a}) a JOIN ({b}) b USING ({key})")  # noqa: S608 - checked names
    both, changed = db.execute("SELECT count(*), count(*) FILTER (WHERE d) FROM differs").fetchall()[0]
    cells = ", ".join(f"count(*) FILTER (WHERE a.{name} IS DISTINCT FROM b.{name})" for name in names)
    by_column, portions = [0] * len(names), 1 + 2 * changed * len(names) // CELLS
    for n in range(portions):
        keys = f"SELECT {key} FROM differs WHERE d AND hash({key}) % {portions} = {n}"  # noqa: S608 - checked names
        a, b = (f"SELECT * FROM {table} SEMI JOIN ({keys}) USING ({key})" for table in ("made", "old"))  # noqa: S608 - checked names
        found = db.execute(f"SELECT {cells} FROM ({a}) a JOIN ({b}) b USING ({key})").fetchall()[0]  # noqa: S608 - checked names
        by_column = [count + more for count, more in zip(by_column, found, strict=True)]
    return Change(
        added=without("made", "old"),
        gone=without("old", "made"),
        changed=changed,
        stayed=both - changed,
        unmentioned=without("made", "new"),
        columns={name: count for name, count in zip(names, by_column, strict=True) if count},
    )
