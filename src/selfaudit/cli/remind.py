"""The command that chases those who have not answered."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, here, verb

if TYPE_CHECKING:
    from selfaudit.workflow.remind import Reminded


class Stage(StrEnum):
    """What somebody can be reminded for."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    ESCALATION = "escalation"


@verb
def remind(
    stage: Annotated[
        Stage | None,
        typer.Option(help=_("This stage for all (default: the next one for each; escalation only if asked for).")),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help=_("Only these respondents (name or number)."))
    ] = None,
    role: Annotated[list[str] | None, typer.Option(metavar="ROLE", help=_("Only these roles."))] = None,
    unit: Annotated[list[str] | None, typer.Option(metavar="UNIT", help=_("Only these units."))] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write texts and mails for those who have not answered or not completely; nothing is sent."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.issue import Selection
    from selfaudit.workflow.remind import remind as run

    workspace = Workspace.find(here(campaign))
    selection = Selection(tuple(only or ()), tuple(role or ()), tuple(unit or ()))
    with Terminal() as listener:
        done = run(workspace, selection, stage.value if stage else None, today(), listener)
    if as_json:
        show.data(done.as_data())
    else:
        _show(done)
    return TO_ACT_ON if done.calls else DONE


def _show(done: "Reminded") -> None:
    from selfaudit.model.reminder import STAGES, WORDS

    show.problems(done.problems)
    if not done.calls:
        show.line(_("Nobody needs a reminder."))
        return
    for stage in STAGES:
        units: dict[str, list[str]] = {}
        for call in done.calls:
            if call.stage == stage:
                units.setdefault(call.standing.respondent.unit_name, []).append(call.name)
        if units:
            show.line(f"{_(WORDS[stage])}:")
        for unit, names in units.items():
            show.line(f"  {unit}: {show.names(names)}")
    text = _("Wrote {n} files into {folder}/: texts to paste (.txt), mails as drafts (.eml), a calendar (.ics).")
    show.line(text.format(n=len(done.files), folder=done.folder))
    show.line(_("Next: paste or mail them; nothing was sent. Each run moves on by one stage, at most once a day."))
