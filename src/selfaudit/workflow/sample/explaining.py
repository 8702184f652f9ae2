"""``sample list`` and ``sample explain``: what is drawn, and why one file is or is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.sampling.drawing import Ranked, Stratum, by_file, points
from selfaudit.model.sampling.limits import shown_by
from selfaudit.model.sampling.plan import Factor, SamplePlan
from selfaudit.model.sampling.population import file_id
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state.samples import Frozen, reviewing_of
from selfaudit.workflow.sample.desk import frozen_one, plan_meant
from selfaudit.workflow.sample.drawing import NO_SEED

NO_FILE = error(
    "sample.no-file",
    N_("the population has no file “{file}”"),
    N_("It has {count}, in {name}. What is not in it was left out by: {why}."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A stratum in numbers: its files, those drawn, and how many of it may have a problem if none that is drawn has."""

    stratum: Stratum
    files: int
    drawn: int
    may_be: int | None

    def name(self, plan: SamplePlan, say: Callable[[str], str]) -> str:
        """Return what the stratum is called, with the title of its band; ``say`` translates."""
        band = plan.band_of.get(self.stratum.key.band)
        return " / ".join(
            (
                band.title if band else say(N_("reviewed in any case")),
                *(value or "—" for value in self.stratum.key.values),
            )
        )

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts."""
        return {"stratum": self.stratum.key.text, "files": self.files, "drawn": self.drawn, "may_be": self.may_be}


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

    @property
    def is_drawn(self) -> bool:
        """Whether it is drawn."""
        return self.ranked.rank <= self.stratum.taken

    @property
    def points(self) -> int:
        """The points of all factors."""
        return sum(one.points for one in self.factors)


@dataclass(frozen=True, slots=True)
class Listed:
    """A spot check with its strata in numbers, and who reviews its files, once they were given out."""

    one: Frozen
    rows: Sequence[Row]
    reviewing: Reviewing | None

    @property
    def drawn(self) -> list[Ranked]:
        """The files that are drawn; before the draw there is none."""
        return [ranked for row in self.rows for ranked in row.stratum.drawn] if self.one.state.drawn else []


def listed(workspace: Workspace, name: str) -> Listed:
    """Return a spot check with its strata in numbers; before there is a seed, what would be drawn."""
    plan = plan_meant(data_of(workspace, workspace.load()).kit, name)
    with workspace.reading() as ledger:
        one = frozen_one(workspace, ledger, plan)
        reviewing = reviewing_of(ledger, one.state)[0]
    return Listed(one, [row_of(stratum) for stratum in one.strata()], reviewing)


def row_of(stratum: Stratum) -> Row:
    """Return a stratum in numbers; what is reviewed whole, or for its risk, shows nothing of other files."""
    n = len(stratum.files)
    return Row(stratum, n, stratum.taken, None if stratum.whole else shown_by(n, stratum.taken))


def explain(workspace: Workspace, name: str, file: str) -> Explained:
    """Return why a file is drawn or not; stops if there is no seed, or no such file."""
    plan = plan_meant(data_of(workspace, workspace.load()).kit, name)
    with workspace.reading() as ledger:
        one = frozen_one(workspace, ledger, plan)
        reviewing = reviewing_of(ledger, one.state)[0]
    if not one.state.seed:
        raise UserError(NO_SEED(id=one.state.id))
    stratum, ranked = by_file(one.strata()).get(file_id(file), (None, None))
    if stratum is None or ranked is None:
        name = workspace.population_name(plan.id)
        raise UserError(NO_FILE(file=file, count=len(one.files), name=name, why=one.plan.population.why))
    given = points(one.plan, ranked.file)
    counted = [Counted(f, ranked.file.factors.get(f.id), given[f.id]) for f in one.plan.factors]
    return Explained(one, stratum, ranked, counted, reviewing)
