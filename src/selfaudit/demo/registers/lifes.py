"""What became of certificates: some are suspended, restored or withdrawn, in time and with the audit that it takes."""

from datetime import timedelta

from selfaudit.demo.registers.texts import LAST, TODAY
from selfaudit.demo.registers.world import Row, World

SUSPENDED, WITHDRAWN = 40, 30
"""Every so-manieth valid certificate."""


def live(world: World) -> None:
    """Change the status of some valid certificates and write it into the register of changes."""
    audited = {row["certificate"] for row in world.rows["audits"] if row["type"] == "surveillance"}
    valid = [row for row in world.of("certificates", status="valid") if row["number"] in audited]
    for number, row in enumerate(valid):
        if number % SUSPENDED == 0:
            _suspend(world, row)
        elif number % WITHDRAWN == 1 and row["audit_to"] < LAST - timedelta(120):
            _withdraw(world, row)


def _change(world: World, row: Row, kind: str, day: object, reason: str) -> None:
    world.add("changes", certificate=row["number"], kind=kind, changed_on=day, reason=reason)


def _suspend(world: World, row: Row) -> None:
    start = max(row["audit_to"] + timedelta(20), TODAY - timedelta(120))
    if start >= LAST:
        return
    row |= {
        "status": "suspended", "suspension_reason": "未按要求提供整改资料", "suspended_from": start,
        "suspended_to": start + timedelta(175), "changed_on": start,
    }  # fmt: skip
    _change(world, row, "suspended", start, row["suspension_reason"])


def _withdraw(world: World, row: Row) -> None:
    day = row["audit_to"] + timedelta(100)
    row |= {"status": "withdrawn", "withdrawn": day, "withdrawal_reason": "获证组织拒绝接受监督", "changed_on": day}
    _change(world, row, "withdrawn", day, row["withdrawal_reason"])
