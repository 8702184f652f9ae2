"""Enters one read file into the ledger and says what it changed."""

from enum import StrEnum

from selfaudit.base.clock import now
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, REJECTED, OriginalRow, original, put_original
from selfaudit.store.ledger.problems import packed, recorded
from selfaudit.store.ledger.responses import ResponseRow, Shown, keep_fewer_gaps, put_response, responses, shown
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
    row = OriginalRow(parsed.sha256, parsed.name, parsed.size, REJECTED, "", "", recorded(parsed.errors))
    with ledger.change("reject", file=parsed.name, sha256=parsed.sha256) as change:
        before = original(ledger, parsed.sha256)
        if before and (before.outcome, before.problems) == (row.outcome, row.problems):
            change.unchanged()
        else:
            put_original(ledger, row)


def merge_response(ledger: Ledger, parsed: Parsed) -> Outcome:
    """Enter a response in one transaction; everything said before stays, the newest is shown."""
    with ledger.change("collect", file=parsed.name, sha256=parsed.sha256, respondent=parsed.respondent) as change:
        file = (parsed.sha256, parsed.name, parsed.size)
        put_original(ledger, OriginalRow(*file, ACCEPTED, parsed.respondent, parsed.digest, recorded(parsed.notes)))
        outcome = _enter(ledger, parsed)
        change.note(outcome=outcome)
    return outcome


def _enter(ledger: Ledger, parsed: Parsed) -> Outcome:
    if any(row.digest == parsed.digest for row in responses(ledger, parsed.respondent)):
        keep_fewer_gaps(ledger, parsed.respondent, parsed.digest, packed(parsed.gaps))
        return Outcome.UNCHANGED
    before = shown(ledger, parsed.respondent)
    row = ResponseRow(
        respondent=parsed.respondent,
        digest=parsed.digest,
        passport=parsed.passport,
        filled_by=parsed.filled_by,
        filled_on=parsed.filled_on,
        content=parsed.content,
        gaps=packed(parsed.gaps),
        received_at=now(),
        sha256=parsed.sha256,
    )
    put_response(ledger, row)
    return _outcome(before, elect(ledger, parsed.respondent), parsed.digest)


def _outcome(before: Shown | None, after: Shown, digest: str) -> Outcome:
    if digest in after.rivals or (after.digest == digest and after.rivals):
        return Outcome.CONFLICT
    if before is None:
        return Outcome.NEW
    return Outcome.UPDATED if after.digest == digest else Outcome.OLDER
