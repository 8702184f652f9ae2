"""``sample assign`` and ``sample reassign``."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.sample.drawing import Of
from selfaudit.cli.commands.sample.freezing import Name
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selfaudit.model.sampling.assigning import Stuck
    from selfaudit.model.sampling.reviewing import Reviewing
    from selfaudit.workflow.sample.assigning import Result

MOST = 20
"""Files without a reviewer that are explained; a workbook has all."""


@verb
def assign(name: Name = "", by: By = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Give every file that is drawn a competent reviewer who had nothing to do with it; what was given out stays."""
    from selfaudit.base.clock import today
    from selfaudit.workflow.sample.assigning import assign_files
    from selfaudit.workflow.sample.drawing import Draw

    with Terminal() as listener:
        found = assign_files(find_campaign(campaign), Draw(name, by), today(), listener)
    if as_json:
        show.data(_as_data(found))
    else:
        show_loads(found.reviewing, found.need, found.plan.called)
        count, all_ = len(found.new), len(found.need)
        given = ngettext("{n} file is given out now;", "{n} files are given out now;", count).format(n=count)
        have = _("{n} of {all} have a reviewer.").format(n=all_ - len(found.left), all=all_)
        show.line(f"{given} {have}")
        if twice := sum(file in found.reviewing.second for file in found.need):
            show.line(ngettext("{n} file has two reviewers.", "{n} files have two reviewers.", twice).format(n=twice))
        for stuck in found.stuck:
            _show_stuck(found, stuck)
        _explain_left(found)
        if found.new:
            _show_next()
    show.problems(found.problems)
    return TO_ACT_ON if found.left or found.problems else DONE


@verb
def reassign(
    file: Annotated[str, typer.Argument(metavar=_("FILE_NUMBER"), help=_("A file that is drawn."))],
    to: Annotated[str, typer.Option("--to", metavar=_("NAME"), help=_("Who is to review it."))],
    whose: Annotated[
        str, typer.Option("--from", metavar=_("NAME"), help=_("Whose place is taken, if two review the file."))
    ] = "",
    reason: Reason = "",
    sample: Of = "",
    by: By = "",
    campaign: Campaign = None,
) -> int:
    """Give a file to another reviewer, who must be as competent and independent as anybody."""
    from selfaudit.base.clock import today
    from selfaudit.workflow.sample.assigning import Move, reassign
    from selfaudit.workflow.sample.drawing import Draw

    with Terminal() as listener:
        found = reassign(find_campaign(campaign), Draw(sample, by, reason), Move(file, to, whose), today(), listener)
    (moved,) = found.new
    names = show.names(found.reviewing.names_of(moved))
    show.line(_("{file} is reviewed by {names} now.").format(file=moved, names=names))
    _show_next()
    return DONE


def _show_next() -> None:
    show.line(_("Next: selfaudit issue writes the forms of reviewers, and puts aside those of files that moved on."))


def show_loads(now: "Reviewing", files: "Sequence[str]", called: str) -> None:
    """Show how many of the files each reviewer has; ``called`` is what a file is called."""
    loads = now.load(files)
    rows = sorted((one.name, show.names(one.fields), loads[id_]) for id_, one in now.people.items())
    show.table((_("Reviewer"), _("Fields"), called), rows)


def show_reviewer(now: "Reviewing", file: str) -> None:
    """Show who reviews a file, why others may not, and of what this is not known."""
    from selfaudit.reports.barring import not_verified

    for id_ in now.reviewers(file):
        by_hand = now.by_hand.get(file, {}).get(id_)
        text = _("It is reviewed by {name}, chosen by hand: {why}") if by_hand else _("It is reviewed by {name}.")
        show.line(text.format(name=now.people[id_].name, why=by_hand))
    if file in now.wanted and not now.reviewers(file):
        show.line(_("It has no reviewer."))
    show_excluded(now, file)
    if missing := not_verified(now, file, _):
        show.line(_("Independence is not verified: {missing}").format(missing=missing))


def show_excluded(now: "Reviewing", file: str) -> None:
    """Show who may not review a file, those of the same reason together."""
    from selfaudit.reports.barring import excluded

    together: dict[str, list[str]] = {}
    for name, why in excluded(now, file, _).items():
        together.setdefault(why, []).append(name)
    for why, several in together.items():
        show.line(_("  {names}: {why}").format(names=show.names(several), why=why))


def _show_stuck(found: "Result", stuck: "Stuck") -> None:
    names = show.names(sorted(found.reviewing.people[id_].name for id_ in stuck.reviewers))
    count, missing = len(stuck.files), stuck.missing
    if not stuck.reviewers:
        text = ngettext("Nobody may review this file:", "Nobody may review these {n} files:", count)
        show.line(text.format(n=count))
    else:
        text = ngettext(
            "{n} file can only be reviewed by {names}, with room for {room}; {missing} cannot be given out:",
            "{n} files can only be reviewed by {names}, with room for {room}; {missing} cannot be given out:",
            count,
        )
        show.line(text.format(n=count, names=names, room=stuck.room, missing=missing))
    show.line(f"  {show.names(stuck.files[:MOST])}{' …' if count > MOST else ''}")


def _explain_left(found: "Result") -> None:
    for file in found.left[:MOST]:
        show.line(_("{file} has no reviewer:").format(file=file))
        show_excluded(found.reviewing, file)
        if full := sorted(found.reviewing.people[id_].name for id_ in found.reviewing.may(file)):
            show.line(_("  {names}: no room for more files").format(names=show.names(full)))
    if found.left:
        if len(found.left) > MOST:
            more = _("… and {n} more; selfaudit sample list {id} -o FILE.xlsx has all.")
            show.line(more.format(n=len(found.left) - MOST, id=found.plan.id))
        if found.rule.room:
            advice = _("Appoint more reviewers, import the register and assign again; or give one reviewer more files.")
        else:
            advice = _("Appoint more reviewers, import the register and assign again.")
        show.line(advice)


def _as_data(found: "Result") -> dict[str, Any]:
    from selfaudit.reports.barring import excluded

    now = found.reviewing
    return {
        "reviewers": {file: now.names_of(file) for file in now.given},
        "new": list(found.new),
        "left": {file: dict(excluded(now, file, _)) for file in found.left},
        "stuck": [
            {
                "files": list(one.files),
                "reviewers": [now.people[id_].name for id_ in one.reviewers],
                "room": one.room,
                "missing": one.missing,
            }
            for one in found.stuck
        ],
        "not_verified": list(now.lacking),
        "not_known": {file: list(several) for file, several in now.unknown.items()},
    }
