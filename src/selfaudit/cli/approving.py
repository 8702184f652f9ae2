"""``report approve``: who prepared, reviewed and approved the final report."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.progress.approval import Approvals
    from selfaudit.workflow.report.approve import Approved


@verb
def approve(
    as_: Annotated[
        str,
        typer.Option(
            "--as", metavar=_("STEP"), help=_("prepared, reviewed or approved, or a title under which the kit has it.")
        ),
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar=_("NAME"), help=_("Who takes this step."))] = "",
    on: Annotated[str, typer.Option("--on", metavar=_("DATE"), help=_("On which day (default: today)."))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar=_("TEXT"), help=_("Anything to be kept with it."))] = "",
    list_: Annotated[
        bool, typer.Option("--list", help=_("Show who approved what, and what has changed since."))
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter who prepared, reviewed and approved the final report, in this order and for exactly what it says now."""
    from selfaudit.workflow.report.approve import Step, list_approvals
    from selfaudit.workflow.report.approve import approve as enter

    if list_ == bool(as_):
        raise WrongUsage(_("Give either --as with --by, or --list."), "selfaudit report approve")
    workspace = find_campaign(campaign)
    if list_:
        found = list_approvals(workspace)
    else:
        with Terminal() as listener:
            found = enter(workspace, Step(as_, by, on, reason), listener)
    if as_json:
        show.data({**found.approvals.as_data(), "open": found.open})
    else:
        _show(found)
    return TO_ACT_ON if list_ and found.approvals.missing else DONE


def _show(found: "Approved") -> None:
    if before := found.before:
        text = _("“{step}” was entered before, and that is replaced: {by}, {on}.")
        show.line(text.format(step=before.step, by=before.by, on=before.on))
    show_approvals(found.approvals)
    if not found.approvals.steps:
        show.line(_("The kit says that nobody signs the report."))
    elif found.open:
        show.line(_("Next: resolve what selfaudit report lists; a draft cannot be approved."))
    elif missing := found.approvals.missing:
        show.line(_("Next: “{step}”: selfaudit report approve --as {step} --by NAME").format(step=missing[0]))
    elif found.written:
        show.line(
            _(
                "Next: print it, have it signed and sealed, run selfaudit paper match on the scan,"
                " then selfaudit deliverable upload."
            )
        )
    else:
        show.line(_("Next: write the report with these names and days: selfaudit report"))


def show_approvals(found: "Approvals") -> None:
    """Print who took which step for the content of now, and what was approved before it changed."""
    show.line(_("Content of the final report: {number}").format(number=found.content.number))
    valid = found.valid
    for step in found.steps:
        text = _("  {step}: {by}, {on}") if step in valid else _("  {step}: nobody yet")
        taken = valid.get(step)
        show.line(text.format(step=step, by=taken and taken.by, on=taken and taken.on))
    for one in found.void:
        text = _("  void: {step}, {by}, {on}, for content {number}; changed since: {changed}")
        changed = show.some(one.changed(found.content))
        show.line(text.format(step=one.step, by=one.by, on=one.on, number=one.content.number, changed=changed))
