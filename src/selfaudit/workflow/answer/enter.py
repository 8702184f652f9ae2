"""``answer set``: one answer on somebody's behalf, as they told it; it is a response of its own, and marked."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from selfaudit.base.clock import now, today
from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.form.form import RESPONSE_FORMAT
from selfaudit.model.progress.standing import Standing
from selfaudit.store.ledger.decisions import Decision, decide
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.problems import packed
from selfaudit.store.ledger.responses import (
    ResponseRow,
    about_response,
    counting,
    digests,
    put_response,
    responses,
)
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.answer.change import Change, Changed, change, fitting
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.election import ENTERED, elect
from selfaudit.workflow.common.state.history import History, history_of
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standing_of
from selfaudit.workflow.common.state.waiving import lift_waiver

NO_FORM = error("answer.no-form", N_("no form has been issued to {name}"), N_("Run selfaudit issue first."))
CONFLICT = error(
    "answer.conflict",
    N_("the responses of {name} contradict each other, so it is not clear which one is to be changed"),
    N_("Choose which response counts with selfaudit contradictions resolve, then enter the answer."),
)
NO_DAY = error(
    "answer.no-day",
    N_("“{text}” is no day between {first} and today"),
    N_("After --told-on, write the day on which it was told (YYYY-MM-DD), not before that of the answers there are."),
)
NO_CHANGE = error("answer.no-change", N_("the answers of {name} say that already"), N_("Check the item and the name."))
SAID_BEFORE = error(
    "answer.said-before",
    N_("response {number} of {name} says exactly that"),
    N_("Choose it with selfaudit contradictions resolve, or let it count again with selfaudit answer withdraw --undo."),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a respondent told, and when, as it was typed; an empty day is today."""

    respondent: str
    change: Change
    day: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """Everything about the respondent now, and the numbers of the findings that were taken out of the answers.

    ``waived`` is the decision that they need not answer, if that has ended.
    """

    history: History
    dropped: tuple[int, ...]
    waived: Decision | None


def enter_answer(workspace: Workspace, told: Told, deciding: Deciding, listener: Listener) -> Entered:
    """Enter what a respondent told as a new response; the earlier one is kept."""
    deciding = deciding.settled(workspace)
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        key, name = find_respondent(ledger, told.respondent)
        standing = standing_of(ledger, key)
        made = _changed(ledger, standing, told)
        with ledger.together():
            _enter(ledger, standing, made, deciding, told)
            elect(ledger, key)
            waived = lift_waiver(ledger, key, by=deciding.by, reason=deciding.reason)
        refresh_merged(workspace, ledger)
        dropped = tuple(int(finding["number"]) for finding in made.dropped)
        return Entered(history_of(ledger, key, name), dropped, waived)


def _changed(ledger: Ledger, standing: Standing, told: Told) -> Changed:
    """Return the answers shown, or the empty form, with what was told in it."""
    name, forms = standing.respondent.name, Forms(ledger)
    if standing.conflict:
        raise UserError(CONFLICT(name=name))
    form = forms.get(standing.passport)
    if form is None:
        raise UserError(NO_FORM(name=name))
    # who answered an older form tells the rest on the one issued last; what they said there is kept under its own words
    held = fitting(standing.content or {"format": RESPONSE_FORMAT}, form.questions)
    content = {**held, "passport": standing.passport}
    if standing.content is None and standing.respondent.answers != "unit":
        content = {**content, "filled_by": standing.respondent.reviewer or name}
    dated = {**content, "filled_on": _day(told.day, content.get("filled_on", ""))}
    said = [json.loads(row.content) for row in responses(ledger, standing.respondent.key)]
    taken = [finding["number"] for one in said for finding in one.get("findings", ())]
    made = change(dated, form, replace(told.change, number=max(taken, default=0) + 1), standing.gaps)
    if {**(made.reading.content or {}), "filled_on": ""} == {**content, "filled_on": ""}:
        raise UserError(NO_CHANGE(name=name))
    return made


def _day(text: str, before: str) -> str:
    """Return the day on which something was told; it is the date of the new response."""
    first, day = before[:10], read_date(text) if text else today().isoformat()
    if not day or not first <= day <= today().isoformat():
        raise UserError(NO_DAY(text=text or day, first=first or date.min))
    return day


def _enter(ledger: Ledger, standing: Standing, made: Changed, deciding: Deciding, told: Told) -> None:
    key, reading = standing.respondent.key, made.reading
    content = reading.content or {}
    if reading.digest in (known := digests(ledger, key)):
        number = known.index(reading.digest) + 1
        raise UserError(SAID_BEFORE(name=standing.respondent.name, number=number))
    data = {
        "respondent": key,
        "place": made.place,
        "answer": told.change.text,
        "told_on": content["filled_on"],
        "earlier": [asdict(one) for one in standing.on_behalf if one.place not in (made.place, *standing.reopened)],
        "replaces": [row.digest for row in counting(ledger, key)],
    }
    row = ResponseRow(
        respondent=key,
        digest=reading.digest,
        passport=content["passport"],
        filled_by=content.get("filled_by", ""),
        filled_on=content["filled_on"],
        content=json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        gaps=packed(reading.gaps),
        received_at=now(),
        sha256="",
    )
    put_response(ledger, row)
    decide(ledger, Decision(ENTERED, about_response(key, reading.digest), deciding.by, deciding.reason, data))
