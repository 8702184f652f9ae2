"""Commands that write Word reports."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import N_, _, ngettext
from selfaudit.base.problems import Severity
from selfaudit.cli import show
from selfaudit.cli.approving import approve
from selfaudit.cli.options import Campaign, Json, Output
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import ANY, WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.base.problems import Problem
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.report.final import Final, Kind

Names = Annotated[list[str] | None, typer.Argument(metavar=_("NAME"), help=_("Names or numbers (default: all)."))]
Draft = Annotated[bool, typer.Option("--draft", help=_("Write a draft, even if nothing is open."))]
Strict = Annotated[bool, typer.Option("--strict", help=_("Write the final report or, if something is open, nothing."))]
Explain = Annotated[bool, typer.Option("--explain", help=_("Print the sources of every figure instead."))]
Unmasked = Annotated[
    bool,
    typer.Option(
        "--unmasked", help=_("Print ID card, bank card and telephone numbers in full; by default they are masked.")
    ),
]
Pdf = Annotated[
    bool, typer.Option("--pdf", help=_("Also make a PDF with LibreOffice, and the page numbers of the contents."))
]


def _named(document: str, names: list[str] | None, campaign: Path | None, *, unmasked: bool, pdf: bool) -> int:
    from selfaudit.workflow.report.final import Final
    from selfaudit.workflow.report.manner import Manner
    from selfaudit.workflow.report.named import write_named

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = write_named(workspace, document, tuple(names or ()), Manner(not unmasked, pdf, listener))
    if isinstance(done, Final):
        return _of_body(workspace, done)
    show.problems(done.problems)
    _tell_aside(workspace, done.aside)
    for path in (*done.paths, *done.pdfs):
        show.line(workspace.shown(path))
    if done.waiting:
        show.line(_("Not answered yet, no report: {names}").format(names=show.names(done.waiting)))
    if not done.paths and not done.waiting:
        show.line(_("Nothing to write: there is no {what} yet.").format(what=_(done.what)))
    if done.paths:
        show.line(_("Next: print them, have them signed and keep the scans. Incomplete ones are marked as drafts."))
    return TO_ACT_ON if done.waiting or _lacking(done.problems) else DONE


def _of_body(workspace: "Workspace", done: "Final") -> int:
    """Tell what was written of a document that the kit adds for the body."""
    show.problems(done.problems)
    _tell_moved(workspace, done)
    path = show.names([workspace.shown(path) for path in (*done.paths, *done.pdfs)])
    if done.draft:
        points = _points(done.open)
        show.line(_("Draft written to {path}: {points}.").format(path=path, points=points))
        show.line(_("Next: resolve what selfaudit report lists, and write it again."))
    else:
        show.line(path)
    return TO_ACT_ON if done.open or _lacking(done.problems) else DONE


@verb
def own(
    ctx: typer.Context, names: Names = None, pdf: Pdf = False, unmasked: Unmasked = False, campaign: Campaign = None
) -> int:
    """Write a document that the kit adds, for the body or for units, people or findings; ID as in campaign.yaml."""
    return _named(str(ctx.info_name), names, campaign, unmasked=unmasked, pdf=pdf)


@verb
def person(names: Names = None, pdf: Pdf = False, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of people, for signature."""
    return _named("person", names, campaign, unmasked=unmasked, pdf=pdf)


