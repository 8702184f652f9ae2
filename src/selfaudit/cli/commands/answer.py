"""``answer``: what the coordinator enters about somebody's answers."""

from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.history import show_history
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, Family, find_campaign, verb

Name = Annotated[str, typer.Argument(metavar=_("RESPONDENT"), help=_("Name, number or passport of the respondent."))]


@verb
def withdraw(
    respondent: Name,
    reason: Reason,
    by: By = "",
    number: Annotated[
        int | None,
        typer.Option(
            metavar=_("NUMBER"), min=1, help=_("The number of the response in status --of (default: the current one).")
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Let a withdrawn response count again."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Take a response back: it is kept but counts no more, and the one before it counts again."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.answer.deciding import Deciding
    from selfaudit.workflow.answer.withdraw import Meant
    from selfaudit.workflow.answer.withdraw import withdraw as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        found = run(workspace, Meant(respondent, number or 0), Deciding(by, reason), back=undo, listener=listener)
    if as_json:
        show.data(found.as_data())
        return DONE
    show_history(found, Words(workspace.plan()))
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
    from selfaudit.workflow.answer.deciding import Deciding
    from selfaudit.workflow.answer.waive import waive as run

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


COMMAND = Family(
    _("Answers that a person takes back or waives, by name and with a reason."), {"withdraw": withdraw, "waive": waive}
)
