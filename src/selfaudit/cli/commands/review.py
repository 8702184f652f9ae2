"""``review``: how far the review of a spot check is, and what it shows."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.sample.freezing import Name
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.reports.results import Results

MOST = 20
"""Lines of a table that are shown; a workbook has all."""


@verb
def review(
    name: Name = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write all tables to this workbook (.xlsx).")),
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show the progress of the review of the drawn files, and what it shows about all files: counts and 95 % limits."""
    from selfaudit.workflow.sample.results import reviewed, write_results

    workspace = find_campaign(campaign)
    found = reviewed(workspace, name)
    if output:
        path = write_results(workspace, found, output)
        show.message(_("The results of the review are in {path}").format(path=path))
    if as_json:
        show.data(found.as_data())
    else:
        _show(found)
    return TO_ACT_ON if found.to_act_on else DONE


def _show(found: "Results") -> None:
    from selfaudit.reports.results_told import FEW, confirmed_told, how_far, progress, remarks, tables

    show.line(how_far(found, _))
    if told := confirmed_told(found, _):
        show.line(_("{name}: {text}").format(name=found.listed.one.plan.reads, text=told))
    for one in (progress(found, _), *tables(found, _)):
        show.line("\n" + one.title)
        show.table(one.head, one.rows[:MOST])
        if len(one.rows) > MOST:
            show.line(_("… and {n} more; selfaudit review -o FILE.xlsx has all.").format(n=len(one.rows) - MOST))
    if found.twice and found.agreements[""].few:
        show.line(_(FEW))
    show.line()
    for remark in remarks(found, _):
        show.line(remark)
    _show_next(found)


def _show_next(found: "Results") -> None:
    """Tell what the rule of the plan asks for, and what else is open."""
    plan = found.listed.one.plan
    for one in (one for one in found.strata if one.extend):
        text = ngettext(
            "{stratum}: {n} of the files drawn last has a problem; from {limit} on, more files are drawn.",
            "{stratum}: {n} of the files drawn last have a problem; from {limit} on, more files are drawn.",
            one.extend,
        )
        name = one.row.name(plan, _)
        show.line(text.format(stratum=name, n=one.extend, limit=plan.extension.problems))
        show.line(
            "  "
            + _("Next: {step}").format(step=f"selfaudit sample extend '{one.row.stratum.key.text}' --sample {plan.id}")
        )
    if without := [file for file in found.open if file not in found.files]:
        count = ngettext("{n} file has no form yet: {files}", "{n} files have no form yet: {files}", len(without))
        show.line(count.format(n=len(without), files=show.some(without)))
        show.line("  " + _("Next: {step}").format(step=f"selfaudit sample assign {plan.id}; selfaudit issue"))
    if found.files and not found.confirmed and not found.open:
        show.line(_("Next: {step}").format(step="selfaudit issue --round confirmations"))


COMMAND = review
