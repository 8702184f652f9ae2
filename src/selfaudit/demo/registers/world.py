"""The registers of the body while they are made up: rows by register, values as Python has them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from selfaudit.demo.registers.texts import RegisterTexts
from selfaudit.demo.registers.times import Times

Row = dict[str, Any]
"""Values by column; codes by their id, several values as a list, a share as 0.3."""
NOON, EVENING = 12, 17
"""The hours at which a morning and a day of audit end."""
REGISTERS = (
    "certificates", "audits", "assignments", "auditors", "ccaa", "organisations", "permits", "scopes", "appointments",
    "sign_ins", "filed_rules", "file_inventory", "payments", "reported", "changes", "other_certificates",
    "publications", "experience",
)  # fmt: skip


@dataclass(slots=True)
class World:
    """All rows, in the order in which they were made."""

    texts: RegisterTexts
    times: Times
    body: str
    rng: Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in REGISTERS})

    def add(self, register: str, **row: Any) -> Row:
        """Add a row and return it."""
        self.rows[register].append(row)
        return row

    def of(self, register: str, **wanted: Any) -> list[Row]:
        """Return the rows that have all these values."""
        return [row for row in self.rows[register] if all(row.get(name) == value for name, value in wanted.items())]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of a day."""
    return datetime.combine(day, time(hour, minute))


def later(day: date, least: int, most: int, rng: Random) -> date:
    """Return a day so many days later, Monday to Friday."""
    found = day + timedelta(rng.randint(least, most))
    while found.weekday() > 4:  # noqa: PLR2004 - Friday
        found += timedelta(1)
    return found
