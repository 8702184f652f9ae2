"""``validate``: what is wrong with a kit or a campaign."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.base.problems import Problem, Severity, errors, more_than_notes
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, search_start, verb

MOST_ALIKE = 5
"""Problems of one kind that are listed one by one."""
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@verb
def validate(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=_("FOLDER"),
            help=_(
                "A kit (name or folder) or a campaign folder (default: found by searching upwards from the current"
                " folder)."
            ),
        ),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help=_("List every problem, even where there are many of one kind."))
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Check a kit or campaign and list all errors."""
    from selfaudit.base.clock import today
    from selfaudit.workflow import validate as work

    folder = Path(target) if target else search_start(campaign)
    kit = (target or str(folder)) if work.is_kit(folder) else ""
    found = work.validate_kit(kit) if kit else work.validate_campaign(folder, today())
    # what needs work first; citations that wait for somebody to look them up are many
    found.sort(key=lambda problem: (_WEIGHT[problem.severity], problem.code == "kit.citation-unverified"))
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found, None if all_ else MOST_ALIKE)
        show.line(_("{sentence}.").format(sentence=show.count_problems(found)))
        show.line(_next_step(found, kit, target or ""))
    return INPUT if errors(found) else TO_ACT_ON if more_than_notes(found) else DONE


def _next_step(found: list[Problem], kit: str, campaign: str) -> str:
    if errors(found):
        return _("Next: correct what is listed above, then run selfaudit validate again.")
    if kit:
        return _("Next: selfaudit init DIR --kit {kit}").format(kit=kit)
    # what to do after issuing depends on the answers, which status looks at
    command = f"selfaudit issue{f' --campaign {campaign}' if campaign else ''}"
    later = _("Next: {command}, unless all forms are out. What is open can be settled later.")
    return (later if more_than_notes(found) else _("Next: {command}, unless all forms are out.")).format(
        command=command
    )


COMMAND = validate
