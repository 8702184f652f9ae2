"""``journal``: who did what, when and why, and whether anything else changed something."""

from typing import Annotated

import typer

from selfaudit.base.clock import local
from selfaudit.base.i18n import _
from selfaudit.base.problems import errors
from selfaudit.base.text import on_one_line
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, day
from selfaudit.cli.verb import DONE, INPUT, Family, find_campaign, search_start, verb

HASH_SHOWN = 16
"""Digits of a hash that people note down: nobody makes another row whose hash begins with them."""


@verb
def list_(
    by: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Only what this person did."))] = "",
    of: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Only what is about this respondent."))] = "",
    on: Annotated[str, typer.Option(metavar=_("DAY"), help=_("Only what happened on this day."))] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List who did what, when and why. No answer is quoted."""
    from selfaudit.workflow.common.journal import Filter, listed

    found = listed(find_campaign(campaign), Filter(by, of, day(on) if on else None))
    if as_json:
        show.data([line.as_data(_) for line in found])
        return DONE
    for line in found:
        reason = _(" – reason: {reason}").format(reason=line.reason) if line.reason else ""
        text = f"{line.seq}. {local(line.at)}  {line.who}: {line.said(_)}{reason}"
        show.line(on_one_line(text))
    if not found:
        show.line(_("Nothing of the kind is in the journal."))
    return DONE


@verb
def verify(campaign: Campaign = None, as_json: Json = False) -> int:
    """Check that ledger and originals are as selfaudit left them, and name what is not."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.common.journal import verify as run

    done = run(Workspace.find(search_start(campaign)))
    if as_json:
        show.data(done.as_data())
        return INPUT if errors(done.problems) else DONE
    show.problems(done.problems)
    show.line(_("{sentence}.").format(sentence=show.count_problems(done.problems)))
    if done.at:
        text = _("The journal has {rows} rows. The last is of {at}, its hash begins with {hash}.")
        show.line(text.format(rows=done.head.seq, at=local(done.at), hash=done.head.hash[:HASH_SHOWN]))
        show.line(_("Keep this line elsewhere: it proves what was before."))
    return INPUT if errors(done.problems) else DONE


COMMAND = Family(_("Who did what when and why, and whether it is intact."), {"list": list_, "verify": verify})
