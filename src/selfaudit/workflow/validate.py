"""``validate``: every mistake of a kit or a campaign in one run."""

from pathlib import Path

from selfaudit.base.problems import Problem
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.documents import unknown_documents


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    loaded = load_kit(kit_folder(name))
    return loaded.problems + unknown_documents(loaded)


def validate_campaign(start: Path) -> list[Problem]:
    """Return every problem of the campaign around ``start``."""
    loaded = Workspace.find(start).load()
    return loaded.problems + unknown_documents(loaded)


def looks_like_kit(folder: Path) -> bool:
    """Tell a kit folder, whose checklists lie beside the plan, from a campaign."""
    return Workspace(folder).plan_file.is_file() and not Workspace(folder).checklists.is_dir()
