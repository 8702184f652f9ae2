"""Whom the body's own data name: registers, signals, what spot checks draw from, and who reviews that."""

from collections.abc import Iterator
from contextlib import suppress

from selfaudit.base.problems import UserError
from selfaudit.checks.assembling import texts_in
from selfaudit.model.sampling.reviewing import REVIEWERS, Reviewing
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import history, records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.registers import current_registers, versions_of
from selfaudit.workflow.common.state.samples import frozen, states
from selfaudit.workflow.common.state.signals import outcomes, signals


def texts_naming_people(workspace: Workspace, ledger: Ledger) -> set[str]:
    """Return every text that stands where people are named, in any version of a register and in any signal.

    What was changed by hand is passed over: nobody knows what it is.
    """
    found = {one.person for ran in outcomes(ledger).values() for one in signals(workspace, ran.outcome)}
    return found.union(_in_registers(workspace, ledger), _in_samples(workspace, ledger), _reviewers(ledger))


def _in_registers(workspace: Workspace, ledger: Ledger) -> Iterator[str]:
    kit = load_data_kit(workspace.checklists, workspace.root, [workspace.data_checks]).kit
    everywhere = {check.subject.person for check in kit.checks.values() if check.subject.person}
    for name in current_registers(workspace, ledger):
        known = kit.registers[name].columns if name in kit.registers else ()
        columns = everywhere | {column.id for column in known if column.names_people}
        for one in versions_of(workspace, ledger, name):
            if columns and one.intact:
                yield from texts_in(one.path, columns)


def _in_samples(workspace: Workspace, ledger: Ledger) -> Iterator[str]:
    for state, version in states(ledger).values():
        with suppress(UserError):
            one = frozen(workspace, state, version)
            columns = [column.id for column in one.plan.columns if column.names_people]
            yield from {file.values[column] for file in one.files for column in columns}


def _reviewers(ledger: Ledger) -> Iterator[str]:
    """Yield who ever was a reviewer, without the end of the number that tells namesakes apart."""
    for id_ in records(ledger, REVIEWERS):
        for version in history(ledger, REVIEWERS, id_):
            people = Reviewing.model_validate(version.data).people.values()
            yield from (one.name.partition("*")[0].strip() for one in people)
