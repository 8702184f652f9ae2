"""``init``: a complete campaign folder from a kit, which validates as it is."""

import re
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, UserError, error, errors
from selfaudit.files.atomic import write_text
from selfaudit.files.yaml.writer import dump
from selfaudit.model.kit import Kit, Role
from selfaudit.model.names import CITATIONS, PLAN
from selfaudit.model.profile import PROFILE_FORMAT
from selfaudit.model.roster import ROSTER_FORMAT
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.layout import Layout
from selfaudit.store.loading import BODY_NAME_OPEN
from selfaudit.store.roster.yaml import to_yaml
from selfaudit.store.templates import template_folders
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.roster import usable_roster
from selfaudit.workflow.common.templates import template_problems

NOT_EMPTY = error(
    "init.not-empty", N_("{folder} already exists and is not empty"), N_("Choose a new folder; nothing was changed.")
)


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """The new campaign, and whether its roster is only an example to be filled in."""

    workspace: Workspace
    example_roster: bool
    problems: list[Problem] = field(default_factory=list)


def init(folder: Path, kit_name: str, roster: Path | None, own: str = "") -> Scaffolded:
    """Make a campaign folder; refuses to write into one that is not empty.

    ``own`` ends the campaign's id, by default with random characters: no form of another campaign of the same kit may
    pass for one of this.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(NOT_EMPTY(folder=folder))
    source = kit_folder(kit_name)
    loaded = load_kit(source)
    kit = loaded.usable()
    if wrong := errors(template_problems(loaded, source)):
        raise UserError(wrong)
    text = to_yaml(usable_roster(roster)[0] if roster else _example_roster(kit), kit.plan.language)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder.resolve())
    for made in workspace.folders:
        made.mkdir(exist_ok=True)
    for name in (CITATIONS, *kit.checklists):
        if (source / name).is_file():
            shutil.copyfile(source / name, workspace.checklists / name)
    for name, template in template_folders(source).items():
        if template.parent == Layout(source).templates:
            shutil.copytree(template, workspace.templates / name, ignore=shutil.ignore_patterns(".*", "~$*"))
    write_text(workspace.roster_file, text)
    write_text(workspace.profile_file, profile_text(kit))
    # the plan comes last: a folder without it is not yet a campaign
    plan = (source / PLAN).read_text(encoding="utf-8")
    campaign_id = f"{kit.plan.id[:30]}-{own or secrets.token_hex(3)}"
    write_text(workspace.plan_file, re.sub(r"(?m)^id:.*$", f"id: {campaign_id}", plan, count=1))
    return Scaffolded(workspace, roster is None, workspace.load().problems)


def _example_roster(kit: Kit) -> dict[str, Any]:
    """Return a roster with one unit per role that units have, for the coordinator to replace."""
    units = [unit for number, role in enumerate(kit.plan.roles, 1) if (unit := _example_unit(role, number))]
    return {"format": ROSTER_FORMAT, "body": {"name": BODY_NAME_OPEN}, "units": units, "people": []}


def _example_unit(role: Role, number: int) -> dict[str, str] | None:
    if role.answers != "unit" or not (role.units or role.kinds):
        return None
    kind = role.kinds[0] if role.kinds else "department"
    if role.kinds == ("department",):
        return None
    return {"id": f"U{number:02d}", "name": role.units[0] if role.units else role.title, "kind": kind}


def profile_text(kit: Kit) -> str:
    """Return an empty ``profile.yaml`` with the explanation of every fact."""
    _ = translator(kit.plan.language)
    about = _("Facts for the report that only you know. Numbers: digits only. Longer texts: after “|-”, indented.")
    facts: dict[str, None] = {}
    comments: dict[tuple[str | int, ...], str] = {(): about}
    for chapter in kit.plan.report.chapters:
        heading = f"\n── {chapter.title} ──\n"
        for fact in (fact for fact in kit.plan.profile if fact.chapter == chapter.id):
            facts[fact.id] = None
            comments["facts", fact.id] = f"{heading}{fact.title}\n{fact.help}"
            heading = ""
    return dump({"format": PROFILE_FORMAT, "facts": facts}, comments)
