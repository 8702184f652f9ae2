"""What everybody says, held against what others say and against the body's own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from selfaudit.model.held.against import CheckRun, HeldAgainst
from selfaudit.model.held.figures import counted_figures
from selfaudit.model.held.held import Held, held_against
from selfaudit.model.progress.contradictions import Contradictions
from selfaudit.model.progress.standing import Standing
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.checked import check_run


@dataclass(frozen=True, slots=True)
class Sides:
    """Everything in which what somebody says is held against something else."""

    between: Contradictions
    against: HeldAgainst
    run: CheckRun
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, workspace: Workspace, ledger: Ledger, loaded: LoadedCampaign) -> Self:
        """Begin with what is known of the data, before anybody has said anything."""
        kit, roster = loaded.usable()
        everybody = loaded.everybody or roster
        run = check_run(workspace, ledger, kit, everybody)
        against = HeldAgainst(kit, everybody, run)
        return cls(
            Contradictions(kit, roster), against, run, loaded.profile.numbers(kit.plan) if loaded.profile else {}
        )

    def add(self, standing: Standing) -> None:
        """Take what one respondent says."""
        self.between.add(standing)
        self.against.add(standing)

    def in_data(self) -> list[Held]:
        """Return what the data say against answers and numbers, the heaviest first."""
        return held_against(self.against, counted_figures(self.run.figures, self.numbers))
