"""A spot check from its freeze on."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.model.sampling.drawing import Stratum, draw
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import CaseFile
from selfaudit.model.sampling.state import SampleState


@dataclass(frozen=True, slots=True)
class Frozen:
    """How far it is, with its plan and its population as they were frozen; ``version`` is that of its record."""

    state: SampleState
    version: int
    plan: SamplePlan
    files: Sequence[CaseFile]

    def strata(self) -> list[Stratum]:
        """Return the strata with what is drawn; without a seed nothing can be."""
        return draw(self.plan, self.files, self.state.seed, self.state.added)
