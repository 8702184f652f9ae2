"""``validate``: what is wrong with a kit or a campaign."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, search_start, verb


@verb
def validate(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=_("FOLDER"), help=_("A kit (name or folder) or a campaign (default: the one around here).")
        ),
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Report every mistake of a kit or campaign."""
    from selfaudit.base.problems import Severity, errors
    from selfaudit.workflow import validate as work

    folder = Path(target) if target else search_start(campaign)
    is_kit = bool(target) and (not folder.is_dir() or work.looks_like_kit(folder))
    found = work.validate_kit(str(target)) if is_kit else work.validate_campaign(folder)
    # what needs work first; citations that wait for somebody to look them up are many
    found.sort(key=lambda problem: (problem.severity is not Severity.ERROR, problem.code == "kit.citation-unverified"))
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found)
        show.line(show.count_problems(found) if found else _("Nothing to complain about."))
    return INPUT if errors(found) else TO_ACT_ON if found else DONE


COMMAND = validate
