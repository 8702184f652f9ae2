"""``init``: make a campaign folder."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.verb import DONE, verb


@verb
def init(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("The new campaign folder."))],
    kit: Annotated[
        str, typer.Option(metavar=_("KIT"), help=_("Name of a built-in kit, or a kit folder."))
    ] = "fake-cert-2023",
    roster: Annotated[Path | None, typer.Option(metavar=_("FILE"), help=_("Roster as YAML or XLSX."))] = None,
) -> int:
    """Create a campaign folder from a kit."""
    from selfaudit.workflow.init import init as run

    made = run(folder, kit, roster)
    show.line(_("Created {folder}.").format(folder=folder))
    show.line(_("Next:"))
    if made.example_roster:
        show.line(_("  1. Put your units and people into roster.yaml, or fill in an Excel sheet:"))
        show.line("     selfaudit roster template roster.xlsx")
        show.line(f"     selfaudit roster import roster.xlsx --campaign {folder}")
    else:
        show.line(_("  1. Review campaign.yaml: dates, working group, deadline."))
    show.line(_("  2. See what still needs attention: selfaudit validate {folder}").format(folder=folder))
    show.line(_("  3. Issue the forms: selfaudit issue --campaign {folder}").format(folder=folder))
    return DONE


COMMAND = init
