"""``roster``: an empty workbook, the check of a filled one, the import into a campaign."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.files.atomic import replacing, write_bytes, write_text
from selfaudit.store.roster.xlsx_writing import write_template
from selfaudit.store.roster.yaml import to_yaml
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.roster import read_roster, usable_roster

THERE = error("roster.there", N_("{path} is there already"), N_("Name a new file; nothing was changed."))


def write_roster_template(path: Path, language: str) -> None:
    """Write an empty workbook; one that is there may be filled in and is left alone."""
    if path.exists():
        raise UserError(THERE(path=path))
    with replacing(path) as stream:
        write_template(stream, language)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units and people a roster has, as far as it could be read, and every mistake in it."""

    units: int
    people: int
    problems: list[Problem]


def check_roster(path: Path) -> Counted:
    """Read a roster in either format."""
    return _counted(*read_roster(path))


def _counted(data: dict[str, Any] | None, problems: list[Problem]) -> Counted:
    units, people = (len((data or {}).get(key) or ()) for key in ("units", "people"))
    return Counted(units, people, problems)


def import_roster(workspace: Workspace, path: Path) -> Counted:
    """Replace the campaign's roster, keeping the one before; raise ``UserError`` with every mistake in the new one."""
    plan = workspace.plan()
    data, problems = usable_roster(path, plan.kind_names)
    target = workspace.roster_file
    if target.is_file():
        write_bytes(workspace.replaced_roster_file, target.read_bytes())
    write_text(target, to_yaml(data, plan.language))
    return _counted(data, problems)
