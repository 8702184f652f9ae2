"""Counts a figure of the registers, in the process and within the limits in which checks run."""

from typing import Any

import duckdb

from selfaudit.checks.gate import ask
from selfaudit.checks.running import answered, circumstances
from selfaudit.model.data.figure import Counted, FigureOutcome
from selfaudit.model.data.register import RegisterFigure

_MOST_ROWS = 100
"""Rows of a figure that has several, such as one for each standard."""


def count(figure: RegisterFigure) -> FigureOutcome:
    """Return the numbers of a figure, or why they are not known."""
    now = circumstances()
    found = answered(figure, now, lambda db: _counted(db, figure.sql))
    versions = {name: version for name, version in now.versions.items() if name in figure.needs}
    return FigureOutcome(figure=figure.id, sql=figure.sql, registers=versions, **found)


def _counted(db: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    result = ask(db, sql)
    names = [column[0] for column in result.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchmany(_MOST_ROWS)]
    if not rows or "value" not in names:
        return {"reason": "nothing-to-judge"}
    values = tuple(Counted(label=str(row.get("label") or ""), value=row["value"]) for row in rows)
    return {"values": values, "unknown": sum(row.get("unknown") or 0 for row in rows)}
