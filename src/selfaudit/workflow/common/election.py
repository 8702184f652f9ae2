"""Chooses which response of a respondent counts."""

import json

from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import Shown, choice, put_shown, responses


def elect(ledger: Ledger, respondent: str) -> Shown:
    """Work out which response of a respondent is shown, enter it, and return it."""
    versions = [
        Version(row.digest, row.filled_by, row.filled_on, row.serial, json.loads(row.content))
        for row in responses(ledger, respondent)
    ]
    chosen = choice(ledger, respondent)
    digest, rivals = pick(versions, (chosen.digest, chosen.considered) if chosen else None)
    found = Shown(digest, tuple(rivals))
    put_shown(ledger, respondent, found)
    return found
