"""The decision that a respondent need not answer ends as soon as there is an answer."""

from selfaudit.store.ledger.decisions import Decision, decision, undo
from selfaudit.store.ledger.ledger import Ledger

WAIVE = "waive"


def lift_waiver(ledger: Ledger, respondent: str, **why: str) -> Decision | None:
    """Take back that somebody need not answer and return that decision; None if there was none."""
    made = decision(ledger, WAIVE, respondent)
    if made:
        undo(ledger, made, **why)
    return made
