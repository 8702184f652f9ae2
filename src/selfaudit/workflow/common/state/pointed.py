"""What the gate says of signals: confirmed ones without a finding, undecided ones, and outcomes that are outdated."""

from collections.abc import Iterator, Sequence

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, note, warning
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.state.attached import attached
from selfaudit.workflow.common.state.register import counting
from selfaudit.workflow.common.state.verdicts import Verdicts, kept_verdicts

NO_FINDING = warning(
    "gate.confirmed-no-finding",
    N_("signals that were confirmed and are no finding that counts: {count} ({names})"),
    N_(
        "Take the finding up again with selfaudit findings reopen, or the verdict back with"
        " selfaudit check decide ID KEY --undo."
    ),
)
UNDECIDED = note(
    "gate.signals-undecided",
    N_("signals of the severity “{severity}” on which nobody has decided: {count} ({names})"),
    N_("Look at them with selfaudit check explain, and decide with selfaudit check decide or in the list of a unit."),
)
OLDER = warning(
    "gate.checks-outdated",
    N_("registers changed since these data checks ran: {names}"),
    N_("Run selfaudit check again."),
)
UNHELD = note(
    "gate.finding-without-signal",
    N_("findings of signals of which none is confirmed any more: {count} ({names})"),
    N_(
        "selfaudit findings show ID says what holds of its signals. If it is no finding:"
        " selfaudit findings withdraw ID --reason TEXT. If it is one all the same, leave it."
    ),
)
_MOST_NAMES = 10


def points(ledger: Ledger, plan: Plan, found: Verdicts, outdated: Sequence[str]) -> Iterator[Problem]:
    """Yield what somebody has to look at before a report rests on signals."""
    held = [one for one in found.standings if one.state == "confirmed" and one.verdict]
    lost = [
        f"{one.signal.check} {one.signal.key} → {one.verdict.finding}"
        for one in held
        if one.verdict and one.verdict.finding and not counting(ledger, one.verdict.finding)
    ]
    if lost:
        yield NO_FINDING(count=len(lost), names=Some(lost, _MOST_NAMES))
    unheld = [
        f"{id_} ← {several[0].check} {several[0].key}"
        for id_, several in attached(found, kept_verdicts(ledger)).items()
        if not any(one.holds for one in several) and counting(ledger, id_)
    ]
    if unheld:
        yield UNHELD(count=len(unheld), names=Some(unheld, _MOST_NAMES))
    heaviest = plan.severities[0]
    left = [f"{s.check} {s.key}" for one in found.standings if one.open and (s := one.signal).severity == heaviest.id]
    if left:
        yield UNDECIDED(severity=heaviest.title, count=len(left), names=Some(left, _MOST_NAMES))
    if outdated:
        yield OLDER(names=Some(outdated, _MOST_NAMES))
