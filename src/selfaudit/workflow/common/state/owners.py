"""How far the owners of findings are with their corrections."""

from collections.abc import Iterator
from datetime import date

from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.owners import OwnerStatus
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import UNSETTLED
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.corrections import CorrectionsForm, corrections_forms, latest_forms
from selfaudit.workflow.common.state.register import every_finding


def owners(ledger: Ledger, kit: Kit, today: date) -> list[OwnerStatus]:
    """Return everybody who got a form for corrections, in the order in which the forms were issued."""
    latest = latest_forms(ledger)
    if not latest:
        return []
    answered = {one.owner for one in corrections_forms(ledger) if one.content is not None}
    found = {one.short_id: one for one in every_finding(ledger, kit)}
    return [_status(one, found, today, answered=key in answered) for key, one in latest.items()]


def _status(one: CorrectionsForm, found: dict[str, FindingRecord], today: date, *, answered: bool) -> OwnerStatus:
    who, asked = one.form.respondent, one.form.questions
    there = [found[given["finding"]] for given in asked.given if given["finding"] in found]
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
