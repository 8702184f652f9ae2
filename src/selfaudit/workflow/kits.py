"""``checklist``: what the kits ask, a kit made of a campaign, and the JSON Schemas of the files people edit."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors, warning
from selfaudit.files.atomic import write_text
from selfaudit.model.base import ID_PATTERN, Model
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.register import Codes, Register, Table
from selfaudit.model.data.verdict import Exceptions
from selfaudit.model.form.response import Response
from selfaudit.model.kit.kit import Checklist, Citations, Item, Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.kit.shifting import Place
from selfaudit.model.names import PLAN
from selfaudit.model.profile import Profile
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.template import About
from selfaudit.reports.documents import DOCUMENTS, KINDS
from selfaudit.store.kit_files import KitFiles
from selfaudit.store.kits import kit_folder, kit_names, load_kit, load_parts
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import KEPT, taken
from selfaudit.workflow.common.writing.templates import template_problems

NO_ITEM = error("checklist.no-item", N_("the kit has no item “{id}”"), N_("Items: {known}."))
NO_SCHEMA = error("checklist.no-schema", N_("there is no schema “{name}”"), N_("Known: {known}."))

NAMED = warning(
    "kit.names",
    N_("the kit names “{name}”"),
    N_("Take it out if the kit is for other people."),
)

_OF_CAMPAIGN = re.compile(r"-[0-9a-f]{6}$")
"""What ``init`` adds to the id of a kit."""

SCHEMAS: dict[str, type[Model]] = {
    "campaign": Plan,
    "checklist": Checklist,
    "citations": Citations,
    "roster": Roster,
    "profile": Profile,
    "response": Response,
    "template": About,
    "register": Register,
    "codes": Codes,
    "table": Table,
    "data-check": DataCheck,
    "exceptions": Exceptions,
    "sample": SamplePlan,
}


def kits() -> list[dict[str, Any]]:
    """Return name, title, language and size of every shipped kit."""
    return [_summary(name, load_kit(kit_folder(name)).usable()) for name in kit_names()]


def _summary(name: str, kit: Kit) -> dict[str, Any]:
    items = kit.items.values()
    return {
        "kit": name,
        "title": kit.plan.title,
        "language": kit.plan.language,
        "areas": len(kit.plan.areas),
        "items": len(items),
        "questions": sum(len(item.parts) or 1 for item in items),
    }


def kit_items(name: str, item_id: str) -> list[dict[str, Any]]:
    """Return every item of a kit, or one, as plain data with titles instead of ids."""
    kit = load_kit(kit_folder(name)).usable()
    found = [_item(checklist, item, kit) for checklist, item in kit.placed_items() if item_id in ("", item.id)]
    if not found:
        raise UserError(NO_ITEM(id=item_id, known=list(kit.items)))
    return found


def _item(checklist: Checklist, item: Item, kit: Kit) -> dict[str, Any]:
    areas = {area.id: area.title for area in kit.plan.areas}
    roles = {role.id: role.title for role in kit.plan.roles}
    outputs = {deliverable.id: deliverable.title for deliverable in kit.plan.deliverables}
    severities = {severity.id: severity.title for severity in kit.plan.severities}
    return {
        "id": item.id,
        "area": areas[checklist.area],
        "title": item.title,
        "ask": item.ask,
        "parts": [f"{part.id}) {part.ask}" for part in item.parts],
        "how": item.how,
        "evidence": list(item.evidence),
        "roles": [roles[role] for role in item.roles],
        "due": str(kit.due_of(checklist, item)),
        "deliverables": [outputs[name] for name in item.deliverables or checklist.deliverables],
        "basis": list(kit.basis_of(item)),
        "severity": severities[item.severity],
    }


def save_kit(workspace: Workspace, folder: Path) -> list[Problem]:
    """Make a kit of a campaign in a new folder: plan, checklists, citations and templates as they are now.

    Nothing of the body goes with it but what those texts say themselves; returns where they name somebody.
    """
    loaded = load_parts(workspace.plan_file, workspace.checklists, workspace.root)
    wrong = taken(folder) + errors([*loaded.problems, *template_problems(loaded, workspace.root)])
    if workspace.is_kept(folder):
        wrong.append(KEPT(path=folder))
    if wrong or loaded.kit is None:
        raise UserError(wrong)
    plan = loaded.kit.plan
    files = KitFiles.of(loaded.kit, workspace.root, workspace.checklists)
    name = folder.resolve().name
    name = name if re.fullmatch(ID_PATTERN, name) else plan.kit
    kit_id = _OF_CAMPAIGN.sub("", plan.id) if name == plan.kit else name
    values: dict[Place, str | date] = {(PLAN, ("kit",)): name, (PLAN, ("id",)): kit_id}
    files.change(loaded.documents, values)
    files.drop(loaded.documents, "operator")
    files.write(folder, folder)
    return list(_names_in(files.texts, workspace.load().roster))


def _names_in(texts: Mapping[str, str], roster: Roster | None) -> Iterator[Problem]:
    """Yield where a text names the body or somebody on its roster."""
    named = {roster.body.name, *(person.name for person in roster.people)} if roster else set()
    for file, text in texts.items():
        for name in sorted(name for name in named if name in text):
            yield NAMED(Where.in_text(file, text, text.index(name)), name=name)


def schema_text(name: str) -> str:
    """Return one JSON Schema as text."""
    if name not in SCHEMAS:
        raise UserError(NO_SCHEMA(name=name, known=list(SCHEMAS)))
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    if name == "template":
        schema["properties"]["document"]["enum"] = list(KINDS)
    if name == "campaign":
        schema["properties"]["templates"]["propertyNames"] = {"enum": list(DOCUMENTS)}
    if name in ("response", "profile"):
        schema = _open_fields(schema)
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"selfaudit/{name}.schema.json"}
    return json.dumps({**about, **schema}, ensure_ascii=False, indent=2)


def _open_fields(schema: Any) -> Any:
    """Let every field of a form stay empty, as it is when the form goes out."""
    if isinstance(schema, list):
        return [_open_fields(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {key: _open_fields(value) for key, value in schema.items()}
    if isinstance(opened.get("type"), str):
        # a number may be written as a text, with its unit
        opened["type"] = ["integer", "string", "null"] if opened["type"] == "integer" else [opened["type"], "null"]
    return opened


def write_schemas(folder: Path) -> list[Path]:
    """Write every JSON Schema into a folder; return the files."""
    paths = []
    for name in SCHEMAS:
        paths.append(folder / f"{name}.schema.json")
        write_text(paths[-1], schema_text(name) + "\n")
    return paths
