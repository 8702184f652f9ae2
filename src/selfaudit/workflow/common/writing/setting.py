"""What all documents of a run share."""

from selfaudit.base.clock import today
from selfaudit.base.problems import errors
from selfaudit.model.facts import NOT_A_NUMBER
from selfaudit.model.names import PROFILE
from selfaudit.model.profile import counted_by
from selfaudit.reports.setting import Setting
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.documents import document_problems


def setting_of(workspace: Workspace, *, masked: bool = True, reported: bool = False) -> Setting:
    """Return what all documents of a run share; ``reported``: the final report is one of them."""
    loaded = workspace.load()
    loaded.problems += document_problems(loaded)
    kit, roster = loaded.usable(reported=reported)
    counted = counted_by(kit.plan, roster)
    # of a number that is none, the gate says which fact it is
    unread = tuple(p for p in errors(loaded.problems) if p.where.file == PROFILE and p.kind is not NOT_A_NUMBER)
    return Setting(
        kit, roster, loaded.profile, today(), masked=masked, counted=counted, open=unread, everybody=loaded.everybody
    )
