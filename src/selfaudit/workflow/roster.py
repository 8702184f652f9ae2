"""``roster``: an empty workbook, the check of a filled one, the import into a campaign."""

from pathlib import Path
from typing import Any

from selfaudit.base.problems import UserError, errors
from selfaudit.files.atomic import replacing, write_bytes, write_text
from selfaudit.model.consistency import ROSTER
from selfaudit.store.roster import xlsx as roster_xlsx
from selfaudit.store.roster.reading import read_roster_file
from selfaudit.store.roster.yaml import to_yaml
from selfaudit.store.workspace import Workspace

KEPT = "roster.before.yaml"
"""Where the roster goes that an import replaces."""


def write_roster_template(path: Path, language: str) -> None:
    """Write an empty workbook."""
    with replacing(path) as stream:
        roster_xlsx.write_template(stream, language)


def roster_counts(data: dict[str, Any]) -> tuple[int, int]:
    """Return how many units and people a roster has."""
    return len(data.get("units") or ()), len(data.get("people") or ())


def import_roster(workspace: Workspace, path: Path) -> tuple[int, int]:
    """Replace the campaign's roster, keeping the one before; return how many units and people it has."""
    data, problems = read_roster_file(path)
    if data is None or errors(problems):
        raise UserError(errors(problems))
    target = workspace.path(ROSTER)
    if target.is_file():
        write_bytes(workspace.path(KEPT), target.read_bytes())
    write_text(target, to_yaml(data, workspace.plan().language))
    return roster_counts(data)
