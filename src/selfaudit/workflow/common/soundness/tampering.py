"""What in the ledger was not written by the program: its journal against itself, and every row against the journal."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_
from selfaudit.base.i18n import _ as say
from selfaudit.base.problems import Kind, Problem, Some, Term, error, note
from selfaudit.model.progress.reminder import WORDS as STAGES
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import CUT, JournalRow, Ledger, head_of
from selfaudit.store.ledger.originals import name_of_original, name_of_response
from selfaudit.store.ledger.papers import name_of_scan
from selfaudit.store.ledger.respondents import name_of
from selfaudit.store.ledger.sealing import TABLES, Key, Seals, seals
from selfaudit.store.ledger.shape import misshapen
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.differing import changed_places
from selfaudit.workflow.common.soundness.quick import CUT_OFF, RESTORE

ROW_CHANGED = error("journal.changed", N_("row {seq} of the journal ({at}) was changed after it was written"), RESTORE)
ROWS_GONE = error("journal.gone", N_("rows of the journal were deleted: {rows}"), RESTORE)
ROW_MOVED = error("journal.moved", N_("row {seq} of the journal ({at}) does not follow from the one before"), RESTORE)
REWRITTEN = error(
    "journal.rewritten", N_("row {seq} of the journal is not the one that {file} notes: it was written again"), RESTORE
)
WAS_CUT = note(
    "journal.was-cut",
    N_(
        "on {at} the journal ended with row {left}, but it had had {seq} rows: an older campaign.db was put back, or"
        " some were deleted"
    ),
    N_(
        "Collect again what came in meanwhile: selfaudit collect received. Decisions of that time must be entered"
        " again."
    ),
)
CHANGED = error("ledger.changed", N_("{what} ({about}): changed in campaign.db, but not by selfaudit"), RESTORE)
CHANGED_IN = error(
    "ledger.changed-in",
    N_("{what} ({about}): changed in campaign.db, but not by selfaudit; the original says something else for {places}"),
    RESTORE,
)
DELETED = error("ledger.deleted", N_("{what} ({about}): deleted from campaign.db, but not by selfaudit"), RESTORE)
ADDED = error("ledger.added", N_("{what} ({about}): entered in campaign.db, but not by selfaudit"), RESTORE)

SHAPE = error(
    "ledger.shape", N_("campaign.db is not built as selfaudit builds it: {names} changed, added or missing"), RESTORE
)

WHAT = {
    "meta": N_("fact of the campaign"),
    "respondents": N_("respondent"),
    "first_dues": N_("deadline first named"),
    "questions": N_("questions of a form"),
    "forms": N_("form issued"),
    "originals": N_("file received"),
    "responses": N_("answers"),
    "choices": N_("choice between responses"),
    "decisions": N_("decision"),
    "records": N_("entry"),
    "reminders": N_("reminder"),
    "scans": N_("scan"),
    "papers": N_("signed paper"),
}
"""What the rows of a table are, in words."""
_KEYS = {
    "meta": ("text",),
    "respondents": ("respondent",),
    "first_dues": ("respondent",),
    "questions": ("hash",),
    "forms": ("text",),
    "originals": ("file",),
    "responses": ("respondent", "response"),
    "choices": ("respondent",),
    "decisions": ("decision", "respondent"),
    "records": ("record", "text", "version"),
    "reminders": ("respondent", "stage", "text"),
    "scans": ("scan",),
    "papers": ("scan", "respondent", "hash"),
}
"""What the parts of the key of a table are."""
_DECISIONS = {
    "editorial": N_("same question in other words"),
    "settle": N_("contradiction settled"),
    "settle-data": N_("contradiction between answer and data settled"),
    "waive": N_("need not answer"),
    "withdraw": N_("response withdrawn"),
    "answer-set": N_("entered on somebody's behalf"),
    "dismiss": N_("scanned page set aside"),
    "severity": N_("severity changed"),
    "milestone": N_("milestone done"),
    "approve": N_("approval of the final report"),
}
_RECORDS = {
    "corrections": N_("form for corrections"),
    "confirmations": N_("form for confirmations"),
    "finding": N_("finding"),
    "disposition": N_("disposition"),
    "notice": N_("notice"),
    "deliverable": N_("deliverable"),
    "evidence": N_("evidence"),
    "register": N_("register"),
    "mapping": N_("headers of a file"),
    "check": N_("outcome of a data check"),
    "verdict": N_("verdict on a signal"),
    "sample": N_("spot check"),
    "reviewers": N_("reviewers of a spot check"),
    "figure": N_("figure of the registers"),
    "named": N_("what a register says of numbers in answers"),
}
_FINDERS: dict[str, Callable[[Ledger, str], str]] = {
    "text": lambda _, value: value,
    "record": lambda _, kind: say(_RECORDS.get(kind, kind)),
    "version": lambda _, value: say(N_("version {n}")).format(n=value),
    "decision": lambda _, kind: say(_DECISIONS.get(kind, kind)),
    "stage": lambda _, stage: say({str(one): word for one, word in STAGES.items()}.get(stage, stage)),
    "respondent": lambda ledger, key: name_of(ledger, key) or key,
    "file": name_of_original,
    "response": name_of_response,
    "scan": name_of_scan,
}
"""What a person knows them by."""


def tampering(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """Yield what was not written by the program, as far as the ledger can show it."""
    if names := misshapen(ledger):
        # what a view or a trigger makes of the rows is anybody's guess
        yield SHAPE(names=Some(names))
        return
    rows = ledger.journal()
    yield from _chain(rows)
    yield from _head(rows, Head.read(head_of(workspace.ledger_file)), head_of(workspace.ledger_file).name)
    yield from _altered_rows(workspace, ledger)


def _altered_rows(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """Yield which rows are not as the journal says that they were left."""
    expected = _sealed(ledger.journal())
    if not expected:
        # a ledger of the time before seals, to which nothing was written since
        return
    for key, seal in seals(ledger.db):
        if (wanted := expected.pop(key, "")) != seal:
            yield _changed(workspace, ledger, key) if wanted else _told(ledger, ADDED, key)
    for key, wanted in expected.items():
        if wanted:
            yield _told(ledger, DELETED, key)


def _sealed(rows: Iterable[JournalRow]) -> Seals:
    """Return the newest seal of every row that was ever touched."""
    found: Seals = {}
    for row in rows:
        entries = _detail(row).get("rows", ())
        for entry in filter(_is_seal, entries if isinstance(entries, list) else ()):
            *key, seal = entry
            found[tuple(key)] = seal
    return found


def _is_seal(entry: Any) -> bool:
    """Return whether somebody has not written something else into the journal, which the chain tells."""
    well = (
        isinstance(entry, list) and all(isinstance(part, str | int) for part in entry) and entry and entry[0] in TABLES
    )
    return bool(well) and len(entry) == len(TABLES[entry[0]].key) + 2


def _detail(row: JournalRow) -> dict[str, Any]:
    try:
        found = json.loads(row.entry.detail)
    except ValueError:
        # whoever wrote this is told by the chain
        return {}
    return found if isinstance(found, dict) else {}


def _chain(rows: list[JournalRow]) -> Iterator[Problem]:
    """Yield which rows of the journal were changed or deleted."""
    before, expected = "", 1
    for row in rows:
        told: dict[str, Any] = {"seq": row.seq, "at": _moment(row.entry.at)}
        if row.seq > expected:
            last = row.seq - 1
            yield ROWS_GONE(rows=f"{expected}" if last == expected else f"{expected}–{last}")
        elif row.entry.previous != before:
            yield ROW_MOVED(**told)
        if row.hash != row.entry.hash:
            yield ROW_CHANGED(**told)
        before, expected = row.hash, row.seq + 1


def _moment(at: str) -> str:
    """Return a moment as people read it; somebody may have written something else there."""
    try:
        return local(at)
    except ValueError:
        return at


def _head(rows: list[JournalRow], noted: Head, file: str) -> Iterator[Problem]:
    """Yield whether the journal ends before the row that is noted, is another one, or was cut off before."""
    for row in rows:
        if row.entry.what == CUT:
            detail = _detail(row)
            yield WAS_CUT(at=_moment(row.entry.at), seq=detail.get("seq", "?"), left=detail.get("left", "?"))
    last = rows[-1].seq if rows else 0
    if last < noted.seq:
        yield CUT_OFF(last=last, seq=noted.seq)
    elif noted.seq and all((row.seq, row.hash) != (noted.seq, noted.hash) for row in rows):
        yield REWRITTEN(seq=noted.seq, file=file)


def _changed(workspace: Workspace, ledger: Ledger, key: Key) -> Problem:
    """Return that a row was changed; of answers, also which ones."""
    told = _told(ledger, CHANGED, key)
    places = changed_places(workspace, ledger, *key[1:]) if key[0] == "responses" else []
    return CHANGED_IN(**told.args, places=Some(places)) if places else told


def _told(ledger: Ledger, kind: Kind, key: Key) -> Problem:
    table, *values = key
    return kind(what=Term(WHAT[table]), about=" · ".join(_about(ledger, table, values)))


def _about(ledger: Ledger, table: str, key: list[Any]) -> Iterator[str]:
    """Yield the words by which a person knows a row: names instead of keys and hashes."""
    for kind, value in zip(_KEYS[table], key, strict=True):
        if kind == "hash":
            yield value[:12]
        elif found := _FINDERS[kind](ledger, value):
            yield found
