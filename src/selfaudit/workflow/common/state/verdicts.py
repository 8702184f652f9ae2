"""What holds of every signal that data checks found when they last ran, and which verdicts are left without one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.verdict import VERDICT, Deciding, Kept, SignalId, Standing, Verdict
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.status import CheckStatus
from selfaudit.model.roster import Roster
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.exceptions import usable_exceptions
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import records
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.people import people_of
from selfaudit.workflow.common.state.signals import Ran, outcomes, signals


@dataclass(frozen=True, slots=True)
class Gone:
    """A verdict whose signal is not there; ``ran`` is whether its check ran, and all its signals were kept."""

    verdict: Verdict
    ran: bool


@dataclass(slots=True)
class Verdicts:
    """Every signal with what holds of it, by check in the order of the kit; ``gone`` are verdicts without one."""

    checks: Mapping[CheckId, DataCheck]
    outcomes: Mapping[CheckId, Ran]
    standings: list[Standing] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    def of(self, check: CheckId) -> list[Standing]:
        """Return those of one check."""
        return [one for one in self.standings if one.signal.check == check]


def kept_verdicts(ledger: Ledger) -> dict[SignalId, Kept]:
    """Return every verdict that was ever given, as it is now."""
    made = ((Verdict.model_validate(one.data), one.version) for one in records(ledger, VERDICT).values())
    return {(verdict.check, verdict.key): Kept(verdict, version) for verdict, version in made}


@dataclass(frozen=True, slots=True)
class Now:
    """The plan, everybody who is or was on the roster, and the day of which something is asked."""

    plan: Plan
    everybody: Roster
    today: date

    @classmethod
    def of(cls, loaded: LoadedCampaign, today: date) -> Self:
        """Return that of a campaign, or stop with what is wrong with it."""
        kit, roster = loaded.usable()
        return cls(kit.plan, loaded.everybody or roster, today)


def deciding(workspace: Workspace, ledger: Ledger, now: Now, checks: Mapping[CheckId, DataCheck]) -> Deciding:
    """Return what signals are judged by; stops with everything that is wrong with ``exceptions.yaml``."""
    heaviest = now.plan.severities[0].id
    excepted = usable_exceptions(workspace, checks, heaviest, people_of(ledger, now.everybody))
    return Deciding(kept_verdicts(ledger), excepted, checks, heaviest, now.today)


def verdicts(workspace: Workspace, ledger: Ledger, by: Deciding, only: Collection[CheckId] | None = None) -> Verdicts:
    """Return what holds of every signal of the last run, or of those of only some checks."""
    checks = by.checks
    ran = {id_: one for id_, one in outcomes(ledger).items() if only is None or id_ in only}
    found = Verdicts(checks, ran)
    for id_ in [*(one for one in checks if one in ran), *(one for one in ran if one not in checks)]:
        found.standings += map(by.standing, signals(workspace, ran[id_].outcome))
    found.gone = list(_gone(found, by.verdicts, only))
    return found


def verdicts_of(workspace: Workspace, ledger: Ledger, now: Now) -> Verdicts | None:
    """Return what holds of every signal of the last run; None if no check ever ran, and nobody decided anything."""
    if not outcomes(ledger) and not kept_verdicts(ledger):
        return None
    checks = load_data_kit(workspace.checklists, workspace.root, [workspace.data_checks]).kit.checks
    return verdicts(workspace, ledger, deciding(workspace, ledger, now, checks))


def check_status(workspace: Workspace, ledger: Ledger, now: Now) -> CheckStatus | None:
    """Return what came of the checks when they last ran, None if none ever did."""
    ran = [one.outcome for one in outcomes(ledger).values()]
    if not ran:
        return None
    signalled = sum(one.signals for one in ran)
    found = verdicts_of(workspace, ledger, now)
    decided = sum(not one.open for one in found.standings) if found else 0
    not_run = sum(one.state == "not_run" for one in ran)
    return CheckStatus(signalled, sum(one.signals > 0 for one in ran), signalled - decided, len(ran) - not_run, not_run)


def _gone(found: Verdicts, kept: Mapping[SignalId, Kept], only: Collection[CheckId] | None) -> Iterator[Gone]:
    there = {(one.signal.check, one.signal.key) for one in found.standings}
    for id_, one in kept.items():
        if id_ not in there and one.verdict.said and (only is None or id_[0] in only):
            ran = found.outcomes.get(id_[0])
            whole = ran is not None and ran.outcome.state != "not_run" and ran.outcome.kept == ran.outcome.signals
            yield Gone(one.verdict, whole)
