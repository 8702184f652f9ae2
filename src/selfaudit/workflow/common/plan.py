"""Whether there is still time for what a plan says."""

from collections.abc import Iterator
from datetime import date

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, note
from selfaudit.model.names import PLAN
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace

OVER = note(
    "campaign.over",
    N_("by its dates the campaign was over on {day}, and no form has been issued"),
    N_("Correct the dates, or create the campaign again with selfaudit init --start DATE, which moves them all."),
)


def over(workspace: Workspace, loaded: LoadedCampaign, today: date) -> Iterator[Problem]:
    """Note that a campaign which has not begun was over before today."""
    if loaded.kit is None or workspace.ledger_file.is_file():
        return
    plan = loaded.kit.plan
    last = max(plan.submission.deadline, *(phase.end for phase in plan.phases))
    if last < today:
        yield OVER(loaded.documents[PLAN].where(("phases",)), day=last)
