"""``milestone``: what of the plan is done."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.progress.milestones import MilestoneStatus


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List the milestones of the plan: which are done, which are overdue."""
    from selfaudit.workflow.milestones import milestones

    found = milestones(find_campaign(campaign), today())
    _show(found, as_json=as_json)
    return TO_ACT_ON if any(stone.overdue for stone in found) else DONE


@verb
def done(
    milestone: Annotated[str, typer.Argument(metavar=_("MILESTONE"), help=_("Id or title of the milestone."))],
    by: By = "",
    on: Annotated[str, typer.Option(metavar=_("DATE"), help=_("The day on which it was done (default: today)."))] = "",
    note: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("Anything to be kept with it."))] = "",
    undo: Annotated[bool, typer.Option("--undo", help=_("It is not done after all."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter that a milestone is done. Status, calendar and report say so."""
    from selfaudit.reports.pages.status import milestone_text
    from selfaudit.workflow.milestones import Said, finish, reopen

    workspace, said = find_campaign(campaign), Said(milestone, by, on, note)
    with Terminal() as listener:
        if undo:
            found, before = reopen(workspace, said, listener), None
        else:
            made = finish(workspace, said, listener)
            found, before = made.milestones, made.before
    if before and not as_json:
        show.line(
            _("“{title}” was entered before, and that is replaced: {text}.").format(
                title=before.title, text=milestone_text(before)
            )
        )
    _show(found, as_json=as_json)
    return DONE


def _show(found: "list[MilestoneStatus]", *, as_json: bool) -> None:
    from selfaudit.reports.pages.status import milestone_text

    if as_json:
        show.data([stone.as_data() for stone in found])
        return
    rows = [(stone.id, stone.on, stone.title, stone.who, milestone_text(stone)) for stone in found]
    show.table((_("Id"), _("Day"), _("Milestone"), _("Responsible"), _("State")), rows)
    if any(stone.done is None for stone in found):
        show.line("\n" + _("Next: selfaudit milestone done MILESTONE enters what is done."))


COMMAND = Family(_("Milestones of the plan: what is done and what is overdue."), {"list": list_, "done": done})
