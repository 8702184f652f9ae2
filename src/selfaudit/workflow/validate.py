"""``validate``: every mistake of a kit or a campaign in one run."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, note
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.lock import BUSY
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.derived import rebuild
from selfaudit.workflow.common.documents import unknown_documents
from selfaudit.workflow.common.listener import Silent

NOT_CHECKED = note(
    "validate.not-checked",
    N_("the ledger was not checked, because another command is writing to it"),
    N_("Run selfaudit validate again when that is done."),
)


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    loaded = load_kit(kit_folder(name))
    return loaded.problems + unknown_documents(loaded)


def validate_campaign(start: Path) -> list[Problem]:
    """Return every problem of the campaign around ``start``; where it may be written to, its ledger is put in order."""
    workspace = Workspace.find(start)
    loaded = workspace.load()
    return [*loaded.problems, *unknown_documents(loaded), *_of_ledger(workspace)]


def _of_ledger(workspace: Workspace) -> list[Problem]:
    """Put the ledger in order, unless somebody is writing to it: nobody waits for a check."""
    if not workspace.ledger_file.is_file() or not workspace.is_writable:
        return []
    try:
        with workspace.writing(Silent().waiting, patience=0) as ledger:
            return rebuild(workspace, ledger)
    except UserError as exc:
        return [NOT_CHECKED() if problem.kind is BUSY else problem for problem in exc.problems]


def looks_like_kit(folder: Path) -> bool:
    """Distinguish a kit folder, whose checklists are beside the plan, from a campaign."""
    return Workspace(folder).plan_file.is_file() and not Workspace(folder).checklists.is_dir()
