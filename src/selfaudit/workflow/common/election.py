"""Chooses which response of a respondent counts."""

import json

from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.decisions import decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import ResponseRow, Shown, about_response, choice, counting, drop_shown, put_shown

ENTERED = "answer-set"
"""The kind of decision by which a response was entered on somebody's behalf; ``data`` says instead of which ones."""


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
    versions = [
        Version(row.digest, row.filled_by, row.filled_on, row.serial, json.loads(row.content), _replaces(ledger, row))
        for row in rows
    ]
    digest, rivals = pick(versions, (chosen.digest, chosen.considered) if chosen else None)
    return Shown(digest, tuple(rivals))


def _replaces(ledger: Ledger, row: ResponseRow) -> frozenset[str] | None:
    """Return the responses instead of which one was entered, None for one that came in a file."""
    made = None if row.sha256 else decision(ledger, ENTERED, about_response(row.respondent, row.digest))
    return frozenset(made.data["replaces"]) if made else None
