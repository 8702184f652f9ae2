"""``milestone``: which milestones of the plan are done, as a person says."""

from dataclasses import dataclass
from datetime import date

from selfaudit.base.clock import today
from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.milestones import MILESTONE, MilestoneStatus, milestone_states
from selfaudit.store.ledger.decisions import Decision, decide, decision, undo
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.milestones import milestones_done

NO_SUCH = error("milestone.no-such", N_("the plan has no milestone “{name}”"), N_("Known: {known}."))
NOT_DONE = error("milestone.not-done", N_("“{title}” is not entered as done"), N_("There is nothing to undo."))
NO_DAY = error(
    "milestone.no-day",
    N_("“{text}” is no day up to today"),
    N_("Write the day after --on: YYYY-MM-DD."),
)


def milestones(workspace: Workspace, day: date) -> list[MilestoneStatus]:
    """Return the state of every milestone of the plan on a day."""
    plan = workspace.plan()
    with workspace.reading() as ledger:
        return milestone_states(plan, milestones_done(ledger), day)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a milestone, given by its id or title: done on which day (empty: today), and a note."""

    name: str
    by: str
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The state of all milestones, and that of the one meant before, if it was entered as done already."""

    milestones: list[MilestoneStatus]
    before: MilestoneStatus | None


def finish(workspace: Workspace, said: Said, listener: Listener) -> Finished:
    """Enter that a milestone is done; what was entered before is replaced."""
    by, plan = decider(workspace, said.by), workspace.plan()
    key, title = _meant(plan, said.name)
    day = read_date(said.on) if said.on else today().isoformat()
    if not day or day > today().isoformat():
        raise UserError(NO_DAY(text=said.on))
    with workspace.writing(listener.waiting, by) as ledger:
        known = milestone_states(plan, milestones_done(ledger), today())
        decide(ledger, Decision(MILESTONE, key, by, said.note.strip(), {"title": title, "on": day}))
    return Finished(milestones(workspace, today()), next((one for one in known if one.id == key and one.done), None))


def reopen(workspace: Workspace, said: Said, listener: Listener) -> list[MilestoneStatus]:
    """Enter that a milestone is not done after all; return the state of all of them."""
    by, plan = decider(workspace, said.by), workspace.plan()
    key, title = _meant(plan, said.name)
    with workspace.writing(listener.waiting, by) as ledger:
        made = decision(ledger, MILESTONE, key)
        if made is None:
            raise UserError(NOT_DONE(title=title))
        undo(ledger, made, by=by, reason=said.note.strip())
    return milestones(workspace, today())


def _meant(plan: Plan, name: str) -> tuple[str, str]:
    """Return id and title of the milestone of an id or title."""
    for stone in plan.milestones:
        if name.strip() in (stone.id, stone.title):
            return stone.id, stone.title
    known = [f"{stone.id} ({stone.title})" for stone in plan.milestones] or "-"
    raise UserError(NO_SUCH(name=name, known=known))
