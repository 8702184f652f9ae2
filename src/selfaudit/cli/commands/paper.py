"""Commands about signed paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, OfRound, Only, Reason, Role, Round, Unit, selection
from selfaudit.cli.papers import OPEN_PAGES
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.paper.match import Matched
    from selfaudit.workflow.paper.print import Printed
    from selfaudit.workflow.paper.result import PageResult

REASONS = {
    "not_issued": N_("no form issued"),
    "missing": N_("not answered"),
    "waived": N_("need not answer"),
    "incomplete": N_("answers incomplete"),
    "conflict": N_("conflicting responses"),
}


@verb
def print_(
    only: Only = None,
    role: Role = None,
    unit: Unit = None,
    round_: OfRound = Round.ANSWERS,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Create a signature sheet for every respondent whose answers are complete, with a QR code that identifies them."""
    from selfaudit.workflow.paper.confirmations import print_confirmations
    from selfaudit.workflow.paper.print import print_papers

    if round_ is Round.CORRECTIONS:
        raise WrongUsage(_("What owners say of their findings is not signed on paper."), "selfaudit paper print")
    workspace = find_campaign(campaign)
    with Terminal() as listener:
        run = print_papers if round_ is Round.ANSWERS else print_confirmations
        done = run(workspace, selection(only, role, unit), listener)
    if as_json:
        show.data(_printed_data(workspace, done))
    else:
        _show_printed(workspace, done)
    return TO_ACT_ON if done.to_act_on else DONE


def _printed_data(workspace: "Workspace", done: "Printed") -> dict[str, object]:
    return {
        "written": [workspace.shown(path) for path in done.written],
        "unchanged": [workspace.shown(path) for path in done.unchanged],
        "withdrawn": [workspace.shown(path) for path in done.withdrawn],
        "pdf": [workspace.shown(path) for path in done.pdfs],
        "together": [workspace.shown(path) for path in done.together],
        "not_printed": [
            {"respondent": who.key, "name": who.name, "unit": who.unit_name, "reason": reason}
            for reason, several in done.unprinted.items()
            for who in several
        ],
        "problems": [problem.as_data() for problem in done.problems],
    }


def _show_printed(workspace: "Workspace", done: "Printed") -> None:
    for path in done.written:
        show.line(workspace.shown(path))
    text = _("Signature sheets: {written} written, {unchanged} unchanged, {pdf} of them as PDF too.")
    show.line(text.format(written=len(done.written), unchanged=len(done.unchanged), pdf=len(done.pdfs)))
    if done.withdrawn:
        names = show.names(workspace.shown(path) for path in done.withdrawn)
        show.line(_("Removed, because these sheets are no longer valid: {files}").format(files=names))
    for reason, several in done.unprinted.items():
        names = show.some([who.name for who in several])
        text = _("Not printed, {reason} ({count}): {names}")
        show.line(text.format(reason=_(REASONS[reason]), count=len(several), names=names))
    show.problems(done.problems)
    if done.together:
        text = _("To print in one go, on one side of the paper: {file}")
        show.line(text.format(file=workspace.shown(done.together[0])))
    if len(done.together) > 1:
        names = show.some([workspace.shown(path) for path in done.together[1:]])
        show.line(_("Unit by unit: {files}").format(files=names))
    if done.sheets:
        show.line(_("Next: print the sheets, have them signed, scan them and run selfaudit paper match on the scans."))


OUTCOMES = {
    "filed": N_("filed"),
    "duplicate": N_("filed (duplicate)"),
    "changed": N_("to be signed again"),
    "taken_back": N_("withdrawn"),
    "open": N_("unassigned"),
    "blank": N_("blank"),
    "unchanged": N_("unchanged"),
    "rejected": N_("rejected"),
}


