"""Chooses which response of a respondent counts."""

import json

from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import Shown, choice, put_shown, responses


def elect(ledger: Ledger, respondent: str) -> Shown:
    """Work out which response of a respondent is shown, enter it, and return it."""
    found = elected(ledger, respondent)
    put_shown(ledger, respondent, found)
    return found


def elected(ledger: Ledger, respondent: str) -> Shown:
    """Return which response of a respondent is to be shown; there must be one."""
    rows = responses(ledger, respondent)
    chosen = choice(ledger, respondent)
    if len(rows) == 1 and not chosen:
        # most respondents answer once, and there is nothing to compare
        return Shown(rows[0].digest, ())
    versions = [Version(row.digest, row.filled_by, row.filled_on, row.serial, json.loads(row.content)) for row in rows]
    digest, rivals = pick(versions, (chosen.digest, chosen.considered) if chosen else None)
    return Shown(digest, tuple(rivals))
