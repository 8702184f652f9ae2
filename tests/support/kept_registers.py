"""Registers as an import leaves them, for tests that need no file to read."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.checks.schema import ROW, create_register, insert_given
from selfaudit.model.data.imported import REGISTER, Imported, RegisterFile
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Register
from selfaudit.store.ledger.records import Edit, edit, records
from selfaudit.store.workspace import Workspace

Rows = Sequence[Mapping[str, Any]]


def put(folder: Path, register: Register, rows: Rows) -> Path:
    """Write the Parquet of a register with the columns that its rows have; the first row is row 2 of its file."""
    path = folder / f"{register.id}.parquet"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with duckdb.connect(":memory:") as db:
        create_register(db, register, [register.column[name] for name in names])
        insert_given(db, {register.id: register}, {register.id: tuple(dict(row) for row in rows)})
        db.execute(f"COPY (SELECT * FROM {register.id} ORDER BY {ROW}) TO '{path}' (FORMAT parquet)")  # noqa: S608 - checked names
    return path


def keep_registers(
    workspace: Workspace, kit: DataKit, registers: Mapping[str, Rows], scratch: Path, *files: RegisterFile
) -> None:
    """Enter registers into a campaign, as an import of ``files`` does."""
    edits = []
    with workspace.writing(lambda: None, "陈静") as ledger:
        old = records(ledger, REGISTER)
        for name, rows in registers.items():
            data = put(scratch, kit.registers[name], rows).read_bytes()
            digest = sha256(data).hexdigest()
            file = workspace.imported_name(name, digest)
            workspace.put(file, data)
            filled: dict[str, int] = {}
            for row in rows:
                for column, value in row.items():
                    filled[column] = filled.get(column, 0) + (value not in (None, ""))
            made = Imported(file=file, sha256=digest, rows=len(rows), filled=filled, files=files, mode="replace")
            edits.append(Edit(REGISTER, name, old[name].version if name in old else 0, made.model_dump(mode="json")))
        edit(ledger, "register-import", edits, by="陈静")
