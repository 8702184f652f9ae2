"""``sample list``, ``sample explain`` and ``sample verify``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.sample.assigning import show_loads, show_reviewer
from selfaudit.cli.commands.sample.drawing import Of
from selfaudit.cli.commands.sample.freezing import Name
from selfaudit.cli.commands.sample.strata import show_strata
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, INPUT, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.sample.explaining import Explained


@verb
def list_(
    name: Name = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar=_("FILE"), help=_("Write every file that is drawn to this file: .xlsx or .docx.")
        ),
    ] = None,
    high_risk: Annotated[
        bool,
        typer.Option("--high-risk", help=_("Only the bands above the last one, and what is reviewed in any case.")),
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List the strata of a spot check: how many files each has, how many are drawn, and what these can show."""
    from selfaudit.workflow.sample.explaining import listed

    workspace = find_campaign(campaign)
    found = listed(workspace, name)
    found = found.of_high_risk if high_risk else found
    one, rows, now = found.one, found.rows, found.reviewing
    if output:
        from selfaudit.workflow.sample.sheet import write_list

        path = write_list(workspace, found, output, high_risk=high_risk)
        show.message(_("Every file that is drawn is in {path}").format(path=path))
    if as_json:
        drawn = [ranked.file.id for ranked in found.drawn]
        given = {file: now.names_of(file) for file in now.given} if now else {}
        told = {"strata": [row.as_data() for row in rows], "files_drawn": drawn, "reviewers": given}
        show.data({**one.state.model_dump(mode="json"), **told})
        return DONE
    if not one.state.drawn:
        show.line(_("No file is drawn yet; this is how many the plan draws."))
    show_strata(one.plan, rows)
    if now:
        files = [ranked.file.id for ranked in found.drawn if ranked.file.id not in one.state.lost]
        show_loads(now, files, one.plan.called)
        without = sum(file not in now.given for file in files)
        text = ngettext("{n} file has no reviewer.", "{n} files have no reviewer.", without)
        show.line(text.format(n=without))
    return DONE


@verb
def explain(
    file: Annotated[str, typer.Argument(metavar=_("FILE_NUMBER"), help=_("A file of the population."))],
    sample: Of = "",
    campaign: Campaign = None,
) -> int:
    """Explain why a file is drawn or not: its stratum, its ticket and place, and every point of its risk."""
    from selfaudit.reports.samples import row_of
    from selfaudit.workflow.sample.explaining import explain

    found = explain(find_campaign(campaign), sample, file)
    row, taken = row_of(found.stratum), found.stratum.taken
    show.line(_("{file}: stratum {stratum}").format(file=found.ranked.file.id, stratum=row.name(found.one.plan, _)))
    header = (_("Factor"), _("Times"), _("Points"))
    times = [_("not known") if one.times is None else one.times for one in found.factors]
    lines = [(one.factor.title, n, one.points) for one, n in zip(found.factors, times, strict=True)]
    show.table(header, [*lines, (_("Total"), "", found.points)])
    show.line(_("Ticket: {ticket}").format(ticket=found.ranked.ticket))
    text = _("Place {rank} of {files}; the first {taken} are drawn.")
    show.line(text.format(rank=found.ranked.rank, files=row.files, taken=taken))
    if 0 < taken < row.files:
        show.line(_("The last ticket drawn is {ticket}.").format(ticket=found.stratum.files[taken - 1].ticket))
    show.line(
        _("It is drawn.")
        if found.is_drawn
        else _("It would be drawn if {n} files were drawn.").format(n=found.ranked.rank)
    )
    if found.lost:
        _show_lost(found)
    elif found.reviewing and found.is_drawn:
        show_reviewer(found.reviewing, found.ranked.file.id)
    if found.told.opinion:
        show.line(_("The review found: {what}").format(what=found.told.opinion))
    for line in found.told.readers.splitlines():
        show.line(_("{reader} {said}").format(reader=found.one.plan.reads, said=line))
    return DONE


def _show_lost(found: "Explained") -> None:
    if found.instead:
        text = _("It was replaced ({why}): {file} was drawn in its place. It counts as a file with a problem.")
    else:
        text = _("It was replaced ({why}); no file of its stratum is left. It counts as a file with a problem.")
    show.line(text.format(why=found.lost, file=found.instead))


@verb
def verify(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("DIR"), help=_("A folder with population, plan, seed and draw; without it, the campaign's.")
        ),
    ] = None,
    sample: Of = "",
    campaign: Campaign = None,
) -> int:
    """Draw a sample again from its four files alone, and name the first line that is not the same."""
    from selfaudit.workflow.sample.verifying import folder_of, verify

    found = verify(folder or folder_of(find_campaign(campaign), sample))
    if found.wrong:
        show.problems([found.wrong])
        return INPUT
    text = _("The same: {drawn} of {files} files, drawn with the seed {seed}.")
    show.line(text.format(drawn=found.drawn, files=found.files, seed=found.seed))
    return DONE
