"""Enters one read file into the ledger and says what it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from selfaudit.base.clock import local, now
from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Some, Where, note
from selfaudit.model.form.keys import drawn_in
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, REJECTED, OriginalRow, is_made_good, original, put_original
from selfaudit.store.ledger.problems import packed, recorded, unpacked
from selfaudit.store.ledger.respondents import is_asked, name_of
from selfaudit.store.ledger.responses import (
    Carried,
    ResponseRow,
    Shown,
    begin_run,
    digests,
    keep_fewer_gaps,
    put_response,
    responses,
    shown,
)
from selfaudit.workflow.collect.independence import barred
from selfaudit.workflow.collect.known import withdrawn_again
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.election import elect
from selfaudit.workflow.common.state.samples import reviews_now
from selfaudit.workflow.common.state.waiving import lift_waiver

OLDER_FORM = note(
    "collect.older-form",
    N_("answers an older form; in the one issued last, {passport}, these are reworded or new: {places}"),
    N_("They are open until that form is answered."),
)

WAIVED = note(
    "collect.waived",
    N_(
        "by decision of {by} ({reason}) no answer was needed; now that one has come, it counts and the decision is void"
    ),
)


NOT_ASKED = note(
    "collect.not-reviewer",
    N_("{name} is not asked about this file any more; what came is kept, with its findings, and held against nothing"),
)
CARRIED = note(
    "collect.carried",
    N_("left empty, and carried over from response {number}, which answered the same words ({count}): {places}"),
)
LEFT = note(
    "collect.not-carried",
    N_("findings of response {number} that do not fit what is answered now are not carried over: {places}"),
    N_("They are kept; “selfaudit status --of NAME” lists the responses."),
)
_MOST = 10
"""Places carried over that are listed."""

SAME_DAY = note(
    "collect.same-day",
    N_("a second form of this day by the same person; the one that came later counts"),
    N_("If it was the other one that counts: selfaudit contradictions resolve {key} --choose NUMBER --reason …"),
)


_BOTH = N_("Ask both. To accept this form: selfaudit contradictions resolve {key} --choose {number} --reason …")
UNSIGNED = note(
    "collect.unsigned",
    N_("does not say who filled it in; the answers that count are by “{before}”: they count until somebody decides"),
    _BOTH,
)
OTHER_SENDER = note(
    "collect.other-sender",
    N_("filled in by “{by}”, but the answers that count are by “{before}”: they count until somebody decides"),
    _BOTH,
)

TWO_OF_ONE = note(
    "collect.two-of-one",
    N_("two different forms that “{by}” filled in on the same day ({day}) have come; which of them counts is open"),
    N_("Ask {by}, then choose: selfaudit contradictions resolve {key} --choose NUMBER --reason …"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ``collect``: its number, which grows, and when it began; all files of a run came at that moment."""

    number: int
    at: str

    @classmethod
    def begin(cls, ledger: Ledger) -> Self:
        """Return the run that begins now, which must be ended."""
        return cls(begin_run(ledger), now())


_DAY = len("2023-11-05")


def enter(ledger: Ledger, parsed: Parsed, run: Run) -> FileResult:
    """Enter one file, whatever way it came, and return what became of it; for the holder of the lock.

    It is one transaction, or part of the caller's. Everything said before stays; the newest response is shown.
    """
    outcome = _reject(ledger, parsed) if parsed.errors else _accept(ledger, parsed, run)
    if outcome is Outcome.UNCHANGED:
        found = withdrawn_again(ledger, parsed.name, parsed.respondent, parsed.digest)
        return found or FileResult(parsed.name, outcome)
    latest = Forms(ledger).latest_of(parsed.respondent)
    if not parsed.errors and latest not in ("", parsed.passport) and (places := _asked_since(ledger, parsed)):
        parsed.notes.append(OLDER_FORM(Where(parsed.name), passport=latest, places=places))
    if outcome is Outcome.NEW and drawn_in(parsed.respondent)[0] and not _is_reviewed(ledger, parsed.respondent):
        parsed.notes.append(NOT_ASKED(Where(parsed.name), name=name_of(ledger, parsed.respondent)))
    notes, gaps, errors = map(tuple, (parsed.notes, parsed.gaps, parsed.errors))
    whose, early = name_of(ledger, parsed.respondent), _dated_early(ledger, parsed)
    return FileResult(parsed.name, outcome, whose, notes, gaps, errors, dated_early=early)


def _is_reviewed(ledger: Ledger, review: str) -> bool:
    """Return whether a review is asked for: forms are put aside by ``issue`` only, and files move on before it."""
    return is_asked(ledger, review) and reviews_now(ledger, review)


def _asked_since(ledger: Ledger, parsed: Parsed) -> list[str]:
    """Return what the form issued last asks that the one answered did not ask in these words."""
    asking = Asking(ledger)
    before, now = asking.forms.get(parsed.passport), asking.forms.asked_last(parsed.respondent)
    if before is None or now is None:
        return []
    return [now.called(place) for place in asking.asked(now).change(before.questions, now).open]


def _dated_early(ledger: Ledger, parsed: Parsed) -> bool:
    issued_at = Forms(ledger).issued_at(parsed.passport) if parsed.filled_on and not parsed.errors else ""
    return issued_at != "" and parsed.filled_on[:_DAY] < local(issued_at)[:_DAY]