@verb
def match(
    scans: Annotated[list[Path], typer.Argument(metavar=_("SCAN"), help=_("Scans and photos: files, folders, zips."))],
    to: Annotated[
        str,
        typer.Option(metavar=_("NAME"), help=_("File pages without a readable code under this name, number or code.")),
    ] = "",
    page: Annotated[
        list[int] | None,
        typer.Option(metavar=_("NUMBER"), min=1, help=_("With --to: only this page; may be given several times.")),
    ] = None,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """File scans of signed sheets by the code on each page. Originals are kept in papers/scans/."""
    from selfaudit.workflow.paper.match import Said
    from selfaudit.workflow.paper.match import match as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = run(workspace, [path.absolute() for path in scans], Said(to, tuple(page or ()), by), listener)
    if as_json:
        show.data(done.as_data())
    else:
        _show_matched(done)
    return TO_ACT_ON if done.to_act_on else DONE


def _show_matched(done: "Matched") -> None:
    from selfaudit.workflow.paper.result import Outcome

    for result in done.results:
        if result.outcome is not Outcome.UNCHANGED or result.problems:
            _show_pages(result)
    show.line(_("; ").join(f"{_(OUTCOMES[outcome])} {done.count(outcome)}" for outcome in Outcome))
    if done.waiting:
        show.line(_(OPEN_PAGES).format(count=done.waiting))
    filed = [one for one in done.results if one.outcome in (Outcome.FILED, Outcome.DUPLICATE)]
    if any(not one.key for one in filed):
        show.line(_("Are signature and seal on the reports? If not: selfaudit deliverable withdraw DELIVERABLE"))
    if any(one.key for one in filed):
        show.line(_("Next: look at the sheets in papers/to-confirm.html, then run selfaudit paper confirm NAME …"))


def _show_pages(result: "PageResult") -> None:
    pages = _(", page {pages}").format(pages=_ranges(result.pages)) if result.pages else ""
    name = f" ({result.respondent})" if result.respondent else ""
    filed = f" → {result.filed}" if result.filed else ""
    show.line(f"{result.file}{pages}{name}: {_(OUTCOMES[result.outcome])}{filed}")
    for problem in result.problems:
        show.line(f"    {problem.message}" + (f" → {problem.hint}" if problem.hint else ""))


def _ranges(pages: tuple[int, ...]) -> str:
    """Return page numbers as people write them: 1–3, 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return show.names(f"{run[0]}–{run[-1]}" if len(run) > 1 else run[0] for run in runs)


@verb
def dismiss(
    scan: Annotated[
        str, typer.Argument(metavar=_("SCAN"), help=_("The scan, by its name in papers/unreadable.html or its path."))
    ],
    reason: Reason,
    by: By = "",
    page: Annotated[
        list[int] | None,
        typer.Option(
            metavar=_("NUMBER"), min=1, help=_("Only this page; may be given several times (default: all open).")
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Let pages that were set aside wait again."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Set scanned pages aside that are no signature sheet. They are kept in papers/scans/."""
    from selfaudit.workflow.paper.dismiss import Pages
    from selfaudit.workflow.paper.dismiss import dismiss as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = run(workspace, Pages(scan, tuple(page or ())), (by, reason), back=undo, listener=listener)
    if as_json:
        show.data(done.as_data())
        return DONE
    text = _("{file}, page {pages}: waits again") if undo else _("{file}, page {pages}: set aside")
    show.line(text.format(file=done.file, pages=_ranges(tuple(done.pages))))
    if done.waiting:
        show.line(_(OPEN_PAGES).format(count=done.waiting))
    return DONE


@verb
def confirm(
    names: Annotated[list[str], typer.Argument(metavar=_("NAME"), help=_("Names or numbers of respondents."))],
    refuse: Annotated[
        str | None,
        typer.Option(metavar=_("REASON"), help=_("Refuse the paper, giving the reason; it still counts as missing.")),
    ] = None,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Confirm that signed sheets have been looked at and are in order."""
    from selfaudit.model.progress.paper_status import STATES
    from selfaudit.workflow.paper.confirm import confirm as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = run(workspace, names, refuse, listener, by)
    if as_json:
        show.data(done.as_data())
    else:
        for verdict in done.verdicts:
            before = _("{name}: {state}, no change ({files})")
            told = "{name}: {state} ({files})" if verdict.new else before
            files = show.names(verdict.files)
            show.line(told.format(name=verdict.name, state=_(STATES[verdict.state]), files=files))
        show.problems(done.problems)
        show.line(_("Next: selfaudit status shows whose papers are still open."))
    return TO_ACT_ON if done.problems else DONE


COMMAND = Family(
    _("Signed paper: sheets to sign, scans that come back."),
    {"print": print_, "match": match, "dismiss": dismiss, "confirm": confirm},
)
