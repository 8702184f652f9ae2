"""``contradictions``: what cannot both be right, and who decided."""

from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List conflicting responses and items on which respondents disagree."""
    from selfaudit.workflow.contradictions import contradictions

    found = contradictions(find_campaign(campaign))
    if as_json:
        show.data(found.as_data())
        return TO_ACT_ON if found.conflicts or found.disputes else DONE
    for conflict in found.conflicts:
        show.history(conflict)
        command = f"selfaudit contradictions resolve {conflict.key} --choose N --by … --reason …"
        show.line(_("  Choose one: {command}").format(command=command) + "\n")
    for dispute in found.disputes:
        show.line(f"{dispute.item} {dispute.title}")
        show.line(_("  problem: {names}").format(names=_some(dispute.problem)))
        show.line(_("  conform: {names}").format(names=_some(dispute.conform)))
    if not found.conflicts and not found.disputes:
        show.line(_("Nothing contradictory."))
        return DONE
    return TO_ACT_ON


def _some(names: list[str]) -> str:
    return show.names(names[:6]) + (_(" and {n} more").format(n=len(names) - 6) if len(names) > 6 else "")  # noqa: PLR2004


@verb
def resolve(
    respondent: Annotated[
        str, typer.Argument(metavar=_("RESPONDENT"), help=_("Name, number or passport of the respondent."))
    ],
    choose: Annotated[int, typer.Option(metavar=_("NUMBER"), help=_("The number of the response that holds."))],
    by: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Who decides."))],
    reason: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("Why."))],
    campaign: Campaign = None,
) -> int:
    """Enter which of several responses holds; the others are kept."""
    from selfaudit.workflow.contradictions import Choice
    from selfaudit.workflow.contradictions import resolve as run

    with Terminal() as listener:
        chosen = Choice(respondent, choose, by, reason)
        show.history(run(find_campaign(campaign), chosen, listener))
    return DONE


COMMAND = Family(_("What cannot both be right."), {"list": list_, "resolve": resolve})
