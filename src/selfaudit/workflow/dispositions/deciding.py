"""``dispositions approve`` and ``withdraw``: what a person decides about them, by name."""

from collections.abc import Sequence
from datetime import date

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, titled
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.disposition import FIELDS
from selfaudit.store.ledger.records import edit
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.dispositions import book_of, meant
from selfaudit.workflow.dispositions.entering import Changed, edit_of

LACKING = error(
    "disposition.lacking",
    N_("{id} cannot be approved: {fields} missing"),
    N_("Enter it: selfaudit dispositions set {id} FIELD=TEXT."),
)
WITHDRAWN = error("disposition.withdrawn", N_("{id} was withdrawn"), N_("Enter a new one: selfaudit dispositions add."))
APPROVED = error(
    "disposition.approved",
    N_("{id} is approved already, by {by} on {day}"),
    N_("A change of what was decided is approved anew: selfaudit dispositions set {id} FIELD=TEXT."),
)
AHEAD = error("disposition.ahead", N_("{day} is still to come"), N_("Give the day of the decision with --on."))
APPROVE, WITHDRAW = "dispositions-approved", "dispositions-withdrawn"
"""What the journal calls the two."""


def approve(workspace: Workspace, names: Sequence[str], who: Deciding, on: date | None, listener: Listener) -> Changed:
    """Approve those named, without names all that are proposed; stop with everything that keeps one of them from it."""
    plan, by, day = workspace.plan(), decider(workspace, who.by), on or today()
    if day > today():
        raise UserError(AHEAD(day=day))
    with workspace.writing(listener.waiting, by) as ledger:
        book = book_of(ledger, plan)
        ids = meant(book, names) if names else [key for key in book.dispositions if book.state(key) == "proposed"]
        if problems := [problem for key in ids for problem in _hindrances(book, key)]:
            raise UserError(problems)
        signed = {"approved_by": by, "approved_on": day}
        edits = [edit_of(ledger, key, book.dispositions[key].model_copy(update=signed), who.reason) for key in ids]
        if edits:
            edit(ledger, APPROVE, edits, by=by, ids=ids)
        return Changed(ids, book=book_of(ledger, plan))


def _hindrances(book: Book, key: str) -> list[Problem]:
    one = book.dispositions[key]
    if one.withdrawn_on:
        return [WITHDRAWN(id=key)]
    if book.state(key) != "proposed":
        return [APPROVED(id=key, by=one.approved_by, day=one.approved_on)]
    lacking = [name for name in ("target", "action", "effective") if not getattr(one, name)]
    if book.action(one).reasons and not one.reason_code and not one.reason:
        lacking.append("reason_code")
    fields = [titled(one.title, one.key) for one in FIELDS if one.key in lacking]
    return [LACKING(id=key, fields=fields)] if fields else []


def withdraw(workspace: Workspace, names: Sequence[str], who: Deciding, listener: Listener) -> Changed:
    """Withdraw those named, with a reason; they are kept, and so are their notices."""
    plan, who = workspace.plan(), who.settled(workspace)
    with workspace.writing(listener.waiting, who.by) as ledger:
        book = book_of(ledger, plan)
        ids = meant(book, names)
        gone = {"withdrawn_on": today(), "withdrawn_why": who.reason}
        edits = [
            edit_of(ledger, key, book.dispositions[key].model_copy(update=gone), who.reason)
            for key in ids
            if not book.dispositions[key].withdrawn_on
        ]
        if edits:
            edit(ledger, WITHDRAW, edits, by=who.by, ids=[one.id for one in edits])
        return Changed([one.id for one in edits], book=book_of(ledger, plan))
