"""``status``: how far the campaign is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.approving import show_approvals
from selfaudit.cli.deliverables import list_deliverables
from selfaudit.cli.findings import show_findings
from selfaudit.cli.history import show_history
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.papers import show_papers
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selfaudit.model.progress.confirming import Confirmation
    from selfaudit.model.progress.owners import OwnerStatus
    from selfaudit.model.progress.status import Progress, Rejected, Status, Waiting
    from selfaudit.store.workspace import Workspace


STEPS = {
    "verify": N_("see what is not as selfaudit left it, and put it right: selfaudit journal verify"),
    "issue": N_("issue the forms: selfaudit issue"),
    "collect": N_("send the forms in outbox/, put returned files into inbox/, run selfaudit collect"),
    "chase": N_("remind those who have not answered: selfaudit remind"),
    "resolve": N_("settle contradictions: selfaudit contradictions list"),
    "complete": N_("have incomplete responses completed: selfaudit remind"),
    "correct": N_("have numbers that cannot be right corrected, then run selfaudit collect"),
    "extend": N_("draw the files that the rule of the spot check asks for: selfaudit sample extend, as above"),
    "sign": N_("have the answers signed: selfaudit paper print, then selfaudit paper match on the scans"),
    "confirm": N_("look at the signed sheets: selfaudit paper confirm"),
    "report": N_("write the reports: selfaudit report"),
}


@verb
def status(
    of: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Show everything received from one respondent."))] = "",
    html: Annotated[
        Path | None, typer.Option(metavar=_("FILE"), help=_("Write a web page that shows the progress."))
    ] = None,
    deliverables: Annotated[
        bool, typer.Option("--deliverables", help=_("Show what the notice wants to exist, and what of it is there."))
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show who answered, who has not, and what is due next."""
    from selfaudit.workflow import status as work

    if deliverables:
        return list_deliverables(campaign, as_json=as_json)
    workspace = find_campaign(campaign)
    if of:
        _show_one(workspace, of, as_json=as_json)
        return DONE
    found = work.status(workspace, today())
    if html:
        work.write_page(workspace, found, html)
        show.message(_("Wrote {path}").format(path=html))
    if as_json:
        show.data(found.as_data())
    else:
        _show_status(found)
    return DONE if found.next_step == "report" else TO_ACT_ON


COLUMNS = (
    (N_("asked"), "issued"),
    (N_("answered"), "answered"),
    (N_("complete"), "complete"),
    (N_("missing"), "missing"),
    (N_("need not answer"), "waived"),
    (N_("overdue"), "overdue"),
    (N_("with problems"), "problems"),
)
"""The columns of the tables, the waived ones only where there are any."""

MOST_FILES = 20
"""Files that are listed; the whole list is in --json."""
MOST_WAITING = 5
"""People of a unit who are named one by one; the whole list is in --json and --html."""


def _show_status(found: "Status") -> None:
    from selfaudit.reports.pages.status import milestone_text

    show.line(f"{found.title}  {found.today}")
    columns = [(name, key) for name, key in COLUMNS if key != "waived" or found.total.waived]
    header = [_(name) for name, _key in columns]
    rows = [_progress_row(unit.name, unit, columns) for unit in found.units]
    show.table((_("Unit"), *header), [*rows, _progress_row(_("Total"), found.total, columns)])
    show.line()
    show.table((_("Role"), *header), [_progress_row(role.name, role, columns) for role in found.roles])
    _show_waiting(_("Not answered"), found.missing)
    _show_waiting(_("Incomplete"), found.incomplete)
    if found.waived:
        show.line("\n" + _("{title} ({n}):").format(title=_("Need not answer"), n=len(found.waived)))
    for waived in found.waived:
        text = _("  {unit}  {name}: {reason}; decided by {by}")
        show.line(text.format(unit=waived.unit, name=waived.name, reason=waived.reason, by=waived.by))
    if found.doubts:
        show.line()
        show.doubts(found.doubts)
    if any(found.findings.states.values()):
        show_findings(found.findings)
    if found.papers:
        show_papers(found.papers)
    if found.approvals:
        show.line()
        show_approvals(found.approvals)
    notes = (
        (_("Conflicting responses"), found.conflicts),
        (_("Contradictions not settled"), found.contradictions),
        (_("Questions reworded or added since they answered"), found.outdated),
        (_("Forms to be issued, because they are new or ask something else now"), found.to_issue),
        (_("No longer asked, answers kept"), found.dropped),
    )
    for title, names in notes:
        if names:
            show.line("\n" + _("{title} ({n}): {names}").format(title=title, n=len(names), names=show.some(names)))
    _show_data(found)
    _show_owners(found.owners, found.reopened)
    _show_confirmations(found.confirmations)
    _show_extensions(found.extensions)
    _show_rejected(found.rejected)
    _show_unassigned(found.unassigned)
    show.line()
    for milestone in found.milestones:
        show.line(f"  {milestone.on}  {milestone.title}  ({milestone_text(milestone)})")
    show.line("\n" + _("Next: {step}").format(step=_(STEPS[found.next_step])))


def _show_owners(owners: "list[OwnerStatus]", reopened: list[str]) -> None:
    """Tell how far the corrections are, and who still has findings to correct, the most urgent first."""
    if not owners:
        return
    waiting = sorted((one for one in owners if one.open), key=lambda one: (one.due, one.name))
    answered = sum(one.answered for one in owners)
    text = _("Forms for corrections: {issued} issued, {answered} came back; {waiting} owners have findings to correct.")
    show.line("\n" + text.format(issued=len(owners), answered=answered, waiting=len(waiting)))
    for one in waiting[:MOST_FILES]:
        late = (_("overdue since {day}") if one.overdue else _("due {day}")).format(day=one.due)
        show.line(f"  {one.unit}  {one.name}  {late}: {show.names(one.open)}")
    if len(waiting) > MOST_FILES:
        show.line("  " + _("and {n} others").format(n=len(waiting) - MOST_FILES))
    if reopened:
        text = _("Reopened since the forms for corrections went out ({n}): {ids}")
        show.line("  " + text.format(n=len(reopened), ids=show.some(reopened)))
        show.line("  " + _("Next: selfaudit issue --round corrections"))


