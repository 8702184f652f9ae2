"""``checklist``: the kits that ship with selfaudit, and new ones."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

Kit = Annotated[str, typer.Argument(metavar=_("KIT"), help=_("A kit (name or folder)."))]

FIELDS = {
    "id": N_("Item"),
    "area": N_("Area"),
    "title": N_("Title"),
    "ask": N_("Question"),
    "parts": N_("Parts"),
    "how": N_("How to check"),
    "evidence": N_("Evidence"),
    "roles": N_("Roles"),
    "due": N_("Due"),
    "deliverables": N_("Deliverables"),
    "basis": N_("Basis"),
    "severity": N_("Severity"),
}
"""What the parts of an item are called."""


@verb
def list_(as_json: Json = False) -> int:
    """List the kits."""
    from selfaudit.workflow.kits import kits

    found = kits()
    if as_json:
        show.data(found)
        return DONE
    header = (_("Kit"), _("Title"), _("Language"), _("Areas"), _("Items"), _("Questions"))
    show.table(header, [tuple(kit.values()) for kit in found])
    show.line("\n" + _("Next: selfaudit checklist show KIT, or selfaudit init DIR --kit KIT"))
    return DONE


@verb
def show_(
    kit: Kit,
    item: Annotated[str, typer.Argument(metavar=_("ITEM"), help=_("Only this item, in full."))] = "",
    as_json: Json = False,
) -> int:
    """Show what a kit asks, whom it asks and by when."""
    from selfaudit.workflow.kits import kit_items

    found = kit_items(kit, item)
    if as_json:
        show.data(found)
    elif item:
        for key, value in found[0].items():
            text = value if isinstance(value, str) else "".join(f"\n- {one}" for one in value)
            show.line(_("{name}: {text}").format(name=_(FIELDS[key]), text=text.replace("\n", "\n  ")))
    else:
        header = (_("Item"), _("Title"), _("Parts"), _("Roles"), _("Due"))
        keys = ("id", "title", "parts", "roles", "due")
        rows = [
            [len(r[k]) if k == "parts" else show.names(r[k]) if k == "roles" else r[k] for k in keys] for r in found
        ]
        show.table(header, rows)
    return DONE


@verb
def save(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("The new kit folder."))], campaign: Campaign = None
) -> int:
    """Make a kit of a campaign: its plan, questions and templates, without people, answers and facts."""
    from selfaudit.workflow.kits import save_kit

    named = save_kit(find_campaign(campaign), folder)
    show.line(_("Saved the kit in {folder}.").format(folder=folder))
    show.problems(named)
    show.line(_("Next: selfaudit init DIR --kit {kit}").format(kit=folder))
    return TO_ACT_ON if named else DONE


@verb
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar=_("NAME"), help=_("campaign, checklist, citations, roster, profile, response or template.")
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar=_("DIR"), help=_("Write all schemas to this folder."))
    ] = None,
) -> int:
    """Print a JSON Schema that lets an editor complete and check while you type."""
    from selfaudit.workflow.kits import schema_text, write_schemas

    if output:
        for path in write_schemas(output):
            show.line(str(path))
    else:
        show.text(schema_text(name or "checklist"))
    return DONE


@verb
def editorial(
    item: Annotated[
        str,
        typer.Argument(metavar=_("ITEM"), help=_("An item, or anything else that is listed (default: list all).")),
    ] = "",
    part: Annotated[str, typer.Argument(metavar=_("PART"), help=_("Only this part of it."))] = "",
    by: By = "",
    reason: Reason = "",
    undo: Annotated[bool, typer.Option("--undo", help=_("Let the new words be another question again."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Declare that new words ask what the old ones asked, so that earlier answers count. Without ITEM: list them."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.editorial import declare, reworded

    workspace = find_campaign(campaign)
    if item:
        place = f"{item} {part}".strip()
        with Terminal() as listener:
            found = declare(workspace, place, Deciding(by, reason), back=undo, listener=listener)
    else:
        found = reworded(workspace)
    if as_json:
        show.data([one.as_data() for one in found])
        return DONE
    for one in found:
        show.line(_("{place}: responses to the words before: {n}").format(place=one.name, n=one.answers))
        show.line(_("  before: {words}").format(words=one.before.replace("\n", "\n    ")))
        show.line(_("  now: {words}").format(words=one.now.replace("\n", "\n    ")))
        if one.declared:
            text = _("  declared to ask the same, by {by}: {reason}. The answers count.")
            show.line(text.format(by=one.declared.by, reason=one.declared.reason))
        else:
            show.line(_("  another question: the answers do not count."))
    if not found:
        show.line(_("No question was reworded since forms were issued."))
    return DONE


COMMAND = Family(
    _("Kits: what a campaign asks."),
    {"list": list_, "show": show_, "save": save, "schema": schema, "editorial": editorial},
)
