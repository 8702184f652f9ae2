"""``similar list``: what the last comparison found."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.base.text import on_one_line
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.casefiles.comparison import Comparison
    from selfaudit.store.workspace import Workspace

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write every pair to this workbook (.xlsx).")),
]
QUOTED = 60
"""Characters of a text that are shown."""
MOST = 20
"""Pairs, rings and files that are shown; a workbook has all."""


@verb
def list_(output: Output = None, campaign: Campaign = None, as_json: Json = False) -> int:
    """List what the last comparison found, and what could not be compared."""
    from selfaudit.workflow.common.state.lookalikes import usable
    from selfaudit.workflow.similar.listing import as_data, write_workbook

    workspace = find_campaign(campaign)
    found = usable(workspace)
    if output:
        path = write_workbook(workspace, found, output)
        show.line(_("Every pair is in {path}").format(path=path))
    elif as_json:
        show.data(as_data(found))
    else:
        show_found(workspace, found)
        _show_learned(found)
    return DONE


def show_found(workspace: "Workspace", found: "Comparison") -> None:
    """Show pairs, rings and what could not be compared."""
    _show_pairs(workspace, found)
    _show_rings(found)
    _show_not_compared(found)


def _show_pairs(workspace: "Workspace", found: "Comparison") -> None:
    from selfaudit.reports.wording import wording_of_reader
    from selfaudit.workflow.common.state.lookalikes import as_decided
    from selfaudit.workflow.similar.listing import PAIR, pair_rows

    text = _("Records compared: {records}; blank forms: {blanks}; could not be compared: {left}.")
    show.line(text.format(records=len(found.compared), blanks=len(found.blanks), left=len(found.left)))
    wording = wording_of_reader()
    rows = pair_rows(as_decided(workspace, found, wording.tr), wording)
    if not rows:
        show.line(_("No two of them repeat each other."))
        return
    a, b, *titles = (_(title) for title in PAIR)
    for one, other, *told in rows[:MOST]:
        # paths are too long to stand beside each other
        show.line(on_one_line(f"{a} {one}"))
        show.line(on_one_line(f"{b} {other}"))
        known = (wording.pair(title, value) for title, value in zip(titles, told, strict=True) if value != "")
        show.line(f"   {on_one_line(wording.clauses(known))}")
    _more(len(rows))
    show.line()


def _show_rings(found: "Comparison") -> None:
    from selfaudit.reports.wording import wording_of_reader
    from selfaudit.workflow.similar.listing import RING, ring_rows

    wording = wording_of_reader()
    if rows := ring_rows(found, wording):
        show.line(_("Rings (all records of a ring come from one source):"))
        _source, members, count = (_(title) for title in RING)
        for source, others, many in rows[:MOST]:
            show.line(on_one_line(str(source)))
            told = wording.clauses((wording.pair(count, many), wording.pair(members, others)))
            show.line(f"   {on_one_line(told)}")
        _more(len(rows))
        show.line()


def _show_not_compared(found: "Comparison") -> None:
    if found.not_compared:
        show.line(_("Not compared, so nothing is known of them:"))
        show.table((_("File"), _("Why")), [(one.id, one.why) for one in found.not_compared[:MOST]])
        _more(len(found.not_compared))
        show.line()


def _show_learned(found: "Comparison") -> None:
    """Show what the comparison itself tells as warnings, with what to do."""
    from selfaudit.reports.wording import wording_of_reader
    from selfaudit.workflow.similar.listing import LEARNED, learned_rows

    wording = wording_of_reader()
    if rows := learned_rows(found, wording, QUOTED):
        show.line(_("Taken for template, though no blank form has it: either a form that was not given, or copied:"))
        for standard, records, text, examples in rows[:MOST]:
            show.line(on_one_line(f"{standard} “{text}”"))
            titles = zip((_(title) for title in LEARNED[1::2]), (records, examples), strict=True)
            told = wording.clauses(wording.pair(title, value) for title, value in titles)
            show.line(f"   {on_one_line(told)}")
        show.line()


def _more(count: int) -> None:
    if count > MOST:
        show.line(_("… and {n} more; selfaudit similar list -o FILE.xlsx has all.").format(n=count - MOST))
