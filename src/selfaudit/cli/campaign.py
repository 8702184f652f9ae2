"""Commands that move a campaign forward: init, validate, issue, collect, status, demo."""

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, Only, Role, Unit, selection
from selfaudit.cli.paper import show_papers
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, here, verb

if TYPE_CHECKING:
    from selfaudit.model.status import Progress, Status
    from selfaudit.workflow.collect.collect import Collected, FileResult
    from selfaudit.workflow.common.history import History


@verb
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The new campaign folder."))],
    kit: Annotated[str, typer.Option(help=_("Name of a shipped kit, or the folder of one."))] = "fake-cert-2023",
    roster: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Roster as YAML or XLSX."))] = None,
) -> int:
    """Make a campaign folder from a kit."""
    from selfaudit.workflow.init import init as run

    made = run(folder, kit, roster)
    show.line(_("Made {folder}.").format(folder=folder))
    show.line(_("Next:"))
    if made.example_roster:
        show.line(_("  1. Put your units and people into roster.yaml, or fill in an Excel sheet:"))
        show.line(
            f"     selfaudit roster template roster.xlsx; selfaudit roster import roster.xlsx --campaign {folder}"
        )
    else:
        show.line(_("  1. Look through campaign.yaml: dates, working group, deadline."))
    show.line(_("  2. See what is still to be settled: selfaudit validate {folder}").format(folder=folder))
    show.line(_("  3. Write the forms: selfaudit issue --campaign {folder}").format(folder=folder))
    return DONE


