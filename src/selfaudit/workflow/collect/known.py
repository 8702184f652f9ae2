"""What there is to say of answers that came before and do not count by a person's decision."""

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, note
from selfaudit.store.ledger.decisions import WITHDRAW, decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import name_of
from selfaudit.store.ledger.responses import about_response
from selfaudit.workflow.collect.result import FileResult, Outcome

WITHDRAWN = note(
    "collect.withdrawn",
    N_("these answers were withdrawn by {by} on {day} ({reason}) and do not count"),
    N_("Should they count again: selfaudit answer withdraw {name} --undo --reason …"),
)


def withdrawn_again(ledger: Ledger, file: str, respondent: str, digest: str) -> FileResult | None:
    """Return what there is to say of a file whose answers were withdrawn; None if they were not."""
    made = decision(ledger, WITHDRAW, about_response(respondent, digest))
    if made is None:
        return None
    name = name_of(ledger, respondent)
    told = WITHDRAWN(Where(file), by=made.by, day=local(made.at)[:10], reason=made.reason, name=name)
    return FileResult(file, Outcome.WITHDRAWN, name, (told,))
