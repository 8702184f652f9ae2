"""``roster``: an empty workbook, the check of a filled one, the import into a campaign."""

from pathlib import Path
from typing import Any

from selfaudit.base.problems import Problem, UserError, errors
from selfaudit.files.atomic import replacing, write_bytes, write_text
from selfaudit.model.consistency import ROSTER
from selfaudit.model.roster import Roster
from selfaudit.store.kits import read_text
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster import xlsx as roster_xlsx
from selfaudit.store.roster.check import roster_problems
from selfaudit.store.roster.yaml import to_yaml
from selfaudit.store.workspace import Workspace

KEPT = "roster.before.yaml"
"""Where the roster goes that an import replaces."""


def write_roster_template(path: Path, language: str) -> None:
    """Write an empty workbook."""
    with replacing(path) as stream:
        roster_xlsx.write_template(stream, language)


def read_roster_file(path: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read a roster from YAML or XLSX, told apart by content; return data in the shape of ``roster.yaml``."""
    problems: list[Problem] = []
    if path.is_file():
        with path.open("rb") as stream:
            is_workbook = stream.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
        if is_workbook:
            reading = roster_xlsx.read(path)
            return reading.data, reading.problems
    text = read_text(path, path.name, problems)
    if text is None:
        return None, problems
    roster, document, problems = read_model(text, path.name, Roster)
    if roster is None:
        return None, problems
    return document.data, [*problems, *roster_problems(roster, document.where)]


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
