"""Commands about what ships with selfaudit: checklists and templates."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, here, verb

Kit = Annotated[str, typer.Argument(help=_("A kit (name or folder)."))]
Template = Annotated[str, typer.Argument(help=_("A template (name or folder)."))]


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
    return DONE


@verb
def show_(
    kit: Kit, item: Annotated[str, typer.Argument(help=_("Only this item, in full."))] = "", as_json: Json = False
) -> int:
    """Show what a kit asks, of whom and by when."""
    from selfaudit.workflow.kits import kit_items

    found = kit_items(kit, item)
    if as_json:
        show.data(found)
    elif item:
        for key, value in found[0].items():
            shown = value if isinstance(value, str) else "".join(f"\n    - {one}" for one in value)
            show.line(f"{key}: {shown}")
    else:
        header = (_("Item"), _("Title"), _("Parts"), _("Roles"), _("Due"))
        keys = ("id", "title", "parts", "roles", "due")
        rows = [
            [len(r[k]) if k == "parts" else show.names(r[k]) if k == "roles" else r[k] for k in keys] for r in found
        ]
        show.table(header, rows)
    return DONE


@verb
def schema(
    name: Annotated[
        str, typer.Argument(help=_("campaign, checklist, citations, roster, profile, response or template."))
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help=_("Write all of them into this folder."))
    ] = None,
) -> int:
    """Print a JSON Schema, with which an editor completes and checks while you type."""
    from selfaudit.workflow.kits import schema_text, write_schemas

    if output:
        for path in write_schemas(output):
            show.line(str(path))
    else:
        show.line(schema_text(name or "checklist"))
    return DONE


@verb
def templates(campaign: Campaign = None, as_json: Json = False) -> int:
    """List the report templates, the campaign's own first."""
    from selfaudit.workflow.templates import list_templates

    found = list_templates(campaign or Path.cwd())
    if as_json:
        show.data(found)
        return DONE
    header = (_("Template"), _("Title"), _("Language"), _("Document"), _("Folder"))
    show.table(header, [tuple(template.values()) for template in found])
    return DONE


@verb
def lint(template: Template, campaign: Campaign = None, as_json: Json = False) -> int:
    """Find what is wrong with a template: misspelt variables, missing styles, full-width braces."""
    from selfaudit.base.problems import errors
    from selfaudit.workflow.templates import lint_template

    found = lint_template(here(campaign), template)
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found)
        show.line(show.count_problems(found) if found else _("Nothing to complain about; a trial rendering worked."))
    return INPUT if errors(found) else TO_ACT_ON if found else DONE


@verb
def variables(
    document: Annotated[str, typer.Argument(help=_("person, unit, branch, final or paper."))] = "final",
    as_json: Json = False,
) -> int:
    """List what a template can use, with its meaning."""
    from selfaudit.workflow.templates import list_variables

    found = list_variables(document)
    if as_json:
        show.data(found)
        return DONE
    show.table((_("Name"), _("Kind"), _("Meaning")), [tuple(entry.values()) for entry in found])
    return DONE
