"""``issue --round corrections``: to each owner of findings a form in which they say what is done about them."""

from collections.abc import Iterable
from typing import ClassVar

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.base.problems import Kind, Problem, Some, warning
from selfaudit.model.form.form import Respondent
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import State
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.owning import owner_keys, values_of
from selfaudit.workflow.common.rounds import RoundForm
from selfaudit.workflow.common.state.register import every_finding, reopened_in
from selfaudit.workflow.issue.rounds import Asked

NO_OWNER = warning(
    "issue.no-owner",
    N_("nobody is responsible for {count} findings: {ids}"),
    N_("Name somebody: selfaudit findings assign ID --to NAME"),
)
NOT_ON_ROSTER = warning(
    "issue.owner-not-on-roster",
    N_("“{owner}” is to correct {count} findings and is nobody on the roster: {ids}"),
    N_("Name one person or unit of the roster: selfaudit findings assign ID --to NAME"),
)
SEVERAL = warning(
    "issue.owner-ambiguous",
    N_("“{owner}” is to correct {count} findings and is more than one on the roster: {ids}"),
    N_("Give the number of the one who is meant: selfaudit findings assign ID --to NUMBER"),
)
DONE: tuple[State, ...] = ("verified", "closed", "withdrawn", "merged")
"""The states in which there is nothing to be said by the owner any more."""
_MOST = 10


class Corrections:
    """Asks the owners of findings that are not done."""

    round: ClassVar[RoundId] = "corrections"
    title: ClassVar[str] = N_("{title}: corrections")

    def asked(self, ledger: Ledger, kit: Kit, everybody: dict[str, Respondent]) -> tuple[list[Asked], list[Problem]]:
        """Return what each owner is asked; whoever owns findings and cannot be found on the roster is told."""
        by_owner: dict[str, list[FindingRecord]] = {}
        lost: dict[tuple[Kind, str], list[str]] = {}
        for finding in every_finding(ledger, kit):
            if finding.state in DONE:
                continue
            owner = str(finding.data.get("owner") or "")
            found = owner_keys(finding, everybody)
            if len(found) == 1:
                by_owner.setdefault(found[0], []).append(finding)
            else:
                kind = SEVERAL if found else NOT_ON_ROSTER if owner else NO_OWNER
                lost.setdefault((kind, owner), []).append(finding.short_id)
        problems = [kind(owner=owner, count=len(ids), ids=Some(ids, _MOST)) for (kind, owner), ids in lost.items()]
        return [_asked(ledger, kit, everybody[key], found) for key, found in by_owner.items()], problems


def _asked(ledger: Ledger, kit: Kit, who: Respondent, findings: list[FindingRecord]) -> Asked:
    given = tuple(_given(finding, kit) for finding in findings)

    def is_enough(before: RoundForm) -> bool:
        """Return whether a form that is out is about every finding as it is now, and none was reopened since."""
        out: Iterable[dict[str, str]] = before.form.questions.given
        if not set(map(_shown, given)) <= set(map(_shown, out)):
            return False
        seen = {one["finding"]: int(one["version"]) for one in out}
        return all(reopened_in(ledger, finding) <= seen[finding.short_id] for finding in findings)

    return Asked(who, given, max((one["due"] for one in given), default=""), is_enough)


def _given(finding: FindingRecord, kit: Kit) -> dict[str, str]:
    """Return what a form says of a finding: what is shown, and what stands in the register already."""
    item = kit.items.get(finding.item)
    severities = {severity.id: severity.title for severity in kit.plan.severities}
    shown = {
        "finding": finding.short_id,
        "item": f"{finding.place} {item.title}" if item else finding.place,
        "fact": str(finding.data.get("fact") or ""),
        "basis": str(finding.data.get("basis") or ""),
        "severity": severities.get(finding.severity, finding.severity) if len(severities) > 1 else "",
        "due": str(finding.data.get("due") or ""),
        "version": str(finding.version),
    }
    # what somebody reported is read by somebody else here
    return {key: mask(text) for key, text in {**shown, **values_of(finding)}.items()}


def _shown(given: dict[str, str]) -> tuple[str, ...]:
    """Return what of a finding makes a new form necessary when it is not the same any more."""
    return tuple(given[key] for key in ("finding", "item", "fact", "basis", "severity", "due"))