@verb
def validate(
    target: Annotated[
        str | None, typer.Argument(help=_("A kit (name or folder) or a campaign (default: the one around here)."))
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Report every mistake of a kit or campaign."""
    from selfaudit.base.problems import Severity, errors
    from selfaudit.workflow import validate as work

    folder = Path(target) if target else here(campaign)
    is_kit = bool(target) and (not folder.is_dir() or work.looks_like_kit(folder))
    found = work.validate_kit(str(target)) if is_kit else work.validate_campaign(folder)
    # what needs work first; citations that wait for somebody to look them up are many
    found.sort(key=lambda problem: (problem.severity is not Severity.ERROR, problem.code == "kit.citation-unverified"))
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found)
        show.line(show.count_problems(found) if found else _("Nothing to complain about."))
    return INPUT if errors(found) else TO_ACT_ON if found else DONE


@verb
def issue(
    only: Only = None,
    role: Role = None,
    unit: Unit = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMATS",
            help=_("html, xlsx or yaml, several with commas (default: as the roster says, else the campaign)."),
        ),
    ] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write a form for everybody who must answer; again only what is new or changed."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.issue.issue import issue as run

    workspace = Workspace.find(here(campaign))
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in re.split("[,，、 ]", formats) if name.strip()))
    with Terminal() as listener:
        done = run(workspace, selection(only, role, unit), wanted, listener)
    counts = {"new": len(done.new), "changed": len(done.changed), "rewritten": done.rewritten}
    show.problems(done.warnings)
    if as_json:
        show.data({**counts, "unchanged": done.unchanged, "dropped": done.dropped, "files": done.files})
        return DONE
    text = _("{new} new, {changed} changed, {rewritten} written again, {unchanged} unchanged forms in outbox/.")
    show.line(text.format(**counts, unchanged=done.unchanged))
    if done.changed:
        show.line(_("Changed forms replace those sent before, which now lie in superseded/; send the new ones."))
    if done.dropped:
        show.line(_("No longer asked, answers kept: {names}").format(names=show.names(done.dropped)))
    if done.files:
        show.line(
            _("Each unit has a page with a text for every respondent, outbox/<unit>/index.html, and a zip of it all.")
        )
        show.line(_("Next: send each file to its respondent, put what comes back into inbox/, run selfaudit collect."))
    return DONE


MOST_ALIKE = 5
"""Mistakes of one kind that are shown for one file; whoever makes one a hundred times makes the same one."""

OUTCOMES = {
    "new": N_("new"),
    "updated": N_("corrected"),
    "older": N_("older, kept as history"),
    "conflict": N_("conflict"),
    "unchanged": N_("unchanged"),
    "rejected": N_("rejected"),
}


@verb
def collect(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help=_("Files, folders, zips (default: inbox/)."))
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Read what came back and merge it; originals are kept in received/."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.collect.collect import collect as run

    workspace = Workspace.find(here(campaign))
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
        if result.outcome != "new" or result.notes or result.gaps:
            show.line(f"{result.file}{name}: {_(OUTCOMES[result.outcome])}")
            _show_file(result)
    counts = {name: done.count(name) for name in OUTCOMES}
    show.line("; ".join(f"{_(OUTCOMES[name])} {count}" for name, count in counts.items()))
    if conflicts := done.of("conflict"):
        names = show.names(dict.fromkeys(result.respondent for result in conflicts))
        show.line(
            _("Different answers to the same form: {names}. See selfaudit contradictions list.").format(names=names)
        )
    if done.of("rejected"):
        show.line(_("Rejected files stay where they are and are tried again next time."))


def _show_file(result: "FileResult") -> None:
    alike = Counter[str]()
    for problem in (*result.errors, *result.notes, *result.gaps):
        alike[problem.code] += 1
        if alike[problem.code] <= MOST_ALIKE:
            place = f"{problem.where.place}: " if problem.where.place else ""
            show.line(f"    {place}{problem.message}" + (f" → {problem.hint}" if problem.hint else ""))
    if more := sum(count - MOST_ALIKE for count in alike.values() if count > MOST_ALIKE):
        show.line("    " + _("… and {n} more of the same kind; --json lists them all").format(n=more))


STEPS = {
    "issue": N_("write the forms: selfaudit issue"),
    "collect": N_("send the forms in outbox/, put what comes back into inbox/, run selfaudit collect"),
    "chase": N_("remind those who have not answered: selfaudit remind"),
    "resolve": N_("settle conflicting responses: selfaudit contradictions list"),
    "complete": N_("have the incomplete responses completed: selfaudit remind"),
    "sign": N_("have the answers signed: selfaudit paper print, then selfaudit paper match with the scans"),
    "confirm": N_("look at signatures and seals: selfaudit paper confirm"),
    "report": N_("write the reports: selfaudit report final"),
}


@verb
def status(
    of: Annotated[
        str, typer.Option(metavar="NAME", help=_("Show everything that came back from one respondent."))
    ] = "",
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Write a page with a picture of the progress."))
    ] = None,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show who answered, who has not, and what is due next."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow import status as work
    from selfaudit.workflow.common.history import history

    workspace = Workspace.find(here(campaign))
    if of:
        _show_history(history(workspace, of), as_json=as_json)
        return DONE
    found = work.status(workspace, today())
    if html:
        work.write_page(found, html)
        show.message(_("Wrote {path}").format(path=html))
    if as_json:
        show.data(found.as_data())
    else:
        _show_status(found)
    return DONE if found.next_step == "report" else TO_ACT_ON


def _show_status(found: "Status") -> None:
    from selfaudit.model.status import chased, days_left

    show.line(f"{found.title}  {found.today}")
    header = (_("Unit"), _("asked"), _("answered"), _("complete"), _("missing"), _("overdue"), _("with problems"))
    total = [found.total]
    found.total.name = _("Total")
    show.table(header, map(_progress_row, found.units + total))
    show.line()
    show.table((_("Role"), *header[1:]), map(_progress_row, found.roles))
    for title, waiting in ((_("Not answered"), found.missing), (_("Incomplete"), found.incomplete)):
        if waiting:
            show.line(f"\n{title} ({len(waiting)}):")
            for who in waiting:
                late = _("overdue since {day}") if who.overdue else _("due {day}")
                show.line(f"  {who.unit}  {who.name}  {late.format(day=who.due)}  {chased(who.reminders)}".rstrip())
                for gap in who.gaps:
                    show.line(f"      {gap.message}")
    if found.papers:
        show_papers(found.papers)
    notes = (
        (_("Conflicting responses"), found.conflicts),
        (_("Answered an older form"), found.outdated),
        (_("No longer asked, answers kept"), found.dropped),
        (_("Files that could not be used"), found.rejected),
    )
    for title, names in notes:
        if names:
            show.line(f"\n{title} ({len(names)}): {', '.join(names)}")
    show.line()
    for milestone in found.milestones:
        show.line(f"  {milestone.on}  {milestone.title}  ({days_left(milestone.days_left)})")
    show.line("\n" + _("Next: {step}").format(step=_(STEPS[found.next_step])))


def _progress_row(row: "Progress") -> tuple[str | int, ...]:
    return (row.name, row.issued, row.answered, row.complete, row.missing, row.overdue, row.problems)


def _show_history(found: "History", *, as_json: bool) -> None:
    if as_json:
        show.data(found.as_data())
    else:
        show.history(found)


@verb
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("Folder of the invented campaign."))] = Path(
        "selfaudit-demo"
    ),
    seed: Annotated[int, typer.Option(help=_("Another seed invents another body."))] = 2023,
) -> int:
    """Run a whole campaign of an invented body, so that you can look around in it."""
    from selfaudit.demo.play import demo as run

    with Terminal() as listener:
        lines = run(folder, seed, listener)
    for text in lines:
        show.line(text)
    return DONE
