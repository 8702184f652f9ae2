"""``contradictions``: what cannot both be right, and who decided."""

from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.history import show_history
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List conflicting responses and items on which respondents disagree."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.contradictions import contradictions

    workspace = find_campaign(campaign)
    found = contradictions(workspace)
    if as_json:
        show.data(found.as_data())
        return TO_ACT_ON if found.conflicts or found.disputes else DONE
    if found.conflicts:
        words = Words(workspace.plan())
        for conflict in found.conflicts:
            show_history(conflict, words)
            command = f"selfaudit contradictions resolve {conflict.key} --choose N --reason …"
            show.line(_("  Choose one: {command}").format(command=command) + "\n")
    for dispute in found.disputes:
        show.line(f"{dispute.item} {dispute.title}")
        show.line(_("  report a problem: {names}").format(names=show.some(dispute.problem)))
        show.line(_("  say that it conforms: {names}").format(names=show.some(dispute.conform)))
    if not found.conflicts and not found.disputes:
        show.line(_("No contradictions."))
        return DONE
    if found.disputes:
        show.line(_("Next: ask those who disagree on an item; a corrected form replaces the earlier one."))
    return TO_ACT_ON


@verb
def resolve(
    respondent: Annotated[
        str, typer.Argument(metavar=_("RESPONDENT"), help=_("Name, number or passport of the respondent."))
    ],
    choose: Annotated[int, typer.Option(metavar=_("NUMBER"), help=_("The number of the response that counts."))],
    reason: Reason,
    by: By = "",
    campaign: Campaign = None,
) -> int:
    """Choose which response counts; the others are kept."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.contradictions import Choice
    from selfaudit.workflow.contradictions import resolve as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        settled = run(workspace, Choice(respondent, choose, by, reason), listener)
    show_history(settled, Words(workspace.plan()))
    show.line(_("Next: selfaudit contradictions list shows what is still open."))
    return DONE


COMMAND = Family(_("List and resolve conflicting answers."), {"list": list_, "resolve": resolve})
