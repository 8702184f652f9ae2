"""Enters one read file into the ledger and says what it changed."""

import json
from enum import StrEnum

from selfaudit.base.clock import now
from selfaudit.base.problems import Problem
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.common.election import elect


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"
    UPDATED = "updated"
    OLDER = "older"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REJECTED = "rejected"


def reject(ledger: Ledger, parsed: Parsed) -> None:
    """Enter a file that cannot be used, once for each set of reasons."""
    reasons = _stored(parsed.errors)
    with ledger.change("reject", file=parsed.name, sha256=parsed.sha256) as detail:
        if ledger.rejected_for(parsed.sha256) == reasons:
            detail.clear()
        else:
            ledger.put_original(parsed.sha256, parsed.name, parsed.size, Outcome.REJECTED, "", "", reasons)


def merge_response(ledger: Ledger, parsed: Parsed) -> Outcome:
    """Enter a response in one transaction; everything said before stays, the newest is shown."""
    with ledger.change("collect", file=parsed.name, sha256=parsed.sha256, respondent=parsed.respondent) as detail:
        rows = ledger.responses(parsed.respondent)
        known = any(row["digest"] == parsed.digest for row in rows)
        before = ledger.shown(parsed.respondent)
        problems = _stored(parsed.notes)
        ledger.put_original(
            parsed.sha256, parsed.name, parsed.size, "accepted", parsed.respondent, parsed.digest, problems
        )
        if known:
            ledger.keep_fewer_gaps(parsed.respondent, parsed.digest, _stored(parsed.gaps))
            outcome = Outcome.UNCHANGED
        else:
            ledger.put_response(
                parsed.respondent, parsed.digest, parsed.passport, parsed.filled_by, parsed.filled_on,
                parsed.content, _stored(parsed.gaps), now(), parsed.sha256,
            )  # fmt: skip
            after = elect(ledger, parsed.respondent)
            outcome = _outcome(before, after, parsed.digest)
        detail["outcome"] = outcome
    return outcome


def _outcome(before: tuple[str, list[str]] | None, after: tuple[str, list[str]], digest: str) -> Outcome:
    shown, rivals = after
    if digest in rivals or (shown == digest and rivals):
        return Outcome.CONFLICT
    if before is None:
        return Outcome.NEW
    return Outcome.UPDATED if shown == digest else Outcome.OLDER


def _stored(problems: list[Problem]) -> str:
    return json.dumps([problem.stored() for problem in problems], ensure_ascii=False)
