"""``sample draw``, ``sample extend`` and ``sample replace``."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.sample.freezing import Name
from selfaudit.cli.commands.sample.strata import show_strata
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.sample.drawing import Drawn

Of = Annotated[str, typer.Option("--sample", metavar=_("SAMPLE"), help=_("Which spot check, if the kit has several."))]
MOST = 20
"""New files that are shown; a workbook has all."""


@verb
def draw(name: Name = "", by: By = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Draw the files with the smallest tickets of every stratum; a second run draws the same ones."""
    from selfaudit.workflow.sample.drawing import Draw, draw_files

    with Terminal() as listener:
        return _show(draw_files(find_campaign(campaign), Draw(name, by), listener), as_json=as_json)


@verb
def extend(
    stratum: Annotated[str, typer.Argument(metavar=_("STRATUM"), help=_("As selfaudit sample list writes it."))],
    sample: Of = "",
    reason: Reason = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Draw the next files of a stratum in which problems were found, as many as the plan says."""
    from selfaudit.workflow.sample.drawing import Draw, extend

    with Terminal() as listener:
        return _show(extend(find_campaign(campaign), Draw(sample, by, reason), stratum, listener), as_json=as_json)


@verb
def replace(
    file: Annotated[str, typer.Argument(metavar=_("FILE_NUMBER"), help=_("A file that is drawn."))],
    reason: Reason = "",
    sample: Of = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Draw the next file for one that cannot be reviewed; it stays in the sample, and counts as the worst case."""
    from selfaudit.workflow.sample.drawing import Draw, replace_file

    with Terminal() as listener:
        return _show(replace_file(find_campaign(campaign), Draw(sample, by, reason), file, listener), as_json=as_json)


def _show(drawn: "Drawn", *, as_json: bool) -> int:
    from selfaudit.reports.samples import row_of

    rows = [row_of(stratum, drawn.one.state.lost) for stratum in drawn.strata]
    if as_json:
        show.data({"new": list(drawn.new), "strata": [row.as_data() for row in rows]})
        return DONE
    show_strata(drawn.one.plan, rows)
    count = len(drawn.new)
    show.line(ngettext("{n} file is new.", "{n} files are new.", count).format(n=count))
    if not count and drawn.lost:
        show.line(_("No file of its stratum is left to take its place."))
    for file in drawn.new[:MOST]:
        show.line(f"  {file}")
    if count > MOST:
        more = _("… and {n} more; selfaudit sample list {id} -o FILE.xlsx has all.")
        show.line(more.format(n=count - MOST, id=drawn.one.plan.id))
    if drawn.one.plan.reviewers:
        show.line(_("Next: selfaudit sample assign {id}").format(id=drawn.one.plan.id))
    return DONE
