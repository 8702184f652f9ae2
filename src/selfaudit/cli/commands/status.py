"""``status``: how far the campaign is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.commands.paper import show_papers
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.status import Progress, Status
    from selfaudit.workflow.common.history import History


STEPS = {
    "issue": N_("write the forms: selfaudit issue"),
    "collect": N_("send the forms in outbox/, put what comes back into inbox/, run selfaudit collect"),
    "chase": N_("remind those who have not answered: selfaudit remind"),
    "resolve": N_("settle conflicting responses: selfaudit contradictions list"),
    "complete": N_("have the incomplete responses completed: selfaudit remind"),
    "sign": N_("have the answers signed: selfaudit paper print, then selfaudit paper match with the scans"),
    "confirm": N_("look at signatures and seals: selfaudit paper confirm"),
    "report": N_("write the reports: selfaudit report"),
}


@verb
def status(
    of: Annotated[
        str, typer.Option(metavar=_("NAME"), help=_("Show everything that came back from one respondent."))
    ] = "",
    html: Annotated[
        Path | None, typer.Option(metavar=_("FILE"), help=_("Write a page with a picture of the progress."))
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show who answered, who has not, and what is due next."""
    from selfaudit.workflow import status as work
    from selfaudit.workflow.common.history import history

    workspace = find_campaign(campaign)
    if of:
        _show_history(history(workspace, of), as_json=as_json)
        return DONE
    found = work.status(workspace, today())
    if html:
        work.write_page(found, html)
        show.message(_("Wrote {path}").format(path=html))
    if as_json:
        show.data(found.as_data())
    else:
        _show_status(found)
    return DONE if found.next_step == "report" else TO_ACT_ON


def _show_status(found: "Status") -> None:
    from selfaudit.model.status import chased, days_left

    show.line(f"{found.title}  {found.today}")
    header = (_("Unit"), _("asked"), _("answered"), _("complete"), _("missing"), _("overdue"), _("with problems"))
    total = [found.total]
    found.total.name = _("Total")
    show.table(header, map(_progress_row, found.units + total))
    show.line()
    show.table((_("Role"), *header[1:]), map(_progress_row, found.roles))
    for title, waiting in ((_("Not answered"), found.missing), (_("Incomplete"), found.incomplete)):
        if waiting:
            show.line(f"\n{title} ({len(waiting)}):")
            for who in waiting:
                late = _("overdue since {day}") if who.overdue else _("due {day}")
                show.line(f"  {who.unit}  {who.name}  {late.format(day=who.due)}  {chased(who.reminders)}".rstrip())
                for gap in who.gaps:
                    show.line(f"      {gap.message}")
    if found.papers:
        show_papers(found.papers)
    notes = (
        (_("Conflicting responses"), found.conflicts),
        (_("Answered an older form"), found.outdated),
        (_("No longer asked, answers kept"), found.dropped),
        (_("Files that could not be used"), found.rejected),
    )
    for title, names in notes:
        if names:
            show.line(f"\n{title} ({len(names)}): {', '.join(names)}")
    show.line()
    for milestone in found.milestones:
        show.line(f"  {milestone.on}  {milestone.title}  ({days_left(milestone.days_left)})")
    show.line("\n" + _("Next: {step}").format(step=_(STEPS[found.next_step])))


def _progress_row(row: "Progress") -> tuple[str | int, ...]:
    return (row.name, row.issued, row.answered, row.complete, row.missing, row.overdue, row.problems)


def _show_history(found: "History", *, as_json: bool) -> None:
    if as_json:
        show.data(found.as_data())
    else:
        show.history(found)


COMMAND = status
