"""What the reviews of spot checks show."""

from collections.abc import Iterable
from contextlib import suppress

from selfaudit.base.problems import UserError
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.results import Results, results_of
from selfaudit.reports.samples import Listed
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.confirmed import confirmations
from selfaudit.workflow.common.state.reviewed import reviewed_files
from selfaudit.workflow.common.state.samples import frozen, listed, states
from selfaudit.workflow.common.state.standings import standings


def extensions_due(workspace: Workspace, ledger: Ledger, kit: Kit) -> list[str]:
    """Return of which strata the rule of the plan asks for more files, each as the command takes it."""
    reviews, due = list(standings(ledger, kit, "file")), list[str]()
    files = reviewed_files(ledger, kit, reviews)
    found = {one.sample for one in files if one.verdict([*kit.criteria_of(one.sample)])}
    for sample in sorted(found & states(ledger).keys()):
        # that a population is not as it was frozen is told by whatever needs it
        with suppress(UserError):
            (made,) = results(ledger, kit, [listed(ledger, frozen(workspace, *states(ledger)[sample]))], reviews)
            due += [f"'{one.row.stratum.key.text}' --sample {sample}" for one in made.strata if one.extend]
    return due


def results(
    ledger: Ledger, kit: Kit, samples: Iterable[Listed], everybody: Iterable[Standing] | None = None
) -> list[Results]:
    """Return what was found in the files of spot checks, as far as they are reviewed."""
    known = list(standings(ledger, kit, "file") if everybody is None else everybody)
    files, said = reviewed_files(ledger, kit, known), confirmations(ledger, kit, known)
    return [
        results_of(one, files, said, {id_: kit.items[id_].title for id_ in kit.criteria_of(one.one.state.id)})
        for one in samples
    ]
