"""``contradictions``: what cannot both be right, and a person's choice between two responses."""

from dataclasses import asdict, dataclass, field
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.answers import Answer
from selfaudit.model.progress.standing import tally
from selfaudit.store.ledger.responses import Choice as Chosen
from selfaudit.store.ledger.responses import counting, put_choice, responses
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.election import elect
from selfaudit.workflow.common.history import History, history, history_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.respondents import find_respondent
from selfaudit.workflow.common.standings import standings

NO_SUCH = error("resolve.no-such", N_("{name} has no response number {number}"), N_("Numbers: {known}."))


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item on which respondents disagree."""

    item: str
    title: str
    conform: list[str]
    problem: list[str]


@dataclass(slots=True)
class Contradictions:
    """Conflicting responses of one respondent, and items on which respondents disagree."""

    conflicts: list[History] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "conflicts": [conflict.as_data() for conflict in self.conflicts],
            "disputes": [asdict(dispute) for dispute in self.disputes],
        }


def contradictions(workspace: Workspace) -> Contradictions:
    """Return every contradiction in the ledger."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        everybody = list(standings(ledger))
        contested = [standing.respondent for standing in everybody if standing.conflict]
        found = Contradictions([history_of(ledger, who.key, who.name) for who in contested])
    for item_id, counted in tally(everybody, kit).items():
        if counted.disputed:
            sides = {answer: _names(counted.by_answer[answer]) for answer in (Answer.CONFORM, Answer.PROBLEM)}
            title = kit.items[item_id].title if item_id in kit.items else ""
            found.disputes.append(Dispute(item_id, title, sides[Answer.CONFORM], sides[Answer.PROBLEM]))
    return found


def _names(respondents: list[Any]) -> list[str]:
    return [f"{who.name} ({who.unit_name})" if who.answers == "person" else who.name for who in respondents]


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
