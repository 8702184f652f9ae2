"""What data checks found and registers give, to hold against what people say."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from selfaudit.base.clock import today
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.figure import FIGURE, FigureOutcome
from selfaudit.model.data.imported import REGISTER
from selfaudit.model.data.keys import split_key
from selfaudit.model.data.named import NAMED, Looked
from selfaudit.model.data.outcome import Outcome, Signal, is_stale
from selfaudit.model.data.register import Code, Register, RegisterFigure
from selfaudit.model.data.titles import title
from selfaudit.model.data.verdict import SignalId
from selfaudit.model.held.against import CheckRun
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.naming import NamedFiles
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, history, records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.registers import current_registers
from selfaudit.workflow.common.state.samples import reviewings
from selfaudit.workflow.common.state.signals import outcomes, signals
from selfaudit.workflow.common.state.verdicts import Now, deciding


def check_run(workspace: Workspace, ledger: Ledger, kit: Kit, roster: Roster) -> CheckRun:
    """Return what is known of the checks, whether items name them or not, and of the figures of the registers."""
    ran = {id_: one.outcome for id_, one in outcomes(ledger).items()}
    counted = {id_: FigureOutcome.model_validate(one.data) for id_, one in records(ledger, FIGURE).items()}
    looked = {id_: Looked.model_validate(one.data) for id_, one in records(ledger, NAMED).items()}
    if not ran and not counted and not looked:
        # a campaign without data is as fast as before
        return CheckRun()
    kept = load_data_kit(workspace.checklists, workspace.root, [workspace.data_checks]).kit
    registers, checks = kept.registers, kept.checks
    figures = [figure for register in registers.values() for figure in register.figures]
    found = [signal for outcome in ran.values() for signal in signals(workspace, outcome)]
    missing = {name for one in ran.values() for name in one.missing}
    missing |= {name for one in counted.values() for name in one.missing}
    by = deciding(workspace, ledger, Now(kit.plan, roster, today()), checks)
    called = {name: title(kept, name) for name in (*registers, *missing)}
    return CheckRun(
        checks=checks,
        outcomes=ran,
        signals=found,
        verdicts={(one.check, one.key): by.standing(one).state for one in found},
        figures=[(figure, counted[figure.id]) for figure in figures if figure.id in counted],
        titles=called | dict(_labels(figures, registers, kept.codes)),
        imported={(name, one.version): one.at for name in sorted(registers) for one in history(ledger, REGISTER, name)},
        named=looked,
        files=dict(_on_files(ledger, checks, found)),
        outdated=tuple(_outdated(workspace, ledger, checks, ran, counted)),
    )


def _outdated(
    workspace: Workspace,
    ledger: Ledger,
    checks: Mapping[str, DataCheck],
    ran: Mapping[str, Outcome],
    counted: Mapping[str, FigureOutcome],
) -> Iterator[str]:
    """Yield the checks, then the figures, that came of other versions of the registers than there are."""
    now = {name: one.version for name, one in current_registers(workspace, ledger).items()}
    yield from (id_ for id_, one in ran.items() if id_ in checks and is_stale(checks[id_], one, now))
    for id_, figure in counted.items():
        if any(now.get(name) != version for name, version in figure.registers.items()):
            yield id_


def _on_files(
    ledger: Ledger, checks: Mapping[str, DataCheck], found: Iterable[Signal]
) -> Iterator[tuple[SignalId, list[str]]]:
    """Yield the files that signals are about, as ``sample/file``, of those that are given to reviewers."""
    given = reviewings(ledger)
    names = [(f"{id_}/{file}", own) for id_, (_, one) in given.items() for file, own in one.names.items()]
    named = NamedFiles(names)
    for signal in found if names else ():
        check = checks.get(signal.check)
        if check and (files := named.of(split_key(check, signal.key))):
            yield (signal.check, signal.key), sorted(files)


def _labels(
    figures: Iterable[RegisterFigure], registers: Mapping[str, Register], codes: Mapping[str, Mapping[str, Code]]
) -> Iterator[tuple[str, str]]:
    """Yield what the codes are called by which a figure counts, by the id of the figure and the code."""
    for figure in figures:
        for register, columns in figure.needs.items():
            known = registers[register].column if register in registers else {}
            for column in columns:
                titles = codes.get(known[column].codes or "", {}) if column in known else {}
                yield from ((f"{figure.id}.{id_}", code.title) for id_, code in titles.items())


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
