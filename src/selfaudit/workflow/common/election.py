"""Chooses which response of a respondent counts."""

import json

from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import Shown, choice, counting, drop_shown, put_shown


def elect(ledger: Ledger, respondent: str) -> Shown | None:
    """Work out which response of a respondent is shown, enter it, and return it; None if there is none."""
    found = elected(ledger, respondent)
    if found:
        put_shown(ledger, respondent, found)
    else:
        drop_shown(ledger, respondent)
    return found


def elected(ledger: Ledger, respondent: str) -> Shown | None:
    """Return which response of a respondent is to be shown, None if there is none that counts."""
    rows = counting(ledger, respondent)
    if not rows:
        return None
    chosen = choice(ledger, respondent)
    if len(rows) == 1 and not chosen:
        # most respondents answer once, and there is nothing to compare
        return Shown(rows[0].digest, ())
    versions = [Version(row.digest, row.filled_by, row.filled_on, row.serial, json.loads(row.content)) for row in rows]
    digest, rivals = pick(versions, (chosen.digest, chosen.considered) if chosen else None)
    return Shown(digest, tuple(rivals))
