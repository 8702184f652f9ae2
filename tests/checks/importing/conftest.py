"""What the tests of reading share: the registers of the shipped kit, and a file that is read."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks.importing.reading import read_file
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import FileRead, TableRead
from selfaudit.store.data_kits import load_data_kit

Read = Callable[..., FileRead]
Rows = Callable[[TableRead], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def kit() -> DataKit:
    folder = shipped("checklists") / "fake-cert-2023"
    return load_data_kit(folder, folder).usable()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def read(kit: DataKit, work: Path, tmp_path: Path) -> Read:
    """Write bytes under a name, or take a path, and read it."""

    def reading(
        data: bytes | Path,
        name: str = "证书.csv",
        wanted: tuple[str, ...] = (),
        mapped: Mapping[str, Mapping[str, str]] | None = None,
    ) -> FileRead:
        path = data if isinstance(data, Path) else tmp_path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        return read_file(path, kit, work, wanted, mapped)

    return reading


@pytest.fixture
def rows(work: Path) -> Rows:
    def of(table: TableRead) -> list[dict[str, Any]]:
        with duckdb.connect() as db:
            found = db.execute("SELECT * FROM read_parquet($file)", {"file": str(work / table.parquet)})
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return of
