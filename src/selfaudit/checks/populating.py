"""Asks the registers for the files of a spot check, in the process and within the limits in which checks run."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import duckdb

from selfaudit.checks.running import Circumstances, answered, circumstances
from selfaudit.model.data.persons import without_numbers
from selfaudit.model.sampling.outcome import Populated
from selfaudit.model.sampling.plan import SampleColumn, SamplePlan
from selfaudit.model.sampling.population import FILE, SEVERAL, CaseFile, file_id

_BATCH = 5000


def populate(plan: SamplePlan) -> Populated:
    """Return the files of a spot check with what registers know of them, or why they are not known.

    Factors that count signals are not among it.
    """
    now = circumstances()
    found = answered(plan.population, now, lambda db: _asked(db, plan, now))
    versions = {name: version for name, version in now.versions.items() if name in plan.population.registers}
    if isinstance(found, Mapping):
        return Populated(registers=versions, **found)
    return replace(found, registers=versions)


def _asked(db: duckdb.DuckDBPyConnection, plan: SamplePlan, now: Circumstances) -> Populated:
    result = db.execute(plan.population.sql)
    names = [column[0] for column in result.description or ()]
    factors = [factor.id for factor in plan.factors if not factor.signals]
    if lacking := [name for name in plan.asked if name not in names]:
        return Populated(reason="error", detail=", ".join(lacking))
    files, nameless = list[CaseFile](), 0
    for row in rows_of(result, names):
        id_ = file_id(str(row[FILE] or ""))
        nameless += not id_
        if id_:
            values = {one.id: _text(one, row[one.id], now) for one in plan.columns}
            files.append(
                CaseFile(id_, values, {name: None if row[name] is None else int(row[name]) for name in factors})
            )
    return Populated(files=tuple(files), nameless=nameless)


def rows_of(result: duckdb.DuckDBPyConnection, names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of an answer by the names of its columns."""
    while rows := result.fetchmany(_BATCH):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _text(column: SampleColumn, value: Any, now: Circumstances) -> str:
    """Return a value as it is written in a population: codes by their titles, numbers of persons masked."""
    if value is None:
        return ""
    if isinstance(value, list):
        return SEVERAL.join(_text(column, one, now) for one in value if one is not None)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    code = now.kit.codes.get(column.codes or "", {}).get(str(value))
    return code.title if code else without_numbers(str(value), now.stock.numbers)
