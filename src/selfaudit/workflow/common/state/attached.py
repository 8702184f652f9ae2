"""The signals of findings: what holds today of what somebody confirmed, and made a finding of or a part of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.model.data.verdict import STATES, Kept, SignalId
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state.verdicts import Now, Verdicts, deciding, kept_verdicts, verdicts

_UNDONE, _GONE, _NOT_RUN = N_("taken back"), N_("no longer signalled"), N_("its check did not run")


@dataclass(frozen=True, slots=True)
class Attached:
    """A signal of a finding; ``state`` says what holds of it, ``holds`` that it is confirmed and still there."""

    check: str
    key: str
    state: str
    holds: bool

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {"check": self.check, "key": self.key, "state": self.state, "holds": self.holds}


def attached(found: Verdicts, kept: Mapping[SignalId, Kept]) -> dict[str, list[Attached]]:
    """Return the signals of every finding that has some, by its short id."""
    there = {(one.signal.check, one.signal.key): one for one in found.standings}
    ran = {(one.verdict.check, one.verdict.key) for one in found.gone if one.ran}
    made: dict[str, list[Attached]] = {}
    for id_, one in kept.items():
        if one.verdict.finding:
            standing = there.get(id_)
            if standing is None:
                state = _GONE if id_ in ran or not one.verdict.said else _NOT_RUN
            else:
                state = STATES[standing.state] if one.verdict.said else _UNDONE
            holds = standing is not None and standing.state == "confirmed"
            made.setdefault(one.verdict.finding, []).append(Attached(*id_, state, holds))
    return made


def attached_to(workspace: Workspace, ledger: Ledger, loaded: LoadedCampaign, ids: Collection[str]) -> list[Attached]:
    """Return the signals of a finding, and of those that were merged into it."""
    kept = kept_verdicts(ledger)
    checks = {check for (check, _), one in kept.items() if one.verdict.finding in ids}
    if not checks:
        return []
    by = deciding(workspace, ledger, Now.of(loaded, today()), data_of(workspace, loaded).checks)
    made = attached(verdicts(workspace, ledger, by, checks), kept)
    return [one for id_ in ids for one in made.get(id_, ())]
