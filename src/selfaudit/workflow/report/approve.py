"""``report approve``: who prepared, reviewed and approved the final report, each for exactly what it says."""

from dataclasses import dataclass
from datetime import date

from selfaudit.base.clock import today
from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.progress.approval import APPROVE, Approval, Approvals, approvals
from selfaudit.model.rectification.people import People
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.store.ledger.decisions import Decision, decide, decisions
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.final import Built, build_final, gaps_in_print, printed
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.writing.places import place_of_body
from selfaudit.workflow.common.writing.rendering import Renderer

OPEN = error(
    "approval.open",
    N_("a draft cannot be approved; points that are open: {count}"),
    N_("“selfaudit report” lists them; resolve them first."),
)
NOBODY_SIGNS = error(
    "approval.nobody-signs",
    N_("the kit says that nobody signs the report"),
    N_("Name those who sign in campaign.yaml, as signatories: of report:, or leave that key out for the usual three."),
)
NO_STEP = error("approval.no-step", N_("nobody signs the report as “{name}”"), N_("Known: {known}."))
NO_NAME = error("approval.no-name", N_("it is not said who takes this step"), N_("Give the name with --by."))
TOO_EARLY = error(
    "approval.too-early",
    N_("“{step}” comes after {before}, and for what the report says now nobody has taken that step"),
    N_("Enter that first. “selfaudit report approve --list” shows who approved what, and what has changed since."),
)
SAME_PERSON = error(
    "approval.same-person",
    N_("{name} has taken the step “{other}” for this content already"),
    N_("Each step is taken by somebody else: who prepares does not review, and neither of them approves."),
)
NO_DAY = error("approval.no-day", N_("“{text}” is no day up to today"), N_("Write the day after --on: YYYY-MM-DD."))
NOT_IN_ORDER = error(
    "approval.not-in-order",
    N_("“{first}” on {first_on} would be after “{then}” on {then_on}"),
    N_("The steps are taken one after the other; correct the day."),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody says: which step, by its title or word, by whom, on which day (empty: today), and why."""

    name: str
    by: str
    on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """The approvals of the report, how many points are open in it, and what a step replaces, if anything.

    ``written`` says that the report was written with all of them.
    """

    approvals: Approvals
    open: int
    before: Approval | None = None
    written: bool = False


def list_approvals(workspace: Workspace) -> Approved:
    """Return who approved the report as it is now, and what was approved before."""
    built = build_final(workspace)
    path = workspace.reports / place_of_body(FINAL, built.setting.kit.plan)
    written = path.is_file() and path.stat().st_mtime >= built.approved_at > 0
    return Approved(_given(built.approvals), built.open, written=written)


def approve(workspace: Workspace, said: Step, listener: Listener) -> Approved:
    """Enter that somebody took a step for what the report says now."""
    built = build_final(workspace)
    now = _given(built.approvals)
    if not now.steps:
        raise UserError(NOBODY_SIGNS())
    people = People(workspace.load().usable()[1])
    step, by, on = _meant(now, said), said.by.strip(), _day(said.on)
    if not by:
        raise UserError(NO_NAME())
    if not now.before(step):
        # whoever prepares it says of which day it speaks
        built = build_final(workspace, prepared_on=date.fromisoformat(on))
        now = _given(built.approvals)
    if count := built.open or _left_out(built):
        raise UserError(OPEN(count=count))
    with workspace.writing(listener.waiting, by) as ledger:
        # somebody else may have taken a step meanwhile
        now = approvals(now.steps, now.content, decisions(ledger, APPROVE).values())
        content = now.content
        taken = Approval(step, by, on, content, key=people.key(by))
        _check(now, taken, people)
        data = {
            "step": step,
            "on": on,
            "key": taken.key,
            "digest": content.digest,
            "parts": dict(content.parts),
            "figures": dict(content.figures),
        }
        decide(ledger, Decision(APPROVE, taken.about, by, said.reason.strip(), data))
        after = approvals(now.steps, content, decisions(ledger, APPROVE).values())
    return Approved(after, 0, now.valid.get(step))


def _left_out(built: Built) -> int:
    """Return from how many lists the template leaves rows out."""
    with Renderer() as renderer:
        return len(gaps_in_print(built.report, printed(built, built.report, renderer).values()))


def _given(found: Approvals | None) -> Approvals:
    if found is None:
        raise ValueError(found)
    return found


def _meant(now: Approvals, said: Step) -> str:
    if step := now.step_called(said.name):
        return step
    raise UserError(NO_STEP(name=said.name, known=list(now.known)))


def _day(text: str) -> str:
    day = read_date(text) if text else today().isoformat()
    if not day or day > today().isoformat():
        raise UserError(NO_DAY(text=text))
    return day


def _check(now: Approvals, wanted: Approval, people: People) -> None:
    """Stop the command if a step is not the turn of this person on this day."""
    valid, before = now.valid, now.before(wanted.step)
    if lacking := [step for step in before if step not in valid]:
        raise UserError(TOO_EARLY(step=wanted.step, before=[f"“{step}”" for step in lacking]))
    for step, taken in valid.items():
        if step != wanted.step and people.same((taken.by, taken.key), (wanted.by, wanted.key)):
            raise UserError(SAME_PERSON(name=taken.by, other=step))
        first, then = (taken, wanted) if step in before else (wanted, taken)
        if step != wanted.step and first.on > then.on:
            raise UserError(NOT_IN_ORDER(first=first.step, first_on=first.on, then=then.step, then_on=then.on))
