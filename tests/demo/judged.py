"""The registers of the demo in DuckDB, without the way through files, and what every check of the kit says of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

import duckdb

from selfaudit.checks.judging import Judged, judge
from selfaudit.checks.schema import SQL_TYPES, About, create
from selfaudit.demo.body import invent_roster
from selfaudit.demo.play import KIT
from selfaudit.demo.registers.make import clean_world
from selfaudit.demo.registers.plants.everything import plant
from selfaudit.demo.registers.plants.planting import Plant
from selfaudit.demo.registers.texts import LAST, TODAY
from selfaudit.demo.registers.world import World
from selfaudit.demo.texts import load_texts
from selfaudit.model.data.kit import DataKit
from selfaudit.model.roster import Roster
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.kits import kit_folder

Signals = dict[str, list[Mapping[str, Any]]]
"""The rows that signal, by check."""


@cache
def data_kit() -> DataKit:
    """The registers, tables and checks of the kit that the demo plays."""
    folder = kit_folder(KIT)
    return load_data_kit(folder, folder).usable()


def clean(certificates: int, seed: int = 2023) -> World:
    """The registers before anything is planted."""
    texts = load_texts()
    roster = Roster.model_validate(invent_roster(texts, Random(seed)))
    return clean_world(roster, texts.names, data_kit().tables, seed, certificates)


def planted(certificates: int, seed: int = 2023) -> tuple[World, list[Plant]]:
    """The registers with everything planted in them, and what that is."""
    world = clean(certificates, seed)
    return world, plant(world)


def signals(world: World) -> Signals:
    """Run every check, and return what it signals."""
    return {id_: judged.of(signal=True) for id_, judged in _judged(world)}


def verdicts(world: World) -> Signals:
    """Run every check, and return all rows that it judges."""
    return {id_: list(judged.rows) for id_, judged in _judged(world)}


def _judged(world: World) -> Iterator[tuple[str, Judged]]:
    with duckdb.connect(":memory:") as db:
        _fill(db, world)
        for check in data_kit().checks.values():
            yield check.id, judge(db, check)


def _fill(db: duckdb.DuckDBPyConnection, world: World) -> None:
    """Make the tables of the kit, those of registers with their rows."""
    kit = data_kit()
    create(db, kit, About(TODAY, LAST, world.body, world.texts.approval_number))
    for name, rows in world.rows.items():
        columns = [one for one in kit.registers[name].columns if any(row.get(one.id) is not None for row in rows)]
        if not columns:
            continue
        values = {one.id: [row.get(one.id) for row in rows] for one in columns}
        selected = ", ".join(f"unnest(${one.id}::{SQL_TYPES[one.type]}[])" for one in columns)
        db.execute(f"INSERT INTO {name} ({', '.join(values)}) SELECT {selected}", values)


def numbers_of_persons(kit: DataKit, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> set[str]:
    """Return every number of a person that is in registers."""
    return {
        str(row[column.id])
        for name, several in rows.items()
        for column in kit.registers[name].columns
        if column.type == "person"
        for row in several
        if row.get(column.id)
    }


def shows(row: Mapping[str, Any], marks: tuple[str, ...]) -> bool:
    """Whether a signal shows all these values, each as a value of its own or as one of several in a cell."""
    shown = {str(value)[:10] for value in row.values()} | {str(value) for value in row.values()}
    several = (value for value in row.values() if isinstance(value, (list, str)))
    for value in several:
        shown |= set(value if isinstance(value, list) else value.replace("；", "、").split("、"))
    return set(marks) <= shown
