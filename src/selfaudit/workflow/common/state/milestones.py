"""Which milestones somebody entered as done."""

from datetime import date

from selfaudit.model.progress.milestones import MILESTONE, Done
from selfaudit.store.ledger.decisions import decisions
from selfaudit.store.ledger.ledger import Ledger


def milestones_done(ledger: Ledger) -> dict[str, Done]:
    """Return the milestones that are done, by id."""
    made = decisions(ledger, MILESTONE)
    return {key: Done(date.fromisoformat(one.data["on"]), one.by, one.reason) for key, one in made.items()}
