"""What data checks found and registers give, to hold against what people say."""

from collections.abc import Iterable, Mapping
from typing import Any

from selfaudit.base.clock import today
from selfaudit.model.data.figure import FIGURE, FigureOutcome
from selfaudit.model.data.named import NAMED, Looked
from selfaudit.model.data.register import Register
from selfaudit.model.held.against import CheckRun
from selfaudit.model.kit.kit import Kit
from selfaudit.model.names import DATA_CHECKS
from selfaudit.model.roster import Roster
from selfaudit.store.data_kits import load_checks, load_registers
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.signals import outcomes, signals
from selfaudit.workflow.common.state.verdicts import Now, deciding


def check_run(workspace: Workspace, ledger: Ledger, kit: Kit, roster: Roster) -> CheckRun:
    """Return what is known of the checks that the items name, and of the figures of the registers."""
    named = {entry.check for item in kit.items.values() for entry in item.contradicted_by}
    ran = {id_: one.outcome for id_, one in outcomes(ledger).items() if id_ in named}
    counted = {id_: FigureOutcome.model_validate(one.data) for id_, one in records(ledger, FIGURE).items()}
    looked = {id_: Looked.model_validate(one.data) for id_, one in records(ledger, NAMED).items()}
    if not ran and not counted and not looked:
        # a campaign without data is as fast as before
        return CheckRun()
    registers = load_registers(workspace.checklists, workspace.root)
    figures = [figure for register in registers.values() for figure in register.figures]
    checks = load_checks(sorted(named), (workspace.checklists / DATA_CHECKS, workspace.data_checks), workspace.root)
    found = [signal for outcome in ran.values() for signal in signals(workspace, outcome)]
    missing = {name for one in ran.values() for name in one.missing}
    missing |= {name for one in counted.values() for name in one.missing}
    by = deciding(workspace, ledger, Now(kit.plan, roster, today()), checks)
    return CheckRun(
        checks=checks,
        outcomes=ran,
        signals=found,
        verdicts={(one.check, one.key): by.standing(one).state for one in found},
        figures=[(figure, counted[figure.id]) for figure in figures if figure.id in counted],
        titles=_titles(registers, missing),
        named=looked,
    )


def _titles(registers: Mapping[str, Register], missing: Iterable[str]) -> dict[str, str]:
    """Return what registers are called, and the columns that somebody misses."""
    found = {id_: register.title for id_, register in registers.items()}
    for name in missing:
        register, _, column = name.partition(".")
        if column and register in registers and column in registers[register].column:
            found[name] = f"{registers[register].title}.{registers[register].column[column].title}"
    return found


def keep_figures(ledger: Ledger, counted: Iterable[FigureOutcome], by: str) -> int:
    """Keep what was counted; return how many figures are not as they were. For the holder of the lock."""
    return _keep(ledger, FIGURE, {one.figure: one.model_dump(mode="json") for one in counted}, by)


def keep_named(ledger: Ledger, looked: Mapping[str, Looked], by: str) -> int:
    """Keep what registers say of numbers; return how many registers say something else. For the holder of the lock."""
    return _keep(ledger, NAMED, {id_: one.model_dump(mode="json") for id_, one in looked.items()}, by)


def _keep(ledger: Ledger, kind: str, made: Mapping[str, dict[str, Any]], by: str) -> int:
    old, edits = records(ledger, kind), []
    for id_, data in made.items():
        before = old.get(id_)
        if before is None or before.data != data:
            edits.append(Edit(kind, id_, before.version if before else 0, data))
    return edit(ledger, kind, edits, by=by, count=len(edits))
