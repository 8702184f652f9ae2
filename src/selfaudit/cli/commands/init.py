"""``init``: make a campaign folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import day
from selfaudit.cli.verb import DONE, verb

if TYPE_CHECKING:
    from selfaudit.workflow.init import Scaffolded

MOST_ALIKE = 10
"""Remarks of one kind that are listed one by one."""


@verb
def init(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("The new campaign folder."))],
    kit: Annotated[
        str, typer.Option(metavar=_("KIT"), help=_("Name of a built-in kit, or a kit folder."))
    ] = "fake-cert-2023",
    roster: Annotated[Path | None, typer.Option(metavar=_("FILE"), help=_("Roster as YAML or XLSX."))] = None,
    start: Annotated[
        str | None,
        typer.Option(
            metavar=_("DATE"),
            help=_("Move all dates of the kit so that its first phase begins on this day, such as 2027-03-01."),
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar=_("DIR"), help=_("The campaign before: its closed findings are marked if they come back.")
        ),
    ] = None,
) -> int:
    """Create a campaign folder from a kit."""
    from selfaudit.workflow.init import init as run

    made = run(folder, kit, roster, day(start) if start else None, previous=previous)
    show.line(_("Created {folder}.").format(folder=folder))
    show.line(_("Kit: {title} ({folder})").format(title=made.plan.title, folder=made.source))
    if start:
        _show_plan(made)
    show.problems(made.remarks, MOST_ALIKE)
    show.line(_("Next:"))
    if made.example_roster:
        show.line(_("  1. Put your units and people into roster.yaml, or fill in an Excel sheet:"))
        show.line("     selfaudit roster template roster.xlsx")
        show.line(f"     selfaudit roster import roster.xlsx --campaign {folder}")
    else:
        show.line(_("  1. Review campaign.yaml: dates, working group, deadline."))
    show.line(_("  2. See what still needs attention: selfaudit validate {folder}").format(folder=folder))
    show.line(_("  3. Issue the forms: selfaudit issue --campaign {folder}").format(folder=folder))
    if made.registers:
        show.line(_("  4. Put exports of your own data into registers/; this says what they would give:"))
        show.line(f"     selfaudit register import FILE --campaign {folder}")
    return DONE


def _show_plan(made: "Scaffolded") -> None:
    """Show the days of a plan that was moved."""
    from selfaudit.model.kit.shifting import Dated, plan_lines

    first = Dated(_("Cut-off date"), None, made.plan.cut_off)
    last = Dated(_("Report handed in"), None, made.plan.submission.deadline)
    lines = [first, *plan_lines(made.plan), last]
    show.line()
    show.table((_("What"), _("From"), _("To")), [(line.title, line.start or "", line.end) for line in lines])
    show.line()


COMMAND = init
