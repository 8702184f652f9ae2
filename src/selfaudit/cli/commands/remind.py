"""The command that chases those who have not answered."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, OfRound, Only, Role, Round, Unit, selection
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.form.rounds import RoundId
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.common.state.respondents import Selection
    from selfaudit.workflow.remind.remind import Reminded
    from selfaudit.workflow.remind.texts import DueReminder


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
        typer.Option(
            help=_(
                "Use this stage for everybody (default: each respondent's next stage; escalation only when named here)."
            )
        ),
    ] = None,
    only: Only = None,
    role: Role = None,
    unit: Unit = None,
    round_: OfRound = Round.ANSWERS,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write reminders for respondents who have not answered or whose answers are incomplete. Nothing is sent."""
    from selfaudit.workflow.remind.remind import remind as run

    workspace = find_campaign(campaign)
    if round_ is not Round.ANSWERS:
        return _owners(workspace, round_, selection(only, role, unit), as_json=as_json)
    with Terminal() as listener:
        done = run(workspace, selection(only, role, unit), stage.value if stage else None, today(), listener)
    if as_json:
        show.data(done.as_data())
    else:
        _show(done)
    return TO_ACT_ON if done.to_act_on else DONE


def _owners(workspace: "Workspace", round_: Round, meant: "Selection", *, as_json: bool) -> int:
    from selfaudit.workflow.remind.rounds import remind_round

    of: RoundId = "corrections" if round_ is Round.CORRECTIONS else "confirmations"
    with Terminal() as listener:
        done = remind_round(workspace, of, meant, today(), listener)
    if as_json:
        problems = [problem.as_data() for problem in done.problems]
        show.data({"owners": [one.as_data() for one in done.owners], "files": done.files, "problems": problems})
        return TO_ACT_ON if done.owners else DONE
    show.problems(done.problems)
    for one in done.owners:
        late = (_("overdue since {day}") if one.overdue else _("due {day}")).format(day=one.due)
        show.line(f"  {one.unit}  {one.name}  {late}: {show.names(one.open)}")
    if done.owners:
        text = _("Wrote {n} files to {folder}/: texts to paste (.txt) and e-mail drafts (.eml). Nothing has been sent.")
        show.line(text.format(n=len(done.files), folder=done.folder))
    else:
        show.line(_("Nobody needs a reminder."))
    return TO_ACT_ON if done.owners else DONE


def _show(done: "Reminded") -> None:
    from selfaudit.model.progress.reminder import STAGES, WORDS

    show.problems(done.problems)
    if not done.calls:
        if not done.to_act_on:
            show.line(_("Nobody needs a reminder."))
        return
    for stage in STAGES:
        for again, title in (
            (False, _("{stage}:")),
            (True, _("Already reminded today, kept at the same stage ({stage}):")),
        ):
            _show_group(title.format(stage=_(WORDS[stage])), done.of(stage, again=again))
    text = _("Wrote {n} files to {folder}/: texts to paste (.txt), e-mail drafts (.eml), a calendar (.ics).")
    show.line(text.format(n=len(done.files), folder=done.folder))
    show.line(
        _(
            "Next: paste or e-mail them; nothing has been sent. Each run moves everybody on by one stage, at most"
            " once a day."
        )
    )


def _show_group(title: str, calls: "list[DueReminder]") -> None:
    units: dict[str, list[str]] = {}
    for call in calls:
        units.setdefault(call.standing.respondent.unit_name, []).append(call.name)
    if units:
        show.line(title)
    for unit, names in units.items():
        show.line(_("  {unit}: {names}").format(unit=unit, names=show.some(names)))


COMMAND = remind
