"""``collect``: take in what came back."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.collect.result import Collected, FileResult


MOST_ALIKE = 5
"""Mistakes of one kind that are shown for one file; a hundred of a kind are usually the same one."""

OUTCOMES = {
    "new": N_("new"),
    "updated": N_("corrected"),
    "older": N_("older, kept as history"),
    "conflict": N_("conflict"),
    "unchanged": N_("unchanged"),
    "withdrawn": N_("withdrawn"),
    "rejected": N_("rejected"),
    "evidence": N_("evidence"),
    "unassigned": N_("evidence, not yet assigned"),
}

_RARE = ("withdrawn", "evidence", "unassigned")
"""Outcomes that are counted only where there are any."""


@verb
def collect(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar=_("PATH"), help=_("Files, folders, zips (default: inbox/)."))
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Import returned forms. Originals are kept in received/."""
    from selfaudit.workflow.collect.collect import collect as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = run(workspace, [path.absolute() for path in paths or ()], listener)
    if as_json:
        show.data(done.as_data())
    else:
        _show_collected(done)
    return TO_ACT_ON if done.to_act_on else DONE


def _show_collected(done: "Collected") -> None:
    for result in done.results:
        name = f" ({result.respondent})" if result.respondent else ""
        if result.outcome not in ("new", "evidence") or result.notes or result.gaps:
            show.line(f"{result.file}{name}: {_(OUTCOMES[result.outcome])}")
            _show_file(result)
    if early := done.dated_early:
        text = _("Dated before the form was issued: {names}. Ask for the right date where it matters.")
        show.line(text.format(names=show.some(early)))
    counts = {name: done.count(name) for name in OUTCOMES if name not in _RARE or done.count(name)}
    show.line(_("; ").join(f"{_(OUTCOMES[name])} {count}" for name, count in counts.items()))
    if conflicts := done.of("conflict"):
        names = show.names(dict.fromkeys(result.respondent for result in conflicts))
        show.line(
            _(
                "Different answers to the same form: {names}. To compare them, run selfaudit contradictions list."
            ).format(names=names)
        )
    show.doubts(done.doubts)
    if done.of("rejected"):
        show.line(_("Rejected files stay where they are and are tried again next time."))
        if any(".zip/" in result.file.lower() for result in done.of("rejected")):
            show.line(
                _("For one in a zip that is no form, move the zip out of inbox/; what was collected of it stays.")
            )
        show.line(_("Next: send back the texts in rejected/, or correct the files; then run selfaudit collect."))
    elif done.of("unassigned"):
        show.line(_("Next: selfaudit evidence list --unassigned shows the files that belong to nothing yet."))
    elif any(result.gaps for result in done.results):
        show.line(_("Next: selfaudit remind writes to those whose answers are incomplete."))
    else:
        show.line(_("Next: selfaudit status shows who has not answered."))


def _show_file(result: "FileResult") -> None:
    alike = Counter[str]()
    for problem in (*result.errors, *result.notes, *result.gaps):
        alike[problem.code] += 1
        if alike[problem.code] <= MOST_ALIKE:
            place = f"{problem.where.place}: " if problem.where.place else ""
            show.line(f"    {place}{problem.message}" + (f" → {problem.hint}" if problem.hint else ""))
    if more := sum(count - MOST_ALIKE for count in alike.values() if count > MOST_ALIKE):
        show.line("    " + _("… and {n} more of the same kind; --json lists them all").format(n=more))


COMMAND = collect
