"""Enters one read file into the ledger and says what it changed."""

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, note
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, REJECTED, OriginalRow, original, put_original
from selfaudit.store.ledger.problems import packed, recorded
from selfaudit.store.ledger.respondents import name_of
from selfaudit.store.ledger.responses import ResponseRow, Shown, digests, keep_fewer_gaps, put_response, shown
from selfaudit.workflow.collect.known import withdrawn_again
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.common.election import elect
from selfaudit.workflow.common.waiving import lift_waiver

OLDER_FORM = note(
    "collect.older-form",
    N_("answers an older form; the one issued last is {passport}"),
    N_("Send that one out if questions were added or changed."),
)

WAIVED = note(
    "collect.waived",
    N_(
        "by decision of {by} ({reason}) no answer was needed; now that one has come, it counts and the decision is void"
    ),
)


def enter(ledger: Ledger, parsed: Parsed) -> FileResult:
    """Enter one file, whatever way it came, and return what became of it; for the holder of the lock.

    It is one transaction, or part of the caller's. Everything said before stays; the newest response is shown.
    """
    outcome = _reject(ledger, parsed) if parsed.errors else _accept(ledger, parsed)
    if outcome is Outcome.UNCHANGED:
        found = withdrawn_again(ledger, parsed.name, parsed.respondent, parsed.digest)
        return found or FileResult(parsed.name, outcome)
    latest = Forms(ledger).latest_of(parsed.respondent)
    if latest not in ("", parsed.passport):
        parsed.notes.append(OLDER_FORM(Where(parsed.name), passport=latest))
    said = (tuple(problems) for problems in (parsed.notes, parsed.gaps, parsed.errors))
    return FileResult(parsed.name, outcome, name_of(ledger, parsed.respondent), *said)


def _reject(ledger: Ledger, parsed: Parsed) -> Outcome:
    """Enter a file that cannot be used, once for each set of reasons."""
    row = OriginalRow(parsed.sha256, parsed.name, parsed.size, REJECTED, "", "", recorded(parsed.errors))
    with ledger.change("reject", file=parsed.name, sha256=parsed.sha256) as change:
        before = original(ledger, parsed.sha256)
        if before and before.outcome == ACCEPTED:
            # somebody else could read it meanwhile
            change.unchanged()
            return Outcome.UNCHANGED
        if before and before.problems == row.problems:
            change.unchanged()
        else:
            put_original(ledger, row)
    return Outcome.REJECTED


def _accept(ledger: Ledger, parsed: Parsed) -> Outcome:
    """Enter a file that can be used, once."""
    with ledger.change("collect", file=parsed.name, sha256=parsed.sha256, respondent=parsed.respondent) as change:
        before = original(ledger, parsed.sha256)
        if before and before.outcome == ACCEPTED:
            change.unchanged()
            return Outcome.UNCHANGED
        file = (parsed.sha256, parsed.name, parsed.size)
        put_original(ledger, OriginalRow(*file, ACCEPTED, parsed.respondent, parsed.digest, recorded(parsed.notes)))
        outcome = _enter(ledger, parsed)
        change.note(outcome=outcome)
    return outcome


def _enter(ledger: Ledger, parsed: Parsed) -> Outcome:
    if parsed.digest in digests(ledger, parsed.respondent):
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
    after = elect(ledger, parsed.respondent)
    if waived := lift_waiver(ledger, parsed.respondent, digest=parsed.digest):
        parsed.notes.append(WAIVED(Where(parsed.name), by=waived.by, reason=waived.reason))
    return _outcome(before, after, parsed.digest)


def _outcome(before: Shown | None, after: Shown | None, digest: str) -> Outcome:
    if after is None:
        return Outcome.OLDER
    if digest in after.rivals or (after.digest == digest and after.rivals):
        return Outcome.CONFLICT
    if before is None:
        return Outcome.NEW
    return Outcome.UPDATED if after.digest == digest else Outcome.OLDER
