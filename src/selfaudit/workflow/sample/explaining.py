"""``sample list`` and ``sample explain``: what is drawn, and why one file is or is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.data.keys import nearest
from selfaudit.model.sampling.drawing import Ranked, Stratum, by_file, points
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.plan import Factor
from selfaudit.model.sampling.population import file_id
from selfaudit.model.sampling.results import in_place_of
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.reports.samples import Listed, Told
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state import samples
from selfaudit.workflow.common.state.confirmed import told
from selfaudit.workflow.common.state.samples import reviewing_of
from selfaudit.workflow.sample.desk import frozen_one, plan_meant, sample_with
from selfaudit.workflow.sample.drawing import refuse_without_seed

NEAR_FILE = error("sample.near-file", N_("the population has no file “{file}”"), N_("Nearest: {near}."))
NO_FILE = error(
    "sample.no-file",
    N_("the population has no file “{file}”"),
    N_("It has {count}, in {name}. What is not in it was left out by: {why}."),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One factor of a file: how often it applies, None if nobody knows, and the points that it gives."""

    factor: Factor
    times: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a file is drawn or not: its stratum and place, every factor of its risk, and who reviews it once known."""

    one: Frozen
    stratum: Stratum
    ranked: Ranked
    factors: Sequence[Counted]
    reviewing: Reviewing | None
    told: Told = field(default_factory=Told)

    @property
    def is_drawn(self) -> bool:
        """Whether it is drawn."""
        return self.ranked.rank <= self.stratum.taken

    @property
    def lost(self) -> str:
        """Why it was replaced, empty if it was not."""
        return self.one.state.lost.get(self.ranked.file.id, "")

    @property
    def instead(self) -> str:
        """The number of the file that was drawn in its place, empty if there was none left."""
        found = in_place_of(self.stratum, self.one.state.more, self.ranked.file.id)
        return found.file.id if found else ""

    @property
    def points(self) -> int:
        """The points of all factors."""
        return sum(one.points for one in self.factors)


def listed(workspace: Workspace, name: str) -> Listed:
    """Return a spot check with its strata in numbers; before there is a seed, what would be drawn."""
    loaded = workspace.load()
    plan = plan_meant(data_of(workspace, loaded).kit, name)
    with workspace.reading() as ledger:
        found = samples.listed(ledger, frozen_one(workspace, ledger, plan))
        # a plan with mistakes keeps no list from being made
        return replace(found, told=told(ledger, loaded.kit, plan.id)) if loaded.kit else found


def explain(workspace: Workspace, name: str, file: str) -> Explained:
    """Return why a file is drawn or not; stops if there is no seed, or no such file."""
    loaded = workspace.load()
    plan = plan_meant(data_of(workspace, loaded).kit, sample_with(workspace, name, file))
    with workspace.reading() as ledger:
        one = frozen_one(workspace, ledger, plan)
        reviewing = reviewing_of(ledger, one.state)[0]
        known = told(ledger, loaded.kit, plan.id) if loaded.kit else {}
    refuse_without_seed(one.state)
    files = by_file(one.strata())
    stratum, ranked = files.get(file_id(file), (None, None))
    if stratum is None or ranked is None:
        if near := nearest(file_id(file), files):
            raise UserError(NEAR_FILE(file=file, near=near))
        name = workspace.population_name(plan.id)
        raise UserError(NO_FILE(file=file, count=len(one.files), name=name, why=one.plan.population.why))
    given = points(one.plan, ranked.file)
    counted = [Counted(f, ranked.file.factors.get(f.id), given[f.id]) for f in one.plan.factors]
    return Explained(one, stratum, ranked, counted, reviewing, known.get(ranked.file.id, Told()))