@verb
def unit(names: Names = None, pdf: Pdf = False, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of departments and committees, for signature."""
    return _named("unit", names, campaign, unmasked=unmasked, pdf=pdf)


@verb
def branch(names: Names = None, pdf: Pdf = False, unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the self-audit reports of branches, with their sub-units, for signature."""
    return _named("branch", names, campaign, unmasked=unmasked, pdf=pdf)


@verb
def online_form(unmasked: Unmasked = False, campaign: Campaign = None) -> int:
    """Write the table from which the online form is typed, with the source of every number."""
    from selfaudit.workflow.report.online_form import write_online_form

    workspace = find_campaign(campaign)
    done = write_online_form(workspace, masked=not unmasked)
    for path in done.aside:
        show.line(_("An earlier file was moved to {path}.").format(path=workspace.shown(path)))
    for path in done.paths:
        show.line(workspace.shown(path))
    for row in done.lacking:
        text = _("No value yet: {number} {title} ({source})")
        show.line(text.format(number=row.number, title=row.row.title, source=row.source))
    if done.open:
        show.line(_("These are the numbers of the draft: {points}.").format(points=_points(done.open)))
        show.line(_("Next: resolve what selfaudit report lists, and write it again."))
    else:
        show.line(_("Next: type the values into the online form."))
    return TO_ACT_ON if done.lacking or done.open else DONE


@verb
def final(
    draft: Draft = False,
    strict: Strict = False,
    explain: Explain = False,
    pdf: Pdf = False,
    output: Output = None,
    unmasked: Unmasked = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write the final report or, as long as something is open, its draft."""
    from selfaudit.workflow.report.final import write_final
    from selfaudit.workflow.report.manner import Manner

    if draft and strict:
        raise WrongUsage(_("--draft and --strict cannot be used together: choose one."), "selfaudit report")
    workspace = find_campaign(campaign)
    if explain:
        return _explain(workspace, as_json=as_json)
    kind: Kind = "draft" if draft else "final only" if strict else "final or draft"
    with Terminal() as listener:
        done = write_final(workspace, kind, output, Manner(not unmasked, pdf, listener))
    return _tell_final(workspace, done, as_json=as_json)


def _tell_final(workspace: "Workspace", done: "Final", *, as_json: bool) -> int:
    code = TO_ACT_ON if done.open or _lacking(done.problems) else DONE
    paths, pdfs = ([workspace.shown(path) for path in files] for files in (done.paths, done.pdfs))
    if as_json:
        aside = [workspace.shown(path) for path in done.aside]
        gaps, problems = ([one.as_data() for one in found] for found in (done.gaps, done.problems))
        told = {"draft": done.draft, "open": done.open, "set_aside": aside, "gaps": gaps, "problems": problems}
        show.data({**dict(zip_longest(("path", "annexes"), paths)), "pdf": pdfs, **told})
        return code
    show.problems([*done.shown, *done.problems])
    _tell_moved(workspace, done)
    _tell(show.names([*paths, *pdfs]), done)
    return code


def _explain(workspace: "Workspace", *, as_json: bool) -> int:
    from selfaudit.workflow.report.final import explain_final

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


def _tell_aside(workspace: "Workspace", paths: Iterable[Path]) -> None:
    for path in paths:
        show.line(_("An earlier file was moved to {path}.").format(path=workspace.shown(path)))


def _tell_moved(workspace: "Workspace", done: "Final") -> None:
    """Print what became of files that were there before."""
    _tell_aside(workspace, done.aside)
    for path in done.earlier:
        show.line(_("{path} is an earlier final report; it was left as it is.").format(path=workspace.shown(path)))


def _lacking(problems: "Iterable[Problem]") -> bool:
    """Return whether a PDF is missing, or something in it."""
    return any(problem.severity is not Severity.NOTE for problem in problems)


def _points(count: int) -> str:
    return ngettext("{n} point is open", "{n} points are open", count).format(n=count)


def _tell(path: str, done: "Final") -> None:
    """Print what was written and what to do next."""
    points = _points(done.open)
    if not path:
        show.line(_("Not written: {points}.").format(points=points))
        show.line(_("Next: resolve them, or run selfaudit report without --strict for a draft."))
    elif done.draft and done.open:
        show.line(_("Draft written to {path}: {points}.").format(path=path, points=points))
        show.line(_("Next: resolve them and run selfaudit report again; the draft lists them too."))
    elif done.draft:
        show.line(_("Draft written to {path}; nothing is open.").format(path=path))
        show.line(_("Next: run selfaudit report without --draft for the final report."))
    else:
        show.line(_("Final report written to {path}.").format(path=path))
        show.line(_(_next(done)))


def _next(done: "Final") -> str:
    if done.approvals and done.approvals.missing:
        return N_("Next: have it prepared, reviewed and approved with selfaudit report approve.")
    if _lacking(done.problems):
        return N_("Next: open it in Word or WPS, update the table of contents (F9), and have it signed and stamped.")
    if not done.pdfs:
        return N_("Next: write it with page numbers in the table of contents, and as PDF: selfaudit report --pdf")
    return N_("Next: print the PDF, have it signed and stamped, and submit it.")


def report(
    ctx: typer.Context,
    draft: Draft = False,
    strict: Strict = False,
    explain: Explain = False,
    pdf: Pdf = False,
    output: Output = None,
    unmasked: Unmasked = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> None:
    """Write the final report, as ``selfaudit report final`` does, unless another report is named."""
    if ctx.invoked_subcommand is None:
        final(draft, strict, explain, pdf, output, unmasked, campaign, as_json)


COMMAND = Family(
    _("Word reports: the final report or its draft, the reports for signature, and the documents of the kit."),
    {
        "final": final,
        "person": person,
        "unit": unit,
        "branch": branch,
        "online-form": online_form,
        "approve": approve,
        ANY: own,
    },
    alone=report,
)
