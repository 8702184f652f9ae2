"""Commands for the roster: template, check, import."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _, console_language
from selfaudit.cli import show
from selfaudit.cli.options import Campaign
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, Family, find_campaign, verb

File = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("Roster as YAML or XLSX."))]


@verb
def template(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The workbook to write."))] = Path("roster.xlsx"),
) -> int:
    """Create an empty roster workbook to fill in."""
    from selfaudit.workflow.roster import write_roster_template

    write_roster_template(file, console_language())
    show.line(_("Wrote {path}").format(path=file))
    show.line(_("Next: fill it in, then run selfaudit roster check {path}").format(path=file))
    return DONE


@verb
def check(file: File) -> int:
    """Check a roster and list all errors with row and column."""
    from selfaudit.base.problems import errors, more_than_notes
    from selfaudit.workflow.roster import check_roster

    counted = check_roster(file)
    found = counted.problems
    show.problems(found)
    if not errors(found):
        show.line(_("{units} units, {people} people.").format(units=counted.units, people=counted.people))
    show.line(_("{sentence}.").format(sentence=show.count_problems(found)))
    if errors(found):
        show.line(_("Next: correct the rows listed above, then run selfaudit roster check {path}").format(path=file))
    else:
        show.line(_("Next: selfaudit roster import {path}, or selfaudit init DIR --roster {path}").format(path=file))
    return INPUT if errors(found) else TO_ACT_ON if more_than_notes(found) else DONE


@verb
def import_(file: File, campaign: Campaign = None) -> int:
    """Replace the campaign's roster.yaml with a checked roster."""
    from selfaudit.workflow.roster import import_roster

    done = import_roster(find_campaign(campaign), file)
    show.line(_("Wrote roster.yaml: {units} units, {people} people.").format(units=done.units, people=done.people))
    show.line(_("The previous roster is kept as roster.before.yaml."))
    show.line(_("Next: selfaudit validate"))
    return DONE


COMMAND = Family(_("Units, people and posts."), {"template": template, "check": check, "import": import_})
