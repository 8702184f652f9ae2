"""``answer``: what the coordinator enters about somebody's answers."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfaudit.base.i18n import N_, _
from selfaudit.base.problems import UserError, error
from selfaudit.cli import show
from selfaudit.cli.history import show_history
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.store.ledger.decisions import Decision

NO_ANSWER = error(
    "answer.no-answer",
    N_("after “{place}” the answer is missing"),
    N_("Write item, part and answer one after the other, such as 2.1 a conform."),
)
Name = Annotated[str, typer.Argument(metavar=_("RESPONDENT"), help=_("Name, number or passport of the respondent."))]


@verb
def set_(
    respondent: Name,
    said: Annotated[
        list[str],
        typer.Argument(
            metavar=_("ITEM ANSWER"),
            help=_(
                "The item with its part, then the answer: 2.1 a conform. Also: a number asked for, declaration yes."
            ),
        ),
    ],
    reason: Reason,
    by: By = "",
    note: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("Note to the answer."))] = "",
    finding: Annotated[
        list[str] | None,
        typer.Option(
            metavar=_("FIELD=TEXT"), help=_("A field of the finding, such as fact=…; may be given several times.")
        ),
    ] = None,
    told_on: Annotated[
        str, typer.Option("--told-on", metavar=_("DATE"), help=_("The day on which it was told (default: today)."))
    ] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter one answer on somebody's behalf, as they told it. Documents mark it; papers must be signed again."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.answer.change import Change
    from selfaudit.workflow.answer.enter import Told, enter_answer
    from selfaudit.workflow.common.deciding import Deciding

    if len(said) == 1:
        raise UserError(NO_ANSWER(place=said[0]))
    workspace = find_campaign(campaign)
    change = Change(" ".join(said[:-1]), said[-1], note, tuple(finding or ()))
    with Terminal() as listener:
        done = enter_answer(workspace, Told(respondent, change, told_on), Deciding(by, reason), listener)
    if as_json:
        show.data({**done.history.as_data(), "dropped": done.dropped, **_waiver_data(done.waived)})
        return DONE
    show_history(done.history, Words(workspace.plan()))
    _show_waiver(done.waived)
    for number in done.dropped:
        show.line(_("Finding {number} on this item is no longer among the answers.").format(number=number))
    show.line(_("Next: have it signed, if answers are signed on paper: selfaudit paper print writes the new sheet."))
    return DONE


@verb
def withdraw(
    respondent: Name,
    reason: Reason,
    by: By = "",
    number: Annotated[
        int | None,
        typer.Option(
            metavar=_("NUMBER"), min=1, help=_("The number of the response in status --of (default: the one shown).")
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Let a withdrawn response count again."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Take a response back: it is kept but counts no more, and the one before it counts again."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.answer.withdraw import Meant
    from selfaudit.workflow.answer.withdraw import withdraw as run
    from selfaudit.workflow.common.deciding import Deciding

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = run(workspace, Meant(respondent, number or 0), Deciding(by, reason), back=undo, listener=listener)
    found = done.history
    if as_json:
        show.data({**found.as_data(), **_waiver_data(done.waived)})
        return DONE
    show_history(found, Words(workspace.plan()))
    _show_waiver(done.waived)
    if undo or any(event.shown for event in found.events):
        show.line(_("Next: selfaudit status shows whether a paper must be signed again."))
    else:
        show.line(_("Nothing of {name} counts now. Next: selfaudit remind asks for an answer.").format(name=found.name))
    return DONE


@verb
def waive(
    respondent: Name,
    reason: Reason,
    by: By = "",
    undo: Annotated[bool, typer.Option("--undo", help=_("Expect an answer after all."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter that somebody need not answer, who refuses, is ill or has left. The report names them with the reason."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.answer.waive import waive as run
    from selfaudit.workflow.common.deciding import Deciding

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        found = run(workspace, respondent, Deciding(by, reason), undo=undo, listener=listener)
    if as_json:
        show.data(found.as_data())
        return DONE
    show_history(found, Words(workspace.plan()))
    if undo:
        show.line(_("Next: selfaudit remind asks {name} for an answer again.").format(name=found.name))
    else:
        show.line(_("{name} is reminded no more. If an answer comes after all, it counts.").format(name=found.name))
    return DONE


def _waiver_data(waived: "Decision | None") -> dict[str, Any]:
    return {"waiver_ended": waived.as_data()} if waived else {}


def _show_waiver(waived: "Decision | None") -> None:
    if waived:
        text = _("By decision of {by} ({reason}) no answer was needed; now that one counts, the decision is void.")
        show.line(text.format(by=waived.by, reason=waived.reason))


COMMAND = Family(
    _("Answers that a person enters, takes back or waives, by name and with a reason."),
    {"set": set_, "withdraw": withdraw, "waive": waive},
)
