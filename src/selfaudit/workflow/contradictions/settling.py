"""Settle contradictions: a person says why both sides may stand, until one of them says something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, error, note
from selfaudit.base.text import as_argument
from selfaudit.model.held.against import SETTLE_DATA, Against, CheckRun
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


CONFIRMED = note(
    "settle.confirmed",
    N_("{key} is settled, although signals that speak against the answer were confirmed: {signals}"),
    N_(
        "The two decisions do not agree. Have the answer corrected, or take the verdict back: selfaudit check decide"
        " {check} {signal} --undo --reason TEXT"
    ),
)
_MOST = 5


@dataclass(frozen=True, slots=True)
class Settled:
    """How many are open still, and what was settled against verdicts of persons."""

    open: int
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which contradictions are settled, by whom and why; an empty ``by`` is the operator of the campaign."""

    keys: tuple[str, ...]
    by: str
    reason: str


def settle(workspace: Workspace, made: Settlement, listener: Listener) -> Settled:
    """Enter that contradictions are settled until a side says something else."""
    by, reason = decided(workspace, made.by, made.reason)
    loaded = workspace.load()
    kit, _ = loaded.usable()
    with workspace.writing(listener.waiting, by) as ledger:
        sides = Sides.of(workspace, ledger, loaded)
        for standing in standings(ledger, kit):
            sides.add(standing)
        known = {one.key: _decision(one, by, reason) for one in sides.between.found()}
        in_data = {one.key: one for one in sides.in_data()}
        known |= {key: _decision_on_data(one, by, reason) for key, one in in_data.items()}
        if unknown := [UNKNOWN(key=key) for key in made.keys if key not in known]:
            raise UserError(unknown)
        for key in dict.fromkeys(made.keys):
            decide(ledger, known[key])
        against = [one for key in dict.fromkeys(made.keys) if isinstance(one := in_data.get(key), Against)]
        problems = [told for one in against for told in _confirmed(one, sides.run)]
    return Settled(contradictions(workspace).open, problems)


def _confirmed(one: Against, run: CheckRun) -> Iterator[Problem]:
    """Yield that a person said of its signals that they are so."""
    if keys := [as_argument(signal.key) for signal in one.signals if run.verdict(signal) == "confirmed"]:
        yield CONFIRMED(key=one.key, signals=Some(keys, _MOST), check=one.check, signal=keys[0])


def _decision(settled: Contradiction, by: str, reason: str) -> Decision:
    sides = {side: [one.who.key for one in getattr(settled, side)] for side in ("conform", "problem")}
    data = {"place": settled.place, "whose": settled.name, "digest": settled.digest, **sides}
    return Decision(SETTLE, settled.key, by, reason, data)


def _decision_on_data(settled: Held, by: str, reason: str) -> Decision:
    data = {"place": settled.place, "whose": settled.name, "check": settled.source, "digest": settled.digest}
    return Decision(SETTLE_DATA, settled.key, by, reason, data)
