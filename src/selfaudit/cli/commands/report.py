"""Commands that write Word reports."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

Names = Annotated[
    list[str] | None, typer.Argument(metavar=_("NAME"), help=_("Names or numbers; without any, all of them."))
]
Unmasked = Annotated[
    bool, typer.Option("--unmasked", help=_("Print ID card and telephone numbers in full; by default they are masked."))
]


def _several(
    document: Literal["person", "unit", "branch"], names: list[str] | None, campaign: Path | None, *, unmasked: bool
) -> int:
    from selfaudit.workflow.report import write_reports

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = write_reports(workspace, document, tuple(names or ()), listener, masked=not unmasked)
    for path in done.written:
        show.line(workspace.shown(path))
    if done.waiting:
        show.line(_("Not answered yet, no report: {names}").format(names=show.names(done.waiting)))
    if done.written:
        show.line(_("Next: print, have them signed, keep the signed scans. Incomplete ones are marked as drafts."))
    return TO_ACT_ON if done.waiting else DONE


@verb
def person(names: Names = None, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of people, for signature."""
    return _several("person", names, campaign, unmasked=unmasked)


@verb
def unit(names: Names = None, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of departments and committees, for signature."""
    return _several("unit", names, campaign, unmasked=unmasked)


@verb
def branch(names: Names = None, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of branches, for signature and seal."""
    return _several("branch", names, campaign, unmasked=unmasked)


@verb
def final(
    draft: Annotated[bool, typer.Option("--draft", help=_("Write it with gaps, marked as a draft."))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=_("Print the sources of every figure instead."))] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Where to write."))] = None,
    unmasked: Unmasked = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write the final report; with gaps only as a draft."""
    from selfaudit.workflow.report import explain_final, write_final

    workspace = find_campaign(campaign)
    if explain:
        figures = explain_final(workspace)
        if as_json:
            show.data(list(figures))
            return DONE
        for figure in figures:
            place = f"  [{show.names(figure['chapters'])}]" if figure["chapters"] else ""
            show.line(f"{figure['id']} = {figure['value']}  {figure['title']}{place}")
            for source in figure["sources"]:
                show.line(f"    {source}")
        return DONE
    done = write_final(workspace, draft=draft, output=output, masked=not unmasked)
    show.problems(done.gaps)
    if done.path is None:
        show.line(
            _("Not written: {count}. Close them, or write a draft with --draft.").format(
                count=show.count_problems(done.gaps)
            )
        )
        return TO_ACT_ON
    show.line(_("Wrote {path}").format(path=workspace.shown(done.path)))
    show.line(_("Open it in Word or WPS and update the table of contents (F9)."))
    return TO_ACT_ON if done.gaps else DONE


COMMAND = Family(
    _("Word reports for signature and for the regulator."),
    {"person": person, "unit": unit, "branch": branch, "final": final},
)
