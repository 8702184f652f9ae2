"""What data checks found, to hold answers against."""

from selfaudit.model.held.against import CheckRun
from selfaudit.model.kit.kit import Kit
from selfaudit.model.names import DATA_CHECKS
from selfaudit.store.data_kits import load_checks
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.signals import outcomes, signals


def check_run(workspace: Workspace, ledger: Ledger, kit: Kit) -> CheckRun:
    """Return what is known of the checks that the items name."""
    named = {entry.check for item in kit.items.values() for entry in item.contradicted_by}
    ran = {id_: one.outcome for id_, one in outcomes(ledger).items() if id_ in named}
    folders = (workspace.checklists / DATA_CHECKS, workspace.data_checks)
    return CheckRun(
        checks=load_checks(ran, folders, workspace.root),
        outcomes=ran,
        signals=[signal for outcome in ran.values() for signal in signals(workspace, outcome)],
    )
