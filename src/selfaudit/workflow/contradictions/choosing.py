"""Choose which response of a respondent counts where two people said different things in one form."""

from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.ledger.responses import Choice as Chosen
from selfaudit.store.ledger.responses import counting, put_choice, responses
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.election import elect
from selfaudit.workflow.common.state.history import History, history
from selfaudit.workflow.common.state.respondents import find_respondent

NO_SUCH = error("resolve.no-such", N_("{name} has no response number {number}"), N_("Numbers: {known}."))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which response of a respondent counts (its number in the history), who says so and why.

    An empty ``by`` is the operator of the campaign.
    """

    respondent: str
    number: int
    by: str
    reason: str


def resolve(workspace: Workspace, choice: Choice, listener: Listener) -> History:
    """Enter a choice; nothing is deleted."""
    by, reason = decided(workspace, choice.by, choice.reason)
    with workspace.writing(listener.waiting, by) as ledger:
        key, shown_name = find_respondent(ledger, choice.respondent)
        digests = [row.digest for row in responses(ledger, key)]
        counts = {row.digest for row in counting(ledger, key)}
        known = [number for number, digest in enumerate(digests, 1) if digest in counts]
        if choice.number not in known:
            raise UserError(NO_SUCH(name=shown_name, number=choice.number, known=known or "-"))
        chosen = digests[choice.number - 1]
        told = {"by": by, "reason": reason}
        with ledger.change("resolve", respondent=key, digest=chosen, considered=digests, **told):
            put_choice(ledger, key, Chosen(chosen, frozenset(digests)), **told)
            elect(ledger, key)
        refresh_merged(workspace, ledger)
    return history(workspace, key)
