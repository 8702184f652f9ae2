"""What registers know of the audits whose case files are compared; it runs in a worker."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.checks.parquet import Type, Value, write_parquet
from selfaudit.checks.paths import parquet
from selfaudit.checks.schema import ROW, SQL_TYPES
from selfaudit.files.hashing import sha256_of
from selfaudit.model.casefiles.identity import Identity
from selfaudit.model.data.assembled import Assembled, Change
from selfaudit.model.data.register import Code, Register
from selfaudit.model.sampling.population import SEVERAL, file_id

_BATCH = 5000


def cases_of(
    registers: Mapping[str, Register], codes: Mapping[str, Mapping[str, Code]], tables: Mapping[str, Path]
) -> dict[str, Identity]:
    """Return what registers know of each case, by its number as ``file_id`` has it; auditors of all are taken."""
    found: dict[str, Identity] = {}
    with duckdb.connect(":memory:") as db:
        for id_, register in registers.items():
            if register.cases and id_ in tables:
                _read(db, register, codes, tables[id_], found)
    return found


def _read(
    db: duckdb.DuckDBPyConnection,
    register: Register,
    codes: Mapping[str, Mapping[str, Code]],
    table: Path,
    found: dict[str, Identity],
) -> None:
    assert register.cases  # noqa: S101 - whoever calls this looked
    there = {row[0] for row in db.execute(f"DESCRIBE SELECT * FROM {parquet(table)}").fetchall()}  # noqa: S608 - a path of ours
    asked = {name: column for name, column in register.cases.columns.items() if column in there}
    if "case" not in asked:
        return
    titles = {name: codes.get(register.column[column].codes or "", {}) for name, column in asked.items()}
    result = db.execute(f"SELECT {', '.join(asked.values())} FROM {parquet(table)} WHERE {asked['case']} IS NOT NULL")  # noqa: S608 - checked names
    while rows := result.fetchmany(_BATCH):
        for row in rows:
            said = {name: _texts(value, titles[name]) for name, value in zip(asked, row, strict=True)}
            number = SEVERAL.join(said.pop("case"))
            names = tuple(said.pop("auditors", ()))
            own = Identity(number, auditors=names, **{name: SEVERAL.join(texts) for name, texts in said.items()})
            before = found.get(file_id(number), Identity())
            # everybody who had to do with it, however many rows and registers say so
            everybody = tuple(dict.fromkeys((*before.auditors, *own.auditors)))
            known = before.otherwise(own)
            found[file_id(number)] = Identity(number, known.standard, known.organisation, known.period, everybody)


def _texts(value: Any, titles: Mapping[str, Code]) -> list[str]:
    """Return a value as texts: codes by their titles, days without their time."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one, titles)]
    text = value.isoformat()[:10] if isinstance(value, date) else str(value).strip()
    return [titles[text].title if text in titles else text] if text else []


_TYPES: dict[str, Type] = {
    "VARCHAR": "VARCHAR", "VARCHAR[]": "VARCHAR[]", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE", "BOOLEAN": "BOOLEAN",
}  # fmt: skip


def write_register(register: Register, rows: list[dict[str, Value]], path: Path) -> Assembled:
    """Write what the program found as a register, as if it had been imported; the same rows make the same bytes.

    Columns that the register does not have are left out.
    """
    types = {name: _TYPES[SQL_TYPES[column.type]] for name, column in register.column.items()}
    given = [{ROW: number, **row} for number, row in enumerate(rows, 1)]
    write_parquet(path, {ROW: "BIGINT", **types}, given)
    filled = {name: count for name in types if (count := sum(row.get(name) not in (None, "", []) for row in rows))}
    return Assembled(path, sha256_of(path), len(rows), filled, 0, Change())