def _show_extensions(extensions: list[str]) -> None:
    """Tell of which strata the rule of a spot check asks for more files, with the command that draws them."""
    if extensions:
        show.line("\n" + _("Problems were found in strata of which more files are to be drawn:"))
    for one in extensions:
        show.line(f"  selfaudit sample extend {one}")


def _show_confirmations(confirmations: "list[Confirmation]") -> None:
    """Tell how many first readers agree with what reviews found, and what somebody has to act on."""
    from selfaudit.reports.confirmed import stand

    if not confirmations:
        return
    text = _("Confirmations of reviewed files: {asked} asked for, {agreed} agree.")
    agreed = sum(one.state == "agree" for one in confirmations)
    show.line("\n" + text.format(asked=len(confirmations), agreed=agreed))
    if signed := sum(one.signed for one in confirmations):
        show.line("  " + _("Signed on paper: {n}").format(n=signed))
    acted = sorted((one for one in confirmations if one.state != "agree"), key=lambda one: one.state == "open")
    for one in acted[:MOST_FILES]:
        show.line(f"  {one.file}  {one.about}  {stand(one, _)}")
    if len(acted) > MOST_FILES:
        show.line("  " + _("and {n} others").format(n=len(acted) - MOST_FILES))
    if any(one.state == "other" or one.lacks_reason for one in confirmations):
        show.line("  " + _("Ask for their own forms and for reasons: selfaudit remind --round confirmations"))
    if any(not one.current for one in confirmations):
        show.line("  " + _("Reviews were changed since. Next: selfaudit issue --round confirmations"))


def _show_data(found: "Status") -> None:
    """Show what data checks found, and the numbers that registers give beside those of the profile."""
    if checks := found.checks:
        text = _(
            "Data checks run: {ran}, not run: {n}, with signals: {checks}; signals: {signals}, of which open: {open}"
        )
        counts = {"signals": checks.signals, "checks": checks.checks, "open": checks.open}
        counts |= {"ran": checks.ran, "n": checks.not_run}
        show.line("\n" + text.format(**counts))
    if found.older:
        show.line(_("Registers changed since: {ids}. Run selfaudit check again.").format(ids=show.some(found.older)))
    known = [one for one in found.figures if one.outcome.value is not None and one.stated is not None]
    if known:
        show.line("\n" + _("Numbers of the profile and of the registers:"))
    for one in known:
        text = _("  {title}: {stated}, {counted}") if one.agrees else _("  {title}: {stated}, {counted}  (differ)")
        show.line(text.format(title=one.figure.title, stated=one.stated, counted=one.outcome.value))
    if answers := found.unsupported:
        text = _("Answers “conform” that no data check supports, because it did not run, or in part only: {n}")
        show.line("\n" + text.format(n=answers))


def _show_unassigned(count: int) -> None:
    if count:
        show.line("\n" + _("Files of evidence that belong to nothing yet ({n}):").format(n=count))
        show.line("  " + _("selfaudit evidence list --unassigned shows them."))


def _show_rejected(rejected: "list[Rejected]") -> None:
    if not rejected:
        return
    whose = list(dict.fromkeys(one.name or one.file.rpartition("/")[2] for one in rejected))
    title = _("{title} ({n}): {names}").format(
        title=_("Files that could not be used"), n=len(rejected), names=show.some(whose)
    )
    show.line("\n" + title)
    for one in rejected[:MOST_FILES]:
        who = _("{name} ({unit})").format(name=one.name, unit=one.unit) if one.name else _("unknown whose")
        show.line(f"  {one.file}  " + (who if one.sure or not one.name else _("perhaps {who}").format(who=who)))
    if len(rejected) > MOST_FILES:
        show.line("  " + _("and {n} others").format(n=len(rejected) - MOST_FILES))
    if any(one.text for one in rejected):
        show.line("  " + _("What to send back for each of them is in rejected/."))


def _show_waiting(title: str, waiting: "list[Waiting]") -> None:
    from selfaudit.reports.pages.status import chased

    if waiting:
        show.line("\n" + _("{title} ({n}):").format(title=title, n=len(waiting)))
    units: dict[str, list[Waiting]] = {}
    for who in waiting:
        units.setdefault(who.unit, []).append(who)
    for unit, several in units.items():
        shown = len(several) if len(several) == MOST_WAITING + 1 else MOST_WAITING
        for who in several[:shown]:
            late = _("overdue since {day}") if who.overdue else _("due {day}")
            show.line(f"  {who.unit}  {who.name}  {late.format(day=who.due)}  {chased(who.reminders)}".rstrip())
            for gap in who.gaps:
                show.line(f"      {gap.message}")
        if len(several) > shown:
            show.line(f"  {unit}  " + _("and {n} others").format(n=len(several) - shown))


def _progress_row(name: str, row: "Progress", columns: "Iterable[tuple[str, str]]") -> tuple[str | int, ...]:
    return (name, *(getattr(row, key) for _title, key in columns))


def _show_one(workspace: "Workspace", name: str, *, as_json: bool) -> None:
    from selfaudit.cli.words import Words
    from selfaudit.workflow.common.state.history import history

    found = history(workspace, name)
    if as_json:
        show.data(found.as_data())
    else:
        show_history(found, Words(workspace.plan()))


COMMAND = status
