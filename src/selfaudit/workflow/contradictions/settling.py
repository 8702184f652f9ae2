"""Settle contradictions: a person says why both sides may stand, until one of them says something else."""

from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.held.against import SETTLE_DATA
from selfaudit.model.held.held import Held
from selfaudit.model.progress.contradictions import SETTLE, Contradiction
from selfaudit.store.ledger.decisions import Decision, decide
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.contradictions.listing import contradictions
from selfaudit.workflow.contradictions.sides import Sides

UNKNOWN = error(
    "settle.unknown",
    N_("there is no contradiction “{key}”"),
    N_("selfaudit contradictions list shows them all with what each is called."),
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which contradictions are settled, by whom and why; an empty ``by`` is the operator of the campaign."""

    keys: tuple[str, ...]
    by: str
    reason: str


def settle(workspace: Workspace, made: Settlement, listener: Listener) -> int:
    """Enter that contradictions are settled until a side says something else; return how many are still open."""
    by, reason = decided(workspace, made.by, made.reason)
    loaded = workspace.load()
    kit, _ = loaded.usable()
    with workspace.writing(listener.waiting, by) as ledger:
        sides = Sides.of(workspace, ledger, loaded)
        for standing in standings(ledger, kit):
            sides.add(standing)
        known = {one.key: _decision(one, by, reason) for one in sides.between.found()}
        known |= {one.key: _decision_on_data(one, by, reason) for one in sides.in_data()}
        if unknown := [UNKNOWN(key=key) for key in made.keys if key not in known]:
            raise UserError(unknown)
        for key in dict.fromkeys(made.keys):
            decide(ledger, known[key])
    return contradictions(workspace).open


def _decision(settled: Contradiction, by: str, reason: str) -> Decision:
    sides = {side: [one.who.key for one in getattr(settled, side)] for side in ("conform", "problem")}
    data = {"place": settled.place, "whose": settled.name, "digest": settled.digest, **sides}
    return Decision(SETTLE, settled.key, by, reason, data)


def _decision_on_data(settled: Held, by: str, reason: str) -> Decision:
    data = {"place": settled.place, "whose": settled.name, "check": settled.source, "digest": settled.digest}
    return Decision(SETTLE_DATA, settled.key, by, reason, data)
