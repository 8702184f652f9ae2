"""How many auditor days an audit takes, by the tables of the kit."""

import math
from collections.abc import Mapping

from selfaudit.model.data.register import Table

_CHANGE = "surveillance"
"""An audit of a change takes as long as a surveillance: the tables name no such audit."""


class Times:
    """Looks up the audit times of a kit: ``audit_time_<standard>`` and ``audit_phases`` among its ``tables``."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        """Take the tables of the kit."""
        self._rows = {
            id_: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for id_, table in tables.items()
        }
        self._shares = {
            row["type"]: int(row["parts"] or 0) / int(row["whole"] or 1) for row in self._rows["audit_phases"]
        }

    def required(self, standards: tuple[str, ...], headcount: int, risk: str, kind: str) -> float:
        """Return the auditor days without any reduction, in half days, one at least."""
        total = sum(self._days(standard, headcount, risk) for standard in standards)
        share = self._shares.get(kind, self._shares[_CHANGE])
        return max(1.0, math.ceil(round(total * share * 2, 6)) / 2)

    def _days(self, standard: str, headcount: int, risk: str) -> float:
        rows = self._rows[f"audit_time_{standard.lower()}"]
        row = next(row for row in rows if headcount <= int(row["highest"] or 0))
        return float(row.get("days") or row[risk] or 0)
