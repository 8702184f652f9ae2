"""``validate``: every mistake of a kit or a campaign in one run."""

from pathlib import Path

from selfaudit.base.problems import Problem
from selfaudit.model.consistency import PLAN
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.workspace import Workspace


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    return load_kit(kit_folder(name)).problems


def validate_campaign(start: Path) -> list[Problem]:
    """Return every problem of the campaign around ``start``."""
    return Workspace.find(start).load().problems


def looks_like_kit(folder: Path) -> bool:
    """Tell a kit folder, whose checklists lie beside the plan, from a campaign."""
    return (folder / PLAN).is_file() and not (folder / "checklists").is_dir()
