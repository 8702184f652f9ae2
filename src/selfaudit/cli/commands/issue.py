"""``issue``: write the forms."""

import re
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, OfRound, Only, Role, Round, Unit, selection
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, find_campaign, verb
from selfaudit.model.formats import listed
from selfaudit.store.layout import Layout


@verb
def issue(
    only: Only = None,
    role: Role = None,
    unit: Unit = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=_("FORMATS"),
            help=_(
                "{formats}; several separated by commas (default: the roster's setting, else the campaign's)."
            ).format(formats=listed()),
        ),
    ] = "",
    round_: OfRound = Round.ANSWERS,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Create a form for every respondent. Re-running writes only new or changed forms."""
    from selfaudit.workflow.issue.confirmations import Confirmations
    from selfaudit.workflow.issue.corrections import Corrections
    from selfaudit.workflow.issue.issue import issue as issue_answers
    from selfaudit.workflow.issue.rounds import issue_round

    workspace = find_campaign(campaign)
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in re.split("[,，、 ]", formats) if name.strip()))
    with Terminal() as listener:
        meant = selection(only, role, unit)
        if round_ is Round.ANSWERS:
            done = issue_answers(workspace, meant, wanted, listener)
        else:
            asking = Corrections() if round_ is Round.CORRECTIONS else Confirmations(workspace)
            done = issue_round(workspace, asking, meant, wanted, listener)
    counts = {"new": len(done.new), "changed": len(done.changed), "rewritten": done.rewritten}
    show.problems(done.warnings)
    if as_json:
        show.data({**counts, "unchanged": done.unchanged, "dropped": done.dropped, "files": done.files})
        return DONE
    text = _("Forms in outbox/: {new} new, {changed} changed, {rewritten} rewritten, {unchanged} unchanged.")
    show.line(text.format(**counts, unchanged=done.unchanged))
    if done.changed:
        show.line(_("Changed forms replace those sent before (now in superseded/); send the new ones."))
    if done.rewritten:
        show.line(_("Rewritten forms ask what they asked before; those already sent stay valid."))
    if done.dropped:
        show.line(_("No longer asked, answers kept: {names}").format(names=show.some(done.dropped)))
    if done.new or done.changed:
        show.line(
            _(
                "Each unit's folder has a page with a message for every respondent ({folder}/<unit>/index.html) and a"
                " zip of everything."
            ).format(folder=Layout.OUTBOX if round_ is Round.ANSWERS else Layout.outbox_name(round_, "").rstrip("/"))
        )
        show.line(
            _("Next: send each file to its respondent, put returned files into inbox/ and run selfaudit collect.")
        )
    return DONE


COMMAND = issue
