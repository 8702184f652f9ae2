"""Where plants are put: rows that no other plant has touched, and what is told of each plant."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from selfaudit.demo.registers.texts import LAST
from selfaudit.demo.registers.world import Row, World


@dataclass(frozen=True, slots=True)
class Plant:
    """What somebody has to find: the check, values that its signal shows, and what was done.

    ``also`` are checks that may point at the same rows, because a violation seldom comes alone, and ``around`` names
    that tell these. A ``clean`` one only looks like a violation: its check must not signal it.
    """

    check: str
    marks: tuple[str, ...]
    text: str
    also: tuple[str, ...] = ()
    clean: bool = False
    around: tuple[str, ...] = ()


Where = Callable[[Row], bool]


@dataclass
class Planting:
    """Hands out rows that nobody else has, and remembers them by organisation and person."""

    world: World
    used: set[str] = field(default_factory=set)

    @cached_property
    def teams(self) -> dict[str, list[Row]]:
        """The assignments of every audit by its project."""
        return _grouped(self.world.rows["assignments"], "project")

    @cached_property
    def signs(self) -> dict[str, list[Row]]:
        """The sign-ins of every audit by its project."""
        return _grouped(self.world.rows["sign_ins"], "project")

    @cached_property
    def certificate_of(self) -> dict[str, Row]:
        """Every certificate by its number."""
        return {row["number"]: row for row in self.world.rows["certificates"]}

    @cached_property
    def reported_of(self) -> dict[str, Row]:
        """What was reported of every certificate by its number."""
        return {row["number"]: row for row in self.world.rows["reported"]}

    @cached_property
    def organisation_of(self) -> dict[str, Row]:
        """Every organisation by its credit code."""
        return {row["uscc"]: row for row in self.world.rows["organisations"]}

    def audit(self, where: Where | None = None, **wanted: Any) -> Row:
        """Return an audit of a client that no plant has touched; of finished ones, the latest first."""
        return next(self.audits(where, **wanted))

    def audits(self, where: Where | None = None, **wanted: Any) -> Iterator[Row]:
        """Yield such audits, each of another client and none of a person whose data are planted."""
        for row in reversed(self.world.rows["audits"]):
            free = row["uscc"] not in self.used and row["decided_on"] and row["end_on"].date() < LAST - timedelta(30)
            if free and _has(row, wanted) and (where is None or where(row)) and not self._planted(row):
                self.used.add(row["uscc"])
                yield row

    def _planted(self, audit: Row) -> bool:
        return any(row["name"] in self.used for row in self.teams[audit["project"]])

    def certificate(self, where: Where | None = None, **wanted: Any) -> Row:
        """Return a certificate, valid unless said otherwise, of a client that no plant has touched."""
        wanted = {"status": "valid", **wanted}
        for row in reversed(self.world.rows["certificates"]):
            if row["uscc"] not in self.used and _has(row, wanted) and (where is None or where(row)):
                self.used.add(row["uscc"])
                return row
        raise LookupError(wanted)

    def auditor(self, **wanted: Any) -> list[Row]:
        """Return the rows, one a field, of an auditor that no plant has touched and whose audits none has."""
        for row in self.world.rows["auditors"]:
            if row["name"] not in self.used and _has(row, wanted) and not self._touched(row["name"]):
                self.used.add(row["name"])
                return self.world.of("auditors", name=row["name"])
        raise LookupError(wanted)

    def _touched(self, name: str) -> bool:
        return any(row["uscc"] in self.used for row in self.visits[name])

    @cached_property
    def visits(self) -> dict[str, list[Row]]:
        """The assignments of everybody by name."""
        return _grouped(self.world.rows["assignments"], "name")

    def busy(self, name: str, day: date) -> bool:
        """Say whether somebody is on site on a day."""
        return any(row["start_at"].date() <= day <= row["end_at"].date() for row in self.visits[name])

    def join(self, row: Row, audit: Row, start: datetime, end: datetime, **more: Any) -> Row:
        """Let somebody who has an assignment take part in another audit too, and sign in there; return it."""
        there = {"project": audit["project"], "organisation": audit["organisation"], "uscc": audit["uscc"]}
        here = {"city": audit["city"], "codes": list(audit["codes"]), "stage": "single", "role": "member"}
        added = self.world.add("assignments", **{**row, **there, **here, "start_at": start, "end_at": end, **more})
        if audit["type"] == "initial":
            added["stage"] = "stage2"
        self.teams[audit["project"]].append(added)
        self.visits[row["name"]].append(added)
        for kind, when in (("first", start), ("last", end + timedelta(minutes=5))):
            sign = self.signs[audit["project"]][0]
            self.signs[audit["project"]].append(
                self.world.add(
                    "sign_ins",
                    **{**sign, "name": row["name"], "id_number": row["id_number"], "kind": kind, "signed_at": when},
                )
            )
        return added

    def remove_audit(self, audit: Row) -> None:
        """Take an audit out of every register."""
        project = audit["project"]
        for name in ("audits", "assignments", "sign_ins", "payments", "file_inventory"):
            rows = self.world.rows[name]
            rows[:] = [row for row in rows if row["project"] != project]


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _has(row: Row, wanted: dict[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in wanted.items())


Planter = Callable[[Planting], Iterator[Plant]]
