"""Which spot check is meant, and how its state is kept."""

from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Some, UserError, error
from selfaudit.model.data.kit import DataKit
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import file_id
from selfaudit.model.sampling.state import SAMPLE, SampleState
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.samples import frozen, states

NONE = error(
    "sample.none",
    N_("the kit has no spot check"),
    N_("Put one into checklists/samples; the handbook of kits says what it contains."),
)
WHICH = error(
    "sample.which",
    N_("there are several spot checks"),
    N_("Name one of: {known}. Where a file or stratum comes first, it is --sample."),
)
UNKNOWN = error("sample.unknown", N_("there is no spot check “{name}”"), N_("Known: {known}."))
NOT_FROZEN = error(
    "sample.not-frozen",
    N_("the population of {title} has not been frozen"),
    N_("Begin with: selfaudit sample freeze {id}"),
)


def plan_meant(kit: DataKit, name: str) -> SamplePlan:
    """Return the spot check of a kit by id or title; without a name the only one there is."""
    known = Some([f"{plan.id} ({plan.title})" for plan in kit.samples.values()])
    if not kit.samples:
        raise UserError(NONE())
    if not name and len(kit.samples) > 1:
        raise UserError(WHICH(known=known))
    for plan in kit.samples.values():
        if not name or name_key(name) in (name_key(plan.id), name_key(plan.title)):
            return plan
    raise UserError(UNKNOWN(name=name, known=known))


def sample_with(workspace: Workspace, name: str, file: str) -> str:
    """Return the id or title of the spot check that a file belongs to: the one that is named, or that alone has it."""
    with workspace.reading() as ledger:
        known = states(ledger)
    if name or len(known) == 1:
        return name or next(iter(known))
    several = [frozen(workspace, *one) for one in known.values()]
    having = [one.state.id for one in several if any(own.id == file_id(file) for own in one.files)]
    return having[0] if len(having) == 1 else ""


def frozen_one(workspace: Workspace, ledger: Ledger, plan: SamplePlan) -> Frozen:
    """Return a spot check as it was frozen; stops if it was not."""
    if found := states(ledger).get(plan.id):
        return frozen(workspace, *found)
    raise UserError(NOT_FROZEN(title=plan.title, id=plan.id))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a spot check: what the journal calls it, the state after it, who takes it and why."""

    what: str
    state: SampleState
    by: str = ""
    reason: str = ""


def keep(ledger: Ledger, before: tuple[SampleState | None, int], step: Step, **detail: Any) -> None:
    """Keep what a step made of a spot check, in one journal row; ``detail`` is what that row tells."""
    _, version = before
    data = step.state.model_dump(mode="json", exclude_defaults=True)
    made = Edit(SAMPLE, step.state.id, version, data, step.reason)
    edit(ledger, step.what, [made], by=step.by, sample=step.state.id, **detail)
