"""What all documents of a run share."""

from selfaudit.base.clock import today
from selfaudit.reports.evidence import Setting
from selfaudit.store.workspace import Workspace


def setting_of(workspace: Workspace, *, draft: bool = False, masked: bool = True) -> Setting:
    """Return what all documents of a run share."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    counts = roster.counts(kit.plan.roles)
    counted = {fact.id: counts.get(fact.counted, 0) for fact in kit.plan.profile if fact.counted}
    return Setting(kit, roster, loaded.profile, today(), draft=draft, masked=masked, counted=counted)
