"""``check``: runs data checks over the registers as they are now, and keeps what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from selfaudit.base.problems import Problem
from selfaudit.checks.patience import LIMIT
from selfaudit.checks.running import Circumstances, Found
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.named import Looked, to_look_up
from selfaudit.model.data.verdict import counted
from selfaudit.model.held.named import NamedNumbers
from selfaudit.model.kit.kit import Kit
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.full import Target, write_full
from selfaudit.workflow.check.lines import Line, chosen, lines_of, ordered
from selfaudit.workflow.common.data import asked_data, data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.checked import keep_figures, keep_named
from selfaudit.workflow.common.state.registers import aged, current_registers, ended
from selfaudit.workflow.common.state.signals import keep
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.state.verdicts import Now, deciding, verdicts
from selfaudit.workflow.common.supervised import Data, built, count_all, look_up_all, run_all


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a run, the weighty first: with signals, without, not run; and files of checks with mistakes.

    ``as_of`` is the day as of which they judge, ``cut_off`` that of the campaign. ``ended`` is the newest day of the
    registers if they end long before ``as_of``: then what happened since is not in them.
    """

    lines: Sequence[Line]
    problems: Sequence[Problem]
    as_of: date
    cut_off: date
    ended: date | None = None
    written: Path | None = None

    @property
    def signalling(self) -> list[Line]:
        """The checks that signal something."""
        return [line for line in self.lines if line.outcome.signals]

    @property
    def silent(self) -> list[Line]:
        """The checks that ran and signal nothing."""
        return [line for line in self.lines if line.outcome.state != "not_run" and not line.outcome.signals]

    @property
    def not_run(self) -> list[Line]:
        """The checks that did not run."""
        return [line for line in self.lines if line.outcome.state == "not_run"]

    @property
    def to_act_on(self) -> bool:
        """Whether there is something to look at, or something that could not be looked at."""
        return bool(self.signalling or self.not_run or self.problems)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which checks are to be run, all if none is named; a file for all their signals; who runs them.

    ``as_of`` is the day as of which they judge; that of the run without it.
    """

    ids: Sequence[str] = ()
    output: Path | None = None
    by: str = ""
    as_of: date | None = None


def run_checks(workspace: Workspace, asked: Asked, day: date, listener: Listener, limit: float = LIMIT) -> Checked:
    """Run checks on a day and keep what came of them; the same registers give the same, and change nothing."""
    loaded = workspace.load()
    kit, _ = loaded.usable()
    now = Now.of(loaded, day)
    data = data_of(workspace, loaded)
    checks = chosen(data, asked.ids)
    target = Target.named(workspace, asked.output) if asked.output else None
    severities = {one.id: one.title for one in kit.plan.severities}
    with workspace.checking(listener.waiting, asked.by) as (folder, turns):
        with turns.turn() as ledger:
            # a mistake in what is excepted stops before anything runs
            deciding(workspace, ledger, now, data.checks)
            what = asked_data(workspace, ledger, loaded, data.kit, asked.as_of or day)
            titles = {id_: one.title for id_, one in data.kit.registers.items()}
            registers = current_registers(workspace, ledger)
            old = aged(registers, titles, kit.plan.cut_off)
            naming = None if asked.ids else _named(ledger, kit, what)
        listener.start("check", len(checks))
        found: list[tuple[DataCheck, Found]] = []
        shared = built(what, folder, limit, checks if asked.ids else None)
        for one in run_all(shared, checks, folder, full=target is not None):
            found.append(_as_of(one, asked.as_of))
            listener.step()
        figures = [] if asked.ids else [one for register in data.kit.registers.values() for one in register.figures]
        of_registers = list(count_all(shared, figures)) if figures else []
        looked = _looked(shared, what, naming) if naming else {}
        with turns.turn() as ledger:
            keep(workspace, ledger, [(one.outcome, one.signals) for _, one in found], asked.by)
            keep_figures(ledger, of_registers, asked.by)
            keep_named(ledger, looked, asked.by)
            ids = {check.id for check, _ in found}
            by = deciding(workspace, ledger, now, data.checks)
            said = verdicts(workspace, ledger, by, ids)
        outcomes = [(check, one.outcome) for check, one in found]
        made = (
            replace(one, verdicts=counted(said.of(one.check.id))) for one in lines_of(outcomes, data.kit, severities)
        )
        lines = ordered(made, list(severities))
        problems = [*(data.problems if not asked.ids else []), *old]
        if target:
            write_full(target, folder, (lines, problems), severities, Wording(kit.plan.language).tr)
    as_of = asked.as_of or day
    return Checked(lines, problems, as_of, kit.plan.cut_off, ended(registers, as_of), target.path if target else None)


def _as_of(one: tuple[DataCheck, Found], day: date | None) -> tuple[DataCheck, Found]:
    check, found = one
    return check, replace(found, outcome=found.outcome.model_copy(update={"as_of": day}))


def _to_look_up(what: Data) -> dict[str, Looked]:
    """Return the registers that there are and whose rows answers name."""
    kit, made = what.kit, dict[str, Looked]()
    for id_, register in kit.registers.items():
        if register.named and id_ in what.tables:
            codes = kit.codes.get(register.column[register.named.status].codes or "", {})
            if looked := to_look_up(register, codes, what.versions[id_]):
                made[id_] = looked
    return made


def _named(ledger: Ledger, kit: Kit, what: Data) -> NamedNumbers:
    """Return which numbers answers name."""
    named = NamedNumbers(kit, _to_look_up(what))
    for standing in standings(ledger, kit):
        named.add(standing)
    return named


def _looked(shared: Circumstances, what: Data, naming: NamedNumbers) -> dict[str, Looked]:
    """Return what registers say of these numbers."""
    empty = _to_look_up(what)
    asked = {id_: (named, naming.numbers(id_)) for id_ in empty if (named := what.kit.registers[id_].named)}
    return {id_: empty[id_].model_copy(update={"found": found}) for id_, found in look_up_all(shared, asked)}
