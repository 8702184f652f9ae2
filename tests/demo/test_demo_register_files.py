"""The registers of the demo as messy files: read back, they are the same data, and what cannot be read is told."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from selfaudit.checks.examples import key_of
from selfaudit.checks.importing.reading import read_file
from selfaudit.checks.judging import judge
from selfaudit.checks.schema import About, create
from selfaudit.demo.registers.export.files import write_files
from selfaudit.demo.registers.texts import LAST, TODAY, ExportFile
from selfaudit.demo.registers.world import World
from selfaudit.model.data.reading import FileRead
from tests.demo.judged import data_kit, planted, signals

pytestmark = pytest.mark.slow

FEW = 700
"""Certificates among which everything finds a place to be planted."""

Read = dict[str, tuple[ExportFile, FileRead]]


@pytest.fixture(scope="module")
def world() -> World:
    return planted(FEW)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    base = tmp_path_factory.mktemp("files")
    write_files(world, data_kit(), base)
    return base


@pytest.fixture(scope="module")
def read(folder: Path, world: World) -> Read:
    found = {}
    for file in world.texts.files:
        work = folder / f"{file.register_}.read"
        work.mkdir()
        one = read_file(folder / file.name, data_kit(), work)
        # the import leaves these out, because there are tables of their own
        own = tuple(table for table in one.tables if not table.beside)
        found[file.register_] = file, replace(one, tables=own)
    return found


def test_every_file_is_understood_as_its_register_without_asking_anybody(read: Read) -> None:
    for register, (_, one) in read.items():
        assert one.problems == ()
        assert {table.register for table in one.tables} == {register}
        assert all(column.columns for table in one.tables for column in table.columns), register


def test_all_rows_are_there_but_those_that_cannot_be_read(read: Read, world: World) -> None:
    for register, (file, one) in read.items():
        assert sum(table.kept for table in one.tables) == len(world.rows[register])
        assert sum(table.rows_rejected for table in one.tables) == len(file.rejects), register


def test_titles_sums_repeated_headers_and_hidden_rows_are_told(read: Read) -> None:
    aside = {
        (register, one.kind) for register, (_, file) in read.items() for table in file.tables for one in table.set_aside
    }
    assert {
        ("certificates", "title"),
        ("certificates", "subtotal"),
        ("ccaa", "title"),
        ("payments", "subtotal"),
    } <= aside
    assert all(sheet.hidden_rows for sheet in read["audits"][1].sheets)
    assert len(read["audits"][1].tables) == 7
    assert read["certificates"][1].encoding == "GB18030"


def test_the_checks_signal_the_same_from_the_files_as_from_the_data_themselves(
    read: Read, folder: Path, world: World
) -> None:
    kit, expected = data_kit(), signals(world)
    with duckdb.connect(":memory:") as db:
        create(db, kit, About(TODAY, LAST, world.body, world.texts.approval_number))
        for register, (_, one) in read.items():
            for table in one.tables:
                path = folder / f"{register}.read" / table.parquet
                db.execute(f"INSERT INTO {register} BY NAME SELECT * FROM read_parquet(?)", [str(path)])  # noqa: S608 - checked name
        for check in kit.checks.values():
            said = {key_of(check, row) for row in judge(db, check).of(signal=True)}
            assert said == {key_of(check, row) for row in expected[check.id]}, check.id
