"""``answer withdraw``: a response that counts no more, as if it had never come, or counts again; nothing is deleted."""

from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.ledger.decisions import WITHDRAW, Decision, decide, decision, undo
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import about_response, responses, shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.election import elect
from selfaudit.workflow.common.state.history import History, history_of
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.waiving import lift_waiver

NO_SUCH = error(
    "withdraw.no-such",
    N_("{name} has no response {number} that could be withdrawn"),
    N_("Numbers: {known}. “selfaudit status --of {name}” shows them."),
)
NOTHING = error("withdraw.nothing", N_("no response of {name} counts, so none can be withdrawn"), N_("Check the name."))
NO_SUCH_WITHDRAWN = error(
    "withdraw.not-withdrawn",
    N_("{name} has no such response that was withdrawn"),
    N_("Numbers of those that were: {known}. With several, give one with --number."),
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A response of a respondent by its number in the history, 0 for the one that is meant if nobody says so."""

    respondent: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Everything about the respondent now, and the decision that they need not answer if that has ended."""

    history: History
    waived: Decision | None


def withdraw(workspace: Workspace, meant: Meant, deciding: Deciding, *, back: bool, listener: Listener) -> Withdrawn:
    """Take a response back, or with ``back`` let it count again."""
    deciding = deciding.settled(workspace)
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        key, name = find_respondent(ledger, meant.respondent)
        with ledger.together():
            if back:
                _count_again(ledger, key, name, meant.number, deciding)
            else:
                _withdraw(ledger, key, name, meant.number, deciding)
            counts = elect(ledger, key)
            waived = lift_waiver(ledger, key, by=deciding.by, reason=deciding.reason) if counts else None
        refresh_merged(workspace, ledger)
        return Withdrawn(history_of(ledger, key, name), waived)


def _withdraw(ledger: Ledger, key: str, name: str, number: int, deciding: Deciding) -> None:
    counting = {n: digest for n, digest, made in _responses(ledger, key) if not made}
    now = shown(ledger, key)
    if now is None:
        raise UserError(NOTHING(name=name))
    digest = counting.get(number, "") if number else now.response
    if not digest:
        raise UserError(NO_SUCH(name=name, number=number, known=list(counting) or "-"))
    (number,) = (n for n, known in counting.items() if known == digest)
    data = {"respondent": key, "number": number}
    decide(ledger, Decision(WITHDRAW, about_response(key, digest), deciding.by, deciding.reason, data))


def _count_again(ledger: Ledger, key: str, name: str, number: int, deciding: Deciding) -> None:
    withdrawn = {n: made for n, _, made in _responses(ledger, key) if made}
    made = withdrawn.get(number or min(withdrawn, default=0))
    if made is None or (not number and len(withdrawn) > 1):
        raise UserError(NO_SUCH_WITHDRAWN(name=name, known=list(withdrawn) or "-"))
    undo(ledger, made, by=deciding.by, reason=deciding.reason)


def _responses(ledger: Ledger, key: str) -> list[tuple[int, str, Decision | None]]:
    """Return number, digest and withdrawal of every response."""
    rows = enumerate(responses(ledger, key), 1)
    return [(n, row.digest, decision(ledger, WITHDRAW, about_response(key, row.digest))) for n, row in rows]
