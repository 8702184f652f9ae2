"""How far the owners of findings are with their corrections."""

from collections.abc import Iterator
from datetime import date

from selfaudit.model.form.building import on_roster
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.owners import OwnerStatus
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import UNSETTLED
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.owning import owner_keys
from selfaudit.workflow.common.rounds import RoundForm, latest_forms, round_forms
from selfaudit.workflow.common.state.register import every_finding, reopened_in


def owners(ledger: Ledger, kit: Kit, roster: Roster, today: date) -> list[OwnerStatus]:
    """Return everybody who got a form for corrections, in the order in which the forms were issued.

    A finding that went to somebody else since is no more theirs.
    """
    latest = latest_forms(ledger, "corrections")
    if not latest:
        return []
    answered = {one.owner for one in round_forms(ledger, "corrections") if one.content is not None}
    everybody = {**{key: one.form.respondent for key, one in latest.items()}, **on_roster(kit, roster)}
    found = {(key, one.short_id): one for one in every_finding(ledger, kit) for key in owner_keys(one, everybody)}
    return [_status(one, found, today, answered=key in answered) for key, one in latest.items()]


def to_issue(ledger: Ledger, kit: Kit) -> list[str]:
    """Return the findings that were reopened since the forms for corrections went out, and are in none sent since."""
    latest = latest_forms(ledger, "corrections").values()
    known = {given["finding"]: int(given["version"]) for one in latest for given in one.form.questions.given}
    reopened = [one for one in every_finding(ledger, kit) if one.state == "reopened"] if latest else []
    return [one.short_id for one in reopened if reopened_in(ledger, one) > known.get(one.short_id, 0)]


def _status(one: RoundForm, found: dict[tuple[str, str], FindingRecord], today: date, *, answered: bool) -> OwnerStatus:
    who, asked = one.form.respondent, one.form.questions
    ids = [(who.key, given["finding"]) for given in asked.given]
    there = [found[id_] for id_ in ids if id_ in found]
    still = [finding for finding in there if finding.state in UNSETTLED]
    due = min(_days(still), default=asked.due)
    return OwnerStatus(
        key=who.key,
        name=who.name,
        unit=who.unit_name,
        passport=one.form.passport,
        open=tuple(finding.short_id for finding in still),
        due=due,
        overdue=bool(still) and due < today,
        answered=answered,
    )


def _days(findings: list[FindingRecord]) -> Iterator[date]:
    for finding in findings:
        if day := str(finding.data.get("due") or ""):
            yield date.fromisoformat(day)
