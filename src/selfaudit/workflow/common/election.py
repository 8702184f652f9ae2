"""Chooses which response of a respondent counts."""

import json

from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.ledger import Ledger


def elect(ledger: Ledger, respondent: str) -> tuple[str, list[str]]:
    """Work out which response of a respondent is shown, enter it, and return it with its rivals."""
    versions = [
        Version(row["digest"], row["filled_by"], row["filled_on"], row["serial"], json.loads(row["content"]))
        for row in ledger.responses(respondent)
    ]
    digest, rivals = pick(versions, ledger.choice(respondent))
    ledger.put_shown(respondent, digest, rivals)
    return digest, rivals
