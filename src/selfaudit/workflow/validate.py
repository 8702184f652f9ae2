"""``validate``: every mistake of a kit or a campaign in one run."""

from pathlib import Path

from selfaudit.base.problems import Problem, UserError
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.derived import rebuild
from selfaudit.workflow.common.documents import unknown_documents
from selfaudit.workflow.common.listener import Listener


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    loaded = load_kit(kit_folder(name))
    return loaded.problems + unknown_documents(loaded)


def validate_campaign(start: Path, listener: Listener) -> list[Problem]:
    """Return every problem of the campaign around ``start``; where it may be written to, its ledger is put in order."""
    workspace = Workspace.find(start)
    loaded = workspace.load()
    return [*loaded.problems, *unknown_documents(loaded), *_of_ledger(workspace, listener)]


def _of_ledger(workspace: Workspace, listener: Listener) -> list[Problem]:
    if not workspace.ledger_file.is_file() or not workspace.is_writable:
        return []
    try:
        with workspace.writing(listener.waiting) as ledger:
            return rebuild(workspace, ledger)
    except UserError as exc:
        return exc.problems


def looks_like_kit(folder: Path) -> bool:
    """Tell a kit folder, whose checklists lie beside the plan, from a campaign."""
    return Workspace(folder).plan_file.is_file() and not Workspace(folder).checklists.is_dir()
