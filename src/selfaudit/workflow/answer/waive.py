"""``answer waive``: somebody need not answer, or must after all."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.ledger.decisions import Decision, decide
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.ledger.responses import shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.history import History, history_of
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.waiving import WAIVE, lift_waiver

HAS_ANSWERED = error(
    "waive.has-answered",
    N_("{name} has answered, so no answer can be waived"),
    N_("Have what is missing completed. A response that must not count is taken back with selfaudit answer withdraw."),
)
NOT_ASKED = error(
    "waive.not-asked", N_("{name} is no longer asked, so no answer is expected"), N_("There is nothing to waive.")
)
NOT_WAIVED = error(
    "waive.not-waived", N_("it was never decided that {name} need not answer"), N_("There is nothing to undo.")
)


def waive(workspace: Workspace, name: str, deciding: Deciding, *, undo: bool, listener: Listener) -> History:
    """Enter that a respondent need not answer, or with ``undo`` that they must; return everything about them."""
    deciding = deciding.settled(workspace)
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        key, shown_name = find_respondent(ledger, name)
        if undo:
            _undo(ledger, key, shown_name, deciding)
        elif not respondents(ledger)[key][1]:
            raise UserError(NOT_ASKED(name=shown_name))
        elif shown(ledger, key):
            raise UserError(HAS_ANSWERED(name=shown_name))
        else:
            decide(ledger, Decision(WAIVE, key, deciding.by, deciding.reason))
        return history_of(ledger, key, shown_name)


def _undo(ledger: Ledger, key: str, name: str, deciding: Deciding) -> None:
    if not lift_waiver(ledger, key, by=deciding.by, reason=deciding.reason):
        raise UserError(NOT_WAIVED(name=name))
