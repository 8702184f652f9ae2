"""What all documents of a run share."""

from selfaudit.base.clock import today
from selfaudit.reports.evidence import Setting
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.documents import unknown_documents


def setting_of(workspace: Workspace, *, masked: bool = True) -> Setting:
    """Return what all documents of a run share."""
    loaded = workspace.load()
    loaded.problems += unknown_documents(loaded)
    kit, roster = loaded.usable()
    counts = roster.counts(kit.plan.roles)
    counted = {fact.id: counts.get(fact.counted, 0) for fact in kit.plan.profile if fact.counted}
    return Setting(kit, roster, loaded.profile, today(), masked=masked, counted=counted)
