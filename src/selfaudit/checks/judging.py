"""Runs the SQL of one check: its parameters bound, its rules as a table, every row with its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from selfaudit.checks.gate import only
from selfaudit.model.data.check import DataCheck


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of a check, each a mapping of result columns; ``signal`` is true, false or None."""

    rows: tuple[Mapping[str, Any], ...]

    def of(self, signal: bool | None) -> list[Mapping[str, Any]]:  # noqa: FBT001 - one of the three verdicts
        """Return the rows with one verdict."""
        return [row for row in self.rows if row["signal"] is signal]


def put_rules(db: duckdb.DuckDBPyConnection, check: DataCheck, *, always: bool = False) -> None:
    """Make the table ``rules`` of this check; values that are all numbers are numbers.

    With ``always`` each is in force at all times.
    """
    names = list(dict.fromkeys(name for rule in check.rules for name in rule.values))
    numeric = {name for name in names if all(_number(rule.values.get(name)) for rule in check.rules)}
    typed = [f"{name} {'DOUBLE' if name in numeric else 'VARCHAR'}" for name in names]
    columns = ["rule VARCHAR", "effective_from DATE", "effective_to DATE", *typed]
    db.execute(f"CREATE OR REPLACE TEMP TABLE rules ({', '.join(columns)})")
    slots = ", ".join("?" for _ in columns)
    for rule in check.rules:
        bounds = [date.min, date.max] if always else [rule.effective_from or date.min, rule.effective_to or date.max]
        db.execute(f"INSERT INTO rules VALUES ({slots})", [rule.id, *bounds, *map(rule.values.get, names)])  # noqa: S608 - checked names


def _number(text: str | None) -> bool:
    return text is None or text.replace(".", "", 1).lstrip("-").isdigit()


def values_of(check: DataCheck) -> dict[str, float]:
    """Return the values of its parameters."""
    return {name: float(one.default) for name, one in check.parameters.items()}


def judge(db: duckdb.DuckDBPyConnection, check: DataCheck) -> Judged:
    """Run a check over the tables of a connection."""
    put_rules(db, check)
    return answer(db, only(db.extract_statements(check.sql)), values_of(check))


def answer(db: duckdb.DuckDBPyConnection, question: duckdb.Statement, values: Mapping[str, float]) -> Judged:
    """Ask the question of a check whose rules are there, with values of its parameters."""
    result = db.execute(question, dict(values))
    names = [column[0] for column in result.description or ()]
    return Judged(tuple(dict(zip(names, row, strict=True)) for row in result.fetchall()))
