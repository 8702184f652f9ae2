"""``status``: how far the campaign is."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from selfaudit.files.atomic import write_text
from selfaudit.model.evidence import unassigned
from selfaudit.model.form.form import Labels
from selfaudit.model.held.against import HeldAgainst, without_support
from selfaudit.model.held.figures import counted_figures
from selfaudit.model.held.held import called, held_against
from selfaudit.model.progress.approval import APPROVE
from selfaudit.model.progress.contradictions import Contradictions, unsettled
from selfaudit.model.progress.coverage import CoverageCheck
from selfaudit.model.progress.findings import AnswersAndFindings
from selfaudit.model.progress.milestones import milestone_states
from selfaudit.model.progress.reminder import by_respondent
from selfaudit.model.progress.standing import Standing
from selfaudit.model.progress.status import Status, status_of
from selfaudit.store.ledger.decisions import decisions, settled
from selfaudit.store.ledger.evidence import evidence_files
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import every_form, pending
from selfaudit.workflow.common.soundness.verify import is_doubtful, is_sound
from selfaudit.workflow.common.state.checked import check_run
from selfaudit.workflow.common.state.confirmed import confirmations
from selfaudit.workflow.common.state.deliverables import deliverable_states
from selfaudit.workflow.common.state.evidence import evidence_of_corrections
from selfaudit.workflow.common.state.milestones import milestones_done
from selfaudit.workflow.common.state.owners import owners, to_issue
from selfaudit.workflow.common.state.register import register
from selfaudit.workflow.common.state.rejections import rejections
from selfaudit.workflow.common.state.results import extensions_due
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.state.verdicts import Now, check_status
from selfaudit.workflow.common.writing.output import output_path


def status(workspace: Workspace, today: date) -> Status:
    """Return the state of everybody."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    held, numbers = Contradictions(kit, roster), CoverageCheck.of(kit, roster)
    with workspace.reading() as ledger:
        everyone = loaded.everybody or roster
        run = check_run(workspace, ledger, kit, everyone)
        against = HeldAgainst(kit, everyone, run)
        chased = by_respondent(reminders(ledger))
        labels = Labels(who for who, active in respondents(ledger).values() if active)
        said = AnswersAndFindings(kit, register(ledger), today)
        used = set[str]()
        everybody = _with_files(standings(ledger, kit), used)
        found = status_of(kit, _heard(everybody, (held, against), numbers, said), today, chased, labels)
        found.areas, found.findings = said.areas, said.findings
        found.figures = counted_figures(run.figures, loaded.profile.numbers(kit.plan) if loaded.profile else {})
        decided = settled(ledger)
        found.contradictions = [f"{one.place} {one.name}" for one in unsettled(held.found(), decided)]
        found.contradictions += [
            called(one) for one in held_against(against, found.figures) if decided.get(one.key) != one.digest
        ]
        found.unsupported = sum(map(len, without_support(against.unsupported()).values()))
        found.checks = check_status(workspace, ledger, Now(kit.plan, everyone, today))
        found.older = run.outdated
        found.doubts = numbers.found()
        found.milestones = milestone_states(kit.plan, milestones_done(ledger), today)
        found.to_issue = pending(ledger, every_form(ledger, kit, roster, workspace.codes(kit.plan.id)), kit)
        found.rejected = rejections(workspace, ledger)
        found.owners = owners(ledger, kit, roster, today)
        found.reopened = to_issue(ledger, kit)
        found.confirmations = confirmations(ledger, kit)
        found.extensions = extensions_due(workspace, ledger, kit)
        used |= {at.sha256 for _, at in evidence_of_corrections(ledger)}
        found.unassigned = len(unassigned(evidence_files(ledger), used))
        if found.papers:
            found.papers.open_pages = open_page_count(ledger)
        approved = bool(decisions(ledger, APPROVE))
    # only before the report it is worth reading every original
    found.unsound = is_doubtful(workspace) or (found.next_step == "report" and not is_sound(workspace))
    if approved:
        from selfaudit.workflow.common.final import build_final  # noqa: PLC0415 - rarely needed

        found.approvals = build_final(workspace).approvals
    return found


def _with_files(everybody: Iterable[Standing], used: set[str]) -> Iterator[Standing]:
    """Pass standings on, and note by hash which files belong to them."""
    for standing in everybody:
        used |= {at.sha256 for at in standing.evidence}
        yield standing


def _heard(
    everybody: Iterable[Standing],
    held: tuple[Contradictions, HeldAgainst],
    numbers: CoverageCheck,
    said: AnswersAndFindings,
) -> Iterator[Standing]:
    """Pass standings on, of which only one is in memory at a time."""
    for standing in everybody:
        for one in held:
            one.add(standing)
        said.add(standing)
        if standing.active:
            numbers.add(standing.respondent, (standing.content or {}).get("coverage", {}))
        yield standing


def write_page(workspace: Workspace, found: Status, path: Path) -> None:
    """Write the status as a web page."""
    from selfaudit.reports.pages.status import status_page  # noqa: PLC0415 - rarely needed

    kit, roster = workspace.load().usable()
    with workspace.reading() as ledger:
        due = deliverable_states(workspace, ledger, kit, roster, found.today)
    write_text(output_path(workspace, path, workspace.reports / "status.html"), status_page(found, due))
