"""What persons decided by name and with a reason, as the ledger keeps it.

The newest decision on a matter counts; the journal has those before it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.clock import now
from selfaudit.model.held.against import SETTLE_DATA
from selfaudit.model.progress.contradictions import SETTLE
from selfaudit.store.ledger.ledger import Ledger

RESOLVE, WITHDRAW = "resolve", "withdraw"
"""Stands among the kinds for a choice between responses, which the ledger keeps apart."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision: its kind, what it is about (a key that is unique in its kind), by whom and why.

    ``data`` has what only this kind needs, as plain data. ``at`` is the moment in UTC, known on reading.
    """

    kind: str
    about: str
    by: str
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {"by": self.by, "reason": self.reason, **self.data, "at": self.at}


def decisions(ledger: Ledger, kind: str) -> dict[str, Decision]:
    """Return the decisions of a kind by what they are about, in the order of time."""
    rows = ledger.db.execute(
        "SELECT about, decided_by, reason, data, decided_at FROM decisions WHERE kind = ? ORDER BY decided_at, about",
        (kind,),
    )
    return {about: Decision(kind, about, by, reason, json.loads(data), at) for about, by, reason, data, at in rows}


def settled(ledger: Ledger) -> dict[str, str]:
    """Return the digest for which every settled contradiction is settled, by its key."""
    made = decisions(ledger, SETTLE) | decisions(ledger, SETTLE_DATA)
    return {about: one.data["digest"] for about, one in made.items()}


def every_decision(ledger: Ledger) -> list[Decision]:
    """Return the decisions of all kinds, in the order of time, with the choices between responses as ``RESOLVE``."""
    rows = ledger.db.execute(
        "SELECT kind, about, decided_by, reason, data, decided_at FROM decisions"
        " UNION ALL SELECT 'resolve', respondent, chosen_by, reason, '{}', chosen_at FROM choices ORDER BY 6, 1, 2"
    )
    return [Decision(kind, about, by, reason, json.loads(data), at) for kind, about, by, reason, data, at in rows]


def decision(ledger: Ledger, kind: str, about: str) -> Decision | None:
    """Return the decision on one matter."""
    row = ledger.db.execute(
        "SELECT decided_by, reason, data, decided_at FROM decisions WHERE kind = ? AND about = ?", (kind, about)
    ).fetchone()
    return Decision(kind, about, row[0], row[1], json.loads(row[2]), row[3]) if row else None


def decide(ledger: Ledger, made: Decision) -> None:
    """Enter a decision with its journal row; it replaces an earlier one on the same matter."""
    with ledger.change(made.kind, about=made.about, by=made.by, reason=made.reason, **made.data):
        data = json.dumps(made.data, ensure_ascii=False, sort_keys=True)
        row = (made.kind, made.about, made.by, made.reason, data, now())
        ledger.db.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)", row)


def undo(ledger: Ledger, made: Decision, **why: str) -> None:
    """Take a decision back, with a journal row that says why; the journal keeps the decision itself."""
    with ledger.change(f"{made.kind}-undone", about=made.about, **{**made.data, **why}):
        ledger.db.execute("DELETE FROM decisions WHERE kind = ? AND about = ?", (made.kind, made.about))