def _reject(ledger: Ledger, parsed: Parsed) -> Outcome:
    """Enter a file that cannot be used, once for each set of reasons."""
    problems = recorded(parsed.errors)
    row = OriginalRow(parsed.sha256, parsed.name, parsed.size, REJECTED, parsed.respondent, "", problems)
    with ledger.change("reject", file=parsed.name, sha256=parsed.sha256) as change:
        before = original(ledger, parsed.sha256)
        if before and before.outcome == ACCEPTED:
            # somebody else could read it meanwhile
            change.unchanged()
            return Outcome.UNCHANGED
        if before and before.problems == row.problems:
            change.unchanged()
            if is_made_good(ledger, parsed.sha256):
                return Outcome.UNCHANGED
        else:
            put_original(ledger, row)
    return Outcome.REJECTED


def _accept(ledger: Ledger, parsed: Parsed, run: Run) -> Outcome:
    """Enter a file that can be used, once."""
    with ledger.change("collect", file=parsed.name, sha256=parsed.sha256, respondent=parsed.respondent) as change:
        before = original(ledger, parsed.sha256)
        if before and before.outcome == ACCEPTED:
            change.unchanged()
            return Outcome.UNCHANGED
        file = (parsed.sha256, parsed.name, parsed.size)
        put_original(ledger, OriginalRow(*file, ACCEPTED, parsed.respondent, parsed.digest, recorded(parsed.notes)))
        outcome = _enter(ledger, parsed, run)
        change.note(outcome=outcome)
    return outcome


def _enter(ledger: Ledger, parsed: Parsed, run: Run) -> Outcome:
    parsed.gaps += barred(ledger, parsed)
    if parsed.digest in digests(ledger, parsed.respondent):
        keep_fewer_gaps(ledger, parsed.respondent, parsed.digest, packed(parsed.gaps))
        elect(ledger, parsed.respondent)
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
        received_at=run.at,
        sha256=parsed.sha256,
        run=run.number,
    )
    put_response(ledger, row)
    after = elect(ledger, parsed.respondent)
    if after and after.carried and after.response == parsed.digest:
        _tell_carried(ledger, parsed, after.carried)
    if waived := lift_waiver(ledger, parsed.respondent, digest=parsed.digest):
        parsed.notes.append(WAIVED(Where(parsed.name), by=waived.by, reason=waived.reason))
    outcome = _outcome(before, after, parsed.digest)
    if outcome is Outcome.UPDATED and before and _same_day(ledger, parsed, before.response):
        parsed.notes.append(SAME_DAY(Where(parsed.name), key=parsed.respondent))
    if outcome is Outcome.CONFLICT and before and after:
        parsed.notes += _contested(ledger, parsed, before.response, replaced=before.response != after.response)
    return outcome


def _contested(ledger: Ledger, parsed: Parsed, counted: str, *, replaced: bool) -> Iterator[Problem]:
    """Yield why a response contests the one that counted: it is by the same person, or by another and replaces none."""
    everything = responses(ledger, parsed.respondent)
    (before,) = (row for row in everything if row.digest == counted)
    where, by, key, day = Where(parsed.name), parsed.filled_by, parsed.respondent, parsed.filled_on[:_DAY]
    if by and name_key(by) == name_key(before.filled_by):
        if day and day == before.filled_on[:_DAY]:
            yield TWO_OF_ONE(where, by=by, day=day, key=key)
    elif not replaced:
        kind = OTHER_SENDER if by else UNSIGNED
        yield kind(where, by=by, before=before.filled_by, key=key, number=len(everything))


def _tell_carried(ledger: Ledger, parsed: Parsed, made: Carried) -> None:
    """Note what was carried over from an earlier response, and tell only what is missing in both."""
    form = Forms(ledger).get(parsed.passport)
    called = form.questions.called if form else str
    number = digests(ledger, parsed.respondent).index(made.source) + 1
    where, count = Where(parsed.name), len(made.taken)
    parsed.notes.append(CARRIED(where, number=number, count=count, places=Some([*map(called, made.taken)], _MOST)))
    if made.left:
        parsed.notes.append(LEFT(where, number=number, places=[place or "?" for place in made.left]))
    parsed.gaps = [*unpacked(made.gaps, parsed.name)]


def _same_day(ledger: Ledger, parsed: Parsed, before: str) -> bool:
    """Return whether a response and another are of one day and by the same person, and only when they came differs."""
    (other,) = (row for row in responses(ledger, parsed.respondent) if row.digest == before)
    alike = name_key(parsed.filled_by) == name_key(other.filled_by) and parsed.filled_on[:10] == other.filled_on[:10]
    return alike and "T" not in parsed.filled_on and parsed.filled_on != ""


def _outcome(before: Shown | None, after: Shown | None, digest: str) -> Outcome:
    if after is None:
        return Outcome.OLDER
    if digest in after.rivals or (after.response == digest and after.rivals):
        return Outcome.CONFLICT
    if before is None:
        return Outcome.NEW
    return Outcome.UPDATED if after.response == digest else Outcome.OLDER
