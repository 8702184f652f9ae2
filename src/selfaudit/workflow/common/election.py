"""Chooses which response of a respondent counts."""

import json
from collections.abc import Container

from selfaudit.base.clock import local
from selfaudit.base.names import name_key
from selfaudit.base.problems import QUOTED
from selfaudit.model.merge import Version, pick
from selfaudit.store.ledger.decisions import decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.problems import unpacked
from selfaudit.store.ledger.respondents import own_names
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
    names = own_names(ledger, respondent)
    versions = [_version(ledger, row, names) for row in rows]
    digest, rivals = pick(versions, (chosen.digest, chosen.considered) if chosen else None)
    return Shown(digest, tuple(rivals))


def _version(ledger: Ledger, row: ResponseRow, names: Container[str]) -> Version:
    gaps = unpacked(row.gaps)
    return Version(
        digest=row.digest,
        filled_by=row.filled_by,
        filled_on=row.filled_on,
        serial=row.serial,
        content=json.loads(row.content),
        run=row.run,
        received=local(row.received_at).replace(" ", "T"),
        issued=local(row.issued_at)[:_DAY],
        draft=bool(gaps) and all(QUOTED.isdisjoint(gap.args) for gap in gaps),
        own=name_key(row.filled_by) in names,
        replaces=_replaces(ledger, row),
    )


def _replaces(ledger: Ledger, row: ResponseRow) -> frozenset[str] | None:
    """Return the responses instead of which one was entered, None for one that came in a file."""
    made = None if row.sha256 else decision(ledger, ENTERED, about_response(row.respondent, row.digest))
    return frozenset(made.data["replaces"]) if made else None


_DAY = len("2023-11-05")
